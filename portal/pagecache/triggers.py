"""Triggers in the database that change the content version with every committed change to public content.

They stand below every way of writing: forms, bulk statements, commands, a person at the database's prompt. The version
changes in the transaction of the content itself, so there is no moment at which one is committed without the other. It
is a random number for each subject (a table, or the rows of one that have the same value in a column: "news_article/7"):
a restored or emptied database never comes back to a version that a process remembers.

An app names its public content in its AppConfig: `public_content = {"Model": Public(…)}`, and the tables that other
triggers fill from it: `derived_content = {"Model": "Model of its source"}`.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connections

TABLE = "portal_contentversion"
PREFIX = "content_version"


@dataclass(frozen=True)
class Public:
    """How rows of a model show in public. `only_if` names a boolean column: rows without it are not public.

    `besides` are columns whose change alone changes no page (a view count). `by` names a column whose values make
    subjects of their own, so that what shows the rows of one value need not be made anew when others change.
    """

    only_if: str = ""
    besides: tuple = ()
    by: str = ""


def public_tables():
    """Yield (model, Public) for all public content of the installed apps."""
    for config in apps.get_app_configs():
        for name, public in getattr(config, "public_content", {}).items():
            yield config.get_model(name), public


def install(using="default"):
    """Make the triggers anew, as the models now are, and let nothing that was kept before hold any longer.

    Runs after every `migrate`, also one that went back.
    """
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in prologue(connection.vendor):
            cursor.execute(statement)
        for model, public in public_tables():
            if model._meta.db_table in existing:
                description = connection.introspection.get_table_description(cursor, model._meta.db_table)
                for statement in statements(connection.vendor, model, public, {column.name for column in description}):
                    cursor.execute(statement)
                cursor.execute(changed(connection.vendor, f"'{model._meta.db_table}'"))


def remove(using="default"):
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model, _public in public_tables():
            table = model._meta.db_table
            for event in ("insert", "update", "delete") if table in existing else ():
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {PREFIX}_{table}_{event}{on}")


def prologue(vendor):
    if vendor != "sqlite":
        return []
    return [f"CREATE UNIQUE INDEX IF NOT EXISTS {PREFIX}_subject ON {TABLE} (subject)"]


def statements(vendor, model, public, existing):
    """Return the SQL that replaces the three triggers of a model's table, which has the columns `existing`."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if field.column not in public.besides]
    columns = [column for column in columns if column in existing]
    events = {
        "insert": ("INSERT", ["NEW"]),
        "update": (f"UPDATE OF {', '.join(columns)}", ["OLD", "NEW"]),
        "delete": ("DELETE", ["OLD"]),
    }
    for suffix, (event, rows) in events.items():
        name = f"{PREFIX}_{table}_{suffix}"
        is_partial = public.only_if in existing
        condition = " OR ".join(f"{row}.{public.only_if}" for row in rows) if is_partial else ""
        when = f"WHEN ({condition})" if condition else ""
        is_parted = public.by in existing
        subjects = [f"'{table}/' || {row}.{public.by}" for row in rows] if is_parted else [f"'{table}'"]
        if vendor == "postgresql":
            yield function(name, subjects)
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()"
        else:
            changes = " ".join(changed(vendor, subject) + ";" for subject in subjects)
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} BEGIN {changes} END"


def changed(vendor, subject):
    """The statement that makes the state of `subject` (SQL) a new one."""
    if vendor == "postgresql":
        return f"INSERT INTO {TABLE} (subject, number) VALUES ({subject}, (random() * 9e15)::bigint)"
    return (
        f"INSERT INTO {TABLE} (subject, number) VALUES ({subject}, random()) "
        "ON CONFLICT (subject) DO UPDATE SET number = excluded.number"
    )


def function(name, subjects):
    """PostgreSQL's function of a trigger: one row a subject and transaction, however many rows it changes; rows of
    different transactions never wait for each other.
    """
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE changed text; mark text;
        BEGIN
            FOREACH changed IN ARRAY ARRAY[{", ".join(subjects)}] LOOP
                mark := 'portal.changed_' || replace(changed, '/', '_');
                IF current_setting(mark, true) IS DISTINCT FROM pg_current_xact_id()::text THEN
                    {changed("postgresql", "changed")};
                    PERFORM set_config(mark, pg_current_xact_id()::text, true);
                END IF;
            END LOOP;
            RETURN NULL;
        END $$
    """
