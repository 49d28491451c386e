"""Other systems with the same content and an equivalent template, each in an environment of its own (`PEERS=1 make bench`)."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.servers import PROJECT, serving

ARTICLES = 1_000  # Wagtail makes about fifty pages a second
GRANIAN = "granian==2.8.7"
PACKAGES = {
    "wagtail": [["wagtail==8.0.1", GRANIAN, "brotli"], ["--no-deps", "wagtail-cache==3.0.0"]],  # its pin is older
    "cms": [["django-cms==5.1.3", "packaging", GRANIAN]],
}
SYSTEMS = {
    "Wagtail": ("wagtail", {}),
    "Wagtail + wagtail-cache": ("wagtail", {"WAGTAIL_CACHE": "1"}),
    "django CMS": ("cms", {}),
}


@contextmanager
def serving_peers(folder):
    """Install, fill and serve the peers below `folder` (kept between runs); yield {name: ({page: full
    address}, process)}."""
    with ExitStack() as stack:
        found = {}
        for name, (system, extra) in SYSTEMS.items():
            environment, addresses = made(Path(folder) / system, system)
            target = f"tests.bench.peers.{system}_site.wsgi:application"
            granian = Path(folder) / system / "venv/bin/granian"
            site, process = stack.enter_context(
                serving(target, environment | extra, granian=granian, ready=addresses["home"])
            )
            found[name] = {page: site + address for page, address in addresses.items()}, process
        yield found


def made(folder, system):
    """Return (environment, addresses) of a filled site; what is there already is kept."""
    python, addresses = folder / "venv/bin/python", folder / "addresses.json"
    settings = f"tests.bench.peers.{system}_site.settings"
    environment = os.environ | {"PEER_DIR": str(folder), "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(PROJECT)}
    if not addresses.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        for packages in PACKAGES[system]:
            subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        fill = [python, "-m", f"tests.bench.peers.{system}_site.fill", str(ARTICLES)]
        done = subprocess.run(fill, cwd=PROJECT, env=environment, check=True, capture_output=True, text=True)
        addresses.write_text(done.stdout.splitlines()[-1])
    return environment, json.loads(addresses.read_text())
