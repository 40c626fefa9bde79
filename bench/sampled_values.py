"""What questions name of the content: the most and least named entities, ids, cursors from the middle, words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func
from sqlmodel import select

from bench.plan_queries import Known
from bench.words import hits_of_words
from counterpoint.engine.mapping import Connection as Pages
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.store import models
from counterpoint.store.records_to_rows import MENTIONS

Ask = Callable[[str, dict[str, Any]], Any]

HITS = range(2, 41)
"""How many passages hold a word that few hold."""


def find_known(connection: Connection, graph: SchemaMapping, ask: Ask) -> Known:
    """Look into a database; `ask` gives the data of an answer of the service on it."""
    rare, second, common = {}, {}, {}
    for entity, (mention, column) in MENTIONS.items():
        named = _by_mentions(connection, _table(entity), _table(mention), column)
        rare[entity.__name__], second[entity.__name__], common[entity.__name__] = named[0], named[1], named[-1]
    middle = _middle(connection, _table(models.Article), "slug")
    rare["Article"] = common["Article"] = middle
    second["Article"] = _first(connection, _table(models.Article), "slug")
    ids = {name: f"{name}:{_middle(connection, rows.table, rows.key)}" for name, rows in graph.rows.items() if rows.key}
    hits = {word: number for word, number in hits_of_words(connection).items() if number in HITS}
    words = sorted(hits, key=lambda word: (hits[word], word))
    cursors, ends = _cursors(connection, graph, ask, rare), _ends(graph, ask)
    return Known(rare, second, common, ids, cursors, ends, words[:: len(words) // 2 + 1])


def _by_mentions(connection: Connection, entity: Table, mention: Table, column: str) -> list[str]:
    """Give the slugs of entities, those that the fewest articles name first."""
    named = select(entity.c.slug).join(mention, mention.c[column] == entity.c.id).group_by(entity.c.slug)
    return list(connection.scalars(named.order_by(func.count(), entity.c.slug)))


def _middle(connection: Connection, table: Table, column: str) -> str:
    """Give a column's value in the middle of a table."""
    last = connection.scalar(select(func.max(table.c.id))) or 0
    found = select(table.c[column]).where(table.c.id >= last // 2).order_by(table.c.id).limit(1)
    return str(connection.scalar(found))


def _first(connection: Connection, table: Table, column: str) -> str:
    """Give a column's value at the beginning of a table."""
    return str(connection.scalar(select(table.c[column]).order_by(table.c.id).limit(1)))


def _ends(graph: SchemaMapping, ask: Ask) -> dict[tuple[str, str], tuple[str, str]]:
    """Take the first and the last cursor of each type in each order."""
    found = {}
    for name, item, order in _ordered(graph):
        asked = f"{name}(%s: 1, orderBy: {order}) {{ edges {{ cursor }} }}"
        ends = (ask(f"{{ {asked % end} }}", {})[name]["edges"][0]["cursor"] for end in ("first", "last"))
        found[item, order] = next(ends), next(ends)
    return found


def _ordered(graph: SchemaMapping) -> Iterator[tuple[str, str, str]]:
    """Give the connections of the query with their type, in each of their orders."""
    types = {rows.table: name for name, rows in graph.rows.items()}
    for (owner, name), source in graph.fields.items():
        if owner == "Query" and isinstance(source, Pages):
            for order, columns in source.orders.items():
                yield name, types[columns.columns[0].table], order


def _cursors(
    connection: Connection, graph: SchemaMapping, ask: Ask, slugs: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """Take a cursor of each type in each order; that of a statement, from the middle of its table."""
    cursors = {}
    for name, item, order in _ordered(graph):
        slug = slugs.get(item) or _middle_article(connection, graph.rows[item].table)
        where = {"slug": [slug]} if item in slugs else {"article": {"slug": [slug]}}
        asked = f"{name}(where: $where, orderBy: {order}, first: 1) {{ edges {{ cursor }} }}"
        (edge,) = ask(f"query($where: {item}Filter) {{ {asked} }}", {"where": where})[name]["edges"]
        cursors[item, order] = edge["cursor"]
    return cursors


def _middle_article(connection: Connection, statements: Table) -> str:
    """Give the slug of the article of a statement in the middle of its table."""
    article = _table(models.Article)
    found = select(article.c.slug).where(article.c.id == int(_middle(connection, statements, "article_id")))
    return str(connection.scalar(found))


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table
