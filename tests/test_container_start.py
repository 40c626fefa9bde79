"""The container's start script migrates and seeds as COUNTERPOINT_SEED_AT_START says."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from support.commands import run, write_texts
from support.database_helpers import REPOSITORY
from support.processes import TIMEOUT_SECONDS, run_program
from support.sample_articles import TEXTS
from support.variants import sample, variant

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

BROKEN = "---\ntitle: T\ncolour: blue\n---\n\nText.\n"
FAKE_PROGRAM = """#!/bin/sh
# `serve` only says that it would serve. The test runs every other command, because it can do so without imports.
if [ "$1" = serve ]; then echo serving; exit; fi
cd "$(dirname "$0")"
echo "$@" >command
read -r status <status
cat stdout
cat stderr >&2
exit "$status"
"""


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """Return a folder like the image's: the demo, no seed folder, and a `counterpoint` that does not listen."""
    programs = tmp_path / "bin"
    write_texts(tmp_path, {"demo/demo.md": TEXTS["old.md"], "bin/counterpoint": FAKE_PROGRAM})
    (programs / "counterpoint").chmod(0o755)
    for name in ("command", "status"):
        os.mkfifo(programs / name)
    return tmp_path


def start(image: Path, *arguments: str, database_url: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the start script, and each command that its `counterpoint` asks for."""
    programs = image / "bin"
    settings["COUNTERPOINT_DATABASE_URL"] = database_url or f"sqlite:///{image}/counterpoint.db"
    command = ["sh", str(REPOSITORY / "container" / "start"), *(arguments or ["serve"])]
    with (image / "stdout").open("w+") as stdout, (image / "stderr").open("w+") as stderr:
        process = subprocess.Popen(
            ["sh", "-c", '"$@"; status=$?; echo >bin/command; exit $status', "sh", *command],
            env=os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"} | settings,
            cwd=image,
            stdout=stdout,
            stderr=stderr,
        )
        while line := (programs / "command").read_text().split():
            program = run_program(*line, folder=image, **settings)
            write_texts(programs, {"stdout": program.stdout, "stderr": program.stderr})
            (programs / "status").write_text(f"{program.wait()}\n")
        status = process.wait(TIMEOUT_SECONDS)
    return subprocess.CompletedProcess(command, status, *((image / name).read_text() for name in ("stdout", "stderr")))


def count_articles(image: Path, database_url: str = "") -> int:
    result = run("status", COUNTERPOINT_DATABASE_URL=database_url or f"sqlite:///{image}/counterpoint.db")
    lines = dict(line.strip().split(maxsplit=1) for line in result.stdout.splitlines())
    return int(lines.get("Article", 0))


def is_serving(process: subprocess.CompletedProcess[str]) -> bool:
    return process.returncode == 0 and process.stdout.endswith("serving\n")


def test_empty_database_gets_the_demo(image: Path) -> None:
    process = start(image)
    assert is_serving(process)
    assert "seeding the demo" in process.stderr
    assert count_articles(image) == 1


def test_own_articles_replace_the_demo_and_stay_without_their_folder(image: Path) -> None:
    start(image)
    write_texts(image / "seed", {"a.md": TEXTS["new.md"], "b.md": TEXTS["undated.md"]})
    assert is_serving(start(image))
    assert count_articles(image) == 2
    for path in (image / "seed").iterdir():
        path.unlink()
    empty = start(image)
    (image / "seed").rmdir()
    for process in (empty, start(image, COUNTERPOINT_SEED_AT_START="always")):
        assert is_serving(process)
        assert "serving what the database holds" in process.stderr
        assert count_articles(image) == 2


def test_bad_article_does_not_stop_a_service_with_content(image: Path) -> None:
    write_texts(image / "seed", {"a.md": TEXTS["new.md"]})
    start(image)
    write_texts(image / "seed", {"b.md": BROKEN})
    process = start(image)
    assert is_serving(process)
    assert "seed/b.md:3:1: unknown key: 'colour'" in process.stderr
    assert "The seeding failed: serving what the database holds." in process.stderr


def test_bad_article_stops_a_service_without_content(image: Path) -> None:
    write_texts(image / "seed", {"b.md": BROKEN})
    process = start(image)
    assert process.returncode == 1
    assert "seed/b.md:3:1: unknown key: 'colour'" in process.stderr


def test_other_folder_of_the_settings_is_seeded(image: Path) -> None:
    write_texts(image / "articles", {"a.md": TEXTS["new.md"], "b.md": TEXTS["undated.md"]})
    assert is_serving(start(image, COUNTERPOINT_SEED_DIR="articles"))
    assert count_articles(image) == 2


def test_never_only_migrates(image: Path) -> None:
    write_texts(image / "seed", {"a.md": TEXTS["new.md"]})
    assert is_serving(start(image, COUNTERPOINT_SEED_AT_START="never"))
    assert count_articles(image) == 0


@pytest.mark.parametrize("when", sample(["auto", "always", "never"], 3))
def test_immutable_database_is_served_as_it_is(image: Path, when: str) -> None:
    write_texts(image / "seed", {"a.md": TEXTS["new.md"], "b.md": TEXTS["undated.md"]})
    start(image)
    database = f"sqlite:///{image}/content.db"
    assert start(image, "backup", "content.db").returncode == 0
    content = (image / "content.db").read_bytes()
    (image / "seed" / "b.md").unlink()
    process = start(image, database_url=f"{database}?immutable=1", COUNTERPOINT_SEED_AT_START=when)
    assert (is_serving(process), process.stderr) == (True, "")
    assert (image / "content.db").read_bytes() == content


def test_address_in_a_file_decides_what_is_done(image: Path) -> None:
    secret = image / "secret"
    secret.write_text("postgresql://user@127.0.0.1:1/none\n")
    assert start(image, COUNTERPOINT_DATABASE_URL_FILE=str(secret)).stdout == "serving\n"
    assert not (image / "counterpoint.db").exists()


def test_settings_of_the_seeding_may_be_in_files(image: Path) -> None:
    write_texts(image, {"articles/a.md": TEXTS["new.md"], "articles/b.md": TEXTS["old.md"], "dir": "articles\n"})
    write_texts(image, {"never": "never\n"})
    assert is_serving(start(image, COUNTERPOINT_SEED_DIR_FILE="dir"))
    assert count_articles(image) == 2
    (image / "articles" / "b.md").unlink()
    assert is_serving(start(image, COUNTERPOINT_SEED_DIR_FILE="dir", COUNTERPOINT_SEED_AT_START_FILE="never"))
    assert count_articles(image) == 2


def test_other_commands_neither_migrate_nor_seed(image: Path) -> None:
    assert start(image, "schema").returncode == 0
    assert not (image / "counterpoint.db").exists()


@variant
def test_postgresql_is_seeded_only_if_always(image: Path, postgresql_url: str) -> None:
    assert is_serving(start(image, database_url=postgresql_url))
    assert count_articles(image, postgresql_url) == 0
    assert is_serving(start(image, database_url=postgresql_url, COUNTERPOINT_SEED_AT_START="always"))
    assert count_articles(image, postgresql_url) == 1


def test_invalid_value_is_an_error(image: Path) -> None:
    process = start(image, "seed", COUNTERPOINT_SEED_AT_START="sometimes")
    assert process.returncode == 1
    assert process.stderr.startswith("COUNTERPOINT_SEED_AT_START: invalid value 'sometimes', ")
