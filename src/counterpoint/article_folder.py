"""The seed folder: which files there are, and what they say. Other folders are looked through in the same way."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from counterpoint.article.parser import parse_article
from counterpoint.article.records import Article
from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Place, Problem, SettingsError


class ArticleFolder:
    """The articles of a folder: every `.md` file in it and below, hidden ones left out.

    `files` are their paths with the SHA-256 of what they hold, which for one that can't be read is empty.
    """

    def __init__(self, path: Path) -> None:
        """Read from a folder. Raise SettingsError if it is none."""
        if not path.is_dir():
            raise SettingsError(f"{path} is no folder: name the one that holds the articles.")
        self._path = path
        self._unread: dict[str, InvalidFiles] = {}
        self.files = dict(self._hashed())

    def articles(self, paths: Sequence[str]) -> Iterator[Article]:
        """Read some of the files. Raise ProblemsFound for all of them at once, after the last that is sound."""
        problems: list[Problem] = []
        for path in paths:
            try:
                yield self._article(path)
            except InvalidFiles as found:
                problems += found.problems
        if problems:
            raise InvalidFiles(problems)

    def _article(self, path: str) -> Article:
        if path in self._unread:
            raise self._unread[path]
        content = self._content(path)
        digest = sha256(content).hexdigest()
        if digest != self.files[path]:
            raise InvalidFiles([Problem(Place(path, 1), "the file changed while it was read", "seed again")])
        return parse_article(decode(content, path=path), path=path, sha256=digest)

    def _hashed(self) -> Iterable[tuple[str, str]]:
        for path in find_files(self._path, "*.md"):
            try:
                yield path, sha256(self._content(path)).hexdigest()
            except InvalidFiles as found:
                # Without a digest it differs from all that is stored: so it is asked for, and told with the others.
                told = found.problems[0].place.path
                self._unread[told] = found
                yield told, ""

    def _content(self, path: str) -> bytes:
        return read_file(self._path, path)


def find_files(folder: Path, pattern: str) -> Iterator[str]:
    """Find the files of a folder and below it, relative to it and with `/`; hidden ones are left out."""
    for found in sorted(folder.rglob(pattern)):
        path = found.relative_to(folder)
        if found.is_file() and not any(part.startswith(".") for part in path.parts):
            yield path.as_posix()


def read_file(folder: Path, path: str) -> bytes:
    """Read a file of a folder. Raise ProblemsFound if that can't be done, or its name can't be told."""
    if not path.isprintable():
        raise InvalidFiles([Problem(Place(ascii(path), 1), "the file's name is not readable text", "rename it")])
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        raise InvalidFiles([Problem(Place(path, 1), f"the file can't be read: {error.strerror}")]) from error
