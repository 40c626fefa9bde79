"""The seed folder: its files with their hashes, and the articles in them."""

import os
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from counterpoint.article.messages import count
from counterpoint.article.options import (
    DECLARATION_FILES,
    DEFAULT_OPTIONS,
    ParserOptions,
    add_declarations,
)
from counterpoint.article.parser import PARSER_VERSION, ParsedArticle, describe_too_large, parse_article
from counterpoint.article.records import Article
from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Place, Problem
from counterpoint.files import parse_files, read_file
from counterpoint.folder_images import FolderImages
from counterpoint.folder_scan import FolderEntries, IgnoredEntry, scan_folder
from counterpoint.worker_processes import count_cores, map_in_processes

if TYPE_CHECKING:
    from counterpoint.store.prepared_articles import PreparedArticle

Track = Callable[[Sequence[str], str], Iterable[str]]
"""Yields the same paths, and shows the progress under a label."""

MAX_PROCESSES = 4
"""Processes that read articles. More are of no use, because one process writes to the database."""

MIN_FILES_FOR_PROCESSES = 500
"""Files that take as long to read as processes to start."""

_MAX_PARSER_VERSION = 1_000
"""The factor that keeps parser versions apart from the checksums of declarations, in 31 bits together."""


class ArticleFolder:
    """A folder of articles: its `.md` files at every level, except READMEs, hidden entries and drafts.

    `files` maps each path to the SHA-256 of the file's bytes, or to an empty text if the entry has a problem.
    `warnings` are those of the articles read so far, and `images` finds the images that they show. `options` contain
    the headers and names that the folder declares, and `declarations` the texts of the files that do. `parser_version`
    changes with the parser and with these files, because unchanged articles must be parsed again then.
    """

    def __init__(
        self,
        folder: Path,
        options: ParserOptions = DEFAULT_OPTIONS,
        *,
        entries: FolderEntries | None = None,
        track: Track = lambda paths, _: paths,
    ) -> None:
        """Hash every article file, and read the declarations. Raise SettingsError if there is no such folder.

        `entries` replaces the scan of the folder, to read some of its files only.
        """
        self.folder = folder
        self.entries = scan_folder(folder) if entries is None else entries
        self.images = FolderImages(folder, options.limits.image)
        self.options = replace(options, resolve_image=self.images.resolve)
        self._track = track
        self._problems: dict[str, list[Problem]] = defaultdict(list)
        self.warnings: list[Problem] = []
        self.files = dict(self._hash_files())
        for problem in self.entries.problems:
            self._add_problem(problem)
        self.parser_version = PARSER_VERSION
        self.declarations: dict[str, str] = {}
        self._read_declarations()

    @property
    def ignored_entries(self) -> list[IgnoredEntry]:
        """The entries that are neither an article nor an image found so far."""
        images = self.images.paths
        return [entry for entry in self.entries.ignored if entry.path not in images]

    def read_articles(self, paths: Iterable[str]) -> Iterator[Article]:
        """Yield the articles in these files, then raise InvalidFiles with everything found if any is invalid."""
        try:
            yield from parse_files(self._track_reading([*paths]), self._read_article)
        except InvalidFiles as error:
            raise InvalidFiles([*error.problems, *self.warnings]) from error

    def prepare_articles(self, paths: Sequence[str]) -> "Iterator[PreparedArticle]":
        """Do the same as `read_articles`, but yield the articles as rows. Processes share the work if it pays."""
        problems: list[Problem] = []
        files = [(path, self.files[path]) for path in paths if path not in self._problems]
        with closing(_map_files(self._reader.prepare, files)) as outcomes:
            for path in self._track_reading(paths):
                if path in self._problems:
                    problems += self._problems[path]
                    continue
                outcome = next(outcomes)
                if outcome.prepared:
                    self.images.record(outcome.prepared.article.image_files)
                    self.warnings += outcome.problems
                    yield outcome.prepared
                else:
                    problems += outcome.problems
        if problems:
            raise InvalidFiles([*problems, *self.warnings])

    @property
    def _reader(self) -> "_ArticleReader":
        return _ArticleReader(self.folder, self.options, self.parser_version)

    def _track_reading(self, paths: Sequence[str]) -> Iterable[str]:
        return self._track(paths, f"Reading {count(len(paths), 'article')}")

    def _read_article(self, path: str) -> Article:
        if path in self._problems:
            raise InvalidFiles(self._problems[path])
        parsed = self._reader.parse(path, self.files[path])
        self.warnings += parsed.warnings
        return parsed.article

    def _read_bytes(self, path: str) -> bytes:
        return _read_limited(self.folder, path, self.options.limits.file_bytes)

    def _read_declarations(self) -> None:
        checksum = 0
        for path in DECLARATION_FILES:
            if not os.path.lexists(self.folder / path):
                continue
            try:
                content = self._read_bytes(path)
                checksum = crc32(content, crc32(path.encode(), checksum))
                text = decode(content, path=path)
                self.options = add_declarations(self.options, path, text)
                self.declarations[path] = text
            except InvalidFiles as error:
                for problem in error.problems:
                    self._add_problem(problem)
        self.parser_version += _MAX_PARSER_VERSION * (checksum >> 11)

    def _add_problem(self, problem: Problem) -> None:
        # Because no stored hash is empty, seeding asks for this entry and reports its problem with all others.
        self.files[problem.place.path] = ""
        self._problems[problem.place.path].append(problem)

    def _hash_files(self) -> Iterator[tuple[str, str]]:
        label = f"Hashing {count(len(self.entries.files), 'file')} of {self.folder}"
        for path in self._track(self.entries.files, label):
            try:
                yield path, sha256(self._read_bytes(path)).hexdigest()
            except InvalidFiles as error:
                self.entries.problems += error.problems


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The outcome of reading an article file: the article as rows, if it has no error, and the problems."""

    prepared: "PreparedArticle | None"
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class _ArticleReader:
    """Reads the article files of a folder, in this process or in others, which get a copy."""

    folder: Path
    options: ParserOptions
    parser_version: int

    def parse(self, path: str, digest: str) -> ParsedArticle:
        """Read and parse a file. Raise InvalidFiles if it has an error or its hash is not this one."""
        content = _read_limited(self.folder, path, self.options.limits.file_bytes)
        if sha256(content).hexdigest() != digest:
            raise InvalidFiles([Problem(Place(path, 1), "the file changed while it was read", "seed again")])
        return parse_article(decode(content, path=path), path=path, sha256=digest, options=self.options)

    def prepare(self, file: tuple[str, str]) -> _Outcome:
        """Read a file, of this path and hash, and convert its article to rows."""
        # Only seeding needs the tables of the database, which load slowly.
        from counterpoint.store.prepared_articles import prepare_article  # noqa: PLC0415

        try:
            parsed = self.parse(*file)
        except InvalidFiles as error:
            return _Outcome(None, error.problems)
        return _Outcome(prepare_article(parsed.article, self.parser_version), [*parsed.warnings])


def _read_limited(folder: Path, path: str, max_bytes: int) -> bytes:
    """Read a file of a folder. Raise InvalidFiles if it can't be read or is larger than the limit."""
    content = read_file(folder, path, max_bytes + 1)
    if len(content) > max_bytes:
        raise InvalidFiles([describe_too_large(path, max_bytes)])
    return content


def _map_files(prepare: Callable[[tuple[str, str]], _Outcome], files: Sequence[tuple[str, str]]) -> Generator[_Outcome]:
    """Yield the outcome of reading each file."""
    processes = min(count_cores(), MAX_PROCESSES)
    if processes > 1 and len(files) >= MIN_FILES_FOR_PROCESSES:
        yield from map_in_processes(prepare, files, processes)
    else:
        yield from map(prepare, files)
