"""Words and how many passages hold them, as the database's own index of words tells."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import select

from counterpoint.store import models

MOST = 1_000
"""How many words are looked up."""


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


def hits_of_names(connection: Connection) -> dict[str, int]:
    """Give words of names of entities, and how many passages of any kind hold each."""
    names: Any = select(models.Passage.words).where(models.Passage.article_id == None)  # noqa: E711  # SQL's null
    words = sorted({word for line in connection.scalars(names) for word in line.split()})
    return {word: _hits(connection, word) for word in _some(words)}


def _some(words: list[str]) -> Iterable[str]:
    """Choose from all of them evenly."""
    return words[:: len(words) // MOST + 1]


def _hits(connection: Connection, word: str) -> int:
    return connection.scalar(select(func.count()).select_from(models.Passage).where(Holds(word))) or 0
