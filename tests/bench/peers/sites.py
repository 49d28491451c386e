"""Installs, fills and serves the other systems, each in an environment of its own (`PEERS=1 make bench`)."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.servers import PROJECT, serving

GRANIAN = "granian==2.8.7"
PACKAGES = {
    "wagtail": [["wagtail==8.0.1", GRANIAN, "brotli"], ["--no-deps", "wagtail-cache==3.0.0"]],  # its pin is older
    "cms": [["django-cms==5.1.3", "packaging", GRANIAN]],
}
CACHED = "Wagtail + wagtail-cache"
SYSTEMS = {"Wagtail": ("wagtail", {}), CACHED: ("wagtail", {"WAGTAIL_CACHE": "1"}), "django CMS": ("cms", {})}


@contextmanager
def serving_peers(folder, environment, articles, addresses):
    """Install, fill and serve the peers below `folder` (kept between runs); yield {name: ({page: full address}, process)}.

    Their content is that of the site of `environment`, of which `articles` is the size and `addresses` the pages measured.
    """
    folder, content = Path(folder), Path(environment["VAR_DIR"]) / "content.json"
    subprocess.run([sys.executable, "-m", "tests.bench.peers.export", content], env=environment, check=True)
    measured = [content, *(addresses[page].split("/")[2] for page in ("article", "column"))]
    with ExitStack() as stack:
        found = {}
        for name, (system, extra) in SYSTEMS.items():
            python = installed(folder / system, PACKAGES[system])
            own, pages = filled(python, folder / f"{system}-{articles}", system, measured)
            target, granian = f"tests.bench.peers.{system}_site.wsgi:application", python.parent / "granian"
            site, process = stack.enter_context(serving(target, own | extra, granian=granian, ready=pages["home"]))
            found[name] = {page: site + address for page, address in pages.items()}, process
        yield found


def installed(folder, packages):
    """Return the Python of an environment with `packages`."""
    python, stamp = folder / "bin/python", folder / "installed"
    if not stamp.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        for group in packages:
            subprocess.run([python, "-m", "pip", "install", "--quiet", *group], check=True)
        stamp.touch()
    return python


def filled(python, folder, system, measured):
    """Return (environment, addresses) of a filled site."""
    addresses, settings = folder / "addresses.json", f"tests.bench.peers.{system}_site.settings"
    environment = os.environ | {"PEER_DIR": str(folder), "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(PROJECT)}
    if not addresses.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        fill = [python, "-m", f"tests.bench.peers.{system}_site.fill", *measured]
        printed = subprocess.run(
            fill, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        addresses.write_text(printed.splitlines()[-1])
    return environment, json.loads(addresses.read_text())
