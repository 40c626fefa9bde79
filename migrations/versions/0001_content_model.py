"""Create the content model: articles with their parts, entities, statements, the revision and the full-text index.

Constraints and indexes get their names from the naming convention of the models' metadata, which `env.py` passes on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Sorted by code point on both databases: SQLite does so by default, PostgreSQL with the collation "C".
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")

# In order of creation: each table after those that it references.
TABLES = (
    *("revision", "article", "section", "block"),
    *("party", "government", "policy_area", "group"),
    *("party_mention", "government_mention", "policy_area_mention", "group_mention"),
    *("stance", "measure", "approach", "role", "challenge", "proposed_solution", "point"),
    "passage",
)

# The tokenizer of `article/` splits and folds words before they are stored, so the index splits at spaces only.
# `detail='none', columnsize=0` keep it small: it stores neither word positions nor passage lengths.
SQLITE_FULL_TEXT_INDEX = (
    """
    CREATE VIRTUAL TABLE passage_index USING fts5(
        words, content='passage', content_rowid='id', tokenize='ascii', detail='none', columnsize=0
    )
    """,
    """
    CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
        INSERT INTO passage_index (rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
    """
    CREATE TRIGGER passage_updated AFTER UPDATE OF id, words ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO passage_index (rowid, words) VALUES (new.id, new.words);
    END
    """,
)
POSTGRESQL_FULL_TEXT_INDEX = ("CREATE INDEX passage_index ON passage USING gin ((words::tsvector))",)


def upgrade() -> None:
    """Create all tables, then the full-text index."""
    _create_revision()
    _create_article()
    _create_section()
    _create_block()
    _create_entity("party", _text("current_stance", nullable=True))
    _create_entity("government")
    _create_entity("policy_area")
    _create_entity("group", _text("current_function", nullable=True), _text("current_core_message", nullable=True))
    for entity in ("party", "government", "policy_area", "group"):
        _create_mention(entity)
    _create_statements()
    _create_passage()
    for sql in SQLITE_FULL_TEXT_INDEX if _is_sqlite() else POSTGRESQL_FULL_TEXT_INDEX:
        op.execute(sql)


def downgrade() -> None:
    """Drop everything."""
    if _is_sqlite():
        # A virtual table is not dropped with the table that it indexes; PostgreSQL's index is.
        op.execute("DROP TABLE passage_index")
    for table in reversed(TABLES):
        op.drop_table(table)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _create_revision() -> None:
    op.create_table(
        "revision",
        _key("id", primary_key=True),
        _integer("article_count"),
        sa.Column("seeded_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_article() -> None:
    op.create_table(
        "article",
        _id(),
        _key("slug", unique=True),
        _text("title"),
        _key("title_key"),
        _text("subtitle", nullable=True),
        _text("summary", nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        _text("language"),
        _key("language_key"),
        sa.Column("published", sa.Date(), index=True),
        sa.Column("updated", sa.Date()),
        _text("url", nullable=True),
        _key("recency_key", unique=True),
        _key("path", unique=True),
        _text("sha256"),
        _integer("parser_version"),
        sa.Index(None, "title_key", "slug"),
        sa.Index(None, "language_key", "recency_key"),
    )


def _create_section() -> None:
    op.create_table(
        "section",
        _id(),
        _key("key", unique=True),
        _reference("article"),
        _key("slug"),
        _text("heading", nullable=True),
        _integer("level"),
        _integer("position"),
        _integer("line"),
        sa.UniqueConstraint("article_id", "position"),
    )


def _create_block() -> None:
    op.create_table(
        "block",
        _id(),
        _reference("article", index=True),
        _reference("section"),
        _text("type"),
        _text("text", nullable=True),
        _text("html", nullable=True),
        _text("kind", nullable=True),
        _text("lead_in", nullable=True),
        _text("contents", nullable=True),
        sa.Column("columns", sa.JSON(none_as_null=True)),
        sa.Column("cells", sa.JSON(none_as_null=True)),
        _integer("position"),
        _integer("line"),
        sa.UniqueConstraint("section_id", "position"),
    )


def _create_entity(name: str, *columns: sa.Column[str]) -> None:
    """Create a table of things that many articles name; `columns` are those that only this table has."""
    op.create_table(
        name,
        _id(),
        _key("slug", unique=True),
        _text("name"),
        _key("name_key"),
        *columns,
        sa.Index(None, "name_key", "slug"),
    )


def _create_mention(entity: str) -> None:
    """Create the table that links articles to the entities that they name."""
    op.create_table(
        f"{entity}_mention",
        _reference("article", primary_key=True),
        _integer("position"),
        _text("name"),
        _key("recency_key"),
        _reference(entity, primary_key=True),
        sa.UniqueConstraint("article_id", "position"),
        sa.Index(None, f"{entity}_id", "recency_key"),
    )


def _create_statements() -> None:
    _create_statement("stance", *_compared_text("text"), entities=("party",))
    _create_statement("measure", *_compared_text("text"), entities=("party",), parent="stance")
    _create_statement("approach", *_compared_text("text"), entities=("government", "policy_area"))
    _create_statement("role", *_compared_text("function"), *_compared_text("core_message"), entities=("group",))
    _create_statement("challenge", *_compared_text("text"))
    _create_statement("proposed_solution", *_compared_text("text"), _text("anticipated_benefit"), parent="challenge")
    _create_statement(
        "point", _text("kind"), *_compared_text("label", nullable=True), *_compared_text("text"), _text("html")
    )


def _create_statement(
    name: str, *columns: sa.Column[str], entities: tuple[str, ...] = (), parent: str | None = None
) -> None:
    """Create a table of one kind of statement, which may reference entities and the statement it belongs to."""
    references = [_reference(table) for table in (*entities, *filter(None, [parent]))]
    # Each begins with a column that lists are read by, and ends in their order. Those of entities also hold the
    # article, because counts per article then need the index alone.
    indexes = [sa.Index(None, f"{entity}_id", "recency_key", "position", "article_id") for entity in entities]
    if parent:
        indexes.append(sa.Index(None, f"{parent}_id", "position"))
    op.create_table(
        name,
        _id(),
        _key("key", unique=True),
        _reference("article"),
        _reference("section", index=True),
        _reference("block"),
        _key("recency_key"),
        _integer("position"),
        _integer("line"),
        *references,
        *columns,
        sa.UniqueConstraint("article_id", "position"),
        sa.UniqueConstraint("recency_key", "position"),
        sa.Index(None, "block_id", "position"),
        *indexes,
    )


def _create_passage() -> None:
    op.create_table(
        "passage",
        _id(),
        _text("kind"),
        _key("key"),
        _reference("article", nullable=True),
        _integer("node_id"),
        _integer("word_count"),
        _text("words"),
        _text("text"),
        sa.Index(None, "article_id", "node_id"),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _key(
    name: str, *, nullable: bool = False, unique: bool = False, index: bool = False, primary_key: bool = False
) -> sa.Column[str]:
    """Return a text column that is compared by code point."""
    return sa.Column(name, KEY, nullable=nullable, unique=unique or None, index=index or None, primary_key=primary_key)


def _compared_text(name: str, *, nullable: bool = False) -> tuple[sa.Column[str], ...]:
    """Return a text's column and the two columns that filters compare: the folded text's beginning, and its tail."""
    return (
        _text(name, nullable=nullable),
        _key(f"{name}_key", nullable=nullable, index=True),
        _text(f"{name}_key_tail", nullable=nullable),
    )


def _reference(table: str, *, nullable: bool = False, index: bool = False, primary_key: bool = False) -> sa.Column[int]:
    """Return a foreign key; `index` where no other index or constraint begins with it."""
    return sa.Column(
        f"{table}_id",
        sa.Integer(),
        sa.ForeignKey(f"{table}.id"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=nullable,
        index=index or None,
    )
