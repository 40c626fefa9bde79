"""Commands run in the test's own process, with their arguments and environment variables."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from counterpoint.cli import main
from counterpoint.settings import PREFIX
from support.sample_articles import TEXTS

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, **settings: str) -> Result:
    """Run a command and check that it raises no exception but SystemExit."""
    return run_with_input(b"", *arguments, **settings)


def run_with_input(content: bytes, *arguments: str, **settings: str) -> Result:
    """Run a command with this content on its standard input."""
    environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith(PREFIX)}
    result = CliRunner(env=environment | settings).invoke(main, [*arguments], input=content)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def error_lines(result: Result) -> list[str]:
    """Return the lines on stderr, except those that show progress."""
    return [
        line for line in result.stderr.splitlines() if not re.match(r"(Hashing|Reading|Exporting) [\d,]+ \w+", line)
    ]


def assert_one_error_line(result: Result, line: str) -> None:
    assert (result.exit_code, result.stdout) == (1, "")
    (error,) = error_lines(result)
    assert re.fullmatch(line, error), result.stderr


def assert_one_problem(result: Result, line: str) -> None:
    assert (result.exit_code, result.stdout) == (1, "")
    problem, summary = error_lines(result)
    assert re.fullmatch(line, problem), result.stderr
    assert summary == "1 error in 1 file. Nothing was written."


def write_texts(folder: Path, texts: dict[str, str]) -> Path:
    """Write files into a folder, which is created if needed, and return the folder."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_sample_folder(folder: Path) -> Path:
    """Write the sample articles into a folder, and return it."""
    return write_texts(folder, TEXTS)
