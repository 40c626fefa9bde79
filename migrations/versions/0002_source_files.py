"""The texts of the files of the seed folder."""

import sqlalchemy as sa
from alembic import op

from counterpoint.store.migrations import mark_content_stale

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create an empty table, which the next seeding fills."""
    op.create_table(
        "source_file",
        sa.Column("path", sa.String().with_variant(sa.String(collation="C"), "postgresql"), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
    )
    mark_content_stale(op.get_bind())


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("source_file")
