"""The pages in docs/clients, followed from top to bottom with real clients and tools against a real server."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from contextlib import ExitStack, chdir
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

from support.client_pages import (
    CLIENTS,
    DOCUMENTED_URL,
    FOLDER,
    PAGES_ON_EXAMPLES,
    Block,
    Kind,
    commands_to_run,
    needs_node,
    packages_to_install,
    read_page,
)
from support.commands import run
from support.database_helpers import (
    create_sqlite_database,
    open_write_engine,
    parse_articles,
    read_seed_texts,
    seed_articles,
)
from support.servers import run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PAGES = sorted(
    page.name
    for page in FOLDER.glob("*.md")
    if "```" in page.read_text(encoding="utf-8") and page.name not in PAGES_ON_EXAMPLES
)
PAGES_OF_CLIENTS = {"README.md", "apollo.md", "relay.md", "urql.md"}
"""Pages that each introduce another client. The others use one of these clients."""

SERVE = re.compile(r"((?:\w+=\S+ )*)counterpoint serve")
COMPILER_OPTIONS = {
    "strict": True,
    "noEmit": True,
    "target": "es2023",
    "lib": ["es2023", "dom", "dom.iterable"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "moduleDetection": "force",
    "jsx": "react-jsx",
    "types": ["node"],
    "skipLibCheck": True,
}


class Walkthrough:
    """A folder in which a reader follows a page, and the server that runs meanwhile."""

    def __init__(self, folder: Path, database_url: str, server_url: str) -> None:
        self.folder = folder
        self._database_url = database_url
        self._server_url = server_url
        self._servers = ExitStack()
        (folder / "node_modules").symlink_to(CLIENTS / "node_modules")

    def serve(self, settings: Mapping[str, str]) -> None:
        """Start a server with these settings, and use it from now on. Its paths are relative to the folder."""
        self.close()
        resolved = {
            name: str(self.folder / value) if name.endswith("_DIR") else value for name, value in settings.items()
        }
        server = self._servers.enter_context(run_service(self._database_url, **resolved))
        self._server_url = f"http://127.0.0.1:{server.port}"

    def close(self) -> None:
        """Stop the server that the page has started."""
        self._servers.close()

    def follow(self, blocks: list[Block]) -> None:
        """Do what the blocks say, and check the output of those that show one. Consecutive scripts share a process."""
        for kind, group in groupby(blocks, attrgetter("kind")):
            for block in (members := list(group)):
                if kind is Kind.COMMANDS:
                    self._run_commands(block)
                else:
                    self._write(block.path, block.text)
            if kind is Kind.SCRIPT:
                assert self._run_scripts([script.path for script in members]) == [script.output for script in members]

    def check_types(self) -> None:
        """Compile all files of the folder with `tsc --strict`."""
        self._write("tsconfig.json", json.dumps({"compilerOptions": COMPILER_OPTIONS, "exclude": ["build"]}))
        self._run("tsc")

    def _write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def _run_commands(self, block: Block) -> None:
        output = "".join(self._run_command(command) for command in commands_to_run(block))
        assert block.output in {None, output if output.endswith("\n") else f"{output}\n"}

    def _run_command(self, command: str) -> str:
        if serve := SERVE.fullmatch(command):
            self.serve(dict(assignment.split("=", 1) for assignment in serve[1].split()))
            return ""
        if command.startswith("counterpoint "):
            with chdir(self.folder):
                result = run(*shlex.split(command)[1:])
            assert result.exit_code == 0, result.output
            return result.output
        return self._run("bash", "-ec", command.replace(DOCUMENTED_URL, self._server_url))

    def _run_scripts(self, paths: list[str]) -> list[str]:
        output = self._run("node", str(CLIENTS / "run.js"), str(self.folder), *paths)
        return output.split("\0")[:-1]

    def _run(self, *command: str) -> str:
        programs = CLIENTS / "node_modules" / ".bin"
        environment = {"SERVER": self._server_url, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        result = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
        return result.stdout


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a database with the articles in `seed/`."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, parse_articles(read_seed_texts()))
    return url


@pytest.fixture(scope="module")
def server_url(database_url: str) -> Iterator[str]:
    """Serve the database with the default settings."""
    with run_service(database_url) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture
def walkthrough(database_url: str, server_url: str, tmp_path: Path) -> Iterator[Walkthrough]:
    walkthrough = Walkthrough(tmp_path, database_url, server_url)
    yield walkthrough
    walkthrough.close()


@needs_node
@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [pytest.param(page, marks=[] if page in PAGES_OF_CLIENTS else variant) for page in PAGES]
)
def test_page_works_as_written(walkthrough: Walkthrough, page: str) -> None:
    blocks = read_page(page)
    walkthrough.follow(blocks)
    if any(block.language in {"ts", "tsx"} for block in blocks):
        walkthrough.check_types()


@pytest.mark.parametrize("page", PAGES)
def test_every_block_of_a_page_is_executed_or_written(page: str) -> None:
    text = (FOLDER / page).read_text(encoding="utf-8")
    blocks = read_page(page)
    assert text.count("```") == 2 * (len(blocks) + sum(block.output is not None for block in blocks))
    assert [block.text for block in blocks if block.kind is Kind.FILE and "." not in block.path] == []


@pytest.mark.parametrize("page", PAGES)
def test_packages_to_install_are_those_that_the_tests_use(page: str) -> None:
    manifest = json.loads((CLIENTS / "package.json").read_text(encoding="utf-8"))
    tested = manifest["dependencies"] | manifest["devDependencies"]
    assert {package for block in read_page(page) for package in packages_to_install(block)} - tested.keys() == set()
