"""The content model as SQL tables: what was parsed, as it is stored.

Integer ids are private to one database: rows of one article lie side by side under them. What names a thing outside
is its `slug` or `key`, made from what it is. Texts that are compared or sorted by are kept folded, in columns that
compare code point by code point on every database.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Index, MetaData, String, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

from counterpoint.article import tokenizer
from counterpoint.article.normalization import fold
from counterpoint.article.records import PointKind, TableContents

KeyString = String().with_variant(String(collation="C"), "postgresql")
"""Text compared by code point: SQLite does so by itself, PostgreSQL when asked."""

SCHEMA_VERSION = "0001"
"""The newest migration: the one that makes these tables."""

KEY_PREFIX_CHARS = 200
"""How many characters of a folded text are in its indexed column; what follows them is in the column beside it."""


def fold_key(text: str) -> str:
    """Fold a text as it is stored to be compared and sorted by."""
    return fold(text)


def split_key(text: str) -> tuple[str, str]:
    """Fold a text as it is stored to be compared: its beginning, and what follows it."""
    whole = fold_key(text)
    return whole[:KEY_PREFIX_CHARS], whole[KEY_PREFIX_CHARS:]


MARKERS = tokenizer.MARKERS
"""The signs in the text of a passage."""


def tokenize(text: str) -> list[tokenizer.TokenRun]:
    """Cut a text into words as those of passages are: runs that nothing stands between, with their ends."""
    return tokenizer.token_runs(text)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def include_in_autogenerate(name: str | None, *_: object) -> bool:
    """Tell the tables and indexes of the models from those that index words (`Passage`)."""
    return name is None or not name.startswith("passage_index")


class Base(SQLModel):
    """Whatever has a row: one metadata with named constraints."""

    metadata: ClassVar[MetaData] = metadata


def sql_table(model: type[Base]) -> Table:
    """Return the SQLAlchemy table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it
    return table


def _reference(target: str, *, index: bool = False, **options: Any) -> Any:
    """Make a foreign key to a table's id; `index` where no composite index begins with it."""
    return Field(foreign_key=f"{target}.id", index=index, **options)


class Revision(Base, table=True):
    """What the database holds: one row, replaced by each seeding that changes something."""

    __tablename__ = "revision"

    id: str = Field(primary_key=True, sa_type=KeyString)
    article_count: int
    seeded_at: datetime = Field(sa_type=DateTime(timezone=True))


class Article(Base, table=True):
    """An article file, as the reader of version `reader` understood it.

    `recency_key` ascends from the newest to the oldest and ends in the slug.
    """

    __tablename__ = "article"
    __table_args__ = (Index(None, "title_key", "slug"), Index(None, "language_key", "recency_key"))

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    slug: str = Field(sa_type=KeyString, unique=True)
    title: str
    title_key: str = Field(sa_type=KeyString)
    subtitle: str | None
    summary: str | None
    authors: list[str] = Field(sa_type=JSON)
    language: str
    language_key: str = Field(sa_type=KeyString)
    published: date | None = Field(index=True)
    updated: date | None
    url: str | None
    recency_key: str = Field(sa_type=KeyString, unique=True)
    path: str = Field(sa_type=KeyString, unique=True)
    sha256: str
    parser_version: int


class Section(Base, table=True):
    """A part of an article under one heading; `key` is the article's slug, a slash and its own."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("article_id", "position"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(sa_type=KeyString, unique=True)
    article_id: int = _reference("article")
    slug: str = Field(sa_type=KeyString)
    heading: str | None
    level: int
    position: int
    line: int


class Block(Base, table=True):
    """A piece of a section: `type` names the contract's type, whose columns alone are filled."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("section_id", "position"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    article_id: int = _reference("article", index=True)
    section_id: int = _reference("section")
    type: str
    text: str | None = None
    html: str | None = None
    kind: PointKind | None = Field(default=None, sa_type=String)
    lead_in: str | None = None
    contents: TableContents | None = Field(default=None, sa_type=String)
    columns: list[str] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    cells: list[list[str]] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    position: int
    line: int


class Entity(Base):
    """What many articles name: one row however many. `name` is spelled as in the newest of them."""

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    slug: str = Field(sa_type=KeyString, unique=True)
    name: str
    name_key: str = Field(sa_type=KeyString)


class Party(Entity, table=True):
    """Who takes a stance; `current_stance` is the first of the newest article that states one."""

    __tablename__ = "party"
    __table_args__ = (Index(None, "name_key", "slug"),)

    current_stance: str | None = None


class Government(Entity, table=True):
    """Whose approaches are compared."""

    __tablename__ = "government"
    __table_args__ = (Index(None, "name_key", "slug"),)


class PolicyArea(Entity, table=True):
    """In which approaches are compared."""

    __tablename__ = "policy_area"
    __table_args__ = (Index(None, "name_key", "slug"),)


class Group(Entity, table=True):
    """Who has a function in the dispute; both `current_` columns are from the newest article."""

    __tablename__ = "group"
    __table_args__ = (Index(None, "name_key", "slug"),)

    current_function: str | None = None
    current_core_message: str | None = None


class Mention(Base):
    """That an article names an entity: where first, how spelled there, and the article's recency_key."""

    article_id: int = _reference("article", primary_key=True)
    position: int
    name: str
    recency_key: str = Field(sa_type=KeyString)


class PartyMention(Mention, table=True):
    """An article names a party."""

    __tablename__ = "party_mention"
    __table_args__ = (Index(None, "party_id", "recency_key"), UniqueConstraint("article_id", "position"))

    party_id: int = _reference("party", primary_key=True)


class GovernmentMention(Mention, table=True):
    """An article names a government."""

    __tablename__ = "government_mention"
    __table_args__ = (Index(None, "government_id", "recency_key"), UniqueConstraint("article_id", "position"))

    government_id: int = _reference("government", primary_key=True)


class PolicyAreaMention(Mention, table=True):
    """An article names a policy area."""

    __tablename__ = "policy_area_mention"
    __table_args__ = (Index(None, "policy_area_id", "recency_key"), UniqueConstraint("article_id", "position"))

    policy_area_id: int = _reference("policy_area", primary_key=True)


class GroupMention(Mention, table=True):
    """An article names a group."""

    __tablename__ = "group_mention"
    __table_args__ = (Index(None, "group_id", "recency_key"), UniqueConstraint("article_id", "position"))

    group_id: int = _reference("group", primary_key=True)


class Statement(Base):
    """Something that an article states.

    `key` is made from its content. `position` counts the article's statements of all kinds in reading order. The
    article's `recency_key` and `position` together order statements from the newest to the oldest.
    """

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(sa_type=KeyString, unique=True)
    article_id: int = _reference("article")
    section_id: int = _reference("section", index=True)
    block_id: int = _reference("block")
    recency_key: str = Field(sa_type=KeyString)
    position: int
    line: int


def _statement_constraints(*entities: str) -> tuple[UniqueConstraint | Index, ...]:
    """Order statements within their article and block, overall, and under each entity they point at."""
    return (
        UniqueConstraint("article_id", "position"),
        UniqueConstraint("recency_key", "position"),
        Index(None, "block_id", "position"),
        # With the article, so that counting those of some articles needs the index alone.
        *(Index(None, entity, "recency_key", "position", "article_id") for entity in entities),
    )


class Stance(Statement, table=True):
    """Where a party stands, as one article states it."""

    __tablename__ = "stance"
    __table_args__ = _statement_constraints("party_id")

    party_id: int = _reference("party")
    text: str
    text_key: str = Field(sa_type=KeyString, index=True)
    text_key_tail: str


class Measure(Statement, table=True):
    """Something a party did, from the row of a stance."""

    __tablename__ = "measure"
    __table_args__ = (*_statement_constraints("party_id"), Index(None, "stance_id", "position"))

    party_id: int = _reference("party")
    stance_id: int = _reference("stance")
    text: str
    text_key: str = Field(sa_type=KeyString, index=True)
    text_key_tail: str


class Approach(Statement, table=True):
    """How a government handles a policy area."""

    __tablename__ = "approach"
    __table_args__ = _statement_constraints("government_id", "policy_area_id")

    government_id: int = _reference("government")
    policy_area_id: int = _reference("policy_area")
    text: str
    text_key: str = Field(sa_type=KeyString, index=True)
    text_key_tail: str


class Role(Statement, table=True):
    """What a group does and says."""

    __tablename__ = "role"
    __table_args__ = _statement_constraints("group_id")

    group_id: int = _reference("group")
    function: str
    core_message: str
    function_key: str = Field(sa_type=KeyString, index=True)
    function_key_tail: str
    core_message_key: str = Field(sa_type=KeyString, index=True)
    core_message_key_tail: str


class Challenge(Statement, table=True):
    """A problem that an article names."""

    __tablename__ = "challenge"
    __table_args__ = _statement_constraints()

    text: str
    text_key: str = Field(sa_type=KeyString, index=True)
    text_key_tail: str


class ProposedSolution(Statement, table=True):
    """What is proposed against a challenge."""

    __tablename__ = "proposed_solution"
    __table_args__ = (*_statement_constraints(), Index(None, "challenge_id", "position"))

    challenge_id: int = _reference("challenge")
    text: str
    anticipated_benefit: str
    text_key: str = Field(sa_type=KeyString, index=True)
    text_key_tail: str


class Point(Statement, table=True):
    """An item of a list; `kind` is its list's."""

    __tablename__ = "point"
    __table_args__ = _statement_constraints()

    kind: PointKind = Field(sa_type=String)
    label: str | None
    text: str
    html: str
    label_key: str | None = Field(sa_type=KeyString, index=True)
    label_key_tail: str | None
    text_key: str = Field(sa_type=KeyString, index=True)
    text_key_tail: str


class PassageKind(StrEnum):
    """What a passage is of."""

    ARTICLE = "ARTICLE"
    SECTION = "SECTION"
    PARAGRAPH = "PARAGRAPH"
    TABLE = "TABLE"
    PARTY = "PARTY"
    GOVERNMENT = "GOVERNMENT"
    POLICY_AREA = "POLICY_AREA"
    GROUP = "GROUP"
    STANCE = "STANCE"
    MEASURE = "MEASURE"
    APPROACH = "APPROACH"
    ROLE = "ROLE"
    CHALLENGE = "CHALLENGE"
    PROPOSED_SOLUTION = "PROPOSED_SOLUTION"
    POINT = "POINT"


class Passage(Base, table=True):
    """What is found by its words, as one: a title with its summary, a paragraph, the row of a table, a name.

    `node_id` is the id of what it is of, in the table of its kind; a paragraph's and a table's is their section's.
    `key` is unique, and the same in every database. `words` and `text` are a `Searchable`'s. The index of the words
    is no table of ours: the migrations make it, as each database has it.
    """

    __tablename__ = "passage"
    __table_args__ = (Index(None, "article_id", "node_id"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: PassageKind = Field(sa_type=String)
    key: str = Field(sa_type=KeyString)
    article_id: int | None = _reference("article")
    node_id: int
    word_count: int
    words: str
    text: str
