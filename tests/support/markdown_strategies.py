"""Hypothesis strategies for article files in all styles of Markdown and YAML that authors use."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import strategies as st

Lines = list[str]

_INLINES = (
    "word",
    "*emphasis*",
    "__strong__",
    "`code | x`",
    "``a ` b``",
    '[link](https://example.org/東京?a=b "title")',
    "[ref][law]",
    "[Law]",
    "![image](a.png 'T')",
    "<https://example.org>",
    "note[^1]",
    "&amp; &nbsp; &#10;",
    "\\* \\[ \\: \\\uff1a \\;",
    "Label: text",
    "**Label:** text",
    "市長\uff1a反対\uff1b賛成",
    "a  b",
    "2. b",
    "- b",
    "# b",
    "b #",
    "--",
    "\u3000字下げ",
    "\u2028\x0b",
    "C:\\",
)
_BREAKS = ("\n", " \n", "  \n", "\\\n", "\n  ", "\n      ")

_texts = st.lists(st.sampled_from(_INLINES), min_size=1, max_size=3).map(" ".join)


@st.composite
def _paragraphs(draw: st.DrawFn) -> Lines:
    text = draw(_texts)
    for _ in range(draw(st.integers(0, 2))):
        text += draw(st.sampled_from(_BREAKS)) + draw(_texts)
    return text.split("\n")


@st.composite
def _headings(draw: st.DrawFn) -> Lines:
    text = draw(_texts)
    underlined = ([text, "---"], [text, "more\\", "x", "-"], [text, "more |", "-"])
    return draw(st.sampled_from([[f"## {text}"], [f"##   {text}  ##"], *underlined]))


@st.composite
def _code(draw: st.DrawFn) -> Lines:
    lines = draw(st.lists(st.sampled_from(["x = 1", "", "  ", "```", "~~~~", "\ty", "- a"]), max_size=3))
    if draw(st.booleans()):
        return ["    code", *(f"    {line}" for line in lines)]
    fence, info = draw(st.sampled_from([("`````", "python"), ("~~~~~~", ""), ("~~~~~", "a`b")]))
    return [f"{fence} {info}", *lines, fence]


@st.composite
def _tables(draw: st.DrawFn) -> Lines:
    cells = st.sampled_from(["", "a", r"`x \| y`", r"\|", "**b**[^1]", "a; b\uff1bc", "[Law]", "\\"])
    columns = draw(st.sampled_from([("Party", "Stance", "Recent Measures"), ("a", "b", "c")]))
    delimiters = draw(st.lists(st.sampled_from(["---", ":-", "-:", ":-----:"]), min_size=3, max_size=3))
    rows = [columns, delimiters, *draw(st.lists(st.tuples(st.just("x"), st.just("y"), cells), max_size=2))]
    style = draw(st.sampled_from(["| {} | {} | {} |", "|{}  |  {}|{}|", "  | {} | {} | {} |"]))
    return [style.format(*row) for row in rows]


@st.composite
def _quotes(draw: st.DrawFn, blocks: st.SearchStrategy[Lines]) -> Lines:
    marker = draw(st.sampled_from(["> ", ">"]))
    lines = [f"{marker}{line}".rstrip() for line in draw(blocks)]
    return [*lines, *draw(st.sampled_from([[], ["lazy"], ["==="]]))]


@st.composite
def _lists(draw: st.DrawFn, blocks: st.SearchStrategy[Lines]) -> Lines:
    marker = draw(st.sampled_from(["-", "*", "+", "1.", "1)", "7.", "0."]))
    space = " " * draw(st.integers(1, 3))
    separator = draw(st.sampled_from([[], [""]]))
    lines: Lines = []
    for _ in range(draw(st.integers(1, 3))):
        first, *others = draw(blocks) or [""]
        indent = " " * len(marker + space)
        lines += separator if lines else []
        lines += [f"{marker}{space}{first}", *(f"{indent}{line}" if line else "" for line in others)]
    return lines


@st.composite
def _footnotes(draw: st.DrawFn, blocks: st.SearchStrategy[Lines]) -> Lines:
    label = f"d{draw(st.integers(0, 9))}"
    first, *others = draw(blocks) or ["text"]
    return [f"[^{label}]: {first}", *(f"    {line}" if line else "" for line in others)]


_leaves: st.SearchStrategy[Lines] = (
    _paragraphs()
    | _headings()
    | _code()
    | _tables()
    | st.sampled_from(["***", "- - -", "___", "", "\u3000"]).map(lambda line: [line])
    | st.integers(0, 9).map(lambda number: [f"[d{number}]: <b c>", " 'two", "  lines'"])
)


def _join(blocks: list[Lines]) -> Lines:
    return [line for block in blocks for line in [*block, ""]][:-1]


def _join_tightly(blocks: list[Lines]) -> Lines:
    return [line for block in blocks for line in block]


def _extend(blocks: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    several = st.lists(blocks, min_size=1, max_size=3)
    nested = several.map(_join) | several.map(_join_tightly)
    containers: list[Callable[[st.SearchStrategy[Lines]], st.SearchStrategy[Lines]]] = [_quotes, _lists, _footnotes]
    return st.one_of([container(nested) for container in containers])


_blocks = st.recursive(_leaves, _extend, max_leaves=5)
_blocks_with_classes = st.builds(
    list.__add__, st.sampled_from([["{.highlights}"], ["  {.other}"]]), _lists(_blocks)
) | st.builds(list.__add__, st.sampled_from([["{ .other }"], ["{.stances}  "]]), _tables())

_VALUES = (
    "A title",
    '"1984"',
    "'It''s: #1'",
    "no",
    ">-\n  folded\n  text # no comment",
    "|  # comment\n  literal\n",
    "plain\n  in two lines",
    "a # comment",
    '"\\u2028\\t\\x01"',
    "",
)
_AUTHORS = ("A. Writer", "[]", "[A, 'B, C']  # comment", '\n  - A  # first\n  # both\n  - "B"', "[A,\n  1.10]")
_DATES = ("2019-07-16", "'2019-07-17'", "")


@st.composite
def _front_matter(draw: st.DrawFn) -> str:
    values = st.sampled_from(_VALUES)
    lines = [
        "title: T",
        f"subtitle: {draw(values)}",
        f"summary: {draw(values)}",
        f"authors: {draw(st.sampled_from(_AUTHORS))}",
        f"published: {draw(st.sampled_from(_DATES))}",
        f"language: {draw(st.sampled_from(['en', 'no', 'pt-BR']))}",
        f"draft: {draw(st.sampled_from(['true', 'False', '']))}",
        "# comment",
    ]
    return "\n".join(draw(st.permutations(lines)))


@st.composite
def article_texts(draw: st.DrawFn) -> str:
    """Draw the text of an article file, which is valid in most cases."""
    body = "\n".join(_join(draw(st.lists(_blocks | _blocks_with_classes, min_size=1, max_size=4))))
    references = "".join(f" {label}" for label in re.findall(r"(\[\^?d[0-9]\]):", body))
    definitions = "[^1]: Note\n\n[LAW]: https://example.org\n"
    return f"---\n{draw(_front_matter())}\n---\n{body}\n\n[law]{references}\n\n{definitions}"
