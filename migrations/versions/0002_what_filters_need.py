"""What filters need: texts folded, in two columns each, and the article in the indexes of what statements point at."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Compared code point by code point on both databases.
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")

TEXTS = {
    "stance": ("text",),
    "measure": ("text",),
    "approach": ("text",),
    "role": ("function", "core_message"),
    "challenge": ("text",),
    "proposed_solution": ("text",),
    "point": ("text",),
}

POINTERS = {
    "stance": ("party_id",),
    "measure": ("party_id",),
    "approach": ("government_id", "policy_area_id"),
    "role": ("group_id",),
}


def upgrade() -> None:
    """Migrate. The next seeding reads all articles again, and with them fills the columns."""
    for table, texts in TEXTS.items():
        with op.batch_alter_table(table) as batch:
            for text in texts:
                batch.add_column(sa.Column(f"{text}_key", KEY, nullable=False, server_default=""))
                batch.add_column(sa.Column(f"{text}_rest", sa.String(), nullable=False, server_default=""))
        with op.batch_alter_table(table) as batch:
            for text in texts:
                batch.alter_column(f"{text}_key", server_default=None)
                batch.alter_column(f"{text}_rest", server_default=None)
                batch.create_index(f"ix_{table}_{text}_key", [f"{text}_key"])
    op.add_column("point", sa.Column("label_key", KEY))
    op.add_column("point", sa.Column("label_rest", sa.String()))
    op.create_index("ix_point_label_key", "point", ["label_key"])
    op.drop_index("ix_article_language_key", "article")
    op.create_index("ix_article_language_key_newness", "article", ["language_key", "newness"])
    for table, pointers in POINTERS.items():
        for pointer in pointers:
            op.drop_index(f"ix_{table}_{pointer}_newness_position", table)
            columns = [pointer, "newness", "position", "article_id"]
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def downgrade() -> None:
    """Migrate back."""
    op.drop_index("ix_article_language_key_newness", "article")
    op.create_index("ix_article_language_key", "article", ["language_key"])
    for table, pointers in POINTERS.items():
        for pointer in pointers:
            op.drop_index(f"ix_{table}_{pointer}_newness_position_article_id", table)
            op.create_index(f"ix_{table}_{pointer}_newness_position", table, [pointer, "newness", "position"])
    op.drop_index("ix_point_label_key", "point")
    with op.batch_alter_table("point") as batch:
        batch.drop_column("label_key")
        batch.drop_column("label_rest")
    for table, texts in TEXTS.items():
        with op.batch_alter_table(table) as batch:
            for text in texts:
                batch.drop_index(f"ix_{table}_{text}_key")
                batch.drop_column(f"{text}_key")
                batch.drop_column(f"{text}_rest")
