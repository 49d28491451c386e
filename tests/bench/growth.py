"""What pages, the admin's list and a publication cost as the site grows: `python -m tests.bench.growth`.

Prints processor milliseconds at each size of SIZES= (10000,100000,1000000) and the ratio of the last to the first. Each
page is rendered as the first after a publication. The database is DATABASE_URL, SQLite in a folder of its own where absent;
it is filled and left.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.results import Results
from tests.bench.servers import bench_environment, manage

SIZES = [int(size) for size in os.environ.get("SIZES", "10000,100000,1000000").split(",")]
ROUNDS = 50
MEASURE = """
import django; django.setup()
import json, statistics, sys, time
from django.test import Client
from news.models import Article, Column
from portal.models import User
from portal.wsgi import application
from tests.bench.bulk import fill_views_and_tags, grow_to
from tests.whole_site import make_site
from tests.bench.changing import publish
from tests.wsgi_reader import Reader

size, last = int(sys.argv[1]), None
addresses = make_site() if not Column.objects.exists() else None
grow_to(size)
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
    with tempfile.TemporaryDirectory(prefix="portal-growth-") as folder:
        environment = bench_environment(Path(folder))
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        results = [measured(environment, size) for size in SIZES]
    report = Results("Growth")
    rows = []
    for name in results[0]:
        values = [result[name] for result in results]
        rows.append((name, *values, values[-1] / values[0]))
    report.table("Processor milliseconds", ("articles", *(f"{size:,}" for size in SIZES), "last to first"), rows)
    for name, first in (("index deepest", "index"), ("column deepest", "column")):
        report.say(f"\n{name} to page 1 at {SIZES[-1]:,}: {results[-1][name] / results[-1][first]:.2f}")
    report.write()


def measured(environment, size):
    command = [sys.executable, "-c", MEASURE % {"rounds": ROUNDS}, str(size)]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(result.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
