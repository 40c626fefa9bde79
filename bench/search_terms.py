"""Search terms for scenarios, and how many passages contain each according to the full-text index."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import select

from counterpoint.store import models

MAX_TERMS = 1_000


class ContainsWord(FunctionElement[Any]):
    """SQL condition: the passage contains a word. The full-text index answers it."""

    # No boolean type, because SQLAlchemy would then compare with 1 on SQLite, which prevents the use of the index.
    inherit_cache = True


@compiles(ContainsWord, "sqlite")
def _compile_for_fts5(condition: ContainsWord, compiler: Any, **options: Any) -> str:
    word = compiler.process(condition.clauses, **options)
    return f"passage.id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH '\"' || {word} || '\"')"


@compiles(ContainsWord, "postgresql")
def _compile_for_tsvector(condition: ContainsWord, compiler: Any, **options: Any) -> str:
    word = compiler.process(condition.clauses, **options)
    text = "passage.words || replace(passage.stems, '  ', ' =')"
    return f"({text})::tsvector @@ (quote_literal({word}) || ' | ' || quote_literal('=' || {word}))::tsquery"


def count_word_hits(connection: Connection) -> dict[str, int]:
    """Return words of entity names, each with the number of passages that contain it."""
    words = {word for name in _entity_names(connection) for word in name.split()}
    return {word: _count_passages(connection, [word]) for word in _sample_evenly(words)}


def count_name_hits(connection: Connection) -> dict[str, int]:
    """Return folded entity names, each with the number of passages that contain all its words."""
    names = set(_entity_names(connection))
    return {name: _count_passages(connection, name.split()) for name in _sample_evenly(names)}


def _entity_names(connection: Connection) -> Iterator[str]:
    """Return the folded names of all entities: the passages that belong to no article."""
    query: Any = select(models.Passage.words).where(models.Passage.article_id == None)  # noqa: E711  # SQL NULL
    return (" ".join(words.split()) for words in connection.scalars(query))


def _sample_evenly(values: set[str]) -> Sequence[str]:
    return sorted(values)[:: len(values) // MAX_TERMS + 1]


def _count_passages(connection: Connection, words: Sequence[str]) -> int:
    query = select(func.count()).select_from(models.Passage).where(*(ContainsWord(word) for word in words))
    return connection.scalar(query) or 0
