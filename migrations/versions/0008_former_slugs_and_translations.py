"""The former slugs of articles, and the links between translations."""

import sqlalchemy as sa
from alembic import op

from counterpoint.store.migrations import mark_content_stale

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create empty tables, which the next seeding fills. No older article has former slugs or translations."""
    op.add_column("article", sa.Column("former_slugs", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("article") as article:
        article.alter_column("former_slugs", server_default=None)
        article.add_column(sa.Column("translation_of", KEY))
        article.create_index("ix_article_translation_of", ["translation_of"])
    op.create_table(
        "former_slug",
        sa.Column("slug", KEY, primary_key=True),
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), nullable=False, index=True),
    )
    op.create_table(
        "translation",
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "translation_id",
            sa.Integer(),
            sa.ForeignKey("article.id"),
            primary_key=True,
            autoincrement=False,
            index=True,
        ),
        sa.UniqueConstraint("article_id", "position"),
    )
    mark_content_stale(op.get_bind())


def downgrade() -> None:
    """Drop the tables and columns."""
    op.drop_table("translation")
    op.drop_table("former_slug")
    with op.batch_alter_table("article") as article:
        article.drop_index("ix_article_translation_of")
        article.drop_column("translation_of")
        article.drop_column("former_slugs")
