"""The YAML front matter of an article file: its keys, with their values as the author wrote them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from counterpoint.article.front_matter_keys import FRONT_MATTER_KEYS
from counterpoint.article.normalization import is_visible
from counterpoint.article.source_file import (
    UNSTORABLE,
    SourceFile,
    describe_unstorable,
    did_you_mean,
    shorten_and_quote,
)
from counterpoint.article.yaml_documents import compose_mapping, report_at_node

KEYS = [key.name for key in FRONT_MATTER_KEYS]

_KEYS_BY_SYNONYM = {
    "abstract": "summary",
    "aliases": "former_slugs",
    "by": "authors",
    "created": "published",
    "date": "published",
    "description": "summary",
    "headline": "title",
    "lang": "language",
    "lastmod": "updated",
    "link": "url",
    "modified": "updated",
    "name": "title",
    "old_slugs": "former_slugs",
    "permalink": "slug",
    "redirect_from": "former_slugs",
    "source": "url",
    "translates": "translation_of",
    "translation": "translation_of",
    "writer": "authors",
    "writers": "authors",
}
"""The keys of other systems, for hints."""

_FULL_WIDTH_COLON = re.compile(rf"^({'|'.join(KEYS)})\uff1a", re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NULL = "tag:yaml.org,2002:null"
_EXPECTED_LINES = "expected lines like title: …"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a source file, by key."""

    source: SourceFile
    yaml_text: str
    """The YAML below empty lines, so that its offsets are those of the source's text."""
    closing_line: int
    """The line of the closing `---`."""
    values: dict[str, yaml.Node]
    is_valid_yaml: bool

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
        return tuple(text for text, _ in self.read_items(key))

    def read_items(self, key: str) -> Iterator[tuple[str, int]]:
        """Yield the texts of a key like `read_texts`, each with its offset in the source's text."""
        value = self.values.get(key)
        if not isinstance(value, yaml.SequenceNode):
            text = self.read_text(key)
            if value is not None and text is not None:
                yield text, value.start_mark.index
            return
        for item in value.value:
            if not isinstance(item, yaml.ScalarNode):
                message = f"an item of {key} is {_describe_collection(item)}"
                report_at_node(message, item, self.source, hint="expected a text")
            elif text := self._scalar_text(item):
                yield text, item.start_mark.index

    def report(self, message: str, key: str, *, hint: str | None = None) -> None:
        """Report a problem with the value of a key that is present."""
        report_at_node(message, self.values[key], self.source, hint=hint)

    def warn(self, message: str, key: str, *, hint: str | None = None) -> None:
        """Add a warning about the value of a key that is present."""
        place = self.source.position(self.values[key].start_mark.index)
        self.source.warn(message, *place, hint=hint)

    def has_scalar(self, key: str) -> bool:
        """Return whether the value of a key is a scalar, which may be empty."""
        return isinstance(self.values.get(key), yaml.ScalarNode)

    def _scalar_text(self, node: yaml.ScalarNode) -> str | None:
        if node.tag == _NULL:
            return None
        if match := UNSTORABLE.search(node.value):
            message = describe_unstorable(match.group())
            report_at_node(message, node, self.source, hint="remove its escape sequence")
        text = " ".join(node.value.split())
        return text if is_visible(text) else None


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
    yaml_text = "\n" * opening.end() + source.text[opening.end() : closing.start()]
    closing_line = source.text.count("\n", 0, closing.start()) + 1
    if match := _FULL_WIDTH_COLON.search(yaml_text):
        message = f"the colon after {match[1]} is a full-width one"
        source.report_at_offset(message, match.end() - 1, hint=f"write {match[1]}: with an ASCII colon")
        root = None
    else:
        root = compose_mapping(yaml_text, source, subject="the front matter", hint=_EXPECTED_LINES)
    values = _read_keys(root, source) if root else {}
    return FrontMatter(source, yaml_text, closing_line, values, is_valid_yaml=root is not None)


def _read_keys(root: yaml.MappingNode, source: SourceFile) -> dict[str, yaml.Node]:
    values: dict[str, yaml.Node] = {}
    for key, value in root.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name not in KEYS:
            received = _describe_collection(key) if name is None else shorten_and_quote(name)
            report_at_node(f"unknown key: {received}", key, source, hint=_suggest_key(name or ""))
        elif name in values:
            report_at_node(f"the key {name} is repeated", key, source, hint="keep one of them")
        else:
            values[name] = value
            items = value.value if isinstance(value, yaml.SequenceNode) else ()
            for node in (key, value, *items):
                _check_first_character(node, source)
    return values


def _suggest_key(name: str) -> str:
    key = _KEYS_BY_SYNONYM.get(name.lower())
    return f"did you mean {key}?" if key else did_you_mean(name, KEYS)


def _describe_collection(node: yaml.Node) -> str:
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def _check_first_character(node: yaml.Node, source: SourceFile) -> None:
    char = source.text[node.start_mark.index : node.start_mark.index + 1]
    if char in ("!", "&"):
        message = f"{char} at the start of a text has a special meaning in YAML"
        report_at_node(message, node, source, hint="put the text in quotes")
