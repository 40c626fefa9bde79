"""Values for plan queries, sampled from a database: rare and common slugs, ids, cursors and search terms."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func
from sqlmodel import select

from bench.search_terms import count_word_hits
from counterpoint.engine.mapping import Connection as ConnectionMapping
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.store import models
from counterpoint.store.statement_kinds import ENTITY_KINDS

RunQuery = Callable[[str, dict[str, Any]], Any]
"""Runs a GraphQL operation and returns its data."""

SELECTIVE_HITS = range(2, 41)
"""Numbers of passages that a selective search term may match."""


@dataclass(frozen=True)
class SampledValues:
    """Values of a database that plan queries use. Slugs are by type name, cursors by type name and order.

    `rare` and `second_rare` slugs occur in the fewest articles, `common` slugs in the most. `cursors` are of the rare
    entities, or from the middle of a table. `end_cursors` are the first and the last one.
    """

    rare: Mapping[str, str]
    second_rare: Mapping[str, str]
    common: Mapping[str, str]
    ids: Mapping[str, str]
    cursors: Mapping[tuple[str, str], str]
    end_cursors: Mapping[tuple[str, str], tuple[str, str]]
    search_terms: Sequence[str]


def sample_values(connection: Connection, mapping: SchemaMapping, run_query: RunQuery) -> SampledValues:
    """Sample a database; `run_query` runs operations of the service on it."""
    rare, second_rare, common = {}, {}, {}
    for kind in ENTITY_KINDS:
        slugs = _slugs_by_mentions(connection, _table(kind.model), _table(kind.mention), kind.foreign_key)
        name = kind.model.__name__
        rare[name], second_rare[name], common[name] = slugs[0], slugs[1], slugs[-1]
    rare["Article"] = common["Article"] = _middle_value(connection, _table(models.Article), "slug")
    second_rare["Article"] = _first_value(connection, _table(models.Article), "slug")
    ids = {
        name: f"{name}:{_middle_value(connection, rows.table, rows.key)}"
        for name, rows in mapping.tables.items()
        if rows.key
    }
    return SampledValues(
        rare, second_rare, common, ids,
        _sample_cursors(connection, mapping, run_query, rare),
        _end_cursors(mapping, run_query),
        _search_terms(connection),
    )  # fmt: skip


def _slugs_by_mentions(connection: Connection, entity: Table, mention: Table, column: str) -> list[str]:
    """Return the slugs of entities, ordered by the number of articles that name them."""
    query = select(entity.c.slug).join(mention, mention.c[column] == entity.c.id).group_by(entity.c.slug)
    return list(connection.scalars(query.order_by(func.count(), entity.c.slug)))


def _middle_value(connection: Connection, table: Table, column: str) -> str:
    """Return a column's value from the middle of a table."""
    last_id = connection.scalar(select(func.max(table.c.id))) or 0
    query = select(table.c[column]).where(table.c.id >= last_id // 2).order_by(table.c.id).limit(1)
    return str(connection.scalar(query))


def _first_value(connection: Connection, table: Table, column: str) -> str:
    """Return a column's value from the beginning of a table."""
    return str(connection.scalar(select(table.c[column]).order_by(table.c.id).limit(1)))


def _search_terms(connection: Connection) -> Sequence[str]:
    """Return two selective words, one of them with the fewest hits."""
    hits = {word: count for word, count in count_word_hits(connection).items() if count in SELECTIVE_HITS}
    words = sorted(hits, key=lambda word: (hits[word], word))
    return words[:: len(words) // 2 + 1]


def _end_cursors(mapping: SchemaMapping, run_query: RunQuery) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the first and the last cursor of each type in each order."""
    cursors = {}
    for field_name, type_name, order in _ordered_connections(mapping):
        first, last = (
            run_query(f"{{ {field_name}({argument}: 1, orderBy: {order}) {{ edges {{ cursor }} }} }}", {})
            for argument in ("first", "last")
        )
        cursors[type_name, order] = (
            first[field_name]["edges"][0]["cursor"],
            last[field_name]["edges"][0]["cursor"],
        )
    return cursors


def _ordered_connections(mapping: SchemaMapping) -> Iterator[tuple[str, str, str]]:
    """Yield field name, node type and order for each root connection in each of its orders."""
    types = {rows.table: name for name, rows in mapping.tables.items()}
    for (owner, field_name), field in mapping.fields.items():
        if owner == "Query" and isinstance(field, ConnectionMapping):
            for order, columns in field.orders.items():
                yield field_name, types[columns.columns[0].table], order


def _sample_cursors(
    connection: Connection, mapping: SchemaMapping, run_query: RunQuery, slugs: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """Return a cursor of each type in each order: of the entity with a slug, or from the middle of a table."""
    cursors = {}
    for field_name, type_name, order in _ordered_connections(mapping):
        slug = slugs.get(type_name) or _middle_article_slug(connection, mapping.tables[type_name].table)
        where = {"slug": [slug]} if type_name in slugs else {"article": {"slug": [slug]}}
        selection = f"{field_name}(where: $where, orderBy: {order}, first: 1) {{ edges {{ cursor }} }}"
        (edge,) = run_query(f"query($where: {type_name}Filter) {{ {selection} }}", {"where": where})[field_name][
            "edges"
        ]
        cursors[type_name, order] = edge["cursor"]
    return cursors


def _middle_article_slug(connection: Connection, statements: Table) -> str:
    """Return the slug of the article that a statement in the middle of its table belongs to."""
    article = _table(models.Article)
    query = select(article.c.slug).where(article.c.id == int(_middle_value(connection, statements, "article_id")))
    return str(connection.scalar(query))


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table
