"""The aliases of parties, governments, policy areas and groups."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ENTITIES = ("party", "government", "policy_area", "group")


def upgrade() -> None:
    """Create empty tables. Stored articles have no aliases, because no earlier version knew any."""
    for entity in ENTITIES:
        with op.batch_alter_table(entity) as table:
            table.add_column(sa.Column("aliases", sa.JSON(), nullable=False, server_default="[]"))
        with op.batch_alter_table(entity) as table:
            table.alter_column("aliases", server_default=None)
        op.create_table(
            f"{entity}_alias",
            sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), primary_key=True),
            sa.Column(f"{entity}_id", sa.Integer(), sa.ForeignKey(f"{entity}.id"), nullable=False),
        )
        op.create_index(f"ix_{entity}_alias_{entity}_id", f"{entity}_alias", [f"{entity}_id"])


def downgrade() -> None:
    """Drop the tables and columns. The articles of the older version name aliases as entities of their own."""
    for entity in ENTITIES:
        op.drop_table(f"{entity}_alias")
        with op.batch_alter_table(entity) as table:
            table.drop_column("aliases")
