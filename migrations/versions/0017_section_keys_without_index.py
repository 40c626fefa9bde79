"""Drop the index on the keys of sections, because the slugs of their articles find them."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the constraint that needs the index."""
    with op.batch_alter_table("section") as batch:
        batch.drop_constraint("uq_section_key", type_="unique")


def downgrade() -> None:
    """Create the constraint."""
    with op.batch_alter_table("section") as batch:
        batch.create_unique_constraint("uq_section_key", ["key"])
