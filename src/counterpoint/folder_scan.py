"""The entries of a seed folder: each is an article file, ignored by a rule, or a problem."""

import errno
import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from counterpoint.article.options import DECLARATION_FILES
from counterpoint.errors import Place, Problem, SettingsError

MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd", ".mkdn"}

DRAFT_PREFIX = "_"


@dataclass(frozen=True, slots=True)
class IgnoredEntry:
    """A file or folder that is not read, and the rule that says so."""

    path: str
    reason: str


FileKind = Literal["article", "declaration"] | IgnoredEntry | Problem
"""What a file is by its name. A problem means that its name should be another one."""


@dataclass(slots=True)
class FolderEntries:
    """The entries of a seed folder; paths are relative to it, with `/`.

    An ignored folder and a folder with a problem count as one entry, because nothing in them is read.
    """

    files: list[str] = field(default_factory=list)
    ignored: list[IgnoredEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, kind: FileKind) -> None:
        """Add a file. Declarations are left out, because they are read by their fixed paths."""
        match kind:
            case IgnoredEntry():
                self.ignored.append(kind)
            case Problem():
                self.problems.append(kind)
            case "article":
                self.files.append(path)


def scan_folder(folder: Path, *, is_draft_allowed: bool = False) -> FolderEntries:
    """Return all entries of a seed folder, at every level. Raise SettingsError if it is no readable folder.

    If drafts are allowed, names that begin with `_` are read like others.
    """
    try:
        if not folder.is_dir():
            raise SettingsError(f"{folder} is not a folder: expected a folder with .md files.")
        os.scandir(folder).close()
    except OSError as error:
        raise SettingsError(f"The folder {folder} can't be read: {error.strerror}.") from error
    return _Scanner(os.path.realpath(folder), is_draft_allowed=is_draft_allowed).scan()


def group_by_folder(paths: Iterable[Path], seed_dir: Path) -> list[tuple[Path, FolderEntries | None]]:
    """Return each folder with None for all of its entries, and the folders of single files with these entries.

    The folder of a file in the seed folder is the seed folder, because its links and its headers count from there.
    """
    folders: list[tuple[Path, FolderEntries | None]] = []
    files: dict[Path, FolderEntries] = defaultdict(FolderEntries)
    for path in paths:
        if not os.path.lexists(path):
            raise SettingsError(f"{path} does not exist: expected a folder or an article file.")
        if path.is_dir():
            folders.append((path, None))
        else:
            is_in_seed_dir = path.resolve().is_relative_to(seed_dir.resolve())
            folder = seed_dir if is_in_seed_dir else path.parent
            name = path.resolve().relative_to(seed_dir.resolve()).as_posix() if is_in_seed_dir else path.name
            files[folder].add(name, classify_file(name, is_draft_allowed=True))
    return [*folders, *files.items()]


def classify_file(path: str, *, is_draft_allowed: bool = False) -> FileKind:
    """Return what a file is by its name."""
    name = path.rpartition("/")[2]
    stem, suffix = _split_name(name)
    if reason := _ignored_by_prefix(name, is_draft_allowed=is_draft_allowed):
        return IgnoredEntry(path, reason)
    if path in DECLARATION_FILES:
        return "declaration"
    if suffix.lower() not in MARKDOWN_SUFFIXES:
        return IgnoredEntry(path, "no .md file")
    if stem.lower() == "readme":
        return IgnoredEntry(path, "README")
    if not path.isprintable():
        return Problem(Place(ascii(path), 1), "the file name contains unprintable characters", "rename the file")
    if suffix != ".md":
        return Problem(Place(path, 1), f"a file with the suffix {suffix} is not read", f"rename it to {stem}.md")
    return "article"


def _split_name(name: str) -> tuple[str, str]:
    """Return the stem and the suffix of a file name, as `pathlib` does in several times as long."""
    stem, _, extension = name.rpartition(".")
    return (stem, f".{extension}") if stem and extension else (name, "")


def is_draft_path(path: str) -> bool:
    """Return whether an article is a draft by its name, or by that of a folder that contains it."""
    return any(name.startswith(DRAFT_PREFIX) for name in path.split("/"))


def _ignored_by_prefix(name: str, *, is_draft_allowed: bool = False) -> str | None:
    """Return the rule that ignores a file or folder of this name, if any."""
    if name.startswith("."):
        return "hidden"
    return "draft" if name.startswith(DRAFT_PREFIX) and not is_draft_allowed else None


@dataclass(slots=True)
class _Scanner:
    """A scan in progress.

    Symbolic links come last, because a link to a file that is read anyway must not hide that file's own path.
    """

    root: str
    is_draft_allowed: bool
    entries: FolderEntries = field(default_factory=FolderEntries)
    links: list[str] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    """The paths of the files and folders seen so far, by their real paths."""

    def scan(self) -> FolderEntries:
        self._scan_folder("", self.root)
        while self.links:
            self._follow_link(self.links.pop(0))
        self.entries.files.sort(key=lambda path: path.split("/"))
        self.entries.ignored.sort(key=lambda entry: entry.path)
        return self.entries

    def _scan_folder(self, path: str, real_path: str) -> None:
        if not self._is_new(path, real_path):
            return
        try:
            with os.scandir(real_path) as iterator:
                children = sorted(iterator, key=lambda entry: entry.name)
        except OSError as error:
            self._report(path, f"the folder can't be read: {error.strerror}", "make it readable, or move it away")
            return
        for entry in children:
            self._visit(f"{path}/{entry.name}" if path else entry.name, entry)

    def _visit(self, path: str, entry: os.DirEntry[str]) -> None:
        if reason := _ignored_by_prefix(entry.name, is_draft_allowed=self.is_draft_allowed):
            self.entries.ignored.append(IgnoredEntry(path, reason))
        elif entry.is_symlink():
            self.links.append(path)
        elif entry.is_dir(follow_symlinks=False):
            self._scan_folder(path, entry.path)
        else:
            self._add_file(path, entry.path, is_regular=lambda: entry.is_file(follow_symlinks=False))

    def _follow_link(self, path: str) -> None:
        link = os.path.join(self.root, path)  # noqa: PTH118  # the strings of os.scandir, for speed
        try:
            target = os.path.realpath(link, strict=True)
            is_folder = Path(target).is_dir()
        except OSError as error:
            self._report(path, *_describe_broken_link(link, error))
            return
        if os.path.commonpath([self.root, target]) != self.root:
            hint = "copy the file or folder into the seed folder"
            self._report(path, "the symbolic link leads out of the seed folder", hint)
        elif not is_folder:
            self._add_file(path, target, is_regular=Path(target).is_file)
        elif Path(os.path.realpath(Path(link).parent)).is_relative_to(target):
            self._report(path, "the symbolic link leads back to a folder that contains it", "remove the link")
        else:
            self._scan_folder(path, target)

    def _add_file(self, path: str, real_path: str, is_regular: Callable[[], bool]) -> None:
        kind = classify_file(path, is_draft_allowed=self.is_draft_allowed)
        if kind == "article" and not is_regular():
            self._report(path, "this is not a regular file", "replace it by a text file")
        elif kind != "article" or self._is_new(path, real_path):
            self.entries.add(path, kind)

    def _is_new(self, path: str, real_path: str) -> bool:
        """Return whether a file or folder was not seen before; if it was, count the entry as ignored."""
        first = self.paths.setdefault(real_path, path)
        if first != path:
            self.entries.ignored.append(IgnoredEntry(path, f"the same as {first}"))
        return first == path

    def _report(self, path: str, message: str, hint: str) -> None:
        self.entries.problems.append(Problem(Place(path if path.isprintable() else ascii(path), 1), message, hint))


def _describe_broken_link(link: str, error: OSError) -> tuple[str, str]:
    """Return the message and the hint for a symbolic link without a target."""
    if error.errno == errno.ELOOP:
        return "the symbolic link leads to itself", "remove the link"
    if error.errno == errno.ENOENT:
        target = Path(link).readlink().as_posix()
        return f"the symbolic link is broken: there is no {target!a}", "correct or remove the link"
    return f"the symbolic link can't be followed: {error.strerror}", "correct or remove the link"
