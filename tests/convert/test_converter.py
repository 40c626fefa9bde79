"""Each source in `cases/` converts to the draft (`.md`) and the doubts (`.problems`) in the files beside it."""

from __future__ import annotations

import dataclasses
import io
import random
import re
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from counterpoint.article.formatter import format_article
from counterpoint.article.parser import parse_article
from counterpoint.article.records import Article, Paragraph
from counterpoint.convert.converter import ConverterOptions, convert
from counterpoint.convert.draft import Draft
from counterpoint.convert.html_tree import MAX_DEPTH
from counterpoint.convert.source import MAX_SOURCE_BYTES, SourceError, SourceFormat, detect_format
from counterpoint.errors import Severity
from support.database_helpers import REPOSITORY
from support.word_documents import build_docx, list_item, paragraph, table

CASES = Path(__file__).parent / "cases"
SOURCES = sorted([*CASES.glob("*.txt"), *CASES.glob("*.html")])
OPTIONS = ConverterOptions(path="draft.md")
NOT_IN_SCRAPED_TEXT = {"line", "path", "source_text", "slug", "summary", "draft"}
SEED = REPOSITORY / "seed" / "chicago-immigration-standoff.md"


def convert_bytes(content: bytes, suffix: str = "") -> Draft:
    return convert(content, detect_format(content, suffix), OPTIONS)


def convert_text(text: str) -> str:
    return convert(text.encode(), SourceFormat.TEXT, OPTIONS).text


def convert_html(text: str) -> Draft:
    return convert(text.encode(), SourceFormat.HTML, OPTIONS)


def body_of(draft: str) -> str:
    return draft.split("\n---\n\n", 1)[1]


def parse(text: str) -> Article:
    return parse_article(text, path="draft.md", sha256="").article


def test_row_of_a_markdown_table_without_a_first_cell_stays_a_row() -> None:
    draft = convert_text("A Title\nThe text. It goes on.\n| A | B |\n|---|---|\n| a | |\n| | b |\n")
    assert "| a | |\n| | b |\n" in draft


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_source_converts_to_its_draft_with_its_doubts(source: Path) -> None:
    draft = convert_bytes(source.read_bytes(), source.suffix)
    assert draft.text == source.with_suffix(".md").read_text(encoding="utf-8")
    problems = "".join(f"{problem}\n" for problem in draft.problems)
    assert problems == source.with_suffix(".problems").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_draft_is_a_valid_article_that_is_not_published(source: Path) -> None:
    draft = convert_bytes(source.read_bytes(), source.suffix)
    assert [problem for problem in draft.problems if problem.severity is Severity.ERROR] == []
    assert parse(draft.text).draft
    assert format_article(parse(draft.text)) == draft.text


def scrape(article: str) -> str:
    """Return an article as a web page's text would be: without front matter, marks of headings and class lines."""
    front_matter, body = article.removeprefix("---\n").split("\n---\n", 1)
    title, subtitle = (re.search(rf"^{key}: (.+)$", front_matter, re.MULTILINE) for key in ("title", "subtitle"))
    assert title
    assert subtitle
    body = re.sub(r"^#+ |^\{\..+\}\n", "", body, flags=re.MULTILINE)
    body = re.sub(r"(?<=[^\n|])\n(?=[^\n|-])", " ", body)
    return f"{title[1]}: {subtitle[1]}\n" + re.sub(r"\n{2,}", "\n", body)


def typed_content(value: object) -> object:
    """Return a record as nested tuples, without lines, prose and what no scraped text has."""
    if isinstance(value, tuple):
        return tuple(typed_content(item) for item in value if not isinstance(item, Paragraph))
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value)]
        names = [name for name in fields if name not in NOT_IN_SCRAPED_TEXT]
        return (type(value).__name__, *(typed_content(getattr(value, name)) for name in names))
    return value


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n"])
def test_first_article_as_scraped_converts_to_the_records_of_the_hand_made_one(line_end: str) -> None:
    article = SEED.read_text(encoding="utf-8")
    draft = convert_text(scrape(article).replace("\n", line_end))
    assert typed_content(parse(draft)) == typed_content(parse(article))


def test_word_document_converts_by_its_styles_and_properties() -> None:
    content = build_docx(
        paragraph("The River: Two Views", "Title"),
        paragraph("A deck", "Subtitle"),
        paragraph("Positions", "Heading1"),
        paragraph("Highlights of the dispute:"),
        list_item("One"),
        list_item("Nested", level=1),
        list_item("Two"),
        table(["Party", "Stance", "Recent Measures"], ["A", "Wants it", "Did this; did that"]),
        paragraph("We object.", "Quote"),
        paragraph("What follows", is_bold=True),
        paragraph("Nothing."),
        creator="Jane Doe; John Roe",
        language="en-GB",
    )
    draft = convert_bytes(content)
    assert draft.text == (
        '---\ntitle: "The River: Two Views"\nsubtitle: A deck\nslug: the-river-two-views\n'
        "authors: [Jane Doe, John Roe]\nlanguage: en-GB\ndraft: true\n---\n\n"
        "## Positions\n\nHighlights of the dispute:\n\n{.highlights}\n- One\n  - Nested\n- Two\n\n"
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| A | Wants it | Did this; did that |\n\n"
        "> We object.\n\n### What follows\n\nNothing.\n"
    )


def test_word_document_without_styles_gets_its_first_line_as_title_and_short_lines_as_headings() -> None:
    content = build_docx(
        paragraph("A title"), paragraph("This is a text."), paragraph("A heading"), paragraph("More text.")
    )
    draft = convert_bytes(content)
    assert parse(draft.text).title == "A title"
    assert body_of(draft.text) == "This is a text.\n\n## A heading\n\nMore text.\n"
    assert "draft.md:2:1: warning: the first line was taken as the title" in map(str, draft.problems)


@pytest.mark.parametrize(
    ("line", "authors", "published"),
    [
        ("By Jane Doe | July 16, 2019", ("Jane Doe",), "2019-07-16"),
        ("16 July 2019 at 10:30 AM", (), "2019-07-16"),
        ("Tuesday, 16th July 2019", (), "2019-07-16"),
        ("Par Jean Dupont et Anne Le Gall, publié le 1er août 2020", ("Jean Dupont", "Anne Le Gall"), "2020-08-01"),
        ("Autor: João da Silva — 16 de julho de 2019", ("João da Silva",), "2019-07-16"),
        ("Von Erika Muster, 16.7.2019", ("Erika Muster",), "2019-07-16"),
        ("Автор: Иван Петров | 16 июля 2019", ("Иван Петров",), "2019-07-16"),
        ("2019년 7월 16일", (), "2019-07-16"),
        ("16 tháng 7, 2019", (), "2019-07-16"),
        ("Published 13/07/2019", (), "2019-07-13"),
        ("Jane Doe\nJuly 16, 2019", ("Jane Doe",), "2019-07-16"),
    ],
)
def test_authors_and_date_are_read_from_the_lines_below_the_title(
    line: str, authors: tuple[str, ...], published: str
) -> None:
    article = parse(convert_text(f"A title\n{line}\n\nThe text of the article says something.\n"))
    assert (article.authors, str(article.published)) == (authors, published)
    assert [block.text for section in article.sections for block in section.blocks if isinstance(block, Paragraph)] == [
        "The text of the article says something."
    ]


def test_date_in_which_day_and_month_are_unclear_is_left_out() -> None:
    draft = convert(b"A title\nPublished 07/08/2019\n\nThe text.\n", SourceFormat.TEXT, OPTIONS)
    assert parse(draft.text).published is None
    assert any("day and month can't be told apart" in problem.message for problem in draft.problems)


def test_doubt_about_the_kind_of_a_list_quotes_its_word_behind_a_sharp_s() -> None:
    draft = convert("# A\n\n## Große Straßen, hohe Ziele\n\n- B\n- C\n".encode(), SourceFormat.TEXT, OPTIONS)
    assert "the kind of this list is guessed from 'ziele'" in [problem.message for problem in draft.problems]


@pytest.mark.parametrize(
    "text",
    [
        "By 2019, the city had changed its mind about the river.",
        "Published works of this author fill a library of 2019 books.",
        "He said: wait, and see what the mayor does in July 2019.",
    ],
)
def test_prose_that_begins_like_a_byline_stays(text: str) -> None:
    assert body_of(convert_text(f"A title\n\n{text}\n")) == f"{text}\n"


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("A * b and c_d_e and _f_ and [g] and `h.", "A \\* b and c_d_e and \\_f\\_ and \\[g\\] and \\`h."),
        ("1 < 2, <b> & &amp; ~~x~~ | y.", "1 < 2, \\<b> & \\&amp; \\~~x\\~~ \\| y."),
        ("See https://example.org/a_b?c=*d.", "See <https://example.org/a_b?c=*d>."),
        ("**Bold** and [a link](https://example.org).", "**Bold** and [a link](https://example.org)."),
        ("— A dash begins this sentence.", "— A dash begins this sentence."),
        ("2019. That was the year of the plan.", "2019\\. That was the year of the plan."),
        ("A\u00a0soft\u00adhyphen and\u200b zero width.", "A softhyphen and zero width."),
    ],
)
def test_characters_of_text_are_kept(source: str, body: str) -> None:
    draft = convert_text(f"A title\n\n{source}\n\nMore text.\n")
    assert body_of(draft) == f"{body}\n\nMore text.\n"
    assert "More text." in draft


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>A.<p>B.<ul><li>C<li>D<ul><li>E</ul></ul>", "A.\n\nB.\n\n- C\n- D\n  - E\n"),
        ("<p>A.</p><ol start=4><li>B</ol>", "A.\n\n1. B\n"),
        ("<p><a href='javascript:x'>A</a> <a href='/b'>B</a></p>", "A [B](/b)\n"),
        ("<p>A<script>x</script></p><nav>B</nav><form>C</form>", "A\n"),
        ("<p hidden>A</p><p style='display: none'>B</p><p>C.</p>", "C.\n"),
        ("<p>A</p><pre>b `c`\n  d</pre>", "A\n\n```\nb `c`\n  d\n```\n"),
        ("<p>A.</p><blockquote>B<ul><li>C</ul></blockquote>", "A.\n\n> B\n>\n> - C\n"),
        ("<p>A.</p><dl><dt>B<dd>C</dl>", "A.\n\n- **B:** C\n"),
        ("<p>A</p><table><tr><td>B</table>", "A\n\nB\n"),
        ("<p>A.</p><table><tr><th colspan=2>B<th>C<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>",
         "A.\n\n| B | | C |\n|---|---|---|\n| 1 | 2 | 3 |\n| 1 | 4 | 5 |\n"),
        ("<h2>A<p>B", "## A\n\nB\n"),
        ("<h1>A title</h1><h4>B</h4><p>C<h2>D</h2><h6>E</h6>", "## B\n\nC\n\n## D\n\n### E\n"),
        ("<p>A &amp; B &lt;c&gt;</p>", "A & B \\<c>\n"),
    ],
)  # fmt: skip
def test_elements_of_html_become_markdown(html: str, body: str) -> None:
    assert body_of(convert_html(f"<title>A title</title><body>{html}").text) == body


@pytest.mark.parametrize(
    ("content", "suffix", "source_format"),
    [
        (b"<!DOCTYPE html><p>x", "", SourceFormat.HTML),
        (b"\xef\xbb\xbf \n<HTML>", ".txt", SourceFormat.HTML),
        (b"PK\x03\x04", ".txt", SourceFormat.DOCX),
        (b"x", ".HTM", SourceFormat.HTML),
        (b"x", ".docx", SourceFormat.DOCX),
        (b"x", "", SourceFormat.TEXT),
    ],
)
def test_format_is_detected(content: bytes, suffix: str, source_format: SourceFormat) -> None:
    assert detect_format(content, suffix) is source_format


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_unicode_is_read(encoding: str) -> None:
    content = "Tïtle\n\nThe text.\n".encode(encoding)
    assert parse(convert(content, SourceFormat.TEXT, OPTIONS).text).title == "Tïtle"


@pytest.mark.parametrize("declaration", ["<meta charset=windows-1252>", "<meta charset='iso-8859-1'>"])
def test_page_is_read_in_the_encoding_that_it_declares(declaration: str) -> None:
    content = f"{declaration}<title>Tïtle</title><p>“Text”".encode("cp1252")
    draft = convert(content, SourceFormat.HTML, OPTIONS).text
    assert (parse(draft).title, body_of(draft)) == ("Tïtle", "“Text”\n")


def zip_of(**members: str) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "source_format", "message"),
    [
        (b"", "text", "is empty"),
        (b" \r\n", "html", "is empty"),
        (b"x" * (MAX_SOURCE_BYTES + 1), "text", f"is larger than {MAX_SOURCE_BYTES:,} bytes"),
        (b"a\0b", "text", "is binary, or in an encoding other than UTF-8: it contains NUL characters"),
        (b"T\xefxt", "text", "has bytes at position 1 that are not UTF-8: .*"),
        (b"\xff\xfea", "text", "has bytes at position .* that are not UTF-16: .*"),
        (b"<meta charset=klingon>x", "html", "declares the unknown encoding 'klingon'"),
        (b"<meta charset=utf-8>\xe4", "html", "has bytes at position 20 that are not UTF-8: .*"),
        (b"%PDF-1.7", "text", "is neither text nor HTML nor .docx: .*"),
        (b"<div>" * (MAX_DEPTH + 5), "html", f"has elements that are nested more than {MAX_DEPTH} levels deep"),
        (b"<title>T</title>", "html", "has no text, or nothing but a title"),
        (b"T", "text", "has no text, or nothing but a title"),
        (b"PK\x03\x04x", "docx", "is not a .docx file, or is damaged"),
        (b"x", "docx", "is not a .docx file, or is damaged"),
        (zip_of(a="b"), "docx", "is not a .docx file, or is damaged"),
        (build_docx(paragraph("x"))[:900], "docx", "is not a .docx file, or is damaged"),
        (build_docx("<w:p>" * 1_500 + "</w:p>" * 1_500), "docx", "is not a .docx file, or is damaged"),
        (zip_of(word__document=" " * 20_000_001), "docx", "has more than 20,000,000 bytes of text when unpacked"),
    ],
)
def test_source_that_cannot_be_read_is_described(content: bytes, source_format: str, message: str) -> None:
    with pytest.raises(SourceError) as error:
        convert(content, SourceFormat(source_format), OPTIONS)
    assert re.fullmatch(message, str(error.value))


FRAGMENTS = [
    *(b"|", b"\t", b"\n", b"\r\n\r\n", b"- ", "\u2022 ".encode(), b"1. ", b"#", b"**", b"`", b"[a](b)", b"[^1]"),
    *(b"---", b"<b>", b"</p>", b"<table>", b"<td colspan=9>", b"<li>", b"<h1>", b"<pre>", b"<!--", b"<br>", b"{.x}"),
    *(b"Party\nStance\nRecent Measures\n", b"By A", b"2019-99-99", "\uff1a".encode(), b"\\", b"> ", b"&amp;"),
]  # fmt: skip


def mutate(content: bytes, generator: random.Random) -> bytes:
    """Return content with some bytes inserted, repeated, deleted and replaced."""
    edited = bytearray(content)
    for _ in range(generator.randint(1, 6)):
        start, length = generator.randrange(len(edited) + 1), generator.randint(1, 200)
        match generator.randrange(4):
            case 0:
                edited[start:start] = generator.choice(FRAGMENTS)
            case 1:
                edited[start:start] = edited[start : start + length]
            case 2:
                del edited[start : start + length]
            case _:
                edited[start : start + 1] = bytes([generator.randrange(256)])
    return bytes(edited)


@pytest.mark.parametrize("number", range(40))
def test_damaged_source_gives_a_draft_or_one_error(number: int) -> None:
    generator = random.Random(number)
    sources = [(path.read_bytes(), path.suffix) for path in SOURCES]
    content, suffix = generator.choice([*sources, (build_docx(paragraph("T"), paragraph("x.")), ".docx")])
    for source_format in (detect_format(content, suffix), generator.choice([*SourceFormat])):
        with suppress(SourceError):
            draft = convert(mutate(content, generator), source_format, OPTIONS)
            assert draft.text.startswith("---\ntitle: ")
            assert all(1 <= problem.place.line <= draft.text.count("\n") for problem in draft.problems)
