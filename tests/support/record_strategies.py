"""Hypothesis strategies for article records: all that a file can contain, with many edge cases in the texts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.normalization import fold, slugify

_EDGE_CASE_CHARACTERS = (
    "|*_`~\\:;-+=#>.<&!()[]{}'\"%@1aB \t\n\r\v\f\x01\x1c\x7f\x85\xa0\u2019\u2028\u2029\u200f\ufeffﬁİé中א😀\uff1a\uff1b"
)
_MARKUP = ["**", "```", "{.highlights}", "---", "| --- |", "1. ", "1) ", "- ", "> ", "## ", "    ", "&amp;", "\\|"]
_WORDS = [": ", "[a]: b", "](javascript:a)", "<b>", "<!--", "https://a.b", "\\\\", "'s Approach", "e\u0301"]
_EDGE_CASE_PIECES = st.sampled_from([*_EDGE_CASE_CHARACTERS, *_MARKUP, *_WORDS])
_ANY_CHARACTER = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_RAW = st.lists(_EDGE_CASE_PIECES | _ANY_CHARACTER, min_size=1, max_size=8).map("".join)

_LINES = ["\n\n", "\n- ", "\n> ", "\n| a | b |\n|---|---|\n", "\n## ", "\n---\n"]
_PROSE = records.ParagraphKind.PROSE
fragments = _EDGE_CASE_PIECES | st.characters() | st.sampled_from(_LINES)
"""Pieces of article files, valid or not."""

texts = _RAW.map(str.strip).filter(bool)
names = texts.filter(slugify)
spaced = texts.map(lambda text: " ".join(text.split()))
_pieces = texts.map(lambda text: re.sub("[;\uff1b\u061b]", ",", text)).filter(str.strip)


@st.composite
def stances(draw: st.DrawFn) -> tuple[tuple[str, ...], records.TableStatement]:
    party, text, measures = draw(names), draw(texts), draw(st.lists(_pieces, max_size=3))
    stance = records.Stance(party, text, "", tuple(records.Measure(measure, "", 0) for measure in measures), 0)
    return (party, text, "; ".join(measures)), stance


@st.composite
def roles(draw: st.DrawFn) -> tuple[tuple[str, ...], records.TableStatement]:
    cells = draw(names), draw(texts), draw(texts)
    return cells, records.Role(cells[0], cells[1], "", cells[2], "", 0)


@st.composite
def solutions(draw: st.DrawFn) -> tuple[tuple[str, ...], records.TableStatement]:
    cells = draw(texts), draw(texts), draw(texts)
    return cells, records.ProposedSolution(cells[0], "", cells[1], "", cells[2], "", 0)


_KNOWN_TABLES = [
    (records.TableContents.STANCES, ("Party", "Stance", "Recent Measures"), stances()),
    (records.TableContents.ROLES, ("GROUP", "function", "Core  Message"), roles()),
    (records.TableContents.SOLUTIONS, ("Challenge", "Proposed Solution", "Anticipated Benefit"), solutions()),
    (records.TableContents.STANCES, ("Party", "Stance", "Measures"), stances()),
    (records.TableContents.ROLES, ("機能", "|", "Wer?"), roles()),
]


def _alignments(columns: tuple[str, ...]) -> st.SearchStrategy[tuple[records.ColumnAlignment, ...]]:
    return st.tuples(*[st.sampled_from(records.ColumnAlignment)] * len(columns))


@st.composite
def content_tables(draw: st.DrawFn) -> records.Table:
    contents, columns, rows_with_statements = draw(st.sampled_from(_KNOWN_TABLES))
    pairs = draw(st.lists(rows_with_statements, max_size=4))
    rows, statements = tuple(row for row, _ in pairs), tuple(statement for _, statement in pairs)
    return records.Table(contents, columns, rows, "", (), draw(_alignments(columns)), statements, (), (), 0)


@st.composite
def approach_tables(draw: st.DrawFn) -> records.Table:
    governments = draw(st.lists(names.filter(_is_government_name), min_size=1, max_size=3, unique_by=slugify))
    areas = draw(st.lists(names, max_size=3))
    rows = [(area, *(draw(texts | st.just("")) for _ in governments)) for area in areas]
    statements = tuple(
        records.Approach(row[0], government, text, "", 0)
        for row in rows
        for government, text in zip(governments, row[1:], strict=True)
        if text
    )
    columns = ("Policy Area", *(f"{government}\u2019s Approach" for government in governments))
    distinct = {slugify(area): area for area in reversed(areas)}
    first_spelled = tuple(dict.fromkeys(distinct[slugify(area)] for area in areas))
    contents = records.TableContents.APPROACHES
    return records.Table(
        contents,
        columns,
        tuple(rows),
        "",
        (),
        draw(_alignments(columns)),
        statements,
        tuple(governments),
        first_spelled,
        0,
    )


@st.composite
def plain_tables(draw: st.DrawFn) -> records.Table:
    length = draw(st.integers(1, 4))
    cells = st.tuples(*[texts | st.just("")] * length)
    columns = draw(cells | st.just(("Party", "Stance", "Recent Measures")))
    rows = draw(st.lists(st.tuples(*[texts | st.just("")] * len(columns)), max_size=3))
    return records.Table(
        records.TableContents.OTHER, columns, tuple(rows), "", (), draw(_alignments(columns)), (), (), (), 0
    )


tables = content_tables() | approach_tables() | plain_tables()
points = st.builds(records.Point, st.none() | texts, texts, st.just(""), st.just(0))
lists = st.builds(
    records.PointList,
    st.sampled_from(records.PointKind),
    st.none() | texts.map(lambda text: f"{text}:"),
    st.lists(points, min_size=1, max_size=4).map(tuple),
    st.just(0),
    st.none() | st.sampled_from([0, 1, 7, 999_999_990]),
)
paragraphs = st.builds(records.Paragraph, texts | st.just(""), st.just(""), st.just(0)).map(
    lambda paragraph: paragraph if paragraph.text else replace(paragraph, kind=records.ParagraphKind.RULE)
)


@st.composite
def articles(draw: st.DrawFn, blocks: st.SearchStrategy[records.Block]) -> records.Article:
    contents = st.lists(blocks, max_size=4).map(tuple)
    headings = draw(st.lists(names, max_size=3, unique_by=slugify))
    top = draw(contents if headings else st.lists(blocks, min_size=1, max_size=4).map(tuple))
    sections = [records.Section("_top", None, 1, top, 0)] if top else []
    level = 1
    for heading in headings:
        level = draw(st.integers(2, min(level + 1, 6)))
        sections.append(records.Section(slugify(heading), heading, level, draw(contents), 0))
    days = st.none() | st.dates(date(1000, 1, 1))
    published, updated = draw(days), draw(days)
    if published and updated:
        published, updated = sorted((published, updated))
    slugs = draw(st.lists(names.map(slugify), min_size=4, max_size=4, unique=True))
    return records.Article(
        path="a/file.md",
        sha256="",
        slug=slugs[0],
        title=draw(spaced),
        subtitle=draw(st.none() | spaced),
        summary=draw(st.none() | spaced),
        authors=tuple(draw(st.lists(spaced, max_size=3))),
        language=draw(st.sampled_from(["en", "no", "pt-BR", "zh-Hant-TW"])),
        published=published,
        updated=updated,
        url=draw(st.none() | st.just("https://example.org/ä?b=%20#c")),
        sections=tuple(sections),
        draft=draw(st.booleans()),
        former_slugs=tuple(slugs[1 : draw(st.integers(1, 3))]),
        translation_of=draw(st.none() | st.just(slugs[3])),
    )


def without_source_details(article: records.Article) -> records.Article:
    """Return the article without lines, hash and markup, because a serialized article does not keep them."""
    sections = (
        replace(section, line=0, blocks=tuple(_strip_block(block) for block in section.blocks))
        for section in article.sections
    )
    return replace(article, sha256="", sections=tuple(sections))


def _strip_block(block: records.Block) -> records.Block:
    match block:
        case records.Paragraph():
            # A block without text becomes a rule.
            return records.Paragraph(block.text, "", 0, _PROSE if block.text else records.ParagraphKind.RULE)
        case records.PointList():
            return replace(block, line=0, points=tuple(replace(point, html="", line=0) for point in block.points))
        case records.Table():
            statements = tuple(_strip_statement(row) for row in block.statements)
            return replace(block, html="", html_rows=(), line=0, statements=statements)


def _strip_statement(row: records.TableStatement) -> records.TableStatement:
    match row:
        case records.Stance():
            measures = tuple(records.Measure(measure.text, "", 0) for measure in row.measures)
            return replace(row, html="", line=0, measures=measures)
        case records.Approach():
            return replace(row, html="", line=0)
        case records.Role():
            return replace(row, function_html="", core_message_html="", line=0)
        case records.ProposedSolution():
            return replace(row, challenge_html="", html="", anticipated_benefit_html="", line=0)


def _is_government_name(name: str) -> bool:
    return not re.search(r"s\s*approach", fold(name))
