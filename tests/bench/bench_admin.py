"""What staff's pages cost on a site of ARTICLES= articles (10,000): `make bench-admin`, PROFILE=publish to see one inside.

Prints the median and the 95th percentile of 30 runs through Django's test client, as an editor, with what the processor
spent of it and the questions to the database. The database is DATABASE_URL, SQLite in a folder of its own where absent;
it is filled and left. To be reached: list 100 ms and 15 questions, form 120 ms, saving or publishing 60 ms and 30.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.servers import bench_environment, manage

ARTICLES = int(os.environ.get("ARTICLES", "10000"))
MEASURE = """
import django; django.setup()
import sys
from django.test.utils import setup_test_environment
setup_test_environment()
from tests.bench.desk_pages import measure
measure(int(sys.argv[1]))
"""


def main():
    with tempfile.TemporaryDirectory(prefix="portal-admin-") as folder:
        environment = bench_environment(Path(folder))
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        subprocess.run([sys.executable, "-c", MEASURE, str(ARTICLES)], env=environment, check=True)


if __name__ == "__main__":
    main()
