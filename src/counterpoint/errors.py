"""Every error raised on purpose.

    CounterpointError
    ├── ProblemsFound             articles with problems; nothing of that run was written
    │     (each a Problem: place, message, hint)
    └── … each room adds its own below

A `Problem` is the author's mistake and a value: a reader collects all of them before anything is raised.
"""

from dataclasses import dataclass


class CounterpointError(Exception):
    """The root: one sentence for people, a stable code for programs."""

    code = "INTERNAL"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: the file relative to the seed folder with `/`, line and column from 1."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in an article file, told so that its author can mend it."""

    place: Place
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.message}{hint}"


class ProblemsFound(CounterpointError):
    """Articles can't be used as they are. `problems` holds each mistake, by file, line and column."""

    code = "ARTICLE_PROBLEMS"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
