"""The content of a preview: the newest valid version of each article in a folder, stored in a database."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from counterpoint.article.article_links import ArticleLink, find_article_links, find_broken_links
from counterpoint.article.folder_checks import FolderChecker
from counterpoint.article.options import DECLARATION_FILES, ParserOptions
from counterpoint.article.records import Article, ImageFile
from counterpoint.article_folder import ArticleFolder
from counterpoint.cli.errors import describe_database_error
from counterpoint.cli.reports import locate
from counterpoint.errors import CounterpointError, InvalidFiles, Problem, Severity
from counterpoint.folder_images import FolderImages
from counterpoint.folder_scan import is_draft_path
from counterpoint.store.folder_difference import Difference
from counterpoint.store.prepared_articles import prepare_article
from counterpoint.store.seeding import seed
from counterpoint.store.seeding_options import SeedOptions

log = logging.getLogger(__name__)

NO_DIFFERENCE = Difference((), (), (), ())


@dataclass(frozen=True, slots=True)
class PreviewState:
    """The stored content, and the problems of the folder."""

    revision: str
    seeded_at: datetime
    difference: Difference
    """How the content differs from that of the state before."""
    problems: tuple[Problem, ...]
    """All problems by place. Their paths can be opened by the shell."""
    draft_slugs: frozenset[str]
    failure: str | None = None
    """The reason why the last update changed nothing."""

    @property
    def version(self) -> str:
        """A digest of everything that a page shows."""
        parts = (self.revision, *map(str, self.problems), str(self.failure))
        return sha256("\0".join(parts).encode()).hexdigest()[:32]


class PreviewContent:
    """The articles of a folder, in memory and in a database.

    A file with an error keeps its last valid version, and does not affect other files. `state` is replaced at the end
    of each update, so that another thread may read it at any time.
    """

    def __init__(self, engine: Engine, folder: ArticleFolder) -> None:
        """Store the valid articles of a folder in an empty database."""
        self._engine = engine
        self._articles: dict[str, Article] = {}
        self._links: dict[str, list[ArticleLink]] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._parser_version: int | None = None
        self._options: ParserOptions | None = None
        """The options with the last valid declarations."""
        self.state = self._update(folder)

    def update(self, read_folder: Callable[[], ArticleFolder]) -> None:
        """Store the articles that differ from those of before. An error becomes part of the state."""
        try:
            self.state = self._update(read_folder())
        except CounterpointError as error:
            self._fail(str(error))
        except DBAPIError as error:
            self._fail(describe_database_error(error))
        except Exception:
            log.exception("The preview could not be updated.")
            self._fail("The preview could not be updated because of a bug. The terminal shows the details.")

    def _fail(self, message: str) -> None:
        """Keep the content, and record why it could not be updated."""
        self.state = replace(self.state, difference=NO_DIFFERENCE, failure=message)

    def _update(self, folder: ArticleFolder) -> PreviewState:
        self._read_articles(folder)
        articles, shared_problems = self._combine(folder)
        now = datetime.now(UTC)
        result = seed(
            self._engine,
            {path: article.sha256 for path, article in articles.items()},
            lambda paths: [prepare_article(articles[path], folder.parser_version) for path in paths],
            parser_version=folder.parser_version,
            now=now,
            options=SeedOptions(
                is_preview=True, names=folder.options.names, images=_PreviewImages(articles, folder.images)
            ),
        )
        problems = [problem for of_file in self._problems.values() for problem in of_file]
        return PreviewState(
            result.revision,
            now,
            result.difference,
            tuple(locate(InvalidFiles([*problems, *shared_problems]).problems, folder.folder)),
            frozenset(article.slug for article in articles.values() if _is_draft(article)),
        )

    def _read_articles(self, folder: ArticleFolder) -> None:
        """Read the files that differ from what memory holds, and forget those that are gone."""
        are_declarations_invalid = any(path in folder.files for path in DECLARATION_FILES)
        # Invalid declarations must not turn tables and names of valid articles into others.
        is_valid = are_declarations_invalid or self._parser_version == folder.parser_version
        self._parser_version = None if are_declarations_invalid else folder.parser_version
        if are_declarations_invalid and self._options:
            folder.options = replace(self._options, resolve_image=folder.images.resolve)
        else:
            self._options = folder.options
        self._articles = {path: article for path, article in self._articles.items() if path in folder.files}
        paths = [path for path in folder.files if not (is_valid and self._is_current(path, folder))]
        unread = folder.files.keys() - set(paths)
        old_problems = {path: problems for path, problems in self._problems.items() if path in unread}
        self._problems = old_problems | self._read(folder, paths)

    def _read(self, folder: ArticleFolder, paths: Sequence[str]) -> dict[str, list[Problem]]:
        """Read articles into memory. Return their problems by path."""
        problems: dict[str, list[Problem]] = defaultdict(list)
        try:
            for article in folder.read_articles(paths):
                self._articles[article.path] = article
                self._links[article.path] = [*find_article_links(article)]
            all_problems = folder.warnings
        except InvalidFiles as error:
            all_problems = error.problems
        for problem in all_problems:
            problems[problem.place.path].append(problem)
        return problems

    def _combine(self, folder: ArticleFolder) -> tuple[dict[str, Article], list[Problem]]:
        """Return the articles with different slugs by path, and the problems of articles with each other.

        A published article has precedence over a draft, and both over the last valid version of a file with errors.
        """
        checker = FolderChecker()
        articles: dict[str, Article] = {}
        problems: list[Problem] = []
        for article in sorted(
            self._articles.values(),
            key=lambda article: (not self._is_current(article.path, folder), _is_draft(article), article.path),
        ):
            if duplicates := checker.add(article):
                problems += duplicates
            else:
                articles[article.path] = article
        is_complete = not problems and all(self._is_current(path, folder) for path in folder.files)
        problems += checker.check_translations(is_complete=is_complete)
        problems += self._find_broken_links(articles) if is_complete else ()
        return articles, [
            replace(problem, severity=Severity.WARNING) if _is_draft(self._articles[problem.place.path]) else problem
            for problem in problems
            if self._is_current(problem.place.path, folder)
        ]

    def _find_broken_links(self, articles: Mapping[str, Article]) -> Iterator[Problem]:
        """Yield a warning for each link that leads nowhere. Only the links of a draft may lead to a draft."""
        published = {path for path, article in articles.items() if not _is_draft(article)}
        for path in articles:
            targets = published if path in published else articles.keys()
            yield from find_broken_links(
                self._links[path], targets, lambda target: [section.slug for section in articles[target].sections]
            )

    def _is_current(self, path: str, folder: ArticleFolder) -> bool:
        """Return whether memory holds the current version of a file and of its images."""
        article = self._articles.get(path)
        return (
            article is not None
            and article.sha256 == folder.files[path]
            and all(folder.images.digest(path, image.path) == image.sha256 for image in article.image_files)
        )


class _PreviewImages:
    """The images of the articles in memory, which may be those of a last valid version."""

    def __init__(self, articles: Mapping[str, Article], folder_images: FolderImages) -> None:
        self._articles = articles
        self._folder_images = folder_images

    def digest(self, article_path: str, path: str) -> str:
        """Return the digest of an image that an article shows; an empty text if it shows none at this path."""
        images = self._articles[article_path].image_files if article_path in self._articles else ()
        return next((image.sha256 for image in images if image.path == path), "")

    def read(self, image: ImageFile) -> bytes:
        """Return the bytes of an image."""
        return self._folder_images.read(image)


def _is_draft(article: Article) -> bool:
    return article.draft or is_draft_path(article.path)
