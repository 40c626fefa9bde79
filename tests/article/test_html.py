"""The HTML of any Markdown holds only what `docs/html.md` allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.header_declarations import load_builtin_headers
from counterpoint.article.markdown import parse_markdown
from counterpoint.article.sections import parse_sections
from counterpoint.article.settled_names import NO_SETTLED_NAMES
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_classifier import TableClassifier
from support.html_fragments import Element, parse_fragment

PAGE = (Path(__file__).parents[2] / "docs" / "html.md").read_text(encoding="utf-8")


def read_table(line: str) -> list[list[list[str]]]:
    """Return the code in each cell of the rows of the table below a line of the page."""
    _, _, below = PAGE.partition(f"\n{line}\n\n")
    rows = below.split("\n\n")[0].splitlines()[2:]
    return [[re.findall("`([^`]+)`", cell) for cell in row.strip("|").split("|")] for row in rows]


def read_elements(line: str) -> dict[str, set[str]]:
    """Return the attributes of each element in the table below a line of the page."""
    return {name: {*attributes} for names, attributes, _ in read_table(line) for name in names}


INLINE, BLOCKS = read_elements("Inline:"), read_elements("Blocks:")
SCHEMES = {scheme for [[scheme]] in read_table("An address is relative, or its scheme is one of these:")}

VALUES = {
    ("a", "href"): "",
    ("a", "id"): r"fnref-.+",
    ("code", "class"): r"language-[^ \t\n\f\r]+",
    ("div", "class"): "footnote",
    ("div", "id"): r"fn-.+",
    ("td", "class"): "align-(?:left|center|right)",
    ("th", "class"): "align-(?:left|center|right)",
    ("th", "scope"): "col",
    ("ol", "start"): "[0-9]{1,9}",
}


def test_page_lists_elements_and_schemes() -> None:
    assert {"a", "em", "img"} <= INLINE.keys()
    assert {"p", "table", "ol"} <= BLOCKS.keys()
    assert {"http", "https", "mailto", "tel"} == SCHEMES


def parse_unchecked(body: str) -> tuple[records.Section, ...]:
    """Parse an article with all its mistakes, because mistakes must not make it unsafe."""
    source = SourceFile.from_text(body, "a.md")
    return parse_sections(
        parse_markdown(source.text, max_nesting=20),
        TableClassifier(load_builtin_headers(), NO_SETTLED_NAMES, "en", source),
        source,
    )


def html_fields(value: object) -> Iterator[tuple[type, str, str]]:
    """Yield the type, the text and the HTML of each field with HTML, of a record and of the records in it."""
    if isinstance(value, tuple):
        for item in value:
            yield from html_fields(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name.endswith("html"):
                text = getattr(value, field.name.removesuffix("_html") if "_" in field.name else "text", "")
                yield type(value), text, getattr(value, field.name)
            else:
                yield from html_fields(getattr(value, field.name))
    if isinstance(value, records.Table):
        for texts, htmls in zip(value.rows, value.html_rows, strict=True):
            yield from ((records.Measure, *cell) for cell in zip(texts, htmls, strict=True))


def is_allowed_address(address: str) -> bool:
    """Return whether a browser finds no scheme in an address, or an allowed one. It ignores some white space."""
    seen = re.sub("[\t\n\r]", "", re.sub(r"^[\0-\x20]+", "", address))
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    return scheme is None or scheme[1].lower() in SCHEMES


def assert_allowed(element: Element, allowed: dict[str, set[str]]) -> None:
    assert element.attributes.keys() <= allowed[element.name]
    for name, value in element.attributes.items():
        if name in ("href", "src"):
            assert is_allowed_address(value)
        elif name not in ("alt", "title"):
            assert re.fullmatch(VALUES[element.name, name], value, re.DOTALL)
    if element.name == "a":
        assert "a" not in element.ancestors
    if element.name in BLOCKS and element.name not in INLINE:
        assert not {"p", *INLINE} & {*element.ancestors}
    if "class" in element.attributes and element.name == "code":
        assert element.ancestors[-1] == "pre"


def check_html(body: str) -> None:
    for record, text, html in html_fields(parse_unchecked(body)):
        has_blocks = record in (records.Paragraph, records.Point, records.Table)
        allowed = {name: INLINE.get(name, set()) | BLOCKS.get(name, set()) for name in INLINE | BLOCKS}
        fragment = parse_fragment(html)
        for element in fragment.elements:
            assert_allowed(element, allowed if has_blocks else INLINE)
        if record is not records.Table:
            assert "".join(fragment.text.split()) == "".join(text.split())


_ADDRESSES = [
    "https://example.org/?a=1&b='\"<>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#9;script:alert(1)",
    "java\tscript:alert(1)",
    "&#1;javascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "\\javascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>",
    "data:image/svg+xml;base64,x",
    "file:///etc",
    "//example.org",
    "mailto:a@example.org",
    "#part",
    '"onclick=x',
]
_HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?x",
    "</p>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&quot;",
    '" onmouseover="x',
    "' x='",
    "{.x onclick=y}",
    "{#id style=z}",
    "`",
    "``",
    "*",
    "**",
    "_",
    "[",
    "]",
    "![",
    "](",
    ")",
    "\\",
    ";",
    ":",
    " ",
    "  \n",
    "[^1]",
    '[^"<x>]',
    "[^é]",
    "[ref]",
    "a",
    "\x01",
    "\u2028",
]
_addresses = st.sampled_from(_ADDRESSES)
_inline = st.recursive(
    st.sampled_from(_HOSTILE) | _addresses.map(lambda address: f"<{address}>"),
    lambda parts: (
        st.lists(parts, max_size=4).map("".join)
        | st.builds("[{}]({})".format, parts, _addresses)
        | st.builds("![{}](<{}> '{}')".format, parts, _addresses, parts)
        | st.builds("**{}**".format, parts)
    ),
    max_leaves=8,
)
_line = st.lists(_inline, min_size=1, max_size=4).map("".join)
_one_line = _line.map(lambda text: text.replace("\n", " "))
_cell = _one_line.map(lambda text: text.replace("|", "\\|"))
_row = st.builds("| x{} | x{} | {} |".format, _cell, _cell, _cell)


@st.composite
def _tables(draw: st.DrawFn) -> str:
    headers = ["Party | Stance | Recent Measures", "Group | Function | Core Message", "A | B | C"]
    headers += ["Challenge | Proposed Solution | Anticipated Benefit", "Policy Area | A's Approach | B's Approach"]
    rows = draw(st.lists(_row, min_size=1, max_size=2))
    return "\n".join([f"| {draw(st.sampled_from(headers))} |", "|:-|:-:|-:|", *rows])


def _indent(text: str, prefix: str) -> str:
    return "\n".join(prefix + line for line in text.split("\n"))


_leaves = (
    _line
    | _tables()
    | st.builds("```{}\n{}\n```".format, _one_line.filter(lambda text: "`" not in text), _line)
    | st.builds("[^{}]: {}".format, st.sampled_from(["1", '"<x>', "é"]), _line)
    | st.builds("### {}".format, _one_line)
    | st.just("---")
)
_blocks = st.recursive(
    _leaves,
    lambda blocks: (
        blocks.map(lambda text: _indent(text, "> "))
        | st.builds("{}{}".format, st.sampled_from(["- ", "7. "]), blocks.map(lambda text: _indent(text, "   ")[3:]))
        | st.lists(blocks, max_size=3).map("\n\n".join)
    ),
    max_leaves=5,
)


@given(st.lists(_blocks, min_size=1, max_size=4).map("\n\n".join))
@settings(deadline=None)
def test_html_of_hostile_markdown_holds_only_what_the_page_allows(body: str) -> None:
    check_html(f"{body}\n\n[ref]: <javascript:alert(1)> 'x'\n\n[^1]: Note\n")


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("cases/*.json")), ids=lambda path: path.stem)
def test_html_of_a_case_holds_only_what_the_page_allows(path: Path) -> None:
    check_html(path.with_suffix(".md").read_text(encoding="utf-8"))
