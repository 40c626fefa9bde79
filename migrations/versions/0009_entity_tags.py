"""Store the cache tags of the entities that an article mentions in the article's row.

The next seeding reads the articles again, and fills the column.
"""

import sqlalchemy as sa
from alembic import op

from counterpoint.store.migrations import mark_content_stale

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. The tags are empty until the next seeding, which reports the tags of all articles."""
    with op.batch_alter_table("article") as table:
        table.add_column(sa.Column("entity_tags", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("article") as table:
        table.alter_column("entity_tags", server_default=None)
    mark_content_stale(op.get_bind())


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("article") as table:
        table.drop_column("entity_tags")
