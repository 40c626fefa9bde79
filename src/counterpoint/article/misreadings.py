"""Checks for Markdown that is valid, but means something else than its author probably meant."""

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise

from markdown_it.token import Token

from counterpoint.article.block_attributes import CLASSES, LIST_TYPES
from counterpoint.article.images import find_image_problems
from counterpoint.article.markdown import Body, is_safe_url, line_of
from counterpoint.article.source_file import SourceFile, shorten_and_quote
from counterpoint.article.table_grid import table_grid

# Most texts match neither of the first two, so that the others need not run.
_SUSPICIOUS_INLINE = re.compile(r"\]\s?[\[(]|\)\[|!\[|\[\^|<[!/?a-zA-Z]|\.\./|~~|\^\[|\*\*")
_BULLETS = "\u2022\u25e6\u25aa\u2023\u00b7\u2013\u2014"
_FULL_WIDTH_MARKERS = "\u30fb\uff03\uff0d\uff0a\uff5c\uff1e"
"""Katakana middle dot, number sign, hyphen, asterisk, pipe and greater-than sign, which Markdown does not know."""
_SUSPICIOUS_LINE = re.compile(
    rf"^(?:[-+#*{{\uff5b{_BULLETS}{_FULL_WIDTH_MARKERS}]|[.\uff0e][a-z]|\[[^\[\]]+\]:)", re.MULTILINE
)

_HEADING_LINE = re.compile(r"^(#{1,6})(?![ \t#]|$).*", re.MULTILINE)
_BULLET_LINE = re.compile(rf"^(?:([{_BULLETS}])\s|([-+])(?:[^\W\d_]|\u3000)|(\*)\u3000).*", re.MULTILINE)
_FULL_WIDTH_LINE = re.compile(rf"^([{_FULL_WIDTH_MARKERS}]).*", re.MULTILINE)
_DEFINITION_LINE = re.compile(r"^\[([^\[\]]+)\]:[ \t]*(\S*).*", re.MULTILINE)
_CLASS_LINE = re.compile(
    r"^(?:[{\uff5b][ \t]*\.?[ \t]*([\w-]+)[ \t]*[}\uff5d]?[ \t]*$"  # alone in braces, one of which may be missing
    r"|[{\uff5b][ \t]*[.\uff0e][ \t]*([\w-]+).*"  # followed by a text
    r"|[.\uff0e]([\w-]+)[ \t]*$)",  # without braces
    re.MULTILINE,
)
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
_STRONG = re.compile(r"\*\*[^*\n]+\*\*")
_STRIKETHROUGH = re.compile(r"~~(?=\S)[^~\n]+~~")

_MAX_USUAL_NUMBER = 999
"""The highest number of a list item that is not probably a year."""

_TEXT_HINT = "write \\[ if it is a text"
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
    if is_paragraph and _SUSPICIOUS_LINE.search(inline.content):
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
    for match, message, hint in _find_invalid_lines(inline.content):
        source.report(message, *locator.place_of_offset(match.start()), hint=hint)
    for match, message, hint in _find_questionable_lines(inline.content):
        source.warn(message, *locator.place_of_offset(match.start()), hint=hint)


def _find_invalid_lines(content: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield the lines of a paragraph that are meant as markup for certain, each with a message and a hint."""
    for match in _HEADING_LINE.finditer(content):
        if len(match[1]) > 1:
            yield match, *_explain_heading(match)
    for match in _DEFINITION_LINE.finditer(content):
        if is_safe_url(match[2]):
            yield match, "this is no link definition", f"put an empty line above it; {_TEXT_HINT}"
        else:
            yield match, *_explain_link(match[2])
    for match in _CLASS_LINE.finditer(content):
        word = match[1] or match[2] or match[3]
        if closest := get_close_matches(word.lower(), CLASSES, n=1):
            hint = f"write {{.{closest[0]}}} alone in a line, directly above the block"
            yield match, f"{shorten_and_quote(match[0].strip())} is no class line", hint


def _find_questionable_lines(content: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield the lines of a paragraph that may be meant as markup, each with a message and a hint."""
    for match in _HEADING_LINE.finditer(content):
        if len(match[1]) == 1:
            yield match, *_explain_heading(match)
    # One warning is enough, because such lines come in groups.
    if bullet := _BULLET_LINE.search(content):
        marker = bullet[1] or bullet[2] or bullet[3]
        message = f"this line is no list item, although it begins with {marker}"
        yield bullet, message, "write a hyphen and a space before each item"
    if line := _FULL_WIDTH_LINE.search(content):
        message = f"this line begins with {line[1]}, which has no meaning in Markdown"
        yield line, message, "write an ASCII #, -, | or > and a space"


def _explain_heading(match: re.Match[str]) -> tuple[str, str]:
    hint = f"write {match[1]} and a space before the heading, or \\# if it is a text"
    return f"{shorten_and_quote(match[0])} is no heading", hint


def _check_inline(content: str, line: int, body: Body, source: SourceFile) -> None:
    """Report parts of a text that look like links, footnotes or HTML, and links that lead out of the folder."""
    tokens = body.parse_ahead(content)
    text = _literal_text(tokens)
    locator = _Locator(content, line, source)
    for part, message, hint in _find_invalid_parts(text):
        source.report(message, *locator.place(part), hint=hint)
    for part, message, hint in _find_questionable_parts(text):
        source.warn(message, *locator.place(part), hint=hint)
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
        hint = f"add a line [^{match[1]}]: and its text, with a label without spaces; {_TEXT_HINT}"
        yield match[0], f"there is no footnote {shorten_and_quote(match[1])}", hint
    for match in _REFERENCE_LINK.finditer(text):
        if not match[2].startswith("^"):
            label = match[2] or match[1]
            hint = f"add a line [{label}]: https://…; {_TEXT_HINT}"
            yield match[0], f"there is no link definition {shorten_and_quote(label)}", hint
    for match in _INLINE_LINK.finditer(text):
        yield match[0], *_explain_link(match[1])
    for match in _ADDRESS.finditer(text):
        if not is_safe_url(match[1]):
            yield match[0], *_explain_link(match[1])
    for match in _SPACED_LINK.finditer(text):
        yield match[0], "this is no link, because a space separates its text from its address", "remove the space"
    for match in _REVERSED_LINK.finditer(text):
        yield match[0], "this is no link, because its brackets are exchanged", "write [text](https://…)"
    for match in _COMMENT.finditer(text):
        yield match[0], "this HTML comment would be shown as text", "remove it; write \\< if it is a text"


def _explain_link(address: str) -> tuple[str, str]:
    if not is_safe_url(address):
        message = f"the address {shorten_and_quote(address)} is not allowed"
        return message, f"expected https, http, mailto, tel or a relative address; {_TEXT_HINT}"
    if " " in address.strip():
        message = f"this is no link, because its address {shorten_and_quote(address)} contains a space"
        return message, f"write %20 for the space; {_TEXT_HINT}"
    return "this is no link", f"write [text](https://…); {_TEXT_HINT}"


def _find_questionable_parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of a text that may be meant as markup, each with a message and a hint."""
    for match in _HTML_TAG.finditer(text):
        yield (
            match[0],
            f"the HTML {shorten_and_quote(match[0])} is shown as text",
            "write Markdown, or \\< if it is a text",
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
    """Warn where another marker begins a new list, and where a number such as a year begins one."""
    for closing, opening in zip([None, *body.tokens], body.tokens, strict=False):
        if opening.type == "ordered_list_open" and int(opening.attrs.get("start", 1)) > _MAX_USUAL_NUMBER:
            message = f"this line begins a list with the number {opening.attrs['start']}"
            hint = "write a backslash before the full stop if it is a text"
            source.warn(message, line_of(opening), hint=hint)
        if closing and opening.type in LIST_TYPES and closing.type == opening.type.replace("_open", "_close"):
            message = f"the marker {opening.markup} begins another list, because the one above has {closing.markup}"
            source.warn(message, line_of(opening), hint="write the same marker before all items of a list")
