"""Add the HTML of statements and cells, keys and properties of blocks, and images.

Only the files hold most of this, so the next seeding reads them again. Until then statements have their plain text as
HTML, and blocks have a number as their key.
"""

import sqlalchemy as sa
from alembic import op

from counterpoint.store.migrations import mark_content_stale

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
JSON = sa.JSON(none_as_null=True)

HTML_COLUMNS = (
    *(("stance", "text"), ("measure", "text"), ("approach", "text"), ("challenge", "text")),
    *(("proposed_solution", "text"), ("proposed_solution", "anticipated_benefit")),
    *(("role", "function"), ("role", "core_message")),
)
"""Tables, each with a column of text that gets a column of HTML."""

BLOCK_COLUMNS = (
    *(("key", KEY), ("code_language", sa.String()), ("is_ordered", sa.Boolean()), ("start", sa.Integer())),
    *(("column_alignments", JSON), ("html_cells", JSON)),
)

PARAGRAPH_KIND = """
    CASE WHEN html LIKE '<blockquote>%' THEN 'QUOTE' WHEN html LIKE '<pre>%' THEN 'CODE'
        WHEN html LIKE '<hr>%' THEN 'RULE' ELSE 'PROSE' END
"""


def upgrade() -> None:
    """Add and fill the columns, and create the table of images."""
    for table, text in HTML_COLUMNS:
        _add_html(table, text)
    with op.batch_alter_table("point") as point:
        point.alter_column("html", existing_type=sa.String(), nullable=True)
    for name, column_type in BLOCK_COLUMNS:
        op.add_column("block", sa.Column(name, column_type))
    op.execute("UPDATE block SET key = CAST(id AS VARCHAR)")
    op.execute(f"UPDATE block SET kind = {PARAGRAPH_KIND} WHERE type = 'Paragraph'")
    op.execute("UPDATE block SET is_ordered = FALSE WHERE type = 'PointList'")
    op.execute(f"UPDATE block SET column_alignments = ({_unspecified_alignments()}) WHERE type = 'Table'")
    with op.batch_alter_table("block") as block:
        block.alter_column("key", existing_type=KEY, nullable=False)
        block.create_unique_constraint("uq_block_key", ["key"])
    _create_image()
    mark_content_stale(op.get_bind())


def downgrade() -> None:
    """Remove the columns and the table."""
    op.drop_table("image")
    op.execute("UPDATE block SET kind = NULL WHERE type = 'Paragraph'")
    with op.batch_alter_table("block") as block:
        block.drop_constraint("uq_block_key", type_="unique")
        for name, _ in BLOCK_COLUMNS:
            block.drop_column(name)
    op.execute("UPDATE point SET html = text WHERE html IS NULL")
    with op.batch_alter_table("point") as point:
        point.alter_column("html", existing_type=sa.String(), nullable=False)
    for table, text in HTML_COLUMNS:
        with op.batch_alter_table(table) as altered:
            altered.drop_column(_html_column(text))


def _html_column(text: str) -> str:
    return "html" if text == "text" else f"{text}_html"


def _add_html(table: str, text: str) -> None:
    """Add a column of HTML to a text. It is null where the HTML equals the text."""
    html = _html_column(text)
    op.add_column(table, sa.Column(html, sa.String()))
    escaped = text
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        escaped = f"replace({escaped}, '{character}', '{entity}')"
    op.execute(f"UPDATE {table} SET {html} = {escaped} WHERE {text} <> {escaped}")


def _unspecified_alignments() -> str:
    if op.get_bind().dialect.name == "sqlite":
        return "SELECT json_group_array('NONE') FROM json_each(columns)"
    return "SELECT json_agg(CAST('NONE' AS VARCHAR)) FROM json_array_elements(columns)"


def _create_image() -> None:
    op.create_table(
        "image",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), nullable=False, index=True),
        sa.Column("block_id", sa.Integer(), sa.ForeignKey("block.id"), nullable=False),
        sa.Column("src", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("title", sa.String()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("block_id", "position"),
    )
