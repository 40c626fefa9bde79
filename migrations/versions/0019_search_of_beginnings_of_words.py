"""Let PostgreSQL's full-text index tell words and stems apart, so that it decides where words begin with a text."""

from alembic import op

from counterpoint.store.migrations import require_reader

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NEW_INDEX = (
    "CREATE INDEX passage_index_new ON passage USING gin ((({})::tsvector), (ARRAY[id >> 12, -1 - (id >> 12) % 3]))"
)

MARKED_STEMS = "words || replace(stems, '  ', ' =')"
"""Each stem begins with a mark, because two spaces precede it."""


def upgrade() -> None:
    """Index the passages again, with marked stems. Older servers would not use this index."""
    _replace_index(MARKED_STEMS)
    require_reader(op.get_bind(), revision)


def downgrade() -> None:
    """Index the passages again, without marks."""
    _replace_index("words || stems")
    require_reader(op.get_bind(), "0016")


def _replace_index(text: str) -> None:
    """Replace the index at the end, because readers would wait for the lock on a table without it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NEW_INDEX.format(text))
        op.execute("DROP INDEX passage_index")
        op.execute("ALTER INDEX passage_index_new RENAME TO passage_index")
