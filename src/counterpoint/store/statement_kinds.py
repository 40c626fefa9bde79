"""The kinds of entities and of statements: how their records map to tables and to searchable text.

Rows, passages, the upkeep of entities, cache tags, facets and search kinds follow from these two lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from counterpoint.article import records
from counterpoint.article.settled_names import NameKind
from counterpoint.store import models
from counterpoint.store.models import PassageKind


@dataclass(frozen=True)
class EntityKind:
    """A kind of entity. Records hold its name in `attribute`; tables reference it by `foreign_key`."""

    attribute: NameKind
    model: type[models.Entity]
    alias: type[models.Alias]
    mention: type[models.Mention]
    passage: PassageKind
    current: Mapping[str, tuple[type[models.Statement], str]] = field(default_factory=dict)
    """Columns of the entity that copy a column of its newest statement of some kind."""

    @property
    def foreign_key(self) -> str:
        """The column that references the entity, in the tables of mentions and statements."""
        return f"{self.attribute}_id"


@dataclass(frozen=True)
class StatementKind:
    """A kind of statement. The attributes of its record that have the names of its model's columns are stored."""

    record: type
    model: type[models.Statement]
    passage: PassageKind
    compared: tuple[str, ...] = ("text",)
    """Text attributes that filters compare. They are stored folded too."""
    html: Mapping[str, str] = field(default_factory=lambda: {"html": "text"})
    """Attributes that hold a text as HTML, each with the attribute of the text."""
    searchable: tuple[str, ...] = ("text",)
    """Text attributes that full-text search covers, in the order that snippets show them."""
    block_columns: tuple[str, ...] = ()
    """Columns copied from the block that holds the statement."""
    entities: tuple[EntityKind, ...] = ()
    """The entities that the record names; their names are attributes of it."""
    parent_key: str | None = None
    """The column that references the parent statement."""
    parent_entities: tuple[EntityKind, ...] = ()
    """The entities that only the parent's record names. They are stored and searched with this statement too."""

    @property
    def name(self) -> str:
        """The name of the record, the model and the GraphQL type."""
        return self.model.__name__


PARTY = EntityKind(
    NameKind.PARTY,
    models.Party,
    models.PartyAlias,
    models.PartyMention,
    PassageKind.PARTY,
    {"current_stance": (models.Stance, "text")},
)
GOVERNMENT = EntityKind(
    NameKind.GOVERNMENT, models.Government, models.GovernmentAlias, models.GovernmentMention, PassageKind.GOVERNMENT
)
POLICY_AREA = EntityKind(
    NameKind.POLICY_AREA, models.PolicyArea, models.PolicyAreaAlias, models.PolicyAreaMention, PassageKind.POLICY_AREA
)
GROUP = EntityKind(
    NameKind.GROUP,
    models.Group,
    models.GroupAlias,
    models.GroupMention,
    PassageKind.GROUP,
    {"current_function": (models.Role, "function"), "current_core_message": (models.Role, "core_message")},
)

ENTITY_KINDS = (PARTY, GOVERNMENT, POLICY_AREA, GROUP)

STATEMENT_KINDS = (
    StatementKind(records.Stance, models.Stance, PassageKind.STANCE, searchable=("party", "text"), entities=(PARTY,)),
    StatementKind(
        records.Measure, models.Measure, PassageKind.MEASURE, parent_key="stance_id", parent_entities=(PARTY,)
    ),
    StatementKind(
        records.Approach,
        models.Approach,
        PassageKind.APPROACH,
        searchable=("government", "policy_area", "text"),
        entities=(POLICY_AREA, GOVERNMENT),
    ),
    StatementKind(
        records.Role,
        models.Role,
        PassageKind.ROLE,
        compared=("function", "core_message"),
        html={"function_html": "function", "core_message_html": "core_message"},
        searchable=("group", "function", "core_message"),
        entities=(GROUP,),
    ),
    StatementKind(records.Challenge, models.Challenge, PassageKind.CHALLENGE),
    StatementKind(
        records.ProposedSolution,
        models.ProposedSolution,
        PassageKind.PROPOSED_SOLUTION,
        html={"html": "text", "anticipated_benefit_html": "anticipated_benefit"},
        searchable=("text", "anticipated_benefit"),
        parent_key="challenge_id",
    ),
    StatementKind(
        records.Point,
        models.Point,
        PassageKind.POINT,
        compared=("label", "text"),
        searchable=("label", "text"),
        block_columns=("kind",),
    ),
)
"""Each after the kind of its parent, because rows are inserted in this order."""

STATEMENT_KIND_OF: dict[type, StatementKind] = {kind.record: kind for kind in STATEMENT_KINDS}

NODE_TYPES: dict[str, str] = {
    PassageKind.ARTICLE: models.Article.__name__,
    PassageKind.SECTION: models.Section.__name__,
    PassageKind.PARAGRAPH: models.Section.__name__,
    PassageKind.TABLE: models.Section.__name__,
    **{kind.passage: kind.model.__name__ for kind in (*ENTITY_KINDS, *STATEMENT_KINDS)},
}
"""The type of the object that a hit of each kind leads to: a paragraph and a table lead to their section."""
