"""Many articles by single statements: a million in a minute or two, on both databases.

The search index is not filled: what is measured here does not search.
"""

from django.db import connection
from django.utils import timezone

from news.models import Article, ArticleTag, Column, Tag, ViewDay, ViewHour
from tests.factories import make_article

STEP = 50_000
MINUTES_APART = 7


def series(first, last):
    """SQL for the numbers from `first` to `last`, as rows of one column `i`."""
    if connection.vendor == "postgresql":
        return f"generate_series({first}, {last}) AS series(i)"
    return f"(WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n)"


def minutes_before(minutes):
    """SQL for the moment so many minutes (SQL) before the parameter."""
    if connection.vendor == "postgresql":
        return f"(%s::timestamptz - ({minutes}) * interval '1 minute')"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', %s, '-' || ({minutes}) || ' minutes')"


def days_before(days):
    if connection.vendor == "postgresql":
        return f"(%s::date - ({days})::integer)"
    return f"date(%s, '-' || ({days}) || ' days')"


def grow_to(articles, *, columns=None):
    """Add articles until there are so many: in time one after the other, one in twenty a draft, one in twenty ended."""
    columns = columns or list(Column.objects.filter(kind="list").order_by("pk").values_list("pk", flat=True))
    model = make_article(
        column_id=columns[0], column=Column.objects.get(pk=columns[0]), body="<p>园区建成光伏。</p>" * 20
    )
    have, now = Article.objects.count(), connection.ops.adapt_datetimefield_value(timezone.now())
    names = [field.column for field in Article._meta.concrete_fields if not field.primary_key]
    of = " ".join(f"WHEN {place} THEN {column}" for place, column in enumerate(columns))
    given = {
        "title": "'某开发区推进绿色低碳发展（' || i || '）'",
        "column_id": f"CASE i %% {len(columns)} {of} END",
        "status": "CASE WHEN i %% 20 = 3 THEN 'draft' ELSE 'published' END",
        "published_at": minutes_before(f"i * {MINUTES_APART} + 5000"),
        "updated_at": minutes_before(f"i * {MINUTES_APART} + 5000"),
        "expires_at": f"CASE WHEN i %% 20 = 7 THEN {minutes_before(f'i * {MINUTES_APART} + 100')} END",
    }
    values = ", ".join(given.get(name, f"model.{name}") for name in names)
    moments = sum(name in given and "%s" in given[name] for name in names)
    for first in range(have + 1, articles + 1, STEP):
        last = min(first + STEP - 1, articles)
        execute(
            f"INSERT INTO news_article ({', '.join(names)}) SELECT {values} "
            f"FROM {series(first, last)} CROSS JOIN news_article AS model WHERE model.id = {model.pk}",
            [now] * moments,
        )
    analyse()


def fill_views_and_tags(tag=None):
    """A sum of views for every article on one of a thousand days and in one of 960 hours; a tag on every fourth.

    What is there stays.
    """
    tag = tag or Tag.objects.order_by("pk").first()
    today = timezone.localdate().isoformat()
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(minute=0, second=0, microsecond=0))
    execute(
        f"INSERT INTO {ViewDay._meta.db_table} (article_id, day, count) "
        f"SELECT id, {days_before('id %% 1000 + 1')}, id %% 50 + 1 FROM news_article WHERE true "
        "ON CONFLICT DO NOTHING",
        [today],
    )
    execute(
        f"INSERT INTO {ViewHour._meta.db_table} (article_id, hour, count) "
        f"SELECT id, {minutes_before('(id %% 960) * 60')}, id %% 50 + 1 FROM news_article WHERE true "
        "ON CONFLICT DO NOTHING",
        [now],
    )
    execute(
        f"INSERT INTO {ArticleTag._meta.db_table} (article_id, tag_id) SELECT id, %s FROM news_article WHERE id %% 4 = 0 "
        "ON CONFLICT DO NOTHING",
        [tag.pk],
    )
    analyse()


def analyse():
    """What a server's own upkeep does within minutes."""
    execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def execute(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
