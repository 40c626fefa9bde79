"""Words and how many passages hold them, as the database's own index of words tells."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import select

from counterpoint.store import models

MOST = 1_000
"""How many words, or names, are looked up."""


class Holds(FunctionElement[Any]):
    """Whether a passage holds a word."""

    # Of no type: a boolean would be compared with 1 on SQLite, which keeps it from using the index.
    inherit_cache = True


@compiles(Holds, "sqlite")
def _by_fts5(holds: Holds, compiler: Any, **options: Any) -> str:
    word = compiler.process(holds.clauses, **options)
    return f"passage.id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH '\"' || {word} || '\"')"


@compiles(Holds, "postgresql")
def _by_tsvector(holds: Holds, compiler: Any, **options: Any) -> str:
    word = compiler.process(holds.clauses, **options)
    return f"passage.words::tsvector @@ quote_literal({word})::tsquery"


def hits_of_words(connection: Connection) -> dict[str, int]:
    """Give words of the names of entities, and how many passages of any kind hold each."""
    words = {word for name in _names(connection) for word in name.split()}
    return {word: _hits(connection, [word]) for word in _some(words)}


def hits_of_names(connection: Connection) -> dict[str, int]:
    """Give names of entities, as their words, and how many passages of any kind hold all of these."""
    return {name: _hits(connection, name.split()) for name in _some(set(_names(connection)))}


def _names(connection: Connection) -> Iterator[str]:
    names: Any = select(models.Passage.words).where(models.Passage.article_id == None)  # noqa: E711  # SQL's null
    return (" ".join(words.split()) for words in connection.scalars(names))


def _some(values: set[str]) -> Sequence[str]:
    """Choose from all of them evenly."""
    return sorted(values)[:: len(values) // MOST + 1]


def _hits(connection: Connection, words: Sequence[str]) -> int:
    found = select(func.count()).select_from(models.Passage).where(*(Holds(word) for word in words))
    return connection.scalar(found) or 0
