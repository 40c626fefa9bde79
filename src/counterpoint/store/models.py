"""The content model as SQL tables.

Integer ids are private to one database and keep the rows of an article adjacent. Clients identify an object by its
`slug` or `key`, which is made from its content. Columns named `..._key` hold folded text and compare by code point, so
that both databases sort alike.
"""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Index, LargeBinary, MetaData, String, Table, UniqueConstraint
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from counterpoint.article.normalization import fold
from counterpoint.article.records import ColumnAlignment, ParagraphKind, PointKind, TableContents

KeyString = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared by code point: SQLite does so by default, PostgreSQL with the collation "C"."""

SCHEMA_VERSION = "0020"
"""The revision of the newest migration; it completes these tables."""

STALE_PARSER_VERSION = 0
"""The version of no parser. Migrations set it where the next seeding must read the files again."""

MAX_RANK = 2**31 - 1
UNRANKED = -MAX_RANK
"""The rank of an article and its rows until `article_ranks` has assigned one, which needs as many bytes."""

KEY_PREFIX_CHARS = 200
"""Characters of a folded text in its indexed `..._key` column; the rest is in `..._key_tail`, without an index."""


def split_key(text: str) -> tuple[str, str]:
    """Fold a text; return its `..._key` and its `..._key_tail`."""
    folded = fold(text)
    return folded[:KEY_PREFIX_CHARS], folded[KEY_PREFIX_CHARS:]


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def include_in_autogenerate(name: str | None, *_: object) -> bool:
    """Return False for the tables of the full-text index, because no model declares them."""
    return name is None or not name.startswith("passage_index")


class Base(SQLModel):
    """Base class of all models; its metadata names the constraints.

    Nothing validates rows. Their validators would take 4 % of the time in which the server starts.
    """

    model_config = {"defer_build": True}
    metadata: ClassVar[MetaData] = metadata

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """Return the name of the class in snake case."""
        return re.sub(r"\B(?=[A-Z])", "_", cls.__name__).lower()


def sql_table(model: type[Base]) -> Table:
    """Return the SQLAlchemy table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it
    return table


def _reference(target: str, *, index: bool = False, **options: Any) -> Any:
    """Declare a foreign key to a table's id; `index` where no composite index begins with it."""
    return Field(foreign_key=f"{target}.id", index=index, **options)


class Revision(Base, table=True):
    """The state of the content: one row, replaced by each seeding that changes anything."""

    id: str = Field(primary_key=True, sa_type=KeyString)
    article_count: int
    seeded_at: datetime = Field(sa_type=DateTime(timezone=True))


class SchemaCompatibility(Base, table=True):
    """The only row says which servers can read the tables: those of schema version `oldest_reader` and newer."""

    oldest_reader: str = Field(primary_key=True, sa_type=KeyString)


class Notification(Base, table=True):
    """The cache tags of all changes that one receiver has not confirmed yet.

    `receiver` is the SHA-256 digest of its URL, because the URL may contain a secret. `version` is random, and differs
    after each seeding that adds tags. `tags` are separated by line feeds.
    """

    receiver: str = Field(primary_key=True, sa_type=KeyString)
    version: str
    tags: str


class Article(Base, table=True):
    """An article file as the parser of version `parser_version` read it.

    `recency_key` sorts from the newest article to the oldest, then by slug. `change_key` does the same with the
    date of the last change, which is that of the publication if there is no update. Their ranks are integers in the
    same order (`article_ranks`), of which the rows of other tables have copies. `entity_tags` are the cache tags of
    the entities that the article mentions, separated by commas. `translation_of` is the slug in the file, current or
    former, of another version of the article.
    """

    __table_args__ = (
        Index(None, "title_key", "slug"),
        Index(None, "language_key", "recency_key"),
        Index(None, "recency_rank", "recency_key"),
        Index(None, "change_rank", "change_key"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    slug: str = Field(sa_type=KeyString, unique=True)
    title: str
    title_key: str = Field(sa_type=KeyString)
    subtitle: str | None
    summary: str | None
    authors: list[str] = Field(sa_type=JSON)
    language: str = Field(sa_type=KeyString)
    language_key: str = Field(sa_type=KeyString)
    published: date | None = Field(index=True)
    updated: date | None = Field(index=True)
    url: str | None
    recency_key: str = Field(sa_type=KeyString, unique=True)
    change_key: str = Field(sa_type=KeyString, unique=True)
    recency_rank: int
    change_rank: int
    entity_tags: str
    path: str = Field(sa_type=KeyString, unique=True)
    sha256: str
    parser_version: int
    former_slugs: list[str] = Field(sa_type=JSON)
    translation_of: str | None = Field(sa_type=KeyString, index=True)


class FormerSlug(Base, table=True):
    """A slug that an article had before. It belongs to no other article."""

    slug: str = Field(sa_type=KeyString, primary_key=True)
    article_id: int = _reference("article", index=True)


class Translation(Base, table=True):
    """The link from an article to one of its other language versions; `position` orders them by language."""

    __table_args__ = (UniqueConstraint("article_id", "position"),)

    article_id: int = _reference("article", primary_key=True)
    position: int
    translation_id: int = _reference("article", primary_key=True, index=True)


class SourceFile(Base, table=True):
    """A file of the seed folder as it was read, for exports: an article, or declarations such as `headers.yaml`.

    `content` is its text as UTF-8, compressed by zlib.
    """

    path: str = Field(sa_type=KeyString, primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class ArticleAuthor(Base, table=True):
    """An author of an article. Authors whose names are equal when folded are one; `name` is the spelling there."""

    __table_args__ = (Index(None, "name_key", "recency_rank", "article_id"),)

    article_id: int = _reference("article", primary_key=True)
    name_key: str = Field(sa_type=KeyString, primary_key=True)
    name: str = Field(sa_type=KeyString)
    recency_rank: int


class Section(Base, table=True):
    """A part of an article under one heading; `key` is the article's slug, a slash and the section's slug.

    The keys have no index, because they are long: the article's slug finds a section as well.
    """

    __table_args__ = (UniqueConstraint("article_id", "position"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(sa_type=KeyString)
    article_id: int = _reference("article")
    slug: str = Field(sa_type=KeyString)
    heading: str | None
    level: int
    position: int
    line: int


class Block(Base, table=True):
    """A paragraph, list or table of a section.

    `type` is the name of the GraphQL type; columns that the type does not have are null. `kind` is that of a paragraph
    or of a list.
    """

    __table_args__ = (UniqueConstraint("section_id", "position"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(sa_type=KeyString, unique=True)
    article_id: int = _reference("article", index=True)
    section_id: int = _reference("section")
    type: str
    text: str | None = None
    html: str | None = None
    """Null if it is `text` in a paragraph element, or follows from the cells of a table (`table_html`)."""
    kind: ParagraphKind | PointKind | None = Field(default=None, sa_type=String)
    code_language: str | None = None
    is_ordered: bool | None = None
    start: int | None = None
    lead_in: str | None = None
    contents: TableContents | None = Field(default=None, sa_type=String)
    columns: list[str] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    column_alignments: list[ColumnAlignment] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    cells: list[list[str]] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    html_cells: list[list[str]] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    """Null if it equals `cells`."""
    position: int
    line: int


class Image(Base, table=True):
    """An image in a paragraph."""

    __table_args__ = (UniqueConstraint("block_id", "position"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    article_id: int = _reference("article", index=True)
    block_id: int = _reference("block")
    src: str
    alt: str
    title: str | None
    position: int


class ImageFile(Base, table=True):
    """An image file of the seed folder. `digest` is the SHA-256 of its bytes."""

    digest: str = Field(sa_type=KeyString, primary_key=True)
    media_type: str
    content: bytes = Field(sa_type=LargeBinary)


class ArticleImageFile(Base, table=True):
    """An article shows the image file at a path of the seed folder."""

    article_id: int = _reference("article", primary_key=True)
    path: str = Field(sa_type=KeyString, primary_key=True)
    digest: str = Field(sa_type=KeyString, foreign_key="image_file.digest", index=True)


class Entity(Base):
    """Something that several articles may name. `name` has the settled spelling, or that of the newest of them.

    `aliases` are its other names, in the order of their slugs.
    """

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index]:
        """Declare the order by name, as one index for each table."""
        return (Index(None, "name_key", "slug"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    slug: str = Field(sa_type=KeyString, unique=True)
    name: str
    name_key: str = Field(sa_type=KeyString)
    aliases: list[str] = Field(sa_type=JSON)


class Party(Entity, table=True):
    """A party that takes a stance; `current_stance` is the first one in the newest article that states any."""

    current_stance: str | None = None


class Government(Entity, table=True):
    """A government whose approaches are compared."""


class PolicyArea(Entity, table=True):
    """A field of policy in which approaches are compared."""


class Group(Entity, table=True):
    """A group with a function in the dispute; its `current_` columns are of the newest article that states a role."""

    current_function: str | None = None
    current_core_message: str | None = None


class Alias(Base):
    """The slug of another name of an entity, by which it is found too. No entity of this kind has the slug itself."""

    slug: str = Field(primary_key=True, sa_type=KeyString)


class PartyAlias(Alias, table=True):
    """Another name of a party."""

    party_id: int = _reference("party", index=True)


class GovernmentAlias(Alias, table=True):
    """Another name of a government."""

    government_id: int = _reference("government", index=True)


class PolicyAreaAlias(Alias, table=True):
    """Another name of a policy area."""

    policy_area_id: int = _reference("policy_area", index=True)


class GroupAlias(Alias, table=True):
    """Another name of a group."""

    group_id: int = _reference("group", index=True)


class Mention(Base):
    """The link between an article and an entity that it names.

    `position` orders the article's entities of one kind by first appearance; `name` is the spelling there. The ranks
    are those of the article, because an index then returns the articles of an entity in their orders.
    """

    article_id: int = _reference("article", primary_key=True)
    position: int
    name: str
    recency_rank: int
    change_rank: int


def _mention_constraints(entity: str) -> tuple[UniqueConstraint | Index, ...]:
    """Declare the orders of mentions: the articles of an entity by two ranks, and the entities of an article."""
    return (
        Index(None, entity, "recency_rank"),
        # This one ends in the article, because filters by the entity then read the index alone.
        Index(None, entity, "change_rank", "article_id"),
        UniqueConstraint("article_id", "position"),
    )


class PartyMention(Mention, table=True):
    """An article names a party."""

    __table_args__ = _mention_constraints("party_id")

    party_id: int = _reference("party", primary_key=True)


class GovernmentMention(Mention, table=True):
    """An article names a government."""

    __table_args__ = _mention_constraints("government_id")

    government_id: int = _reference("government", primary_key=True)


class PolicyAreaMention(Mention, table=True):
    """An article names a policy area."""

    __table_args__ = _mention_constraints("policy_area_id")

    policy_area_id: int = _reference("policy_area", primary_key=True)


class GroupMention(Mention, table=True):
    """An article names a group."""

    __table_args__ = _mention_constraints("group_id")

    group_id: int = _reference("group", primary_key=True)


class Statement(Base):
    """Something that an article states.

    `key` is derived from its content. `position` counts the article's statements of all kinds in reading order. The
    article's `recency_rank` and `position` together order statements from the newest to the oldest.
    """

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(sa_type=KeyString, unique=True)
    article_id: int = _reference("article")
    section_id: int = _reference("section", index=True)
    block_id: int = _reference("block")
    recency_rank: int
    position: int
    line: int


class Text(Base):
    """The text of a statement, unchanged and folded in two parts. `html` is null if it equals `text`."""

    text: str
    html: str | None
    text_key: str = Field(sa_type=KeyString, index=True)
    text_key_tail: str


def _statement_constraints(*entities: str) -> tuple[UniqueConstraint | Index, ...]:
    """Declare the orders of statements: in their article, in their block, overall, and for each referenced entity."""
    return (
        UniqueConstraint("article_id", "position"),
        Index(None, "recency_rank", "position"),
        Index(None, "block_id", "position"),
        # These end in the article, because counting the statements of some articles then reads the index alone.
        *(Index(None, entity, "recency_rank", "position", "article_id") for entity in entities),
    )


class Stance(Text, Statement, table=True):
    """The position of a party, as one article states it."""

    __table_args__ = _statement_constraints("party_id")

    party_id: int = _reference("party")


class Measure(Text, Statement, table=True):
    """Something a party did, stated in the same table row as its stance."""

    __table_args__ = (*_statement_constraints("party_id"), Index(None, "stance_id", "position"))

    party_id: int = _reference("party")
    stance_id: int = _reference("stance")


class Approach(Text, Statement, table=True):
    """The way a government handles a policy area."""

    __table_args__ = _statement_constraints("government_id", "policy_area_id")

    government_id: int = _reference("government")
    policy_area_id: int = _reference("policy_area")


class Role(Statement, table=True):
    """The function and core message of a group."""

    __table_args__ = _statement_constraints("group_id")

    group_id: int = _reference("group")
    function: str
    function_html: str | None
    core_message: str
    core_message_html: str | None
    function_key: str = Field(sa_type=KeyString, index=True)
    function_key_tail: str
    core_message_key: str = Field(sa_type=KeyString, index=True)
    core_message_key_tail: str


class Challenge(Text, Statement, table=True):
    """A problem that an article names, and that proposed solutions answer."""

    __table_args__ = _statement_constraints()


class ProposedSolution(Text, Statement, table=True):
    """A proposal against a challenge."""

    __table_args__ = (*_statement_constraints(), Index(None, "challenge_id", "position"))

    challenge_id: int = _reference("challenge")
    anticipated_benefit: str
    anticipated_benefit_html: str | None


class Point(Text, Statement, table=True):
    """An item of a list; `kind` is that of the list."""

    __table_args__ = _statement_constraints()

    kind: PointKind = Field(sa_type=String)
    label: str | None
    label_key: str | None = Field(sa_type=KeyString, index=True)
    label_key_tail: str | None


class PassageKind(StrEnum):
    """The kinds of objects that passages belong to."""

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
    """A unit of full-text search: a title with its summary, a paragraph, a statement, a name.

    `node_id` references the table of its kind; for a paragraph and a table it is the section's id. Names have no
    article; names and articles have no section. `section_id` is no foreign key, because that would need an index.
    `key` is unique and equal in every database. `words`, `word_count`, `stems` and `text` are those of
    `search_tokenizer.SearchText`, and `stem_language` is the language of the stems, if it has a stemmer. The index on
    `words` and `stems` is created by the migration alone, because it differs between the databases. SQLite's has a
    content of its own, the view `indexed_passage`. PostgreSQL's also has slices of the ids.
    """

    __table_args__ = (Index(None, "article_id", "node_id"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: PassageKind = Field(sa_type=String)
    key: str = Field(sa_type=KeyString)
    article_id: int | None = _reference("article")
    section_id: int | None
    node_id: int
    stem_language: str | None
    word_count: int
    words: str
    stems: str
    text: str
