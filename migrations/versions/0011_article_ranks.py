"""Hold the ranks of articles in statements, mentions and authors, in place of the long keys that begin with a date."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
KEYS = {"recency_rank": "recency_key", "change_rank": "change_key"}

ENTITIES_OF_STATEMENTS = {
    "stance": ("party",),
    "measure": ("party",),
    "approach": ("government", "policy_area"),
    "role": ("group",),
    "challenge": (),
    "proposed_solution": (),
    "point": (),
}
MENTIONED = ("party", "government", "policy_area", "group")

FIRST_RANK = 2**31 // 4
LAST_RANK = FIRST_RANK * 3
"""The ranks of the first and the last article leave room for others before and after them."""


def upgrade() -> None:
    """Rank the articles, and replace the copies of their keys."""
    for rank, key in KEYS.items():
        op.add_column("article", sa.Column(rank, sa.Integer()))
        op.execute(
            f"UPDATE article SET {rank} = {FIRST_RANK} + CAST({LAST_RANK - FIRST_RANK} AS BIGINT) * a.number / a.total"
            f" FROM (SELECT id, row_number() OVER (ORDER BY {key}) AS number, 1 + count(*) OVER () AS total"
            " FROM article) AS a WHERE a.id = article.id"
        )
    with op.batch_alter_table("article") as batch:
        for rank, key in KEYS.items():
            batch.alter_column(rank, existing_type=sa.Integer(), nullable=False)
            batch.create_index(f"ix_article_{rank}_{key}", [rank, key])
    for table in (*ENTITIES_OF_STATEMENTS, "article_author"):
        _replace(table, {"recency_key": "recency_rank"}, sa.Integer())
    for entity in MENTIONED:
        _replace(f"{entity}_mention", {key: rank for rank, key in KEYS.items()}, sa.Integer())


def downgrade() -> None:
    """Replace the ranks by the keys."""
    for table in (*ENTITIES_OF_STATEMENTS, "article_author"):
        _replace(table, {"recency_rank": "recency_key"}, KEY)
    for entity in MENTIONED:
        _replace(f"{entity}_mention", KEYS, KEY)
    with op.batch_alter_table("article") as batch:
        for rank, key in KEYS.items():
            batch.drop_index(f"ix_article_{rank}_{key}")
            batch.drop_column(rank)


def _replace(table: str, columns: dict[str, str], new_type: sa.types.TypeEngine[Any]) -> None:
    """Replace columns of a table by columns of its articles, in all indexes too."""
    for new in columns.values():
        op.add_column(table, sa.Column(new, new_type))
    values = (f"{new} = (SELECT a.{new} FROM article AS a WHERE a.id = {table}.article_id)" for new in columns.values())
    op.execute(f"UPDATE {table} SET {', '.join(values)}")
    with op.batch_alter_table(table) as batch:
        for old, new in columns.items():
            for index in _indexes(table, old):
                batch.drop_index(_index_name(table, index))
            if table in ENTITIES_OF_STATEMENTS and old == "recency_key":
                batch.drop_constraint(f"uq_{table}_recency_key_position", type_="unique")
            batch.drop_column(old)
            batch.alter_column(new, existing_type=new_type, nullable=False)
            for index in _indexes(table, new):
                batch.create_index(_index_name(table, index), index)
            if table in ENTITIES_OF_STATEMENTS and new == "recency_key":
                batch.create_unique_constraint(f"uq_{table}_recency_key_position", ["recency_key", "position"])


def _indexes(table: str, column: str) -> list[list[str]]:
    """Return the columns of each index that contains a key or rank. A key of statements has a constraint instead."""
    if table == "article_author":
        return [["name_key", column, "article_id"]]
    if table not in ENTITIES_OF_STATEMENTS:
        entity_id = table.replace("_mention", "_id")
        return [[entity_id, column] if column.startswith("recency") else [entity_id, column, "article_id"]]
    indexes = [[f"{entity}_id", column, "position", "article_id"] for entity in ENTITIES_OF_STATEMENTS[table]]
    return indexes if column == "recency_key" else [[column, "position"], *indexes]


def _index_name(table: str, columns: list[str]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"
