"""Measures are the texts between the semicolons of a cell, with the markup around them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article.markdown import parse_markdown
from counterpoint.article.measures import parse_measures
from counterpoint.article.normalization import is_visible
from support.html_fragments import parse_fragment
from support.record_strategies import fragments

SEPARATOR = re.compile("[;\uff1b\u061b]")
LINK = '<a href="https://example.org/">'


def measures_in(cell: str) -> list[tuple[str, str]]:
    """Return the text and the HTML of each measure."""
    body = parse_markdown("[^1]\n\n[^1]: Note\n", max_nesting=20)
    return [(measure.text, measure.html) for measure in parse_measures(body.render_inline(cell), 1)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        (" ; ;; ", []),
        ("one; \u200b; \u200f\u00a0", [("one", "one")]),
        ("one; two", [("one", "one"), ("two", "two")]),
        ("a < b; AT&T", [("a < b", "a &lt; b"), ("AT&T", "AT&amp;T")]),
        ("&amp; ; &#59;", [("&", "&amp;")]),
        ("一\uff1b二\u061b三", [("一", "一"), ("二", "二"), ("三", "三")]),
        ("*one; two* three", [("one", "<em>one</em>"), ("two three", "<em> two</em> three")]),
        ("**one;** two", [("one", "<strong>one</strong>"), ("two", "two")]),
        ("one **; two**", [("one", "one"), ("two", "<strong> two</strong>")]),
        ("*a **b; c** d*", [("a b", "<em>a <strong>b</strong></em>"), ("c d", "<em><strong> c</strong> d</em>")]),
        ("[one; two](https://example.org/)", [("one", f"{LINK}one</a>"), ("two", f"{LINK} two</a>")]),
        ("`a;b`", [("a", "<code>a</code>"), ("b", "<code>b</code>")]),
        ("a\\; b", [("a", "a"), ("b", "b")]),
        ("![a;b](c)", [("a", '<img src="c" alt="a">'), ("b", '<img src="c" alt="b">')]),
        ("![](c); d", [("d", "d")]),
        ("a ![;](c)", [("a", "a")]),
        (
            "a[^1]; b[^1]",
            [
                ("a", 'a<sup><a href="#fn-1" id="fnref-1">1</a></sup>'),
                ("b", 'b<sup><a href="#fn-1" id="fnref-1:2">1</a></sup>'),
            ],
        ),
    ],
)
def test_cell_is_split_at_semicolons(cell: str, expected: list[tuple[str, str]]) -> None:
    assert measures_in(cell) == expected


_cells = st.lists(fragments | st.sampled_from([";", "*", "**", "`", "[", "](a)", "![", "[^1]"]), max_size=20)


@given(_cells.map("".join).filter(lambda cell: "\n" not in cell))
@settings(deadline=None)
def test_any_cell_is_split_where_its_text_is_and_every_part_is_well_formed(cell: str) -> None:
    text = parse_markdown("[^1]: Note\n", max_nesting=20).render_inline(cell).text
    measures = measures_in(cell)
    assert [text for text, _ in measures] == list(filter(is_visible, map(str.strip, SEPARATOR.split(text))))
    for text, html in measures:
        assert parse_fragment(html).text.strip() == text
