"""Store no HTML of tables that follows from their cells."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from counterpoint.store.migrations import require_reader

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROWS_PER_BATCH = 500

BLOCK = sa.table(
    "block",
    sa.column("id", sa.Integer()),
    sa.column("type", sa.String()),
    sa.column("html", sa.String()),
    sa.column("columns", sa.JSON()),
    sa.column("cells", sa.JSON()),
    sa.column("html_cells", sa.JSON()),
)

BEFORE_COLUMNS = r"<table>\n<thead>\n<tr>\n<th scope=\"col\">"
BETWEEN_COLUMNS = r"</th>\n<th scope=\"col\">"
BEFORE_CELLS = r"</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>"
BETWEEN_CELLS = r"</td>\n<td>"
BETWEEN_ROWS = r"</td>\n</tr>\n<tr>\n<td>"
AFTER_CELLS = r"</td>\n</tr>\n</tbody>\n</table>"


def upgrade() -> None:
    """Delete the HTML. Older servers would serve null in its place."""
    for tables in _read_tables(BLOCK.c.html.is_not(None)):
        _write_html({table.id: None for table in tables if _make_html(table) == json.dumps(table.html)})
    require_reader(op.get_bind(), revision)


def downgrade() -> None:
    """Make the HTML from the cells."""
    for tables in _read_tables(BLOCK.c.html.is_(None)):
        _write_html({table.id: json.loads(_make_html(table)) for table in tables})
    require_reader(op.get_bind(), "0014")


def _read_tables(condition: "sa.ColumnElement[bool]") -> Iterator[Sequence["sa.Row[Any]"]]:
    """Yield the tables that meet a condition, in batches."""
    connection = op.get_bind()
    ids = [*connection.scalars(sa.select(BLOCK.c.id).where(BLOCK.c.type == "Table", condition))]
    for start in range(0, len(ids), ROWS_PER_BATCH):
        is_in_batch = BLOCK.c.id.in_(ids[start : start + ROWS_PER_BATCH])
        yield connection.execute(sa.select(BLOCK).where(is_in_batch)).all()


def _write_html(html: Mapping[int, str | None]) -> None:
    """Write the HTML of tables, by id."""
    values = [{"table": row_id, "value": value} for row_id, value in html.items()]
    if values:
        is_table = BLOCK.c.id == sa.bindparam("table")
        op.get_bind().execute(sa.update(BLOCK).where(is_table).values(html=sa.bindparam("value")), values)


def _make_html(table: "sa.Row[Any]") -> str:
    """Return the JSON of the HTML that a query makes from the cells."""
    header = json.dumps(table.columns).replace('", "', BETWEEN_COLUMNS)[2:-2]
    cells = json.dumps(table.cells if table.html_cells is None else table.html_cells)
    body = cells.replace('"], ["', BETWEEN_ROWS).replace('", "', BETWEEN_CELLS)[3:-3]
    return f'"{BEFORE_COLUMNS}{header}{BEFORE_CELLS}{body}{AFTER_CELLS}"'
