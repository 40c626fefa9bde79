"""Reading of the article files of a folder, in this process or in others."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import ParsedArticle, parse_article, too_large
from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Place, Problem
from counterpoint.files import read_file
from counterpoint.store.prepared_articles import PreparedArticle, prepare_article


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The outcome of reading an article file: the article, if it has no error, and the problems."""

    article: PreparedArticle | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class ArticleReader:
    """Reads the article files of a folder. Other processes get a copy."""

    folder: Path
    options: ParserOptions
    parser_version: int

    def parse(self, path: str, digest: str) -> ParsedArticle:
        """Read and parse a file. Raise InvalidFiles if it has an error or its hash is not this one."""
        content = read_limited(self.folder, path, self.options.limits.file_bytes)
        if sha256(content).hexdigest() != digest:
            raise InvalidFiles([Problem(Place(path, 1), "the file changed while it was read", "seed again")])
        return parse_article(decode(content, path=path), path=path, sha256=digest, options=self.options)

    def prepare(self, file: tuple[str, str]) -> ReadFile:
        """Read a file, of this path and hash, and convert its article to rows."""
        try:
            parsed = self.parse(*file)
        except InvalidFiles as error:
            return ReadFile(None, error.problems)
        return ReadFile(prepare_article(parsed.article, self.parser_version), [*parsed.warnings])


def read_limited(folder: Path, path: str, max_bytes: int) -> bytes:
    """Read a file of a folder. Raise InvalidFiles if it can't be read or is larger than the limit."""
    content = read_file(folder, path, max_bytes + 1)
    if len(content) > max_bytes:
        raise InvalidFiles([too_large(path, max_bytes)])
    return content
