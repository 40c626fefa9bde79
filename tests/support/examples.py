"""The examples of the manual: each a sentence, an operation, its variables if it has any, and the answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES_FOLDER = REPOSITORY / "docs" / "examples"

EXAMPLE_LAYOUT = re.compile(
    r"(?P<sentence>[^\n#]+\.)\n\n"
    r"```graphql\n(?P<document>(?:(?!```).)+)```\n\n"
    r"(?:```json variables\n(?P<variables>(?:(?!```).)+)```\n\n)?"
    r"```json answer\n(?P<answer>(?:(?!```).)+)```\n",
    re.DOTALL,
)


@dataclass(frozen=True)
class Example:
    """One file, `name` without its ending."""

    name: str
    document: str
    variables: dict[str, Any]
    answer: dict[str, Any]


def read_example(path: Path) -> Example:
    """Read a file of the manual, which holds nothing but what an example is made of."""
    found = EXAMPLE_LAYOUT.fullmatch(path.read_text(encoding="utf-8"))
    assert found, f"{path.name} is a sentence, a graphql fence, `json variables` if need be, and `json answer`"
    return Example(path.stem, found["document"], json.loads(found["variables"] or "{}"), json.loads(found["answer"]))


EXAMPLES = [read_example(path) for path in sorted(EXAMPLES_FOLDER.iterdir())]


def _first_fence(text: str, language: str) -> str:
    _, _, rest = text.partition(f"```{language}\n")
    return rest.partition("```")[0]


def read_readme(text: str) -> Example:
    """Read the first query of the README, and the answer after it."""
    return Example("README", _first_fence(text, "graphql"), {}, json.loads(_first_fence(text, "json")))


README_EXAMPLE = read_readme((REPOSITORY / "README.md").read_text(encoding="utf-8"))
