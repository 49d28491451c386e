"""Servers on loopback under one configuration, and wrk against them, bounded in time."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

PROJECT = Path(__file__).resolve().parents[2]
GRANIAN = Path(sys.executable).parent / "granian"
ZIPF = Path(__file__).with_name("zipf.lua")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@contextmanager
def serving(target, environment, *, threads=3, idle=30, granian=GRANIAN, ready="/healthz"):
    """Serve a WSGI `target` with two workers of `threads` threads that retire after `idle` seconds; yield (address,
    process). All of its processes are gone afterwards.
    """
    port = free_port()
    command = [
        granian, "--interface", "wsgi", "--workers", "2", "--no-ws", "--http", "1",
        "--blocking-threads-idle-timeout", str(idle), "--workers-kill-timeout", "15", "--port", str(port), target,
    ]  # fmt: skip
    environment = environment | {"GRANIAN_BLOCKING_THREADS": str(threads)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    with subprocess.Popen(command, cwd=PROJECT, env=environment, **quiet) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            fetch(address + ready, patience=30)
            yield address, process
        finally:
            process.terminate()
            process.wait(timeout=40)
            with suppress(ProcessLookupError):  # a worker that never heard
                os.killpg(process.pid, signal.SIGKILL)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def fetch(address, *, patience=0.0, agent="bench bot"):
    """Return the body at `address`, trying again for `patience` seconds while nothing answers."""
    give_up = time.monotonic() + patience
    while True:
        try:
            return urllib.request.urlopen(
                urllib.request.Request(address, headers={"User-Agent": agent}), timeout=30
            ).read()
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)


def wrk(address, *, seconds=3, connections=32, agent=FIREFOX, paths=None):
    """Return (requests a second, requests in all, p50 and p99 in ms) of a run of wrk; raises where answers failed.

    With `paths`, a file of them, those are asked for below `address`, the n-th a n-th as often as the first.
    """
    command = [
        shutil.which("wrk"),
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout=10s",
        "--latency",
        "-H",
        f"User-Agent: {agent}",
        *(["-s", str(ZIPF)] if paths else []),
        address,
    ]
    environment = os.environ | {"PATHS": str(paths)}
    text = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=seconds + 30
    ).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(text)
    total = int(re.search(r"(\d+) requests in", text)[1])
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), total, latency(text, 50), latency(text, 99)


def latency(text, percent):
    number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def workers(pid):
    return subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()


def processor_time(process, act, *, times):
    """Return the processor milliseconds that the workers of `process` spend on each of `times` calls of `act`."""
    act()
    before = processor_spent(process)
    for _ in range(times):
        act()
    return (processor_spent(process) - before) / times


def processor_spent(process):
    """Return the processor milliseconds that the workers of `process` have spent so far."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in workers(process.pid)]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK") * 1000


def settled(process):
    """Return `processor_spent` once it stands still: a slow server goes on with what wrk no longer waits for."""
    spent, before = processor_spent(process), None
    while spent != before:
        time.sleep(0.3)
        spent, before = processor_spent(process), spent
    return spent


def memory(pid):
    """Return the largest resident size, in MB, of the workers below the process `pid`. The file of a database that SQLite
    maps is not counted: the workers share it with each other and with the system's cache.
    """
    return max(resident(Path(f"/proc/{child}/smaps").read_text()) for child in workers(pid)) / 1024


def resident(mappings):
    """Return the kilobytes in memory of what /proc/PID/smaps describes."""
    size, is_counted = 0, True
    for line in mappings.splitlines():
        name, _, value = line.partition(":")
        if name == "Rss":
            size += int(value.split()[0]) * is_counted
        elif "-" in name.partition(" ")[0]:
            is_counted = not line.endswith(".sqlite3")
    return size


def manage(environment, *arguments):
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def output(environment, code, *arguments):
    """Return the last line that `code` prints in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    printed = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return printed.splitlines()[-1]


@contextmanager
def database_beside(address, name):
    """Make a database of PostgreSQL on the server of `address`; yield its address and a connection to the other one. Drop it
    in the end.
    """
    with psycopg.connect(address, autocommit=True) as server, server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(address)._replace(path=f"/{name}").geturl(), server
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def bench_environment(folder):
    """The environment of a site of its own in `folder`, on the database that DATABASE_URL names or on SQLite."""
    given = {
        "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(folder), "HTTPS": "off", "DEBUG": "off",
        "SECRET_KEY": "for-the-bench-only" * 4,
    }  # fmt: skip
    return {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"} | os.environ | given
