"""The pages in docs/clients: files to write, commands to run and scripts to execute, in the order of the page.

A block with a path is a file. TypeScript or JavaScript before a `text` block is a script, and `sh` is commands; the
`text` block is their output. Nothing else may be in a block.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count

import pytest

from support.database_helpers import REPOSITORY

CLIENTS = REPOSITORY / "tests" / "clients"
FOLDER = REPOSITORY / "docs" / "clients"
DOCUMENTED_URL = "http://127.0.0.1:8000"
PAGES_ON_EXAMPLES = ("astro.md", "nextjs.md")
"""Pages that quote files of examples/: tests/docs/test_front_end_examples.py checks them."""

BLOCK = re.compile(r"^```(\w+)(?: ([\w./-]+))?\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
INSTALLATION = re.compile(r"^npm install (?:--save-dev )?(.+)\n", re.MULTILINE)

needs_node = pytest.mark.skipif(
    not os.environ.get("CI") and not (CLIENTS / "node_modules").is_dir(),
    reason="needs Node.js and the JavaScript clients, which ./run test installs with npm",
)


class Kind(Enum):
    """The kinds of blocks: a file to write, a script to run with its output, and commands for a shell."""

    FILE = auto()
    SCRIPT = auto()
    COMMANDS = auto()


@dataclass(frozen=True)
class Block:
    """A block of a page, and the output after it if there is one. Only scripts may have no path on the page."""

    language: str
    path: str
    text: str
    output: str | None

    @property
    def kind(self) -> Kind:
        """The kind, which follows from the language and from the output below the block."""
        if self.language == "sh":
            return Kind.COMMANDS
        return Kind.FILE if self.output is None else Kind.SCRIPT


def read_page(name: str) -> list[Block]:
    """Return the blocks of a page."""
    numbers = count(1)
    matches = BLOCK.findall((FOLDER / name).read_text(encoding="utf-8"))
    return [
        Block(language, path or (f"example-{next(numbers)}.{language}" if output else ""), text, output or None)
        for language, path, text, output in matches
    ]


def packages_to_install(block: Block) -> list[str]:
    """Return the packages that the commands of a block install."""
    return [package for packages in INSTALLATION.findall(block.text) for package in packages.split()]


def commands_to_run(block: Block) -> list[str]:
    """Return the commands of a block, except those that install packages. The programs are in the PATH of the tests."""
    return INSTALLATION.sub("", block.text).replace("npx ", "").splitlines()
