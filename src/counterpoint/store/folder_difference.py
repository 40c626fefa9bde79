"""The difference between the files of a folder and the stored articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, select

from counterpoint.errors import TooManyRemovals
from counterpoint.store import models
from counterpoint.store.models import sql_table
from counterpoint.store.removal_limit import RemovalLimit


@dataclass(frozen=True)
class Difference:
    """The paths of a folder's files and of stored articles, by how they differ."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the database already holds exactly the folder's articles."""
        return not (self.added or self.changed or self.removed)

    @property
    def paths_to_read(self) -> list[str]:
        """The paths of the files that differ from the stored articles."""
        return [*self.added, *self.changed]


def read_stored_articles(connection: Connection) -> dict[str, tuple[str, int]]:
    """Return the hash and the parser version of each stored article by its path."""
    article = sql_table(models.Article).c
    rows = connection.execute(select(article.path, article.sha256, article.parser_version)).all()
    return {path: (digest, version) for path, digest, version in rows}


def compare_folder(
    stored: Mapping[str, tuple[str, int]], files: Mapping[str, str], parser_version: int, *, force: bool
) -> Difference:
    """Return how files differ from stored articles; with `force`, no stored article counts as unchanged."""
    current = {path: (digest, parser_version) for path, digest in files.items()}
    unchanged = {path for path in current if not force and stored.get(path) == current[path]}
    return Difference(
        added=tuple(path for path in current if path not in stored),
        changed=tuple(path for path in current if path in stored and path not in unchanged),
        removed=tuple(path for path in stored if path not in current),
        unchanged=tuple(path for path in current if path in unchanged),
    )


def find_refusal(
    limit: RemovalLimit | None, difference: Difference, stored: Mapping[str, tuple[str, int]], files: Mapping[str, str]
) -> TooManyRemovals | None:
    """Return the error if a seeding would remove too many articles. A file that is only moved is not removed."""
    new_digests = {files[path] for path in difference.added}
    # An unreadable folder looks like the removal of its articles, and the error about it says more than the limit.
    if limit is None or "" in new_digests:
        return None
    removed = [path for path in difference.removed if stored[path][0] not in new_digests]
    return limit.check(removed, stored_count=len(stored), file_count=len(files))


def revision_id(files: Mapping[str, str], parser_version: int) -> str:
    """Return the id of the revision that holds these files."""
    lines = "".join(f"{path}\0{digest}\n" for path, digest in sorted(files.items()))
    return sha256(f"{parser_version}\n{lines}".encode()).hexdigest()[:32]
