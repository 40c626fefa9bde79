"""Add word stems and sections to the passages of the full-text search.

Only the files hold what the stems are made from, so the next seeding reads them all again.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from counterpoint.store.migrations import mark_content_stale

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SECTION_KINDS = ("SECTION", "PARAGRAPH", "TABLE")
STATEMENT_TABLES = ("stance", "measure", "approach", "role", "challenge", "proposed_solution", "point")


def upgrade() -> None:
    """Add the columns, and index the stems with the words."""
    _drop_index()
    _add_columns()
    _fill_sections()
    _create_index("words", "stems")
    mark_content_stale(op.get_bind())


def downgrade() -> None:
    """Drop the columns, and index the words only."""
    _drop_index()
    with op.batch_alter_table("passage") as passage:
        passage.drop_column("stems")
        passage.drop_column("stem_language")
        passage.drop_column("section_id")
    _create_index("words")
    mark_content_stale(op.get_bind())


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _add_columns() -> None:
    columns: dict[str, sa.Column[Any]] = {
        "article_id": sa.Column("section_id", sa.Integer()),
        "node_id": sa.Column("stem_language", sa.String()),
        "words": sa.Column("stems", sa.String(), nullable=False, server_default=""),
    }
    if _is_sqlite():
        # In SQLite, a query that reads a column also reads the columns before it, and `text` is long.
        with op.batch_alter_table("passage", recreate="always") as passage:
            for previous, column in columns.items():
                passage.add_column(column, insert_after=previous)
    else:
        for column in columns.values():
            op.add_column("passage", column)
    with op.batch_alter_table("passage") as passage:
        passage.alter_column("stems", server_default=None)


def _fill_sections() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in SECTION_KINDS)
    op.execute(f"UPDATE passage SET section_id = node_id WHERE kind IN ({kinds})")
    for table in STATEMENT_TABLES:
        section = f"(SELECT section_id FROM {table} WHERE {table}.id = passage.node_id)"
        op.execute(f"UPDATE passage SET section_id = {section} WHERE kind = '{table.upper()}'")


def _drop_index() -> None:
    if _is_sqlite():
        for trigger in ("inserted", "deleted", "updated"):
            op.execute(f"DROP TRIGGER passage_{trigger}")
        op.execute("DROP TABLE passage_index")
    else:
        op.execute("DROP INDEX passage_index")


def _create_index(*columns: str) -> None:
    """Create the full-text index of some columns of the passages, with the triggers that keep it up to date."""
    if not _is_sqlite():
        op.execute(f"CREATE INDEX passage_index ON passage USING gin ((({' || '.join(columns)})::tsvector))")
        return
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    insert = f"INSERT INTO passage_index (rowid, {names}) VALUES (new.id, {new});"
    delete = f"INSERT INTO passage_index (passage_index, rowid, {names}) VALUES ('delete', old.id, {old});"
    op.execute(
        f"CREATE VIRTUAL TABLE passage_index USING fts5({names}, content='passage', content_rowid='id',"
        " tokenize='ascii', detail='none', columnsize=0)"
    )
    op.execute(f"CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN {insert} END")
    op.execute(f"CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN {delete} END")
    op.execute(f"CREATE TRIGGER passage_updated AFTER UPDATE OF id, {names} ON passage BEGIN {delete} {insert} END")
    op.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
