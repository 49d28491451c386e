"""Triggers that count the listed articles of each column by year, month and day, below every way of writing.

Listed: published, without an end. Time is left out, so that nothing has to run when an article goes on line or ends:
`news/listing.py` takes off the few that wait and adds the few that end later. Days are those of UTC+8.
"""

from django.db import connections, transaction

TABLE = "news_articlecount"
NAME = "news_count_articles"
LISTED = "{row}status = 'published' AND {row}expires_at IS NULL"
DAY_MIN, DAY_MAX = 19000101, 99991231  # what is earlier or later counts there
LOCK = 7_262_001  # PostgreSQL's advisory lock: who holds it writes slot 0
COUNTED_FROM = ("status", "expires_at", "published_at", "column_id")
KEY = "column_id, level, period, slot"
LEVELS = "(SELECT 0 AS level, 10000 AS days UNION ALL SELECT 1, 100 UNION ALL SELECT 2, 1) AS levels"


def install(using="default"):
    """Make the triggers and the counts anew, in one transaction. Runs after every `migrate`."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in postgresql() if connection.vendor == "postgresql" else sqlite():
            cursor.execute(statement)
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(
            f"INSERT INTO {TABLE} ({KEY}, count) SELECT column_id, level, day / days, 0, sum(n) "
            f"FROM ({counted(connection.vendor, 'news_article', 1)}) AS counted CROSS JOIN {LEVELS} GROUP BY 1, 2, 3"
        )


def day_sql(vendor, moment):
    """The day (20261123) of a moment, in SQL."""
    if vendor == "postgresql":
        day = f"to_char({moment} AT TIME ZONE 'UTC' + interval '8 hours', 'YYYYMMDD')::integer"
        return f"least(greatest({day}, {DAY_MIN}), {DAY_MAX})"
    day = f"CAST(strftime('%Y%m%d', {moment}, '+8 hours') AS integer)"
    return f"max(coalesce({day}, {DAY_MAX}), {DAY_MIN})"


def counted(vendor, table, sign):
    """The query for what a table of articles counts: column, day and number."""
    day = day_sql(vendor, "published_at")
    return (
        f"SELECT column_id, {day} AS day, {sign} * count(*) AS n FROM {table} "
        f"WHERE {LISTED.format(row='')} GROUP BY column_id, {day}"
    )


def sqlite():
    """A row at a time: SQLite has one writer."""
    fields = ", ".join(COUNTED_FROM)
    moved = " OR ".join(f"OLD.{field} IS NOT NEW.{field}" for field in COUNTED_FROM)
    for name, event, row, sign in (
        ("insert", "INSERT", "NEW", 1),
        ("enter", f"UPDATE OF {fields}", "NEW", 1),
        ("leave", f"UPDATE OF {fields}", "OLD", -1),
        ("delete", "DELETE", "OLD", -1),
    ):
        when = LISTED.format(row=f"{row}.") + (f" AND ({moved})" if "UPDATE" in event else "")
        yield f"DROP TRIGGER IF EXISTS {NAME}_{name}"
        yield (
            f"CREATE TRIGGER {NAME}_{name} AFTER {event} ON news_article FOR EACH ROW WHEN {when} "
            f"BEGIN {sqlite_step(row, sign)}; END"
        )


def sqlite_step(row, sign):
    """What leaves is taken off where it was counted: emptying the whole database leaves nothing below zero."""
    day = day_sql("sqlite", f"{row}.published_at")
    periods = [(0, f"{day} / 10000"), (1, f"{day} / 100"), (2, day)]
    if sign > 0:
        rows = ", ".join(f"({row}.column_id, {level}, {period}, 0, 1)" for level, period in periods)
        return f"INSERT INTO {TABLE} ({KEY}, count) VALUES {rows} ON CONFLICT ({KEY}) DO UPDATE SET count = count + 1"
    rows = ", ".join(f"({level}, {period})" for level, period in periods)
    return (
        f"UPDATE {TABLE} SET count = count - 1 "
        f"WHERE column_id = {row}.column_id AND slot = 0 AND (level, period) IN (VALUES {rows})"
    )


def postgresql():
    """A statement at a time, and no writer waits for another: one at a time writes slot 0, the others one of their own,
    which the next to write slot 0 folds in.
    """
    for event, tables in (
        ("INSERT", {"NEW": 1}),
        ("UPDATE", {"OLD": -1, "NEW": 1}),
        ("DELETE", {"OLD": -1}),
    ):
        name = f"{NAME}_{event.lower()}"
        changes = " UNION ALL ".join(
            counted("postgresql", f"{table.lower()}_rows", sign) for table, sign in tables.items()
        )
        changed = f"SELECT column_id, day, sum(n) AS n FROM ({changes}) AS c GROUP BY column_id, day HAVING sum(n) <> 0"
        referencing = " ".join(f"{table} TABLE AS {table.lower()}_rows" for table in tables)
        yield postgresql_function(name, changed)
        yield f"DROP TRIGGER IF EXISTS {name} ON news_article"
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON news_article REFERENCING {referencing} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def postgresql_function(name, changed):
    add = f"ON CONFLICT ({KEY}) DO UPDATE SET count = {TABLE}.count + excluded.count"
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE mine bigint := 0;
        BEGIN
            PERFORM 1 FROM ({changed}) AS changed;
            IF NOT FOUND THEN RETURN NULL; END IF;
            IF pg_try_advisory_xact_lock({LOCK}) THEN
                WITH apart AS (DELETE FROM {TABLE} WHERE slot <> 0 RETURNING *)
                INSERT INTO {TABLE} ({KEY}, count)
                SELECT column_id, level, period, 0, sum(count) FROM apart GROUP BY 1, 2, 3 {add};
            ELSE
                mine := pg_current_xact_id()::text::bigint;
            END IF;
            INSERT INTO {TABLE} ({KEY}, count)
            SELECT column_id, level, day / days, mine, sum(n) FROM ({changed}) AS changed CROSS JOIN {LEVELS}
            GROUP BY 1, 2, 3 {add};
            RETURN NULL;
        END $$
    """
