"""Let SQLite's full-text index decide where phrases and prefixes match: it knows columns and positions."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PAGE_BYTES = 1_000
"""Size of the pages of the index. A search for several words skips pages, so small ones let it read less."""

INDEX = """
CREATE VIRTUAL TABLE passage_index USING fts5(
    words, stems, content='{content}', content_rowid='id', tokenize='ascii', detail='{detail}', columnsize=0
)
"""

VIEW = "CREATE VIEW indexed_passage AS SELECT id, replace(words, '  ', ' § ') AS words, stems FROM passage"
"""What the index contains: a word where a phrase must not match across, because it counts words, not spaces."""

TRIGGERS = (
    """
    CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
        INSERT INTO passage_index (rowid, words, stems) VALUES (new.id, {new}, new.stems);
    END
    """,
    """
    CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words, stems) VALUES ('delete', old.id, {old}, old.stems);
    END
    """,
    """
    CREATE TRIGGER passage_updated AFTER UPDATE OF id, words, stems ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words, stems) VALUES ('delete', old.id, {old}, old.stems);
        INSERT INTO passage_index (rowid, words, stems) VALUES (new.id, {new}, new.stems);
    END
    """,
)


def upgrade() -> None:
    """Index the passages again, with the position of each word."""
    if _is_sqlite():
        _drop_index()
        op.execute(VIEW)
        _create_index("indexed_passage", "full", "replace({}.words, '  ', ' § ')")


def downgrade() -> None:
    """Index the passages again, without positions."""
    if _is_sqlite():
        _drop_index()
        op.execute("DROP VIEW indexed_passage")
        _create_index("passage", "none", "{}.words")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _drop_index() -> None:
    for trigger in ("inserted", "deleted", "updated"):
        op.execute(f"DROP TRIGGER passage_{trigger}")
    op.execute("DROP TABLE passage_index")


def _create_index(content: str, detail: str, words: str) -> None:
    """Create the index with the triggers that keep it up to date, and fill it. `words` is the SQL of a row's words."""
    op.execute(INDEX.format(content=content, detail=detail))
    for trigger in TRIGGERS:
        op.execute(trigger.format(new=words.format("new"), old=words.format("old")))
    op.execute(f"INSERT INTO passage_index (passage_index, rank) VALUES ('pgsz', {PAGE_BYTES})")
    op.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
    op.execute("INSERT INTO passage_index (passage_index) VALUES ('optimize')")
