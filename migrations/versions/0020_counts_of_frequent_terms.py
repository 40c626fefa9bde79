"""Store PostgreSQL's numbers of passages that match frequent terms, and let triggers keep them exact."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE passage_index_count (
    query TEXT NOT NULL CONSTRAINT pk_passage_index_count PRIMARY KEY, condition TEXT NOT NULL, row_count BIGINT
)
"""
"""A query is a tsquery as PostgreSQL writes it, because for its type, a word and a prefix are equal.

The condition on a passage means the same. Without a count, the term is only marked as frequent.
"""

ADD_MATCHES = """
EXECUTE select_counts || '{rows}' INTO counts;
UPDATE passage_index_count AS c SET row_count = c.row_count {sign} m.row_count
FROM unnest(queries, counts) AS m(query, row_count) WHERE c.query = m.query;
"""

FUNCTION = f"""
CREATE FUNCTION passage_index_update_counts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    queries text[];
    counts bigint[];
    select_counts text;
BEGIN
    SELECT array_agg(query ORDER BY query),
           string_agg(format('count(*) FILTER (WHERE %s)', condition), ', ' ORDER BY query)
    INTO queries, select_counts
    FROM passage_index_count WHERE row_count IS NOT NULL;
    IF queries IS NULL THEN
        RETURN NULL;
    END IF;
    select_counts := format('SELECT ARRAY[%s] FROM ', select_counts);
    IF TG_OP <> 'INSERT' THEN {ADD_MATCHES.format(sign="-", rows="old_rows")} END IF;
    IF TG_OP <> 'DELETE' THEN {ADD_MATCHES.format(sign="+", rows="new_rows")} END IF;
    RETURN NULL;
END
$$
"""
"""Does nothing until a seeding has stored counts. Without a search path of its own, a restore of a dump would fail."""

TRIGGER = """
CREATE TRIGGER passage_counted_after_{event} AFTER {event} ON passage REFERENCING {rows}
FOR EACH STATEMENT EXECUTE FUNCTION passage_index_update_counts()
"""

ROWS_BY_EVENT = {
    "insert": "NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}


def upgrade() -> None:
    """Create the table, which the next seeding fills, and the triggers."""
    if _is_postgresql():
        op.execute(TABLE)
        op.execute(FUNCTION)
        for event, rows in ROWS_BY_EVENT.items():
            op.execute(TRIGGER.format(event=event, rows=rows))


def downgrade() -> None:
    """Drop the triggers and the table."""
    if _is_postgresql():
        for event in ROWS_BY_EVENT:
            op.execute(f"DROP TRIGGER passage_counted_after_{event} ON passage")
        op.execute("DROP FUNCTION passage_index_update_counts")
        op.execute("DROP TABLE passage_index_count")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
