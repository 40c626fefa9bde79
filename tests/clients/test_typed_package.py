"""The package that `counterpoint client` writes, with real compilers and clients against a real server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.commands import run
from support.database_helpers import (
    REPOSITORY,
    create_sqlite_database,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.servers import run_service
from support.variants import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = REPOSITORY / "tests" / "clients"
IMAGES = "![first](https://image.example/1.png) ![second](https://image.example/2.png)"
TEXTS = {
    f"{title.lower()}.md": f"---\ntitle: {title}\npublished: 2026-01-01\n---\n\n{IMAGES}\n\nText.\n"
    for title in "ABCDE"
}

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI")
    and not ((CLIENTS / "node_modules").is_dir() and (REPOSITORY / "assets" / "client").is_dir()),
    reason="needs Node.js, and the package and clients that ./run test builds with npm",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of a front end in which the package and the clients are installed."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(CLIENTS / "typed_package", project, dirs_exist_ok=True)
    (project / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    modules = project / "node_modules"
    modules.mkdir()
    for path in (CLIENTS / "node_modules").iterdir():
        (modules / path.name).symlink_to(path)
    package = modules / "counterpoint-client"
    result = run("client", str(package), COUNTERPOINT_EXPLORER_DIR=str(REPOSITORY / "assets"))
    assert result.exit_code == 0, result.stderr
    return project


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve five articles, each with two images in a paragraph."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, parse_articles(TEXTS))
    with run_service(url) as server:
        yield f"http://127.0.0.1:{server.port}"


def run_node(folder: Path, *arguments: str, **environment: str) -> str:
    """Run a JavaScript program in a folder, and return its output."""
    result = subprocess.run(
        ["node", *arguments],
        env=os.environ | environment,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.parametrize("client", sample(["apollo", "urql"], 2))
def test_cache_keeps_what_queries_have_selected(project: Path, server_url: str, client: str) -> None:
    output = run_node(project, "--test", "--test-reporter=tap", f"{client}.test.js", SERVER=server_url)
    assert "\n# fail 0\n" in output
    assert "\n# pass 0\n" not in output


def test_strict_compiler_accepts_the_types_and_the_examples_of_the_package(project: Path) -> None:
    readme = (project / "node_modules" / "counterpoint-client" / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```ts\n(.*?)```\n", readme, re.DOTALL)
    assert len(examples) == 2
    for number, example in enumerate(examples):
        (project / f"example-{number}.ts").write_text(example + "export { client };\n", encoding="utf-8")
    assert run_node(project, "node_modules/typescript/bin/tsc") == ""


def test_lock_of_the_build_contains_no_registry_url() -> None:
    assert '"resolved"' not in (REPOSITORY / "client" / "package-lock.json").read_text(encoding="utf-8")
