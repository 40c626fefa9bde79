"""The body's blocks in order, gathered under their headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from counterpoint.article.block_attributes import LISTS, TABLE, AttributedBlock, attach_attributes
from counterpoint.article.lists import parse_list
from counterpoint.article.markdown import Body
from counterpoint.article.normalization import name_problem, slugify
from counterpoint.article.records import Block, Paragraph, Section
from counterpoint.article.source_file import SourceFile, shorten_and_quote
from counterpoint.article.tables import parse_table

TOP = "_top"
"""The slug of the section before the first heading; no heading's slug has an underscore."""

_ESCAPED_COLON = re.compile(r"(?<!\\)(?:\\\\)*\\:$")


def parse_sections(body: Body, source: SourceFile) -> tuple[Section, ...]:
    """The sections in order; text before the first heading is one without."""
    outline = _Outline()
    sections = []
    for heading, content in _by_heading(attach_attributes(body, source)):
        blocks = tuple(_blocks(content, body, source))
        if heading:
            sections.append(_section(heading, blocks, outline, body, source))
        elif blocks:
            sections.append(Section(TOP, None, 1, blocks, blocks[0].line))
    return tuple(sections)


@dataclass(slots=True)
class _Outline:
    """The level of the heading before, and for each slug in use the number to try for the next like it."""

    level: int = 1
    numbers: dict[str, int] = field(default_factory=dict)

    def unique(self, name: str) -> str:
        if name not in self.numbers:
            self.numbers[name] = 2
            return name
        number = self.numbers[name]
        while f"{name}-{number}" in self.numbers:
            number += 1
        self.numbers[name] = number + 1
        return self.unique(f"{name}-{number}")


def _by_heading(blocks: list[AttributedBlock]) -> Iterator[tuple[AttributedBlock | None, list[AttributedBlock]]]:
    heading: AttributedBlock | None = None
    content: list[AttributedBlock] = []
    for block in blocks:
        if block.type == "heading_open":
            yield heading, content
            heading, content = block, []
        else:
            content.append(block)
    yield heading, content


def _section(
    heading: AttributedBlock, blocks: tuple[Block, ...], outline: _Outline, body: Body, source: SourceFile
) -> Section:
    level = int(heading.tokens[0].tag[1:])
    text = body.inline(heading.tokens[1].content).text
    name = slugify(text)
    if wrong := name_problem(text):
        source.report(f"the heading {shorten_and_quote(text)} {wrong}", heading.line)
    if level == 1:
        hint = "begin this heading with ##"
        source.report("the title in the front matter is the only heading of level 1", heading.line, hint=hint)
    elif level > outline.level + 1:
        message = f"a heading of level {level} follows level {outline.level}"
        hint = f"begin it with {'#' * (outline.level + 1)}"
        source.report(message, heading.line, hint=hint)
    outline.level = level
    return Section(outline.unique(name), text, level, blocks, heading.line)


def _blocks(content: list[AttributedBlock], body: Body, source: SourceFile) -> Iterator[Block]:
    lead_in: str | None = None
    for chunk, following in zip(content, [*content, None][1:], strict=True):
        if chunk.type in LISTS:
            yield parse_list(chunk, lead_in, body, source)
            lead_in = None
        elif chunk.type == TABLE:
            yield parse_table(chunk, body, source)
        elif chunk.type != "paragraph_open":
            whole = body.blocks(chunk.tokens)
            yield Paragraph(whole.text, whole.html, chunk.line)
        else:
            written = chunk.tokens[1].content
            said = body.inline(written)
            ends_in_colon = said.text.endswith(":") and not _ESCAPED_COLON.search(written)
            if ends_in_colon and following and following.type in LISTS:
                lead_in = said.text
            else:
                yield Paragraph(said.text, f"<p>{said.html}</p>", chunk.line)
