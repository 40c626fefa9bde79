"""Store the image files that articles show.

The next seeding reads the articles again, because their files name the images.
"""

import sqlalchemy as sa
from alembic import op

from counterpoint.store.migrations import mark_content_stale

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "image_file",
        sa.Column("digest", KEY, primary_key=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "article_image_file",
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("path", KEY, primary_key=True),
        sa.Column("digest", KEY, sa.ForeignKey("image_file.digest"), nullable=False, index=True),
    )
    mark_content_stale(op.get_bind())


def downgrade() -> None:
    """Drop the tables. The next seeding reads the articles again, because no image is served any more."""
    op.drop_table("article_image_file")
    op.drop_table("image_file")
    mark_content_stale(op.get_bind())
