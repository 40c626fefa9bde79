"""Compress the files that are stored for exports, and store no HTML of paragraphs that follows from their text."""

import zlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FILES_PER_BATCH = 200


def upgrade() -> None:
    """Compress the texts, and delete the HTML."""
    _replace("text", "content", sa.LargeBinary(), lambda text: zlib.compress(text.encode(), zlib.Z_BEST_SPEED))
    op.execute("UPDATE block SET html = NULL WHERE type = 'Paragraph' AND html = '<p>' || text || '</p>'")


def downgrade() -> None:
    """Restore the texts and the HTML."""
    op.execute("UPDATE block SET html = '<p>' || text || '</p>' WHERE type = 'Paragraph' AND html IS NULL")
    _replace("content", "text", sa.String(), lambda content: zlib.decompress(content).decode())


def _replace(old: str, new: str, new_type: "sa.types.TypeEngine[Any]", convert: Callable[[Any], Any]) -> None:
    """Replace a column of the files by one with the converted values, a few at a time."""
    op.add_column("source_file", sa.Column(new, new_type))
    files = sa.table("source_file", sa.column("path", sa.String()), sa.column(old), sa.column(new, new_type))
    connection = op.get_bind()
    paths = [*connection.scalars(sa.select(files.c.path))]
    for start in range(0, len(paths), FILES_PER_BATCH):
        is_in_batch = files.c.path.in_(paths[start : start + FILES_PER_BATCH])
        rows = connection.execute(sa.select(files.c.path, files.c[old]).where(is_in_batch))
        values = [{"file": path, "value": convert(value)} for path, value in rows]
        is_file = files.c.path == sa.bindparam("file")
        connection.execute(sa.update(files).where(is_file).values({new: sa.bindparam("value")}), values)
    with op.batch_alter_table("source_file") as batch:
        batch.drop_column(old)
        batch.alter_column(new, existing_type=new_type, nullable=False)
