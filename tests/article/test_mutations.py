"""Good files with random mutations parse, or report places inside the file, in reasonable time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article.parser import parse_article
from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Problem

CASES = Path(__file__).parent / "cases"
SEED = Path(__file__).parents[2] / "seed"
GOOD_FILES = [path.read_bytes() for path in [*sorted(SEED.glob("*.md")), *sorted(CASES.glob("*.md"))]]

Mutation = Callable[[bytes], bytes]

_MARKUP = [b"|", b"\n", b"[", b"]", b"(", b"`", b"```\n", b"*", b"#", b":", b";", b"\\", b"<", b"{", b"}", b"^", b"\t"]
_MORE_MARKUP = [
    b"---\n",
    b"> ",
    b"- ",
    b"[^1]",
    b"[^1]: ",
    b"{.stances}\n",
    "\uff1a".encode(),
    b"\xff",
    b"\0",
    b"\r",
    b"\xef",
]
_insertions = st.sampled_from([*_MARKUP, *_MORE_MARKUP]) | st.binary(min_size=1, max_size=4)
_positions = st.floats(0, 1, exclude_max=True)


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """Draw a function that inserts, deletes, duplicates or swaps pieces: bytes or whole lines."""
    separator = draw(st.sampled_from([b"", b"\n"]))
    operation = draw(st.sampled_from(["insert", "delete", "duplicate", "swap"]))
    first, second, inserted = draw(_positions), draw(_positions), draw(_insertions)

    def mutate(content: bytes) -> bytes:
        pieces = content.split(b"\n") if separator else [bytes([byte]) for byte in content]
        if not pieces:
            return inserted
        start, end = sorted((int(first * len(pieces)), int(second * len(pieces))))
        match operation:
            case "insert":
                pieces.insert(start, inserted)
            case "delete":
                del pieces[start : min(end, start + 20)]
            case "duplicate":
                pieces[start:start] = pieces[start : start + 20]
            case _:
                pieces[start], pieces[end] = pieces[end], pieces[start]
        return separator.join(pieces)

    return mutate


def problems_in(content: bytes) -> list[Problem]:
    try:
        return list(parse_article(decode(content, path="a.md"), path="a.md", sha256="").warnings)
    except InvalidFiles as error:
        return error.problems or pytest.fail("a file without problems was rejected")


@given(st.sampled_from(GOOD_FILES), st.lists(mutations(), min_size=1, max_size=6))
@settings(max_examples=400, deadline=10_000)
def test_mutated_file_parses_or_reports_places_inside_it(content: bytes, mutate: list[Mutation]) -> None:
    for mutation in mutate:
        content = mutation(content)
    lines = (
        content.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    for problem in problems_in(content):
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.message
