"""Search: passages, and the index of their words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Compared code point by code point on both databases.
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")

# Words are cut and folded before they come here: the index takes them as they are, whatever stands between spaces. It
# keeps no copy of them, neither where in a passage a word stands nor how long the passage is.
SQLITE = (
    """
    CREATE VIRTUAL TABLE passage_index USING fts5(
        words, content='passage', content_rowid='id', tokenize='ascii', detail='none', columnsize=0
    )
    """,
    """
    CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN
        INSERT INTO passage_index (rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
    """
    CREATE TRIGGER passage_changed AFTER UPDATE OF id, words ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO passage_index (rowid, words) VALUES (new.id, new.words);
    END
    """,
)
POSTGRESQL = ("CREATE INDEX passage_index ON passage USING gin ((words::tsvector))",)


def upgrade() -> None:
    """Migrate. The next seeding reads all articles again, and with them fills the table."""
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_passage_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )
    op.create_index(op.f("ix_passage_article_id_node_id"), "passage", ["article_id", "node_id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Migrate back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_index")
    op.drop_table("passage")
