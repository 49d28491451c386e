"""Lighthouse's marks for the demo site's home, list and article, on its mobile settings: `make bench-lighthouse`.

Lighthouse comes from npm into LIGHTHOUSE_DIR= (/var/tmp/portal-lighthouse) and drives the Chromium of this machine.
Prints the four marks (median of ROUNDS runs), what a page weighs over the wire and
how often it asks, its own pictures aside.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from tests.bench.servers import bench_environment, fetch, manage, serving

VERSION = "12.8.2"  # the last one for Node.js 20
FOLDER = Path(os.environ.get("LIGHTHOUSE_DIR", "/var/tmp/portal-lighthouse"))
ROUNDS = 3
GROUPS = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"


def main():
    program = installed()
    with tempfile.TemporaryDirectory(prefix="portal-lighthouse-") as folder:
        environment = bench_environment(Path(folder))
        for command in ("migrate --verbosity 0", "collectstatic --noinput --verbosity 0", "load_demo"):
            manage(environment, *command.split())
        with serving("portal.wsgi:application", environment) as (site, _):
            article = re.search(r"/news/\d+/", fetch(site + "/").decode())[0]
            [column] = set(re.findall(r'href="(/news/provincial/)"', fetch(site + "/").decode()))
            print(f"{'':<10}" + "".join(f"{group:>16}" for group in GROUPS) + f"{'kB':>8}{'requests':>10}")
            for name, path in {"home": "/", "list": column, "article": article}.items():
                show(name, [marks(program, site + path, Path(folder)) for _ in range(ROUNDS)])


def installed():
    """Return Lighthouse's program, installed where it is not yet."""
    program = FOLDER / "node_modules/.bin/lighthouse"
    if not program.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"], cwd=FOLDER, check=True
        )
    return program


def marks(program, address, folder):
    """Return (marks of GROUPS, bytes over the wire, requests, [audits not passed in full]) of one run."""
    report = folder / "report.json"
    command = [
        program, address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={CHROMIUM}",
        "--disable-full-page-screenshot",
    ]  # fmt: skip
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium")}
    for is_last in (False, False, True):  # on a busy machine Chromium sometimes gives up before the page is there
        run = subprocess.run(command, env=environment, check=is_last, stdout=subprocess.DEVNULL, timeout=180)
        if run.returncode == 0:
            break
    found = json.loads(report.read_text())
    items = found["audits"]["network-requests"]["details"]["items"]
    asked = [item for item in items if "/media/" not in item["url"]]
    failed = [
        reference["id"]
        for group in GROUPS
        for reference in found["categories"][group]["auditRefs"]
        if reference["weight"] and found["audits"][reference["id"]]["score"] not in (None, 1)
    ]
    values = [found["categories"][group]["score"] * 100 for group in GROUPS]
    return values, sum(item["transferSize"] for item in asked), len(asked), failed


def show(name, runs):
    columns = zip(*(values for values, *_ in runs), strict=True)
    weight, requests = (statistics.median(run[place] for run in runs) for place in (1, 2))
    line = "".join(f"{statistics.median(column):>16.0f}" for column in columns)
    print(f"{name:<10}{line}{weight / 1000:>8.0f}{requests:>10.0f}  {', '.join(runs[-1][3])}")


if __name__ == "__main__":
    main()
