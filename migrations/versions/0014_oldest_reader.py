"""Store which versions can read the tables, so that their servers go on while a newer version migrates."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table. Older servers do not know it, so that this version is the oldest that can read the tables."""
    table = op.create_table("schema_compatibility", sa.Column("oldest_reader", KEY, primary_key=True))
    op.bulk_insert(table, [{"oldest_reader": revision}])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("schema_compatibility")
