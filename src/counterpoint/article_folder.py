"""The seed folder: its files with their hashes, and the articles in them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from counterpoint.article.header_declarations import HEADERS_FILE, parse_header_declarations
from counterpoint.article.options import ParserLimits, ParserOptions
from counterpoint.article.parser import PARSER_VERSION, parse_article, too_large
from counterpoint.article.records import Article
from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Place, Problem
from counterpoint.files import find_files, parse_files, read_file
from counterpoint.settings import Settings

_DEFAULT_OPTIONS = ParserOptions()
_MAX_PARSER_VERSION = 1_000
"""The factor that keeps parser versions apart from the checksums of declared headers, in 31 bits together."""


def parser_limits(settings: Settings) -> ParserLimits:
    """Return the settings that limit an article."""
    return ParserLimits(
        file_bytes=settings.limit_article_bytes,
        table_rows=settings.limit_table_rows,
        cell_chars=settings.limit_cell_chars,
        paragraph_chars=settings.limit_paragraph_chars,
        nesting=settings.limit_article_nesting,
    )


class ArticleFolder:
    """A folder of articles: its `.md` files at every level, except hidden ones.

    `files` maps each path to the SHA-256 of the file's bytes, or to an empty text if the file is unreadable.
    `warnings` are those of the articles read so far. `parser_version` changes with the parser and with the headers
    that the folder declares, because unchanged files must be parsed again then.
    """

    def __init__(self, folder: Path, options: ParserOptions = _DEFAULT_OPTIONS) -> None:
        """Hash every article file, and read the declared headers. Raise SettingsError if there is no such folder."""
        self._folder = folder
        self._options = options
        self._unreadable: dict[str, InvalidFiles] = {}
        self._header_problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.files = dict(self._hash_files())
        self.parser_version = PARSER_VERSION
        if (folder / HEADERS_FILE).exists():
            self._read_headers()

    def read_articles(self, paths: Iterable[str]) -> Iterator[Article]:
        """Yield the articles in these files, then raise InvalidFiles with the problems of all invalid ones."""
        problems = list(self._header_problems)
        try:
            yield from parse_files(paths, self._read_article)
        except InvalidFiles as error:
            problems += error.problems
        if problems:
            raise InvalidFiles(problems)

    def _read_article(self, path: str) -> Article:
        if path in self._unreadable:
            raise self._unreadable[path]
        content = self._read_bytes(path)
        digest = sha256(content).hexdigest()
        if digest != self.files[path]:
            raise InvalidFiles([Problem(Place(path, 1), "the file changed while it was read", "seed again")])
        parsed = parse_article(decode(content, path=path), path=path, sha256=digest, options=self._options)
        self.warnings += parsed.warnings
        return parsed.article

    def _read_bytes(self, path: str) -> bytes:
        max_bytes = self._options.limits.file_bytes
        content = read_file(self._folder, path, max_bytes + 1)
        if len(content) > max_bytes:
            raise InvalidFiles([too_large(path, max_bytes)])
        return content

    def _read_headers(self) -> None:
        try:
            content = self._read_bytes(HEADERS_FILE)
            self.parser_version += _MAX_PARSER_VERSION * (crc32(content) >> 11)
            headers = parse_header_declarations(decode(content, path=HEADERS_FILE), path=HEADERS_FILE)
            self._options = replace(self._options, declared_headers=headers)
        except InvalidFiles as error:
            self._header_problems = error.problems

    def _hash_files(self) -> Iterator[tuple[str, str]]:
        for path in find_files(self._folder, ".md"):
            try:
                yield path, sha256(self._read_bytes(path)).hexdigest()
            except InvalidFiles as error:
                # An empty hash equals no stored one, so seeding asks for this file and reports it with the others.
                printable_path = error.problems[0].place.path
                self._unreadable[printable_path] = error
                yield printable_path, ""
