"""The query examples in docs/examples: a sentence, an operation, its variables if it has any, and the answer.

An example may begin with further files, which it needs beside those in `seed/`: articles, names, images in base64.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES_FOLDER = REPOSITORY / "docs" / "examples"

EXAMPLE_LAYOUT = re.compile(
    r"(?P<sentence>[^\n#]+\.)\n\n"
    r"(?P<files>(?:```(?:markdown|yaml|base64) [\w/.-]+\n(?:(?!```).)+```\n\n)*)"
    r"```graphql\n(?P<document>(?:(?!```).)+)```\n\n"
    r"(?:```json variables\n(?P<variables>(?:(?!```).)+)```\n\n)?"
    r"```json answer\n(?P<answer>(?:(?!```).)+)```\n",
    re.DOTALL,
)


FILE_LAYOUT = re.compile(r"```(\w+) (\S+)\n(.+?)```\n", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """An example. Its name is that of the file, without the suffix."""

    name: str
    document: str
    variables: dict[str, Any]
    answer: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    """Further files of the seed folder by path."""


def read_example(path: Path) -> Example:
    """Parse an example file, which must not contain anything else."""
    match = EXAMPLE_LAYOUT.fullmatch(path.read_text(encoding="utf-8"))
    blocks = "`markdown|yaml|base64 PATH` (optional), `graphql`, `json variables` (optional), `json answer`"
    assert match, f"{path.name} must be a sentence and the blocks {blocks}"
    variables, answer = json.loads(match["variables"] or "{}"), json.loads(match["answer"])
    files = {
        name: b64decode(text) if language == "base64" else text.encode()
        for language, name, text in FILE_LAYOUT.findall(match["files"])
    }
    return Example(path.stem, match["document"], variables, answer, files)


EXAMPLES = [read_example(path) for path in sorted(EXAMPLES_FOLDER.iterdir())]


def _first_fence(text: str, language: str) -> str:
    _, _, rest = text.partition(f"```{language}\n")
    return rest.partition("```")[0]


def read_readme(text: str) -> Example:
    """Parse the first query of the README, and the answer after it."""
    return Example("README", _first_fence(text, "graphql"), {}, json.loads(_first_fence(text, "json")))


README_EXAMPLE = read_readme((REPOSITORY / "README.md").read_text(encoding="utf-8"))
