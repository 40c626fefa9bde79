"""Choosing the rules of blocks by the first character of a line changes no result of the Markdown parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.article import markdown
from support.markdown_strategies import article_texts

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def build_parsers() -> list[MarkdownIt]:
    """Return the parser of articles with its block rules by first character, and with the library's list of them."""
    build: Any = markdown._parser  # the only access to the parser itself
    parsers = [build.__wrapped__(20, has_definitions=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "BlockRules", lambda rules: rules)
        parsers.append(build.__wrapped__(20, has_definitions=True))
    return parsers


PARSERS = build_parsers()
LINES = st.text(st.sampled_from(" \t{}.`~>-+*_[]^:#=|0123456789a\xe9\xa0"), max_size=12)


@given(article_texts() | st.lists(LINES).map("\n".join))
def test_tokens_are_those_of_the_library(text: str) -> None:
    results = []
    for parser in PARSERS:
        env: dict[str, Any] = {}
        results.append((parser.block.parse(text, parser, env, []), env))
    assert results[0] == results[1]
