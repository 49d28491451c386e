"""The database's own guard: it refuses to change entries, and to remove those that `prune_audit` has not let go.

It stops accidents at the database's prompt; whoever may drop triggers is found by `verify_audit`. Kept as those of the
page cache are: made anew after every `migrate`, because SQLite loses them when a table is remade.
"""

from django.db import connections

TABLE = "portal_auditentry"
MESSAGE = "portal_auditentry is append-only"
LET_GO = "OLD.number <= (SELECT coalesce(max(anchor), 0) FROM portal_audithead)"

POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION {TABLE}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND {LET_GO} THEN RETURN OLD; END IF;
        RAISE EXCEPTION '{MESSAGE}';
    END $$
    """,
    f"DROP TRIGGER IF EXISTS {TABLE}_guard ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_guard BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_guard()",
]
DROP_SQLITE = [f"DROP TRIGGER IF EXISTS {TABLE}_no_update", f"DROP TRIGGER IF EXISTS {TABLE}_no_delete"]
SQLITE = [
    *DROP_SQLITE,
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    (
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN NOT ({LET_GO}) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
]


def install(using="default"):
    """Make the guard anew. Runs after every `migrate`."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
                cursor.execute(statement)


def lift_for_flush(using="default"):
    """Take SQLite's guard off, before `flush` empties the tables; PostgreSQL's is not asked by TRUNCATE."""
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for statement in DROP_SQLITE:
                cursor.execute(statement)
