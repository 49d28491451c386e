"""What pages, the admin's list and a publication cost as the site grows: `python -m tests.bench.growth`.

Prints processor milliseconds at each size of SIZES= (10000,100000,1000000) and the ratio of the last to the first. Each page
is rendered as the first after a publication, 30 times in each of three processes; the sizes take turns, because one process
is faster than the next by a fifth for no reason of its own. Sites are on SQLite; with DATABASE_URL on its server, in
databases of their own.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.results import Results
from tests.bench.servers import bench_environment, database_beside, manage, output

SIZES = [int(size) for size in os.environ.get("SIZES", "10000,100000,1000000").split(",")]
ROUNDS = 30
PROCESSES = 3
FILL = """
import django; django.setup()
import sys
from tests.bench.bulk import grow_to
from tests.whole_site import make_site
make_site()
grow_to(int(sys.argv[1]))
"""
MEASURE = """
import django; django.setup()
import json, statistics, time
from django.test import Client
from news.models import Article, Column
from portal.models import User
from portal.wsgi import application
from tests.bench.changing import publish
from tests.wsgi_reader import Reader

column = Column.objects.get(slug="notices")
count = column.articles.filter(status="published", expires_at=None).count()
total = Article.objects.filter(status="published", expires_at=None).count()
article = Article.objects.filter(status="published").order_by("pk")[100].pk
pages = {
    "home": "/", "article": f"/news/{article}/", "index": "/news/", "index page 100": "/news/?page=100",
    "index deepest": f"/news/?page={total // 20 - 1}", "column": "/news/notices/",
    "column deepest": f"/news/notices/?page={count // 20 - 1}", "month": "/news/?year=2026&month=10",
    "feed": "/news/feed/", "sitemap": "/sitemap.xml",
}
reader = Reader(application, HTTP_HOST="127.0.0.1", HTTP_USER_AGENT="bench bot")

def spent(act, before=lambda: None):
    times = []
    for _ in range(%(rounds)d):
        before()
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)

def page(address):
    answer = reader.get(address)
    assert (answer.status, answer.state) == (200, "miss"), (address, answer)

found = {}
for name, address in pages.items():
    publish("notices")
    page(address)
    found[name] = spent(lambda: page(address), before=lambda: publish("notices"))
user, _ = User.objects.get_or_create(username="bench", defaults={"is_staff": True, "is_superuser": True})
staff = Client(HTTP_HOST="127.0.0.1")
staff.force_login(user)

def admin(query):
    assert staff.get("/admin/news/article/" + query).status_code == 200

for name, query in {"admin list": "", "admin page 20": "?p=20", "admin search": "?q=开发", "admin column": f"?column={column.pk}"}.items():
    admin(query)
    found[name] = spent(lambda: admin(query))
found["publish"] = spent(lambda: publish("notices"))
print(json.dumps(found))
"""


def main():
    with tempfile.TemporaryDirectory(prefix="portal-growth-") as folder, ExitStack() as stack:
        sites = [stack.enter_context(site_of(size, Path(folder) / str(size))) for size in SIZES]
        runs = [[output(site, MEASURE % {"rounds": ROUNDS}) for site in sites] for _ in range(PROCESSES)]
    measured = [[json.loads(run[place]) for run in runs] for place in range(len(SIZES))]
    costs = {name: [statistics.median(run[name] for run in of_size) for of_size in measured] for name in measured[0][0]}
    report = Results("Growth")
    report.table(
        "Processor milliseconds",
        ("articles", *(f"{size:,}" for size in SIZES), "last to first"),
        [(name, *values, values[-1] / values[0]) for name, values in costs.items()],
    )
    for name, first in (("index deepest", "index"), ("column deepest", "column")):
        report.say(f"\n{name} to page 1 at {SIZES[-1]:,}: {costs[name][-1] / costs[first][-1]:.2f}")
    report.write()


@contextmanager
def site_of(size, folder):
    """Yield the environment of a site of `size` articles."""
    folder.mkdir()
    environment = bench_environment(folder)
    with ExitStack() as stack:
        if os.environ.get("DATABASE_URL"):
            database = database_beside(os.environ["DATABASE_URL"], f"growth_{size}")
            environment["DATABASE_URL"], _ = stack.enter_context(database)
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        subprocess.run([sys.executable, "-c", FILL, str(size)], env=environment, check=True)
        yield environment


if __name__ == "__main__":
    main()
