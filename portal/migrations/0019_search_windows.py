"""PostgreSQL's index of the search: fewer terms, and those that name times.

With many entries the index takes minutes to be made anew; until then nothing is found, because the migration holds the
table of entries.
"""

from django.db import migrations

OLD_FUNCTION = r"""
CREATE FUNCTION portal_search_terms(content text, kind integer, column_id bigint, source_id bigint)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_to_array(content, NULL)
      || string_to_array(regexp_replace(content, '(..)', E'\\1\x1f', 'g'), E'\x1f')
      || string_to_array(regexp_replace(substr(content, 2), '(..)', E'\\1\x1f', 'g'), E'\x1f')
      || string_to_array(regexp_replace(split_part(content, E'\n', 1), '(.)', E'\x01\\1\x1f', 'g'), E'\x1f')
      || string_to_array(regexp_replace(split_part(content, E'\n', 1), '(..)', E'\x01\\1\x1f', 'g'), E'\x1f')
      || string_to_array(regexp_replace(substr(split_part(content, E'\n', 1), 2), '(..)', E'\x01\\1\x1f', 'g'), E'\x1f')
      || ARRAY['k:' || kind, 'c:' || column_id, 's:' || source_id]
$$
"""
OLD_INDEX = (
    "CREATE INDEX portal_searchentry_terms ON portal_searchentry USING gin"
    ' ((portal_search_terms(content, kind::integer, column_id, source_id) COLLATE "C")) WITH (fastupdate = off)'
)

# Single characters are no terms: every character but the last begins a pair, and GIN finds terms by their beginning.
# The windows of time are those of portal/search/postgresql.py.
FUNCTION = r"""
CREATE FUNCTION portal_search_terms(content text, kind integer, column_id bigint, source_id bigint, place bigint)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_remove(array_remove(
         string_to_array(regexp_replace(content, '(..)', E'\\1\x1f', 'g'), E'\x1f')
      || string_to_array(regexp_replace(substr(content, 2), '(..)', E'\\1\x1f', 'g'), E'\x1f')
      || string_to_array(regexp_replace(split_part(content, E'\n', 1), '(..)', E'\x01\\1\x1f', 'g'), E'\x1f')
      || string_to_array(regexp_replace(substr(split_part(content, E'\n', 1), 2), '(..)', E'\x01\\1\x1f', 'g'), E'\x1f')
      || ARRAY['k:' || kind, 'c:' || column_id, 's:' || source_id,
               '17:' || (place >> 17), '20:' || (place >> 20), '23:' || (place >> 23)],
         ''), NULL))
$$
"""
# With a pending list, because hundreds of terms go into as many places of the index; a small one, because every search
# reads it and some writer empties it.
INDEX = (
    "CREATE INDEX portal_searchentry_terms ON portal_searchentry USING gin"
    " (portal_search_terms(content, kind::integer, column_id, source_id, place))"
    " WITH (fastupdate = on, gin_pending_list_limit = 256)"
)


def postgresql_only(*statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("portal", "0018_content_subjects")]
    operations = [
        migrations.RunPython(
            postgresql_only("DROP INDEX portal_searchentry_terms", "DROP FUNCTION portal_search_terms", FUNCTION, INDEX),
            postgresql_only(
                "DROP INDEX portal_searchentry_terms", "DROP FUNCTION portal_search_terms", OLD_FUNCTION, OLD_INDEX
            ),
        )
    ]
