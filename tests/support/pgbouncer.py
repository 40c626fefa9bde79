"""PgBouncer in front of the tests' PostgreSQL server, in transaction mode."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from counterpoint.database_url import parse_database_url
from support.ports import choose_port
from support.postgresql_server import unprivileged_user

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 10

requires_pgbouncer = pytest.mark.skipif(
    not os.environ.get("CI") and shutil.which("pgbouncer") is None, reason="needs PgBouncer (Debian: pgbouncer)"
)

CONFIGURATION = """
[databases]
* = host={host} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
"""


@contextmanager
def run_pgbouncer(url: str, *settings: str) -> Iterator[str]:
    """Run PgBouncer with further settings, and yield the URL by which a database is reached through it."""
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    address = parse_database_url(url)
    port = choose_port()
    user = unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="counterpoint-") as name:
        file = Path(name, "pgbouncer.ini")
        configuration = CONFIGURATION.format(host=address.query["host"], user=address.username, port=port)
        file.write_text("\n".join([configuration, *settings]))
        if user is not None:
            shutil.chown(name, user)
            shutil.chown(file, user)
        process = subprocess.Popen([program, "-q", file], user=user, stderr=subprocess.PIPE, text=True)
        try:
            pooled = f"postgresql://{address.username}@127.0.0.1:{port}/{address.database}"
            _wait_until_reachable(pooled, process)
            yield pooled
        finally:
            process.kill()
            process.communicate()


def _wait_until_reachable(url: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise AssertionError(process.communicate()[1]) from None
            time.sleep(0.02)
        else:
            return
