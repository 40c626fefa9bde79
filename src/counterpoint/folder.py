"""The seed folder: which files there are, and what they say."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from counterpoint.article.reading import read_article
from counterpoint.article.records import Article
from counterpoint.article.source import decode
from counterpoint.errors import Place, Problem, ProblemsFound, SettingsError


class Folder:
    """The articles of a folder: every `.md` file in it and below, hidden ones left out."""

    def __init__(self, path: Path) -> None:
        """Read from a folder. Raise SettingsError if it is none."""
        if not path.is_dir():
            raise SettingsError(f"{path} is no folder: name the one that holds the articles.")
        self._path = path
        self.files = dict(self._hashed())

    def articles(self, paths: Sequence[str]) -> Iterator[Article]:
        """Read some of the files. Raise ProblemsFound for all of them at once, after the last that is sound."""
        problems: list[Problem] = []
        for path in paths:
            try:
                yield self._article(path)
            except ProblemsFound as found:
                problems += found.problems
        if problems:
            raise ProblemsFound(problems)

    def _article(self, path: str) -> Article:
        content = self._content(path)
        digest = sha256(content).hexdigest()
        if digest != self.files[path]:
            raise ProblemsFound([Problem(Place(path, 1), "The file changed while it was read.", "Seed again.")])
        return read_article(decode(content, path=path), path=path, sha256=digest)

    def _hashed(self) -> Iterable[tuple[str, str]]:
        for found in sorted(self._path.rglob("*.md")):
            path = found.relative_to(self._path)
            if found.is_file() and not any(part.startswith(".") for part in path.parts):
                name = path.as_posix()
                if not name.isprintable():
                    raise ProblemsFound([Problem(Place(ascii(name), 1), "The file's name is not readable text.")])
                yield name, sha256(self._content(name)).hexdigest()

    def _content(self, path: str) -> bytes:
        try:
            return (self._path / path).read_bytes()
        except OSError as error:
            raise ProblemsFound([Problem(Place(path, 1), f"The file can't be read: {error.strerror}.")]) from error
