"""The image files that articles show. Seedings write them, exports and the server read them.

Each file is stored once, by the digest of its bytes. When no article shows it any more, it stays until the next
seeding that changes anything, because pages and caches may still hold its address.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Protocol

from sqlalchemy import Connection, delete, insert, select

from counterpoint.article import records
from counterpoint.store import models
from counterpoint.store.batching import MAX_IN_VALUES, batched
from counterpoint.store.database import Database
from counterpoint.store.models import sql_table

_FILE = sql_table(models.ImageFile)
_USE = sql_table(models.ArticleImageFile)
_ARTICLE = sql_table(models.Article)


class ImageSource(Protocol):
    """The image files of a seed folder."""

    def digest(self, article_path: str, path: str) -> str:
        """Return the SHA-256 digest of an image file that an article shows; an empty text if it cannot be shown."""

    def read(self, image: records.ImageFile) -> bytes:
        """Return the bytes of an image file. Raise InvalidFiles if they are not those of the record."""


class NoImages:
    """The image files of a folder without any."""

    def digest(self, article_path: str, path: str) -> str:
        """Return an empty text."""
        return ""

    def read(self, image: records.ImageFile) -> bytes:
        """Raise LookupError."""
        raise LookupError(image.path)


def find_outdated_articles(connection: Connection, source: ImageSource) -> set[str]:
    """Return the paths of the stored articles whose images differ from those of a folder."""
    query = select(_ARTICLE.c.path, _USE.c.path, _USE.c.digest).join_from(_USE, _ARTICLE)
    return {article for article, path, digest in connection.execute(query) if source.digest(article, path) != digest}


def read_digests(connection: Connection) -> dict[str, str]:
    """Return the digests of the images that stored articles show, by path."""
    return dict(connection.execute(select(_USE.c.path, _USE.c.digest)).all())


def insert_missing(connection: Connection, articles: Iterable[records.Article], source: ImageSource) -> None:
    """Store the images of articles that are not stored yet, one at a time because of their size."""
    for image in {image.sha256: image for article in articles for image in article.image_files}.values():
        if connection.scalar(select(_FILE.c.digest).where(_FILE.c.digest == image.sha256)) is None:
            row = {"digest": image.sha256, "media_type": image.media_type, "content": source.read(image)}
            connection.execute(insert(_FILE), row)


def find_unreferenced(connection: Connection) -> list[str]:
    """Return the digests of the images that no article shows."""
    return list(connection.scalars(select(_FILE.c.digest).where(_FILE.c.digest.not_in(select(_USE.c.digest)))))


def delete_unreferenced(connection: Connection, digests: Iterable[str]) -> None:
    """Delete those of some images that no article shows."""
    for batch in batched(digests, MAX_IN_VALUES):
        unreferenced = _FILE.c.digest.in_(batch) & _FILE.c.digest.not_in(select(_USE.c.digest))
        connection.execute(delete(_FILE).where(unreferenced))


def read_contents(connection: Connection, article_paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each image that articles show, each path once."""
    seen: set[str] = set()
    for article_path in article_paths:
        query = select(_USE.c.path, _USE.c.digest).join_from(_USE, _ARTICLE).where(_ARTICLE.c.path == article_path)
        for path, digest in connection.execute(query.order_by(_USE.c.path)).all():
            if path not in seen:
                seen.add(path)
                yield path, connection.scalar(select(_FILE.c.content).where(_FILE.c.digest == digest)) or b""


def build_image_reader(database: Database, placeholder: str) -> Callable[[str], Awaitable[tuple[str, bytes] | None]]:
    """Return a function that reads the media type and the bytes of the image with a digest, if there is one.

    `placeholder` is that of the driver for a parameter.
    """
    query = f"SELECT media_type, content FROM image_file WHERE digest = {placeholder}"

    async def read(digest: str) -> tuple[str, bytes] | None:
        row = await database.fetch_large(query, [digest])
        if not row or row[0] is None or row[1] is None:
            return None
        return row[0].decode(), row[1]

    return read
