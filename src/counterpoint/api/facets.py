"""Declare facets: the field `counts` of each connection, and the properties that it can count by."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry

from counterpoint.api.connections import COUNTS_DESCRIPTION, PLURALS
from counterpoint.api.fields import Argument, column_of, mapped_field
from counterpoint.engine import facet_mapping
from counterpoint.engine.facet_mapping import EnumFacet, FacetKey, ReferenceFacet, TextFacet, YearFacet
from counterpoint.store import models
from counterpoint.store.statement_kinds import ENTITY_KINDS, STATEMENT_KINDS, EntityKind


def facets(type_name: str, keys: Mapping[str, tuple[FacetKey, str]]) -> Any:
    """Declare the field `counts` of a connection. `keys` are the values of its argument `by` with descriptions."""
    values = {value: strawberry.enum_value(value, description=text) for value, (_, text) in keys.items()}
    enum: Any = Enum(f"{type_name}CountBy", values)  # type: ignore[misc]  # its members are data
    strawberry.enum(enum, description=f"The properties by which {PLURALS[type_name]} can be counted.")
    field_mapping = facet_mapping.Facets({value: key for value, (key, _) in keys.items()})
    return mapped_field(field_mapping, COUNTS_DESCRIPTION, {"by": Argument(enum, "The property to count by.")})


def article_facets() -> Any:
    """Declare `counts` of a connection of articles."""
    article, author = models.Article, models.ArticleAuthor
    language = TextFacet(column_of(article.language_key), "language", "recency_key")
    name = TextFacet(column_of(author.name_key), "name", "recency_rank", column_of(author.article_id))
    keys: dict[str, tuple[FacetKey, str]] = {
        "LANGUAGE": (
            language,
            "By language. Tags that differ only in case are one; key and label are the newest.",
        ),
        "YEAR": (
            YearFacet(column_of(article.published)),
            "By the year of the date of first publication. Articles without this date are left out.",
        ),
        "AUTHOR": (
            name,
            "By author. Names that differ only in case, white space or compatible characters are one author; key and "
            "label are the name as spelled in the newest article.",
        ),
    }
    for kind in ENTITY_KINDS:
        mention = models.sql_table(kind.mention).c
        by_entity = ReferenceFacet(mention[kind.foreign_key], "slug", "name", counted_column=mention["article_id"])
        keys[kind.passage.name] = by_entity, f"By {_words(kind)}. An article counts once for each that it mentions."
    return facets(article.__name__, keys)


def entity_facets(kind: EntityKind) -> Any:
    """Declare `counts` of a connection of entities: by each article that mentions them."""
    mention = models.sql_table(kind.mention).c
    key = ReferenceFacet(mention["article_id"], "slug", "title", counted_column=mention[kind.foreign_key])
    description = f"By article. A {_words(kind)} counts once for each article that mentions it."
    return facets(kind.model.__name__, {"ARTICLE": (key, description)})


def statement_facets(model: type[models.Statement]) -> Any:
    """Declare `counts` of a connection of statements: by entity, by challenge and kind if they have one, by article."""
    statement_kind = next(kind for kind in STATEMENT_KINDS if kind.model is model)
    table = models.sql_table(model).c
    keys: dict[str, tuple[FacetKey, str]] = {
        kind.passage.name: (ReferenceFacet(table[kind.foreign_key], "slug", "name"), f"By {_words(kind)}.")
        for kind in (*statement_kind.entities, *statement_kind.parent_entities)
    }
    if model is models.ProposedSolution:
        challenge = ReferenceFacet(table["challenge_id"], "key", "text", key_prefix="Challenge:")
        keys["CHALLENGE"] = challenge, "By challenge. The key is the global id of the challenge; the label is its text."
    if model is models.Point:
        keys["KIND"] = EnumFacet(table["kind"]), "By kind."
    keys["ARTICLE"] = ReferenceFacet(table["article_id"], "slug", "title"), "By article."
    return facets(statement_kind.name, keys)


def search_facets() -> Any:
    """Declare `counts` of the search hits: by kind, article and language. Names have neither article nor language."""
    passage = models.sql_table(models.Passage).c
    language = column_of(models.Article.language_key)
    keys: dict[str, tuple[FacetKey, str]] = {
        "KIND": (EnumFacet(passage["kind"]), "By kind."),
        "ARTICLE": (ReferenceFacet(passage["article_id"], "slug", "title"), "By article. Names are left out."),
        "LANGUAGE": (
            TextFacet(language, "language", "recency_key", foreign_key="article_id"),
            "By the language of the article. Tags that differ only in case are one; key and label are the newest. "
            "Names are left out.",
        ),
    }
    return facets("Search", keys)


def _words(kind: EntityKind) -> str:
    """Return the name of a kind in words, such as `policy area`."""
    return kind.attribute.replace("_", " ")
