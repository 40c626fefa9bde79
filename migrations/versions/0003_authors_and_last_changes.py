"""The authors of articles, for filters and counts, and the order of articles by their last change."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MENTIONS = ("party", "government", "policy_area", "group")
MAX_INDEXED_TEXT_BYTES = 1_000

ARTICLE = sa.table(
    "article",
    sa.column("id", sa.Integer()),
    sa.column("slug", sa.String()),
    sa.column("authors", sa.JSON()),
    sa.column("published", sa.Date()),
    sa.column("updated", sa.Date()),
    sa.column("recency_key", sa.String()),
    sa.column("change_key", sa.String()),
)


def upgrade() -> None:
    """Add the columns and the table, and fill them from the articles."""
    for table in ("article", *(f"{entity}_mention" for entity in MENTIONS)):
        op.add_column(table, sa.Column("change_key", KEY))
    authors = op.create_table(
        "article_author",
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("article.id"), primary_key=True, autoincrement=False),
        sa.Column("name_key", KEY, primary_key=True),
        sa.Column("name", KEY, nullable=False),
        sa.Column("recency_key", KEY, nullable=False),
        sa.Index(None, "name_key", "recency_key", "article_id"),
    )
    _fill(authors)
    with op.batch_alter_table("article") as batch:
        batch.alter_column("change_key", existing_type=KEY, nullable=False)
        batch.alter_column("language", existing_type=sa.String(), type_=KEY)
        batch.create_unique_constraint("uq_article_change_key", ["change_key"])
        batch.create_index("ix_article_updated", ["updated"])
    for entity in MENTIONS:
        with op.batch_alter_table(f"{entity}_mention") as batch:
            batch.alter_column("change_key", existing_type=KEY, nullable=False)
            batch.create_index(_index_name(entity), [f"{entity}_id", "change_key", "article_id"])


def downgrade() -> None:
    """Drop the table and the columns."""
    for entity in MENTIONS:
        with op.batch_alter_table(f"{entity}_mention") as batch:
            batch.drop_index(_index_name(entity))
            batch.drop_column("change_key")
    with op.batch_alter_table("article") as batch:
        batch.drop_index("ix_article_updated")
        batch.drop_constraint("uq_article_change_key", type_="unique")
        batch.drop_column("change_key")
        batch.alter_column("language", existing_type=KEY, type_=sa.String())
    op.drop_table("article_author")


def _index_name(entity: str) -> str:
    return f"ix_{entity}_mention_{entity}_id_change_key_article_id"


def _fill(authors: sa.Table) -> None:
    connection = op.get_bind()
    articles = connection.execute(sa.select(ARTICLE)).all()
    if not articles:
        return
    keys = [{"row_id": article.id, "key": _change_key(article)} for article in articles]
    is_article = ARTICLE.c.id == sa.bindparam("row_id")
    connection.execute(sa.update(ARTICLE).where(is_article).values(change_key=sa.bindparam("key")), keys)
    for entity in MENTIONS:
        key = f"SELECT change_key FROM article WHERE article.id = {entity}_mention.article_id"
        op.execute(f"UPDATE {entity}_mention SET change_key = ({key})")
    rows = [row for article in articles for row in _author_rows(article)]
    if rows:
        connection.execute(sa.insert(authors), rows)


def _change_key(article: Any) -> str:
    """Return a key that sorts from the newest date to the oldest, articles without one last, then by slug."""
    day = article.updated or article.published
    last_day = date.max.toordinal()
    return f"{last_day if day is None else last_day - 1 - day.toordinal():07}{article.slug}"


def _author_rows(article: Any) -> Iterator[dict[str, Any]]:
    """Yield an article's authors, each once. No index takes a longer name, and the next seeding reports it."""
    names: dict[str, str] = {}
    for name in article.authors:
        names.setdefault(_fold(name), name)
    for key, name in names.items():
        if len(key.encode()) <= MAX_INDEXED_TEXT_BYTES:
            yield {"article_id": article.id, "name_key": key, "name": name, "recency_key": article.recency_key}


def _fold(text: str) -> str:
    return " ".join(normalize("NFKC", normalize("NFKC", text).casefold()).split())
