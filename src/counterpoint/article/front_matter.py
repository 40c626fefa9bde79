"""The YAML front matter of an article file: its keys, with their values as the author wrote them."""

import re
from dataclasses import dataclass

import yaml

from counterpoint.article.source_file import (
    UNSTORABLE,
    SourceFile,
    describe_unstorable,
    did_you_mean,
    shorten_and_quote,
)

KEYS = ["title", "subtitle", "slug", "authors", "language", "published", "updated", "url", "summary"]

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_MAX_NESTING = 100
_NULL = "tag:yaml.org,2002:null"
_EXPECTED_LINES = "expected lines like title: …"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a source file, by key."""

    source: SourceFile
    start: int
    """The offset of the YAML in the source's text."""
    closing_line: int
    """The line of the closing `---`."""
    values: dict[str, yaml.Node]
    is_valid_yaml: bool = True

    def read_text(self, key: str) -> str | None:
        """Return the text of a key with single spaces, or None if it is absent or empty. Report other values."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, yaml.ScalarNode):
            return self._scalar_text(value)
        self.report(f"{key} is {_describe_collection(value)}", key, hint="expected one text")
        return None

    def read_texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a key, which may be a list or one text. Report items that are not texts."""
        value = self.values.get(key)
        if not isinstance(value, yaml.SequenceNode):
            text = self.read_text(key)
            return () if text is None else (text,)
        texts = []
        for item in value.value:
            if not isinstance(item, yaml.ScalarNode):
                message = f"an item of {key} is {_describe_collection(item)}"
                self.source.report_at_offset(message, _offset(item, self.start), hint="expected a text")
            elif text := self._scalar_text(item):
                texts.append(text)
        return tuple(texts)

    def report(self, message: str, key: str, *, hint: str | None = None) -> None:
        """Report a problem with the value of a key that is present."""
        self.source.report_at_offset(message, _offset(self.values[key], self.start), hint=hint)

    def has_scalar(self, key: str) -> bool:
        """Return whether the value of a key is a scalar, which may be empty."""
        return isinstance(self.values.get(key), yaml.ScalarNode)

    def _scalar_text(self, node: yaml.ScalarNode) -> str | None:
        if node.tag == _NULL:
            return None
        if match := UNSTORABLE.search(node.value):
            message = describe_unstorable(match.group())
            self.source.report_at_offset(message, _offset(node, self.start), hint="remove its escape sequence")
        return " ".join(node.value.split()) or None


def parse_required_front_matter(source: SourceFile) -> FrontMatter | None:
    """Parse the front matter and report its problems. Return None if its start or end is missing."""
    opening = _OPENING.match(source.text)
    if opening is None:
        source.report("the file has no front matter", 1, hint="begin it with three lines: ---, title: … and ---")
        return None
    closing = _CLOSING.search(source.text, opening.end())
    if closing is None:
        source.report("the front matter has no end", 1, hint="add a line --- below its last key")
        return None
    start = opening.end()
    closing_line = source.text.count("\n", 0, closing.start()) + 1
    root = _compose(source.text[start : closing.start()], start, source)
    if root is None:
        return FrontMatter(source, start, closing_line, {}, is_valid_yaml=False)
    return FrontMatter(source, start, closing_line, _read_keys(root, start, source))


def _read_keys(root: yaml.MappingNode, start: int, source: SourceFile) -> dict[str, yaml.Node]:
    values: dict[str, yaml.Node] = {}
    for key, value in root.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name not in KEYS:
            received = _describe_collection(key) if name is None else shorten_and_quote(name)
            source.report_at_offset(
                f"unknown key: {received}", _offset(key, start), hint=did_you_mean(name or "", KEYS)
            )
        elif name in values:
            source.report_at_offset(f"the key {name} is repeated", _offset(key, start), hint="keep one of them")
        else:
            values[name] = value
            items = value.value if isinstance(value, yaml.SequenceNode) else ()
            for node in (key, value, *items):
                _check_first_character(_offset(node, start), source)
    return values


def _offset(node: yaml.Node, start: int) -> int:
    """Return the offset of a node in the source's text, given the offset of the YAML."""
    return start + int(node.start_mark.index)


def _describe_collection(node: yaml.Node) -> str:
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def _check_first_character(offset: int, source: SourceFile) -> None:
    char = source.text[offset : offset + 1]
    if char in ("!", "&"):
        message = f"{char} at the start of a text has a special meaning in YAML"
        source.report_at_offset(message, offset, hint="put the text in quotes")


def _is_nested_too_deeply(text: str) -> bool:
    # The C loader recurses: a stack overflow would end the process.
    if sum(map(text.count, "[{-?:")) < _MAX_NESTING:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth == _MAX_NESTING:
            return True
    return False


def _compose(text: str, start: int, source: SourceFile) -> yaml.MappingNode | None:
    """Parse the YAML. If it is invalid, report why and return None."""
    try:
        if _is_nested_too_deeply(text):
            source.report_at_offset("the front matter is nested too deeply", start, hint=_EXPECTED_LINES)
            return None
        root = yaml.compose(text, Loader=yaml.CSafeLoader) or yaml.MappingNode("", [])
        if isinstance(root, yaml.MappingNode):
            return root
        source.report_at_offset("the front matter has no keys", _offset(root, start), hint=_EXPECTED_LINES)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = start + (mark.index if mark else 0)
        reason = error.problem or "it can't be parsed"
    except yaml.reader.ReaderError as error:
        offset = start + len(text.encode()[: error.position].decode(errors="ignore"))
        reason = error.reason
    hint = "put a text in quotes if it contains a colon, # or quotes, or begins with punctuation"
    source.report_at_offset(f"the front matter is not valid YAML: {reason}", offset, hint=hint)
    return None
