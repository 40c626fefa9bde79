"""Hypothesis strategies for articles to seed: few names with many spellings, and edge cases for databases and JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any

from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.front_matter_writer import quote_yaml
from counterpoint.article.name_declarations import KEYS, NAMES_FILE, parse_name_declarations
from counterpoint.article.normalization import slugify
from counterpoint.article.settled_names import NameKind, SettledNames

EDGE_CASE_TEXTS = (
    "plain",
    'a "quoted" word',
    "back\\slash \\u0041 \\",
    "it's '' $1 ? :name %s %(a)s {} --",
    "control \x01\x02\x08\x0b\x0c\x1b\x1f\x7f\x85",
    "tab\tline\nreturn\r",
    "separators \u2028\u2029\xa0\u200b\ufeff",
    "emoji 😀👩‍👩‍👧‍👦🏳️‍🌈",
    "שלום \u202eright to left\u202c عربي",
    "e\u0301 é ﬁ İ ß ẞ ǅ",
    "non-characters \ufffe\uffff\U0010ffff",
    "</script><!-- & &amp; -->",
    "null",
    "0",
    "[]",
    "{}",
    "東京都",
    "raids raid, raided Raid's raiders",
    "Häuser des Hauses, Ab\N{SOFT HYPHEN}schie\N{SOFT HYPHEN}bungen einer Abschiebung",
    "рейды рейдов рейд",
)

EDGE_CASE_NAMES = (
    "Mayor",
    "MAYOR!",
    "The “Mayor”",
    "the-mayor",
    'Quoted " \\ name',
    "ﬁrm",
    "Firm",
    "Ünion",
    "Union",
    "東京都",
    "﨎",
    "𐐨",
    "😀 1",
    "a b",
    "a-b",
    "a",
    "a\x01",
    "Zebra",
    "zebra",
    "שלום",
    "İstanbul",
)
"""Several have the same slug. Some sort differently in any order but that of code points."""

FORMER_SLUGS = ("was-a", "was-b", "京", "x-y", "0")

LONG_TEXTS = (
    "long " * 45,
    "long " * 45 + "and longer",
    "LONG  " * 45 + "and so on",
    "lang" * 50,
    "lang" * 50 + "e",
    "ﬁ" * 99 + "éé%",
    "😀" * 201,
)
"""Texts that differ only after the prefix that databases index."""

texts = (
    st.sampled_from(EDGE_CASE_TEXTS)
    | st.sampled_from(LONG_TEXTS)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
)
names = st.sampled_from(EDGE_CASE_NAMES)
authors = st.sampled_from(["A. Writer", "a.  WRITER", "\uff21. Writer", "B. Writer"]) | texts
lines = st.integers(1, 9_999)

measures = st.builds(records.Measure, texts, texts, lines)
stances = st.builds(records.Stance, names, texts, texts, st.lists(measures, max_size=3).map(tuple), lines)
roles = st.builds(records.Role, names, texts, texts, texts, texts, lines)
solutions = st.builds(
    records.ProposedSolution,
    st.sampled_from(["Distrust", " distrust ", "Delay", "😀"]),
    *[texts] * 5,
    lines,
)
points = st.builds(records.Point, st.none() | texts, texts, texts, lines)
images = st.builds(records.Image, texts, texts, st.none() | texts)
paragraphs = st.builds(
    records.Paragraph,
    texts,
    texts,
    lines,
    st.sampled_from(records.ParagraphKind),
    st.none() | texts,
    st.lists(images, max_size=2).map(tuple),
)
lists = st.builds(
    records.PointList,
    st.sampled_from(records.PointKind),
    st.none() | texts,
    st.lists(points, max_size=4).map(tuple),
    lines,
    st.none() | st.sampled_from([0, 1, 999_999_999]),
)


@st.composite
def tables(draw: st.DrawFn) -> records.Table:
    contents = draw(st.sampled_from(records.TableContents))
    statements: list[records.TableStatement] = []
    governments: list[str] = []
    areas: list[str] = []
    match contents:
        case records.TableContents.STANCES:
            statements += draw(st.lists(stances, max_size=3))
        case records.TableContents.ROLES:
            statements += draw(st.lists(roles, max_size=3))
        case records.TableContents.SOLUTIONS:
            statements += draw(st.lists(solutions, max_size=3))
        case records.TableContents.APPROACHES:
            governments = draw(st.lists(names, min_size=1, max_size=3, unique_by=slugify))
            areas = draw(st.lists(names, max_size=3, unique_by=slugify))
            statements += (
                records.Approach(area, government, draw(texts), draw(texts), draw(lines))
                for area in areas
                for government in governments
                if draw(st.booleans())
            )
    columns = tuple(draw(st.lists(texts, min_size=1, max_size=3)))
    row_lists = st.lists(st.tuples(*[texts] * len(columns)), max_size=2).map(tuple)
    rows = draw(row_lists)
    return records.Table(
        contents,
        columns,
        rows,
        draw(texts),
        draw(st.just(rows) | row_lists),
        tuple(draw(st.sampled_from(records.ColumnAlignment)) for _ in columns),
        tuple(statements),
        tuple(governments),
        tuple(areas),
        draw(lines),
    )


@st.composite
def articles(draw: st.DrawFn, path: str = "a.md", name: str = "a") -> records.Article:
    blocks = st.lists(tables() | lists | paragraphs, max_size=3).map(tuple)
    headings = draw(st.lists(names, max_size=2, unique_by=slugify))
    sections = [records.Section("_top", None, 1, draw(blocks), draw(lines))]
    sections += (
        records.Section(slugify(heading), heading, draw(st.integers(2, 6)), draw(blocks), draw(lines))
        for heading in headings
    )
    days = st.none() | st.sampled_from([date(1, 1, 1), date(2019, 7, 16), date(2019, 7, 17), date.max])
    return with_content_hash(
        records.Article(
            path=path,
            sha256="",
            slug=name,
            title=draw(texts),
            subtitle=draw(st.none() | texts),
            summary=draw(st.none() | texts),
            authors=tuple(draw(st.lists(authors, max_size=3))),
            language=draw(st.sampled_from(["en", "pt-BR", "PT-br", "de", "ru", "ja"])),
            published=draw(days),
            updated=draw(days),
            url=draw(st.none() | texts),
            sections=tuple(sections),
        )
    )


def with_content_hash(article: records.Article) -> records.Article:
    """Return the article with a hash of its content, in place of a hash of its file."""
    return replace(article, sha256=sha256(repr(replace(article, sha256="")).encode()).hexdigest())


@st.composite
def article_folders(draw: st.DrawFn, *, largest: int = 4) -> list[records.Article]:
    """Draw articles with distinct paths and slugs, some of which translate another."""
    slugs = draw(st.lists(st.sampled_from(["a", "a-b", "b", "﨎", "𐐨", "東京都", "z"]), max_size=largest, unique=True))
    former_slugs = iter(draw(st.lists(st.sampled_from(FORMER_SLUGS), unique=True)))
    folder = []
    for number, name in enumerate(slugs):
        article = draw(articles(f"{number}.md", name))
        own_slugs = tuple(islice(former_slugs, draw(st.integers(0, 2))))
        folder.append(replace(article, former_slugs=own_slugs))
    slugs += [slug for article in folder for slug in article.former_slugs]
    return [with_content_hash(replace(article, translation_of=draw(originals(article, slugs)))) for article in folder]


def originals(article: records.Article, slugs: list[str]) -> st.SearchStrategy[str | None]:
    """Return a strategy for the slug of the article that an article translates; None is as probable as all others."""
    others = [slug for slug in slugs if slug not in (article.slug, *article.former_slugs)]
    return st.none() | st.sampled_from(others) if others else st.none()


@st.composite
def settled_names(draw: st.DrawFn) -> SettledNames:
    """Draw the names of a names file: for each kind, a few names with their aliases."""
    lines = []
    for key in KEYS:
        pool = draw(st.lists(names, max_size=6, unique_by=slugify))
        lines.append(f"{key}:")
        while pool:
            name, *aliases = (quote_yaml(pool.pop()) for _ in range(min(draw(st.integers(1, 3)), len(pool))))
            lines.append(f"  {name}: [{', '.join(aliases)}]")
    return parse_name_declarations("\n".join(lines), path=NAMES_FILE)


def settle_article(article: records.Article, names: SettledNames) -> records.Article:
    """Return the article as the parser returns it if the names are settled."""
    sections = tuple(
        replace(section, blocks=tuple(_settle_block(block, names) for block in section.blocks))
        for section in article.sections
    )
    return with_content_hash(replace(article, sections=sections))


def _settle_block(block: records.Block, names: SettledNames) -> records.Block:
    if not isinstance(block, records.Table):
        return block
    return replace(
        block,
        statements=tuple(_settle_statement(statement, names) for statement in block.statements),
        governments=tuple(names.settle(NameKind.GOVERNMENT, name) for name in block.governments),
        policy_areas=tuple(names.settle(NameKind.POLICY_AREA, name) for name in block.policy_areas),
    )


def _settle_statement(statement: records.TableStatement, names: SettledNames) -> records.TableStatement:
    settled: dict[str, Any] = {
        kind: names.settle(kind, name) for kind in NameKind if (name := getattr(statement, kind, None))
    }
    return replace(statement, **settled)
