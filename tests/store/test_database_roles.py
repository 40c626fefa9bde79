"""A server that may only read: the role that the composition creates beside the owner of the database."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from counterpoint.database_url import parse_database_url
from support.commands import run, write_sample_folder
from support.database_helpers import REPOSITORY
from support.postgresql_server import find_installed_programs
from support.servers import run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = REPOSITORY / "container" / "create-reader"


@pytest.fixture
def reader_url(postgresql_url: str) -> Iterator[str]:
    """Create the role, and yield the URL by which it reaches the database."""
    address = parse_database_url(postgresql_url)
    programs = find_installed_programs() or Path(shutil.which("psql") or "").parent
    settings = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PGHOST": str(address.query["host"]),
        "POSTGRES_USER": address.username or "",
        "POSTGRES_DB": address.database or "",
        "POSTGRES_PASSWORD": 'it\'s a "secret"',
    }
    subprocess.run([SCRIPT], env=os.environ | settings, check=True, capture_output=True)
    yield address.set(username="counterpoint_reader", drivername="postgresql").render_as_string()
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("DROP OWNED BY counterpoint_reader")
        connection.execute("DROP ROLE counterpoint_reader")


def test_reader_serves_what_the_owner_seeds_and_cannot_write(
    postgresql_url: str, reader_url: str, tmp_path: Path
) -> None:
    for command in (["migrate"], ["seed", "--no-wait", str(write_sample_folder(tmp_path))]):
        assert run(*command, COUNTERPOINT_DATABASE_URL=postgresql_url).exit_code == 0
    with run_service(postgresql_url, COUNTERPOINT_READ_URL=reader_url) as server:
        assert server.get("/readyz").json["articles"] == 3
        assert server.post({"query": "{ articles { totalCount } }"}).json["data"]["articles"]["totalCount"] == 3
    assert run("status", COUNTERPOINT_DATABASE_URL=reader_url).exit_code == 0
    refusal = run("seed", "--force", str(tmp_path), COUNTERPOINT_DATABASE_URL=reader_url)
    assert refusal.exit_code == 1
    assert "permission denied" in refusal.stderr
