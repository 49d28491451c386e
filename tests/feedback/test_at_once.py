"""The same form from many connections at once, against the server as it runs, on SQLite and PostgreSQL."""

import re
import subprocess
import sys
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedback.models import Message, Topic
from tests.bench.servers import bench_environment, manage, serving
from tests.feedback.forms import FILLED

pytestmark = pytest.mark.xdist_group("server")
STAMP = """
import django; django.setup()
from portal.spam.stamp import stamp
print(stamp())
"""


@pytest.fixture
def environment(database_url, tmp_path):
    environment = bench_environment(tmp_path) | {"DATABASE_URL": database_url}
    manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    return environment


def stamp_of(environment):
    command = [sys.executable, "-c", STAMP]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_fifty_posts_at_once_make_one_message_and_one_receipt(environment):
    topic, stamp = Topic.objects.create(name="咨询").pk, stamp_of(environment)
    body = urllib.parse.urlencode(FILLED | {"topic": topic, "stamp": stamp}).encode()

    with serving("portal.wsgi:application", environment) as (site, _):

        def post(_):
            with urllib.request.urlopen(f"{site}/feedback/new/", body, timeout=60) as answer:
                page = answer.read().decode()
                return answer.status, *re.findall(r'receipt-(?:number|code)">([^<]+)<', page)

        with ThreadPoolExecutor(50) as pool:
            answers = set(pool.map(post, range(50)))
        assert len(answers) == 1
        assert next(iter(answers))[0] == 200
        assert Message.objects.count() == 1
