"""Good files with random mutations parse, or report places inside the file, in reasonable time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article.parser import parse_article
from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Problem
from support.file_mutations import GOOD_FILES, Mutation, mutations


def problems_in(content: bytes) -> list[Problem]:
    try:
        return list(parse_article(decode(content, path="a.md"), path="a.md", sha256="").warnings)
    except InvalidFiles as error:
        return error.problems or pytest.fail("a file without problems was rejected")


@given(st.sampled_from(GOOD_FILES), st.lists(mutations(), min_size=1, max_size=6))
@settings(deadline=10_000)
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
