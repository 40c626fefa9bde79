"""The parser of sections: headings, and the blocks below each of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from counterpoint.article.block_attributes import LIST_TYPES, TABLE_TYPE, AttributedBlock, attach_attributes
from counterpoint.article.lists import parse_list
from counterpoint.article.markdown import FOOTNOTE, FULL_WIDTH_COLON, Body, line_of
from counterpoint.article.messages import shorten_and_quote
from counterpoint.article.normalization import describe_name_problem, slugify
from counterpoint.article.records import Block, Paragraph, ParagraphKind, Section
from counterpoint.article.rendering import code_language, find_images
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_classifier import TableClassifier
from counterpoint.article.table_grid import table_grid
from counterpoint.article.tables import parse_table

TOP_SECTION_SLUG = "_top"
"""The slug of the section before the first heading; unique because no slug of a heading contains an underscore."""

_KINDS_BY_TOKEN = {
    "blockquote_open": ParagraphKind.QUOTE,
    "fence": ParagraphKind.CODE,
    "code_block": ParagraphKind.CODE,
    "hr": ParagraphKind.RULE,
}
_CONTAINERS = {
    "blockquote_open": "quotation",
    FOOTNOTE: "footnote",
    **dict.fromkeys(LIST_TYPES, "list"),
}
"""The blocks that contain others, in words."""
_ONLY_IMAGES = re.compile(r"(?:<img [^>]*>|<br>|\s)+")
"""The HTML of images alone. Within an attribute, `>` is escaped."""
_ESCAPED_COLON_AT_END = re.compile(r"(?<!\\)(?:\\\\)*\\[:\uff1a]$")


def parse_sections(body: Body, classifier: TableClassifier, source: SourceFile) -> tuple[Section, ...]:
    """Parse the sections of an article, the first of which may have no heading. Report invalid content."""
    outline = _Outline()
    sections = []
    attributed_blocks = attach_attributes(body, source)
    for block in attributed_blocks:
        if block.type in _CONTAINERS:
            _check_inner_tables(block, classifier, source)
    for heading, content in _group_blocks(attributed_blocks):
        blocks = tuple(_parse_blocks(content, body, classifier, source))
        if heading:
            sections.append(_parse_section(heading, blocks, outline, body, source))
        elif blocks:
            sections.append(Section(TOP_SECTION_SLUG, None, 1, blocks, blocks[0].line))
    return tuple(sections)


@dataclass(slots=True)
class _Outline:
    """The headings so far: the level of the last, and for each slug the number to try for its next duplicate."""

    level: int = 1
    next_numbers: dict[str, int] = field(default_factory=dict)

    def make_unique_slug(self, slug: str) -> str:
        """Return the slug, with a number from 2 at its end if it is in use."""
        if slug not in self.next_numbers:
            self.next_numbers[slug] = 2
            return slug
        number = self.next_numbers[slug]
        while f"{slug}-{number}" in self.next_numbers:
            number += 1
        self.next_numbers[slug] = number + 1
        return self.make_unique_slug(f"{slug}-{number}")


def _group_blocks(blocks: list[AttributedBlock]) -> Iterator[tuple[AttributedBlock | None, list[AttributedBlock]]]:
    heading: AttributedBlock | None = None
    content: list[AttributedBlock] = []
    for block in blocks:
        if block.type == "heading_open":
            yield heading, content
            heading, content = block, []
        else:
            content.append(block)
    yield heading, content


def _parse_section(
    heading: AttributedBlock, blocks: tuple[Block, ...], outline: _Outline, body: Body, source: SourceFile
) -> Section:
    level = int(heading.tokens[0].tag[1:])
    text, html, _ = body.render_inline(heading.tokens[1].content)
    _check_links(html, "a heading", heading.line, source)
    if problem := describe_name_problem(text):
        source.report(f"the heading {shorten_and_quote(text)} {problem}", heading.line)
    if level == 1:
        message = "this heading has level 1, which only the title in the front matter has"
        source.report(message, heading.line, hint="begin it with ##")
    elif level > outline.level + 1:
        message = f"a heading of level {level} follows level {outline.level}, so that a level is skipped"
        source.warn(message, heading.line, hint=f"begin it with {'#' * (outline.level + 1)}")
    outline.level = level
    return Section(outline.make_unique_slug(slugify(text)), text, level, blocks, heading.line)


def _parse_blocks(
    content: list[AttributedBlock], body: Body, classifier: TableClassifier, source: SourceFile
) -> Iterator[Block]:
    lead_in: str | None = None
    for block, next_block in zip(content, [*content, None][1:], strict=True):
        if block.type in LIST_TYPES:
            yield parse_list(block, lead_in, body, source)
            lead_in = None
        elif block.type == TABLE_TYPE:
            yield parse_table(block, body, classifier, source)
        elif block.type != "paragraph_open":
            yield _parse_other_block(block, body)
        else:
            raw = block.tokens[1].content
            rendered = body.render_inline(raw)
            ends_in_colon = rendered.text.endswith((":", FULL_WIDTH_COLON)) and not _ESCAPED_COLON_AT_END.search(raw)
            if ends_in_colon and next_block and next_block.type in LIST_TYPES:
                lead_in = rendered.text
                _check_links(rendered.html, "a list's lead-in", block.line, source)
            else:
                images = find_images(rendered.tokens)
                has_only_images = images and _ONLY_IMAGES.fullmatch(rendered.html)
                kind = ParagraphKind.IMAGE if has_only_images else ParagraphKind.PROSE
                yield Paragraph(rendered.text, f"<p>{rendered.html}</p>", block.line, kind, images=images)


def _parse_other_block(block: AttributedBlock, body: Body) -> Paragraph:
    """Parse a block that is no paragraph in Markdown: a quote, code, a rule or a footnote."""
    rendered = body.render_blocks(block.tokens)
    kind = _KINDS_BY_TOKEN.get(block.type, ParagraphKind.PROSE)
    images = find_images(rendered.tokens)
    return Paragraph(rendered.text, rendered.html, block.line, kind, code_language(block.tokens[0]), images)


def _check_inner_tables(block: AttributedBlock, classifier: TableClassifier, source: SourceFile) -> None:
    """Warn about the tables of statements inside a list, quotation or footnote, which make no statements there."""
    for token in block.tokens[1:]:
        if token.type == TABLE_TYPE and classifier.is_known(table_grid(token).rows[0]):
            container = _CONTAINERS[block.type]
            message = f"the rows of this table are no statements, because it is inside a {container}"
            source.warn(message, line_of(token), hint=f"put it below the {container}, with an empty line above it")


def _check_links(html: str, place: str, line: int, source: SourceFile) -> None:
    if "<a " in html or "<img " in html:
        source.warn(f"the address in {place} is not kept", line, hint="move the link, image or footnote to a paragraph")
