"""Store the notifications that receivers have not confirmed yet."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "notification",
        sa.Column("receiver", KEY, primary_key=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Drop the table, and the notifications in it."""
    op.drop_table("notification")
