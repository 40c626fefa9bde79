"""A streaming replica of the tests' PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from counterpoint.database_url import parse_database_url
from support.postgresql_server import SERVER_OPTIONS, find_installed_programs, unprivileged_user

if TYPE_CHECKING:
    from collections.abc import Iterator


requires_replica = pytest.mark.skipif(
    not os.environ.get("CI") and find_installed_programs() is None, reason="needs an installed PostgreSQL server"
)


@contextmanager
def run_replica(url: str) -> Iterator[str]:
    """Copy the server of a database, let the copy follow it, and yield the URL of the database there."""
    address, programs, user = parse_database_url(url), find_installed_programs(), unprivileged_user()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="counterpoint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)

        def call(program: str, *arguments: str | Path) -> None:
            subprocess.run(
                [programs / program, *arguments], cwd=folder, user=user, check=True, stdout=subprocess.DEVNULL
            )

        source = ("--host", str(address.query["host"]), "--username", address.username or "")
        call("pg_basebackup", *source, "--pgdata", "cluster", "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        control = ("--silent", "--pgdata", "cluster")
        call("pg_ctl", *control, "start", "--wait", "--log", "log", "--options", f"-k '{folder}' {SERVER_OPTIONS}")
        try:
            yield f"postgresql://{address.username}@/{address.database}?host={quote(name, safe='')}"
        finally:
            call("pg_ctl", *control, "stop", "--mode", "immediate")
