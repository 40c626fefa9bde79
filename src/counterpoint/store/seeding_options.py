"""The options and the result of a seeding."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from counterpoint.article.settled_names import NO_SETTLED_NAMES, SettledNames
from counterpoint.errors import Problem, TooManyRemovals
from counterpoint.store import image_files
from counterpoint.store.folder_difference import Difference
from counterpoint.store.outbox import PendingNotification
from counterpoint.store.removal_limit import RemovalLimit
from counterpoint.store.seeding_cache_tags import ArticleChanges


@dataclass(frozen=True)
class SeedResult:
    """The result of a seeding: what differed, the new revision, the cache tags to purge, and details.

    `tags` are sorted: one for each article that was added, changed or removed, one for each entity that such an article
    mentions or mentioned, and one for each type that changed.
    `details` are empty unless the options ask for them.
    """

    difference: Difference
    revision: str
    tags: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """Warnings about several articles together. Those about single articles are the reader's."""
    drafts: tuple[str, ...] = ()
    """The paths of the articles that are drafts by their front matter, and so are not stored."""
    details: Mapping[str, ArticleChanges] = field(default_factory=dict)
    refusal: TooManyRemovals | None = None
    """The error that a dry run does not raise."""
    previous_revision: str | None = None
    notifications: tuple[PendingNotification, ...] = ()
    """What the receivers have not confirmed yet, from this seeding and earlier ones."""

    @property
    def replaces_revision(self) -> bool:
        """Whether servers may have answers of another revision in their caches."""
        return self.previous_revision not in {None, self.revision}


@dataclass(frozen=True)
class SeedOptions:
    """Options of a seeding. `force` reads unchanged articles again, a dry run writes nothing."""

    force: bool = False
    is_preview: bool = False
    """Whether to store drafts too, and articles whose original is missing."""
    is_dry_run: bool = False
    is_strict: bool = False
    """Whether warnings about several articles together are errors."""
    has_details: bool = False
    removal_limit: RemovalLimit | None = None
    declarations: Mapping[str, str] = field(default_factory=dict)
    """The texts of the files that declare something for all articles, by path."""
    names: SettledNames = NO_SETTLED_NAMES
    """The names that these files settle. The articles have them already; their aliases are stored beside them."""
    images: image_files.ImageSource = field(default_factory=image_files.NoImages)
    receivers: Sequence[str] = ()
    """The keys of the receivers whose notifications are stored with the content."""
    on_wait: Callable[[], None] = lambda: None
    """Called if another seeding or a migration is running, before waiting for its end."""
    on_result: Callable[[SeedResult], None] = lambda _: None
    """Called before the commit. An exception undoes the seeding."""
