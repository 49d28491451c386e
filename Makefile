# `make` alone lists the targets.
PORT ?= 8000
VAR_DIR ?= var
PYTHON ?= python3
TESTS ?= tests
PY := .venv/bin/python
SERVE := GRANIAN_BLOCKING_THREADS=4 exec .venv/bin/granian --interface wsgi --workers 2 --workers-kill-timeout 10 --no-ws --http 1 \
	--host 127.0.0.1 --port $(PORT) portal.wsgi:application
# Asked first: granian shares a port, so a second server would silently answer half of the requests. One that is ending has 10 s.
PORT_IS_FREE := $(PY) -c "import socket; socket.create_server(('127.0.0.1', $(PORT))).close()" 2>/dev/null
STATIC_FILES := $(shell find portal/static -type f)

.DEFAULT_GOAL := help
.PHONY: help demo test bench check format static test-tools bench-search bench-forms bench-proofing bench-growth bench-lighthouse bench-admin bench-connections handbook-pictures

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

demo: .venv/production $(VAR_DIR)/static.stamp  ## everything from nothing, then the site on http://127.0.0.1:8000 (PORT= changes it)
	@for try in 1 2 3 4 5 6 7 8 9 10; do $(PORT_IS_FREE) && break || sleep 1; done
	@$(PORT_IS_FREE) || { echo "端口 $(PORT) 用不了：可能已有一个演示站在运行。请先停下它，或者用 PORT= 换一个。" >&2; exit 1; }
	HTTPS=off $(PY) manage.py migrate --verbosity 0
	HTTPS=off $(PY) manage.py load_demo
	@HTTPS=off $(PY) manage.py ensure_admin
	@echo "http://127.0.0.1:$(PORT)/"
	@HTTPS=off $(SERVE)

test: .venv/development test-tools  ## everything from nothing, then all tests, the browser's too (TESTS= picks some)
	$(PY) -m pytest -n 2 --dist loadgroup $(TESTS)

bench: .venv/development  ## the benchmarks, printing ratios (ARTICLES= sets the size of the site; needs Debian's wrk)
	$(PY) -m tests.bench.bench_pages

bench-growth: .venv/development  ## the cost of pages at 10,000, 100,000 and 1,000,000 articles (SIZES=, DATABASE_URL=)
	$(PY) -m tests.bench.growth

check: .venv/development  ## lint, format, migrations, deployment checks; changes nothing
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	VAR_DIR=$$(mktemp -d) $(PY) manage.py makemigrations --check --dry-run
	VAR_DIR=$$(mktemp -d) $(PY) manage.py check --deploy --fail-level WARNING

format: .venv/development  ## put the code into its form
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench-admin: .venv/development  ## list, form, saving and publishing in the admin (ARTICLES=, DATABASE_URL=, PROFILE=)
	$(PY) -m tests.bench.bench_admin

bench-connections: .venv/development  ## the connections to PostgreSQL under an hour of uneven load (MINUTES=, DATABASE_URL=)
	$(PY) -m tests.bench.bench_connections

bench-search: .venv/development  ## the search over ROWS= articles (1,000,000), on DATABASE_URL (SQLite in VAR_DIR where absent)
	HTTPS=off DJANGO_SETTINGS_MODULE=portal.settings PYTHONPATH=. $(PY) tests/bench/bench_search.py

bench-forms: .venv/development  ## a flood of forms beside readers, and guesses at receipts (SECONDS=, RATE=, GUESSES=; needs wrk)
	DJANGO_SETTINGS_MODULE=portal.settings $(PY) -m tests.bench.bench_forms

bench-proofing: .venv/development  ## proofing 10,000 characters against 20,000 words (20 ms)
	VAR_DIR=$$(mktemp -d) HTTPS=off DJANGO_SETTINGS_MODULE=portal.settings PYTHONPATH=. $(PY) tests/bench/bench_proofing.py

bench-lighthouse: .venv/development  ## Lighthouse's marks for home, list and article on mobile settings (needs npm and Chromium)
	$(PY) -m tests.bench.bench_lighthouse

handbook-pictures: .venv/development  ## the pictures of docs/handbook anew, from the demo site in a browser
	VAR_DIR=$$(mktemp -d) $(PY) docs/handbook/make_pictures.py

test-tools: .venv/development
	@.ci/test-tools

.venv/production: requirements.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/development: requirements-dev.txt requirements.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@ .venv/production

$(VAR_DIR)/static.stamp: .venv/production $(STATIC_FILES)
	mkdir -p $(VAR_DIR)
	$(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
