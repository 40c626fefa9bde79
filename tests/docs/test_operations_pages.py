"""The pages in docs/operations work as they are printed, but for the names of folders in the image."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import yaml

from counterpoint.database_url import parse_database_url
from counterpoint.settings import read_settings
from support.commands import run, write_sample_folder, write_texts
from support.database_helpers import REPOSITORY, create_sqlite_file
from support.postgresql_server import find_installed_programs
from support.sample_articles import TEXTS
from support.servers import ServerProcess, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGES = REPOSITORY / "docs" / "operations"
SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SQL_BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOCKERFILE = re.compile(r"^```dockerfile\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAX_STOP_SECONDS = 6
"""Seconds that a server takes at most to stop after its drain."""

COUNT = {"query": "{ articles { totalCount } }"}
RECOVERY_SECONDS = 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for the commands, with a program `counterpoint` that is found first."""
    write_texts(tmp_path, {"bin/counterpoint": f'#!/bin/sh\nexec {sys.executable} -m counterpoint "$@"\n'})
    (tmp_path / "bin" / "counterpoint").chmod(0o755)
    return tmp_path


def run_shell(command: str, folder: Path, **variables: str) -> None:
    programs = [str(folder / "bin"), *filter(None, [str(find_installed_programs() or "")]), os.environ["PATH"]]
    environment = os.environ | {"PATH": ":".join(programs)} | variables
    shell = ["sh", "-eu", "-c", command]
    result = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{command}: {result.stderr}"


def read_commands(page: str) -> list[str]:
    return SHELL_BLOCK.findall((PAGES / page).read_text(encoding="utf-8"))


def seed(url: str, folder: Path) -> None:
    arguments = ("seed", "--no-wait", "--max-removals", "100%", str(folder))
    assert run(*arguments, COUNTERPOINT_DATABASE_URL=url).exit_code == 0


def wait_for_count(server: ServerProcess, count: int, previous: int) -> None:
    """Wait until a server answers from other content, and check that it answers all the time."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while (current := server.post(COUNT).json["data"]["articles"]["totalCount"]) != count:
        assert current == previous
        assert time.monotonic() < deadline
        time.sleep(0.02)


def back_up_and_restore(url: str, folder: Path, commands: list[str], variables: Mapping[str, str]) -> None:
    backup, restore = commands
    (folder / "backups").mkdir()
    seed(url, write_sample_folder(folder / "articles"))
    with run_service(url) as server:
        wait_for_count(server, len(TEXTS), 0)
        run_shell(backup, folder, **variables)
        seed(url, write_texts(folder / "one", {"a.md": TEXTS["new.md"]}))
        wait_for_count(server, 1, len(TEXTS))
        run_shell(restore, folder, **variables)
        wait_for_count(server, len(TEXTS), 1)


def test_sqlite_database_is_restored_while_it_is_served(folder: Path) -> None:
    (folder / "data").mkdir()
    url = create_sqlite_file(folder / "data" / "counterpoint.db")
    back_up_and_restore(url, folder, read_commands("backup.md")[:2], {"COUNTERPOINT_DATABASE_URL": url})


@variant
def test_postgresql_database_is_restored_while_it_is_served(folder: Path, postgresql_url: str) -> None:
    if not os.environ.get("CI") and not (find_installed_programs() or shutil.which("pg_dump")):
        pytest.skip("needs pg_dump and pg_restore")
    assert run("migrate", COUNTERPOINT_DATABASE_URL=postgresql_url).exit_code == 0
    back_up_and_restore(postgresql_url, folder, read_commands("backup.md")[2:], {"DATABASE": postgresql_url})


@variant
def test_image_with_content_is_built(folder: Path) -> None:
    """Each instruction runs as a build would run it, with a folder in place of the image's root."""
    write_sample_folder(folder / "articles")
    (text,) = DOCKERFILE.findall((PAGES / "image.md").read_text(encoding="utf-8"))
    text = re.sub(r" (?=/(?:app|tmp))|(?<=sqlite:///)(?=/)", lambda match: f"{match[0]}{folder}", text)
    environment: dict[str, str] = {}
    for instruction, arguments in re.findall(r"^([A-Z]+) (.+)$", text, re.MULTILINE):
        match instruction, shlex.split(arguments):
            case "COPY", [*_, source, target]:
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (folder / source).is_dir() else shutil.copyfile
                copy(folder / source, target)
            case "ENV", [assignment]:
                name, _, value = assignment.partition("=")
                environment[name] = value
            case "RUN", _:
                run_shell(arguments, folder, **environment, COUNTERPOINT_SEED_DIR=f"{folder}/app/seed")
    assert environment["COUNTERPOINT_DATABASE_URL"] == f"sqlite:///{folder}/app/content.db?immutable=1"
    with run_service(environment["COUNTERPOINT_DATABASE_URL"]) as server:
        assert server.get("/readyz").json["articles"] == len(TEXTS)


def test_roles_are_created_by_the_documented_sql(postgresql_url: str, tmp_path: Path) -> None:
    create, grant = SQL_BLOCK.findall((PAGES / "postgresql.md").read_text(encoding="utf-8"))
    address = parse_database_url(postgresql_url).set(drivername="postgresql")
    database = address.set(database="counterpoint")
    owner, reader = (database.set(username=name).render_as_string() for name in ("counterpoint", "counterpoint_reader"))
    try:
        execute(address.render_as_string(), create)
        execute(database.render_as_string(), grant)
        for command in (["migrate"], ["seed", "--no-wait", str(write_sample_folder(tmp_path))]):
            assert run(*command, COUNTERPOINT_DATABASE_URL=owner).exit_code == 0
        with run_service(owner, COUNTERPOINT_READ_URL=reader) as server:
            wait_for_count(server, len(TEXTS), 0)
        refusal = run("seed", "--force", str(tmp_path), COUNTERPOINT_DATABASE_URL=reader)
        assert (refusal.exit_code, "permission denied" in refusal.stderr) == (1, True)
    finally:
        execute(
            address.render_as_string(),
            "DROP DATABASE IF EXISTS counterpoint WITH (FORCE); DROP ROLE IF EXISTS counterpoint, counterpoint_reader",
        )


def execute(url: str, statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in filter(str.strip, statements.split(";")):
            connection.execute(statement.encode())


@pytest.mark.parametrize("path", ["docs/operations/kubernetes.yaml", "compose.yaml"])
def test_manifest_sets_valid_settings(path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (secret := tmp_path / "url").write_text("postgresql://user@database/name", encoding="utf-8")
    environments = list(find_environments(list(yaml.safe_load_all((REPOSITORY / path).read_text(encoding="utf-8")))))
    assert environments
    for environment in environments:
        with monkeypatch.context() as context:
            for name, value in environment.items():
                context.setenv(name, str(secret) if name.endswith("_FILE") else value or "")
            assert read_settings().read_database.host == "database"


def find_environments(node: Any) -> Iterator[dict[str, Any]]:
    """Yield the settings of each container: a mapping in compose.yaml, a list in a Kubernetes manifest."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict) and (environment := node.get("environment") or node.get("env")):
        pairs = environment if isinstance(environment, dict) else {pair["name"]: pair["value"] for pair in environment}
        ours = {name: value for name, value in pairs.items() if name.startswith("COUNTERPOINT_") and value is not None}
        yield from [ours] if ours else []
    for child in children:
        yield from find_environments(child)


def test_pods_are_probed_and_have_time_to_drain() -> None:
    deployment = next(yaml.safe_load_all((PAGES / "kubernetes.yaml").read_text(encoding="utf-8")))
    pod = deployment["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    probes = {name: container[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "liveness", "readiness")}
    assert probes == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
    drain = next(float(pair["value"]) for pair in container["env"] if pair["name"] == "COUNTERPOINT_DRAIN_SECONDS")
    assert drain > 2 * container["readinessProbe"]["periodSeconds"]
    assert pod["terminationGracePeriodSeconds"] > drain + MAX_STOP_SECONDS
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert f"USER {pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}\n" in dockerfile
