"""Checks for Markdown that is valid, but means something else than its author probably meant."""

import posixpath
import re
from collections.abc import Iterator
from itertools import count, islice, pairwise

from markdown_it.token import Token

from counterpoint.article.block_attributes import LIST_TYPES
from counterpoint.article.images import find_image_problems
from counterpoint.article.markdown import Body, is_safe_url, line_of
from counterpoint.article.messages import shorten_and_quote
from counterpoint.article.misread_lines import (
    TEXT_HINT,
    explain_link,
    find_invalid_lines,
    find_questionable_lines,
    has_suspicious_line,
)
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_grid import table_grid

# Most texts do not match the first, so that the others need not run.
_SUSPICIOUS_INLINE = re.compile(r"\]\s?[\[(]|\)\[|!\[|\[\^|<[!/?a-zA-Z]|\.\./|~~|\^\[|\*\*")
_PIPE = re.compile(r"(?<!\\)\|")

_FOOTNOTE_REFERENCE = re.compile(r"(?<!\])\[\^([^\[\]]+)\]")
_INLINE_FOOTNOTE = re.compile(r"\^\[")
_REFERENCE_LINK = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_INLINE_LINK = re.compile(r"\[[^\[\]]*\]\(([^()]*)\)?")
_SPACED_LINK = re.compile(r"\[[^\[\]]+\]\s\((?:https?://|mailto:)[^)]*\)")
_REVERSED_LINK = re.compile(r"\([^()]+\)\[(?:https?://|mailto:)[^\]]*\]")
_ADDRESS = re.compile(r"<([a-z][a-z0-9+.-]+:[^\s<>]*)>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--|<\?|<![A-Z]")
_HTML_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BREAK_HINT = "write \\ at the end of a line, ; between measures, or \\< if it is a text"
_STRONG = re.compile(r"\*\*[^*\n]+\*\*")
_STRIKETHROUGH = re.compile(r"~~(?=\S)[^~\n]+~~")

_MAX_USUAL_NUMBER = 999
"""The highest number of a list item that is not probably a year."""

_BREAKS = ("softbreak", "hardbreak")


def check_misreadings(body: Body, source: SourceFile) -> None:
    """Report what looks like other Markdown: as errors, or as warnings where it may be meant."""
    for label, definition in body.env.get("references", {}).items():
        _check_definition(label, definition["href"], definition["map"][0] + 1, source)
    previous = None
    for token in body.tokens:
        if token.type == "inline":
            is_paragraph = previous is not None and previous.type == "paragraph_open"
            _check_inline_token(token, is_paragraph, body, source)
        elif token.type == "table":
            for row in table_grid(token).rows:
                if _SUSPICIOUS_INLINE.search(row.raw):
                    for cell in filter(_SUSPICIOUS_INLINE.search, row.cells):
                        _check_inline(cell, row.line, body, source)
        elif token.type == "heading_open" and token.markup == "-":
            hint = "put an empty line between them, or begin the heading with ##"
            source.warn("this text is a heading, because the line below it is ---", line_of(token), hint=hint)
        previous = token
    _check_lists(body, source)


def _check_inline_token(inline: Token, is_paragraph: bool, body: Body, source: SourceFile) -> None:
    if is_paragraph and has_suspicious_line(inline.content):
        _check_lines(inline, source)
    if is_paragraph and "|" in inline.content:
        _check_rows(inline, source)
    if _SUSPICIOUS_INLINE.search(inline.content):
        _check_inline(inline.content, line_of(inline), body, source)


def _check_rows(inline: Token, source: SourceFile) -> None:
    """Warn about the first two lines with cells, unless `checks` reports them because a pipe begins and ends each."""
    lines = inline.content.split("\n")
    has_cells = [len(_PIPE.findall(line)) > 1 and not line.startswith("|") for line in lines]
    for index, pair in enumerate(pairwise(has_cells)):
        if all(pair):
            hint = "put a line like |---|---| below the header; write \\| for a pipe"
            source.warn("these lines are no table", line_of(inline) + index, hint=hint)
            return


class _Locator:
    """The places of parts of a text in its file. Equal parts are located one after the other."""

    def __init__(self, content: str, line: int, source: SourceFile) -> None:
        self._content = content
        self._line = line
        self._source = source
        self._next_offsets: dict[str, int] = {}

    def place(self, part: str) -> tuple[int, int]:
        """Return the line and column where a part begins; markup in it is replaced by NUL."""
        visible = part.partition("\0")[0].partition("\n")[0]
        if visible not in self._content:
            # Markup inside the brackets is missing in the part, but not behind them.
            visible = visible[visible.find("]") :]
        offset = max(self._content.find(visible, self._next_offsets.get(visible, 0)), 0)
        self._next_offsets[visible] = offset + max(len(visible), 1)
        return self.place_of_offset(offset)

    def place_of_offset(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset in the text."""
        start = self._content.rfind("\n", 0, offset) + 1
        end = self._content.find("\n", offset)
        line = self._line + self._content.count("\n", 0, offset)
        # The line of the file may begin with the markers of quotes and lists.
        column = self._source.column_of(self._content[start : end if end >= 0 else None], line) + offset - start
        # A tab in the file is several spaces in the text.
        return line, min(column, len(self._source.lines[line - 1]) + 1)


def _check_lines(inline: Token, source: SourceFile) -> None:
    locator = _Locator(inline.content, line_of(inline), source)
    for offset, message, hint in find_invalid_lines(inline.content):
        source.report(message, *locator.place_of_offset(offset), hint=hint)
    for offset, message, hint in find_questionable_lines(inline.content):
        source.warn(message, *locator.place_of_offset(offset), hint=hint)


def _check_inline(content: str, line: int, body: Body, source: SourceFile) -> None:
    """Report parts of a text that look like links, footnotes or HTML, and links that lead out of the folder."""
    tokens = body.parse_ahead(content)
    text = _literal_text(tokens)
    locator = _Locator(content, line, source)
    for part, message, hint in _find_invalid_parts(text):
        source.report(message, *locator.place(part), hint=hint)
    for part, message, hint in _find_questionable_parts(text):
        source.warn(message, *locator.place(part), hint=hint)
    for part, message in _find_empty_links(tokens):
        source.warn(message, *locator.place(part), hint="write [text](https://…)")
    for address in _addresses(tokens):
        if _leaves_folder(address, source.path):
            message = f"the address {shorten_and_quote(address)} leads out of the folder"
            source.report(message, *locator.place(address), hint="write an address that begins with https://")
    for offset, address, problem in find_image_problems(tokens, content):
        if not _leaves_folder(address, source.path):
            source.report(problem, *locator.place_of_offset(offset))


def _find_invalid_parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of a text that are meant as markup for certain, each with a message and a hint."""
    for match in _FOOTNOTE_REFERENCE.finditer(text):
        hint = f"add a line [^{match[1]}]: and its text, with a label without spaces; {TEXT_HINT}"
        yield match[0], f"there is no footnote {shorten_and_quote(match[1])}", hint
    for match in _REFERENCE_LINK.finditer(text):
        if not match[2].startswith("^"):
            label = match[2] or match[1]
            hint = f"add a line [{label}]: https://…; {TEXT_HINT}"
            yield match[0], f"there is no link definition {shorten_and_quote(label)}", hint
    for match in _INLINE_LINK.finditer(text):
        yield match[0], *explain_link(match[1])
    for match in _ADDRESS.finditer(text):
        if not is_safe_url(match[1]):
            yield match[0], *explain_link(match[1])
    for match in _SPACED_LINK.finditer(text):
        yield match[0], "this is no link, because a space separates its text from its address", "remove the space"
    for match in _REVERSED_LINK.finditer(text):
        yield match[0], "this is no link, because its brackets are exchanged", "write [text](https://…)"
    for match in _COMMENT.finditer(text):
        yield match[0], "this HTML comment would be shown as text", "remove it; write \\< if it is a text"


def _find_questionable_parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of a text that may be meant as markup, each with a message and a hint."""
    for match in _HTML_TAG.finditer(text):
        yield (
            match[0],
            f"the HTML {shorten_and_quote(match[0])} is shown as text",
            _BREAK_HINT if _BREAK_TAG.fullmatch(match[0]) else "write Markdown, or \\< if it is a text",
        )
    for match in _STRIKETHROUGH.finditer(text):
        yield (
            match[0],
            f"{shorten_and_quote(match[0])} is shown as text",
            "there is no strikethrough; write \\~ for a tilde",
        )
    for match in _STRONG.finditer(text):
        hint = "put a space outside the asterisks, or move the punctuation; write \\* if it is a text"
        yield match[0], f"the asterisks of {shorten_and_quote(match[0])} are shown as text", hint
    for match in _INLINE_FOOTNOTE.finditer(text):
        hint = "write [^1] here, and a line [^1]: with its text below the paragraph"
        yield match[0], "footnotes inside a text are not supported", hint


def _literal_text(tokens: list[Token]) -> str:
    """Return the text that was not parsed as markup, with NUL in the place of links, code and escaped characters."""
    parts = []
    link_depth = 0
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            link_depth += token.nesting
        if token.type in _BREAKS:
            parts.append("\n")
        elif token.type == "text" and not link_depth:
            parts.append(token.content)
        elif not token.nesting or token.type.startswith("link"):
            parts.append("\0")
    return "".join(parts)


def _find_empty_links(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield the beginnings of links without an address or a text, each with a message."""
    for token, next_token in pairwise(tokens):
        if token.type == "link_open" and not token.attrs.get("href"):
            yield f"[{next_token.content}", "this link has no address"
        elif token.type == "link_open" and next_token.type == "link_close":
            yield "[]", "this link has no text"


def _addresses(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        address = token.attrs.get("href") or token.attrs.get("src")
        if address and "label" not in token.meta:
            yield str(address)


def _check_definition(label: str, address: str, line: int, source: SourceFile) -> None:
    """Report a link definition that leads out of the folder or is meant as a footnote."""
    if label.startswith("^"):
        message = f"{shorten_and_quote(f'[{label.lower()}]:')} is a link definition, and no footnote"
        source.report(message, line, hint="write the footnote's label without spaces")
    if _leaves_folder(address, source.path):
        message = f"the address {shorten_and_quote(address)} leads out of the folder"
        source.report(message, line, source.column_of(address, line), hint="write an address that begins with https://")


def _leaves_folder(address: str, path: str) -> bool:
    """Return whether a relative address, resolved against the file's path, is outside the seed folder."""
    if ".." not in address or address.startswith("/") or ":" in address.partition("/")[0]:
        return False
    target = re.split(r"[?#]", address)[0]
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return resolved == ".." or resolved.startswith("../")


def _check_lists(body: Body, source: SourceFile) -> None:
    """Warn where another marker begins a new list, where a number such as a year begins one, and where one changes."""
    for closing, opening in zip([None, *body.tokens], body.tokens, strict=False):
        if opening.type == "ordered_list_open" and int(opening.attrs.get("start", 1)) > _MAX_USUAL_NUMBER:
            message = f"this line begins a list with the number {opening.attrs['start']}"
            hint = "write a backslash before the full stop if it is a text"
            source.warn(message, line_of(opening), hint=hint)
        if closing and opening.type in LIST_TYPES and closing.type == opening.type.replace("_open", "_close"):
            message = f"the marker {opening.markup} begins another list, because the one above has {closing.markup}"
            source.warn(message, line_of(opening), hint="write the same marker before all items of a list")
    for item, number in _find_changed_numbers(body.tokens):
        message = f"the number {item.info} becomes {number}, because the numbers of a list follow its first one"
        hint = "correct it, or write a backslash behind the number if it is a text"
        source.warn(message, line_of(item), hint=hint)


def _find_changed_numbers(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the first item of each list whose number is not the next one, with that number.

    Lists in which all numbers are equal are no mistakes, because Markdown allows them for this purpose.
    """
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in LIST_TYPES:
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type == "bullet_list_close":
            lists.pop()
        elif token.type == "ordered_list_close":
            items = lists.pop()
            numbers = [int(item.info) for item in items]
            if len({*numbers}) > 1:
                changes = zip(items, numbers, count(numbers[0]), strict=False)
                yield from islice(((item, next_) for item, number, next_ in changes if number != next_), 1)
