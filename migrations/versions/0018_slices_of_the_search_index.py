"""Let PostgreSQL's full-text index look up slices of the passages, and groups of slices."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NEW_INDEX = "CREATE INDEX passage_index_new ON passage USING gin (((words || stems)::tsvector){})"

SLICES = ", (ARRAY[id >> 12, -1 - (id >> 12) % 3])"
"""A slice has 4,096 ids. Every third slice belongs to the same group, whose number is below 0."""


def upgrade() -> None:
    """Index the passages again, with their slices."""
    _replace_index(SLICES)


def downgrade() -> None:
    """Index the passages again, without slices."""
    _replace_index("")


def _replace_index(further_columns: str) -> None:
    """Replace the index at the end, because readers would wait for the lock on a table without it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NEW_INDEX.format(further_columns))
        op.execute("DROP INDEX passage_index")
        op.execute("ALTER INDEX passage_index_new RENAME TO passage_index")
