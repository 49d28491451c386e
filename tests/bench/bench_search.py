"""Measures the search over many generated articles of 300 characters: `make bench-search` (ROWS=, EQUAL=, DATABASE_URL=).

Prints milliseconds (p50, p95) of one search with its page of results, index sizes beside the size of the text, and
the cost of writing one article's entry as the site grows, each as time passed and as processor time: of this process
and, where it runs on this machine, of PostgreSQL's. The database named is filled if it is empty, and kept.
"""

import os
import random
import statistics
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ahocorasick
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

from news.models import Article, Column  # noqa: E402
from portal.models import SearchEntry  # noqa: E402
from portal.richtext.cleaning import CleanHtml  # noqa: E402
from portal.search import entries, postgresql, registry, sqlite  # noqa: E402
from portal.search.database import store  # noqa: E402
from portal.search.finding import find, plan_of, results_of  # noqa: E402
from portal.search.normal import normalise  # noqa: E402
from portal.search.parsing import Query  # noqa: E402
from portal.search.plan import Filters  # noqa: E402
from tests.bench.results import Results  # noqa: E402
from tests.portal.search.generated import ACTS, KINDS, PLACES, THINGS, article_text  # noqa: E402

ROWS = int(os.environ.get("ROWS", 1_000_000))
STEP = 2_000
QUERIES = 60
WRITTEN = 400  # entries
PARTS = 64
START = datetime(2010, 1, 1, tzinfo=UTC)
POSTGRESQL = connection.vendor == "postgresql"
REPORT = Results(f"Search on {'PostgreSQL' if POSTGRESQL else 'SQLite'}")


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None


def article(number, columns):
    title, body = article_text(number)
    return Article(
        title=title, body=CleanHtml(f"<p>{body}</p>"), excerpt=body[:100], column=columns[number % len(columns)],
        status="published", published_at=START + timedelta(minutes=8 * number),
    )  # fmt: skip


def fill(first, last, columns):
    """Add the articles first..last with their entries, as a bulk load does."""
    kind = registry.kinds["article"]
    for start in range(first, last, STEP):
        rows = [article(number, columns) for number in range(start, min(start + STEP, last))]
        with transaction.atomic():
            models.QuerySet(Article).bulk_create(rows)
            made = [entries.entry_of(kind, document(row)) for row in rows]
            SearchEntry.objects.bulk_create(made)
            if not POSTGRESQL:
                with connection.cursor() as cursor:
                    cursor.executemany(
                        f"INSERT INTO {sqlite.TABLE}(rowid, terms) VALUES (%s, %s)",
                        [(entry.place, sqlite.tokens_of(entry)) for entry in made],
                    )
        print(f"\r{min(start + STEP, last):,}", end="", file=sys.stderr)


def document(row):
    return registry.Document(
        pk=row.pk, title=row.title, body=row.body[3:-4], published_at=row.published_at, column_id=row.column_id
    )


def grow():
    names = [f"栏目{number}" for number in range(12)]
    columns = [
        Column.objects.get_or_create(slug=f"bench-{n}", defaults={"name": name})[0] for n, name in enumerate(names)
    ]
    have = Article.objects.count()
    for goal in sorted({10_000, ROWS}):
        if have > goal or goal > ROWS:
            continue
        if have < goal:
            load(have, goal, columns)
            have = goal
        writing(goal)
        sizes(goal)
        searching(goal)


def load(have, goal, columns):
    if POSTGRESQL:
        index = execute("SELECT pg_get_indexdef('portal_searchentry_terms'::regclass)")[0]
        execute("DROP INDEX portal_searchentry_terms")
    fill(have, goal, columns)
    if POSTGRESQL:
        started = time.perf_counter()
        execute("SET maintenance_work_mem = '1GB'")
        execute(index)
        REPORT.say(f"GIN over {goal:,} entries built in {time.perf_counter() - started:.0f} s")
        execute("VACUUM ANALYZE portal_searchentry")
        execute("VACUUM ANALYZE news_article")


def processor():
    """Return the milliseconds of processor that this process and its connection's have used."""
    own = time.process_time() * 1000
    if not POSTGRESQL:
        return own
    spent = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return own + (int(spent.read_text().split()[0]) / 1e6 if spent.exists() else 0)


@contextmanager
def measured(passed, worked):
    """Add the milliseconds that passed and those of the processor to the two lists."""
    started, began = time.perf_counter(), processor()
    yield
    passed.append((time.perf_counter() - started) * 1000)
    worked.append(processor() - began)


def writing(rows):
    """Tell what one article's entry costs to write anew, its own row and the commit aside. Nothing of it is kept."""
    kind, passed, worked = registry.kinds["article"], [], []
    for number, pk in enumerate(random.Random(3).sample(range(1, rows + 1), min(rows, WRITTEN))):
        with transaction.atomic():
            models.QuerySet(Article).filter(pk=pk).update(title=f"改过的标题{number}")
            [row] = kind.documents([pk])
            old = SearchEntry.objects.get(kind=kind.number, object_id=pk)
            entry = entries.entry_of(kind, row)
            entry.place = old.place
            with measured(passed, worked):
                store().write(gone=[], written=[(old, entry)])
            transaction.set_rollback(True)
    row = [("passed", *spread(passed), max(passed)), ("processor", *spread(worked), max(worked))]
    REPORT.table(f"Writing one entry among {rows:,}, ms", ("", "p50", "p95", "most"), row)


def spread(spent):
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def sizes(rows):
    text = execute("SELECT sum(length(content)) FROM portal_searchentry")[0]
    found = [("text in UTF-8, about", 3 * text / 1e6)]
    if POSTGRESQL:
        size = "SELECT pg_table_size('portal_searchentry'), pg_relation_size('portal_searchentry_terms')"
        found += zip(("table of entries", "GIN"), (bytes_ / 1e6 for bytes_ in execute(size)), strict=True)
    else:
        terms = execute("SELECT sum(length(block)) FROM portal_searchentry_terms_data")
        found.append(("terms (FTS5); beside them the text once more", terms[0] / 1e6))
    REPORT.table(f"{rows:,} entries, MB", ("", "MB"), found)


def samples(rows):
    """Return {kind of query: [words]}."""
    randomness, word_sets = random.Random(1), {}
    common = [normalise(word) for word in [*KINDS, *ACTS, *THINGS] if " " not in normalise(word)]

    def cut(length):
        while True:
            body = normalise(article_text(randomness.randrange(rows))[1])
            start = randomness.randrange(len(body) - length)
            if " " not in (word := body[start : start + length]):
                return word

    word_sets["common"] = [(randomness.choice(common),) for _ in range(QUERIES)]
    word_sets["rare (6 characters)"] = [(cut(6),) for _ in range(QUERIES)]
    word_sets["two characters"] = [(cut(2),) for _ in range(QUERIES)]
    word_sets["two words, common"] = [tuple(randomness.sample(common, 2)) for _ in range(QUERIES)]
    word_sets["two words, mixed"] = [(randomness.choice(PLACES), cut(3)) for _ in range(QUERIES)]
    word_sets["twenty characters"] = [(cut(20),) for _ in range(QUERIES)]
    word_sets["absent, common terms"] = [
        ("".join(randomness.sample(randomness.choice(common) + randomness.choice(common), 4)),) for _ in range(QUERIES)
    ]
    word_sets["one character"] = [(cut(1),) for _ in range(QUERIES)]
    return word_sets


def searching(rows):
    found = []
    for name, word_sets in samples(rows).items():
        for by_time in (False, True):
            passed, worked, total = [], [], 0
            for words in word_sets:
                with measured(passed, worked):
                    hits = find(Query(words), Filters(), by_time=by_time)
                    results_of(hits.hits[:20], words)
                total += hits.total
            order = "time" if by_time else "relevance"
            found.append((f"{name}, by {order}", *spread(passed), *spread(worked), total // len(word_sets)))
    head = ("one search with its page", "p50", "p95", "processor p50", "processor p95", "hits")
    REPORT.table(f"Searches among {rows:,}, ms", head, found)


def equality(count):
    """Compare the index with the truth: one pass over all texts with all words at once (Aho-Corasick).

    Of each word the hits are compared by their number in each of PARTS parts, the remainders of their keys.
    """
    randomness, words = random.Random(2), ahocorasick.Automaton()
    while len(words) < count:
        body = normalise(article_text(randomness.randrange(ROWS))[1])
        start, length = randomness.randrange(len(body) - 20), randomness.randint(1, 20)
        if word := body[start : start + length].strip():
            words.add_word(word, word)
    words.make_automaton()
    truth = [Counter() for _ in range(PARTS)]
    for pk, content in SearchEntry.objects.values_list("pk", "content").iterator(chunk_size=STEP):
        truth[pk % PARTS].update({word for _, word in words.iter(content)})
    sqlite.TIMEOUT, postgresql.TIMEOUT = 600, 600_000  # all hits are asked for here, a visitor's search ends at CAP
    sqlite.run = postgresql.run = counted
    for word in words:
        expected = {part: counter[word] for part, counter in enumerate(truth) if counter[word]}
        found = dict(all_of(plan_of(Query((word,)), Filters())))
        assert found == expected, (word, found, expected)
    hits = sum(sum(counter.values()) for counter in truth)
    REPORT.say(f"Equal to a scan of {ROWS:,} texts for {count:,} words of 1 to 20 characters, {hits:,} hits.")


def all_of(plan):
    """Return [(part, hits)] of everything that the index finds and the text confirms."""
    if POSTGRESQL:
        return postgresql.bounded(lambda: postgresql.from_gin(plan, postgresql.expression(plan), ROWS))
    return sqlite.newest(plan, ROWS)


def counted(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id %% {PARTS}, count(*) FROM ({sql}) AS found GROUP BY 1", values)
        return cursor.fetchall()


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    grow()
    if count := int(os.environ.get("EQUAL", 2_000)):
        equality(count)
    REPORT.write()
