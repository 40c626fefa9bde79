"""Commands and servers that are killed at any moment leave whole content, and no repair to the operator.

Each test kills TEST_KILLS processes (one by default), at random moments of the time that a command takes.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from support.commands import run, write_texts
from support.database_helpers import DATABASE_KINDS, migrate_database
from support.processes import TIMEOUT_SECONDS, start_program
from support.released_databases import VERSIONS, restore_database
from support.sample_articles import TEXTS
from support.variants import variant
from support.whole_database import read_content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer
    from support.processes import Program

pytestmark = [pytest.mark.slow, variant("postgresql")]

KILLS = int(os.environ.get("TEST_KILLS", "1"))

DIFFERENCE = "180 added, 40 changed, 40 removed, 40 unchanged"
"""How the two folders differ. More articles are written than one batch holds."""

NO_DIFFERENCE = "0 added, 0 changed, 0 removed, 260 unchanged"
SEARCHES = ["mayor", "governor", "split", "quarrel7", "quarrel250", "trust -mayor", "quarrel*"]


@dataclass(frozen=True)
class Upgrade:
    """An old and a new folder, and databases with the content of the old one."""

    kind: str
    old_folder: Path
    new_folder: Path
    postgresql: PostgresqlServer

    @contextmanager
    def open_database(self) -> Iterator[str]:
        """Yield the URL of a new database with the old content. The content is written only once."""
        if self.kind == "sqlite":
            template, copy = (self.old_folder.with_name(name) for name in ("template.db", "copy.db"))
            if not template.exists():
                self._prepare(f"sqlite:///{template}")
            for path in copy.parent.glob("copy.db*"):
                path.unlink()
            shutil.copyfile(template, copy)
            yield f"sqlite:///{copy}"
        else:
            with self.postgresql.temporary_database("old content", self._prepare) as url:
                yield url

    def _prepare(self, url: str) -> None:
        migrate_database(url)
        complete(url, "seed", "--no-wait", self.old_folder)

    @cached_property
    def outcome(self) -> tuple[dict[str, list[str]], dict[str, list[str]], float]:
        """The old content, the new, and the seconds that an undisturbed seeding takes."""
        with self.open_database() as url:
            old = read_content(url, SEARCHES)
            began = time.monotonic()
            assert complete(url, "seed", "--no-wait", self.new_folder).startswith(DIFFERENCE)
            return old, read_content(url, SEARCHES), time.monotonic() - began


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def upgrade(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Upgrade:
    """Return two contents, of which some articles are equal, changed, removed and added, in turn."""
    parent = tmp_path_factory.mktemp("upgrade")
    old = write_articles(parent / "old", range(120), ["undated.md", "old.md"])
    new = write_articles(parent / "new", range(40, 300), ["undated.md", "new.md"])
    return Upgrade(request.param, old, new, postgresql)


def write_articles(folder: Path, numbers: range, names: list[str]) -> Path:
    """Write one article for each number, in turn like the samples of these names, but with a slug of its own."""
    texts = [TEXTS[name].replace("slug: ", "summary: ") for name in names]
    return write_texts(
        folder, {f"{number:03}.md": f"{texts[number % len(texts)]}\nA quarrel{number}.\n" for number in numbers}
    )


def start(url: str, *arguments: str | Path) -> Program:
    """Start a command."""
    return start_program(*arguments, COUNTERPOINT_DATABASE_URL=url)


def complete(url: str, *arguments: str | Path) -> str:
    """Run a command in this process, which is faster, check that it succeeds, and return its output."""
    result = run(*map(str, arguments), COUNTERPOINT_DATABASE_URL=url)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def kill(program: Program, seconds: float) -> None:
    """Kill a program after this time, unless it has ended."""
    program.wait(seconds)
    program.kill()
    assert program.process.exitcode in {0, -signal.SIGKILL}


def draw_delays(seconds: float) -> list[float]:
    """Return random moments, one in each equal part of a time."""
    random = Random(KILLS)
    return [seconds * (part + random.random()) / KILLS for part in range(KILLS)]


def test_killed_seeding_leaves_the_old_content_or_the_new(upgrade: Upgrade) -> None:
    old, new, seconds = upgrade.outcome
    assert old != new
    for delay in draw_delays(seconds):
        with upgrade.open_database() as url:
            program = start(url, "seed", "--no-wait", upgrade.new_folder)
            program.wait_for_line("Hashing ")
            kill(program, delay)
            left = read_content(url, SEARCHES)
            assert left in (old, new)
            again = complete(url, "seed", "--no-wait", upgrade.new_folder)
            assert again.startswith(DIFFERENCE if left == old else NO_DIFFERENCE)
            assert read_content(url, SEARCHES) == new


@variant
def test_server_killed_while_a_seeding_writes_does_not_disturb_it(upgrade: Upgrade) -> None:
    _, new, seconds = upgrade.outcome
    for delay in draw_delays(seconds):
        with upgrade.open_database() as url:
            server = start(url, "serve", "--port", "0")
            server.wait_for_line("running on")
            seeding = start(url, "seed", "--no-wait", upgrade.new_folder)
            seeding.wait_for_line("Hashing ")
            kill(server, delay)
            assert (seeding.wait(), seeding.stdout.partition(";")[0]) == (0, DIFFERENCE), seeding.stderr
            assert read_content(url, SEARCHES) == new


def read_tables(url: str) -> dict[str, list[str]]:
    """Return all rows but the revision, because a migration gives it a random id."""
    return {table: rows for table, rows in read_content(url).items() if table != "revision"}


@pytest.mark.parametrize(
    ("kind", "release"), [("sqlite", None), pytest.param("sqlite", VERSIONS[0], marks=variant), ("postgresql", None)]
)
def test_killed_migration_leaves_the_old_tables_or_the_new(
    kind: str, release: str | None, postgresql: PostgresqlServer, tmp_path: Path
) -> None:
    """The old ones are those of a release, or none."""

    @contextmanager
    def open_old() -> Iterator[str]:
        new_file = nullcontext(f"sqlite:///{tmp_path}/{next(numbers)}.db")
        with new_file if kind == "sqlite" else postgresql.temporary_database() as url:
            if release:
                restore_database(release, url)
            yield url

    numbers = count()
    with open_old() as url:
        old = read_tables(url)
        began = time.monotonic()
        kill(start(url, "migrate"), TIMEOUT_SECONDS)
        seconds = time.monotonic() - began
        migrated = read_tables(url)
    assert old != migrated
    for delay in draw_delays(seconds):
        with open_old() as url:
            kill(start(url, "migrate"), delay)
            assert read_tables(url) in (old, migrated)
            complete(url, "migrate")
            assert read_tables(url) == migrated
