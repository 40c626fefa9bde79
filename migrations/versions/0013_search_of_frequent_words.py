"""Let the full-text index tell languages apart, and let searches begin with rare words."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SMALL_PAGE_BYTES = 1_000
"""Size of the pages of SQLite's index. A search for several words skips pages, so small ones let it read less."""

DEFAULT_PAGE_BYTES = 4_050

SQLITE_INDEX = (
    """
    CREATE VIRTUAL TABLE passage_index USING fts5(
        words, stems, content='passage', content_rowid='id', tokenize='ascii', detail='none', columnsize=0
    )
    """,
    """
    CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
        INSERT INTO passage_index (rowid, words, stems) VALUES (new.id, new.words, new.stems);
    END
    """,
    """
    CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words, stems) VALUES ('delete', old.id, old.words, old.stems);
    END
    """,
    """
    CREATE TRIGGER passage_updated AFTER UPDATE OF id, words, stems ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words, stems) VALUES ('delete', old.id, old.words, old.stems);
        INSERT INTO passage_index (rowid, words, stems) VALUES (new.id, new.words, new.stems);
    END
    """,
)

SQLITE_FREQUENT_WORDS = (
    "CREATE TABLE passage_index_frequency (word TEXT NOT NULL PRIMARY KEY, row_count INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE temp.passage_index_vocabulary USING fts5vocab(main, passage_index, row)",
    "INSERT INTO passage_index_frequency SELECT term, doc FROM temp.passage_index_vocabulary WHERE doc >= 1000",
    "INSERT INTO passage_index_frequency SELECT '', count(*) FROM passage",
    "DROP TABLE temp.passage_index_vocabulary",
)


def upgrade() -> None:
    """Mark the language of the stems, index the passages again, and count the frequent words."""
    _drop_index()
    op.execute("UPDATE passage SET stems = ' §' || stem_language || ' ' || stems WHERE stem_language IS NOT NULL")
    _create_index(SMALL_PAGE_BYTES)
    if _is_sqlite():
        for sql in SQLITE_FREQUENT_WORDS:
            op.execute(sql)


def downgrade() -> None:
    """Remove the marks and the table of frequent words, and index the passages again."""
    _drop_index()
    if _is_sqlite():
        op.execute("DROP TABLE passage_index_frequency")
    op.execute("UPDATE passage SET stems = substr(stems, length(stem_language) + 4) WHERE stem_language IS NOT NULL")
    _create_index(DEFAULT_PAGE_BYTES)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _drop_index() -> None:
    if _is_sqlite():
        for trigger in ("inserted", "deleted", "updated"):
            op.execute(f"DROP TRIGGER passage_{trigger}")
        op.execute("DROP TABLE passage_index")
    else:
        op.execute("DROP INDEX passage_index")


def _create_index(page_bytes: int) -> None:
    """Create the full-text index, with the triggers that keep it up to date, and fill it."""
    if not _is_sqlite():
        op.execute("CREATE INDEX passage_index ON passage USING gin (((words || stems)::tsvector))")
        return
    for sql in SQLITE_INDEX:
        op.execute(sql)
    op.execute(f"INSERT INTO passage_index (passage_index, rank) VALUES ('pgsz', {page_bytes})")
    op.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
    op.execute("INSERT INTO passage_index (passage_index) VALUES ('optimize')")
