"""The seed folder: its files with their hashes, and the articles in them."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from counterpoint.article.parser import parse_article
from counterpoint.article.records import Article
from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Place, Problem
from counterpoint.files import find_files, parse_files, read_file


class ArticleFolder:
    """A folder of articles: its `.md` files at every level, except hidden ones.

    `files` maps each path to the SHA-256 of the file's bytes, or to an empty text if the file is unreadable.
    """

    def __init__(self, folder: Path) -> None:
        """Hash every article file. Raise SettingsError if there is no such folder."""
        self._folder = folder
        self._unreadable: dict[str, InvalidFiles] = {}
        self.files = dict(self._hash_files())

    def read_articles(self, paths: Iterable[str]) -> Iterator[Article]:
        """Yield the articles in these files, then raise InvalidFiles with the problems of all invalid ones."""
        return parse_files(paths, self._read_article)

    def _read_article(self, path: str) -> Article:
        if path in self._unreadable:
            raise self._unreadable[path]
        content = read_file(self._folder, path)
        digest = sha256(content).hexdigest()
        if digest != self.files[path]:
            raise InvalidFiles([Problem(Place(path, 1), "the file changed while it was read", "seed again")])
        return parse_article(decode(content, path=path), path=path, sha256=digest)

    def _hash_files(self) -> Iterator[tuple[str, str]]:
        for path in find_files(self._folder, ".md"):
            try:
                yield path, sha256(read_file(self._folder, path)).hexdigest()
            except InvalidFiles as error:
                # Because no stored hash is empty, seeding asks for this file and reports its problem with all others.
                printable_path = error.problems[0].place.path
                self._unreadable[printable_path] = error
                yield printable_path, ""
