"""The stored files of the seed folder, as texts. Seedings write them, and exports read them."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select

from counterpoint.article import records
from counterpoint.errors import NotReady
from counterpoint.store import models
from counterpoint.store.batching import batched
from counterpoint.store.models import sql_table

MISSING_TEXT_MESSAGE = "An older version stored the articles without their texts: run `counterpoint seed` once."
FILES_PER_BATCH = 200

_SOURCE_FILE = sql_table(models.SourceFile)
_ARTICLE = sql_table(models.Article)

# An anti-join, because without table statistics PostgreSQL reads all paths of the articles for each file of a NOT IN.
_IS_DECLARATION = ~exists().where(_ARTICLE.c.path == _SOURCE_FILE.c.path).correlate(_SOURCE_FILE)


def insert_sources(connection: Connection, articles: Iterable[records.Article]) -> None:
    """Store the texts of articles."""
    _insert(connection, {article.path: article.source_text for article in articles})


def delete_sources(connection: Connection, paths: Sequence[str]) -> None:
    """Delete the texts of articles."""
    connection.execute(delete(_SOURCE_FILE).where(_SOURCE_FILE.c.path.in_(paths)))


def replace_declarations(connection: Connection, texts: Mapping[str, str]) -> None:
    """Replace the files that are no articles."""
    connection.execute(delete(_SOURCE_FILE).where(_IS_DECLARATION))
    _insert(connection, texts)


def read_article_paths(connection: Connection) -> dict[str, str]:
    """Return the path of each article by its slug, in the order of paths. Raise NotReady if a text is missing."""
    query = (
        select(_ARTICLE.c.slug, _ARTICLE.c.path, _SOURCE_FILE.c.path)
        .join_from(_ARTICLE, _SOURCE_FILE, _ARTICLE.c.path == _SOURCE_FILE.c.path, isouter=True)
        .order_by(_ARTICLE.c.path)
    )
    rows = connection.execute(query).all()
    if any(source_path is None for _, _, source_path in rows):
        raise NotReady(MISSING_TEXT_MESSAGE)
    return {slug: path for slug, path, _ in rows}


def read_declarations(connection: Connection) -> dict[str, str]:
    """Return the texts of the files that are no articles, by path."""
    return _read_texts(connection, _IS_DECLARATION)


def read_sources(connection: Connection, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield paths of articles with their texts, in the same order."""
    for batch in batched(paths, FILES_PER_BATCH):
        texts = _read_texts(connection, _SOURCE_FILE.c.path.in_(batch))
        yield from ((path, texts[path]) for path in batch)


def _insert(connection: Connection, texts: Mapping[str, str]) -> None:
    rows = [{"path": path, "content": zlib.compress(text.encode(), zlib.Z_BEST_SPEED)} for path, text in texts.items()]
    if rows:
        connection.execute(insert(_SOURCE_FILE), rows)


def _read_texts(connection: Connection, condition: ColumnElement[bool]) -> dict[str, str]:
    rows = connection.execute(select(_SOURCE_FILE.c.path, _SOURCE_FILE.c.content).where(condition))
    return {path: zlib.decompress(content).decode() for path, content in rows}
