"""The YAML front matter of an article file: its keys, with their values as the author wrote them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from counterpoint.article.front_matter_keys import FRONT_MATTER_KEYS
from counterpoint.article.messages import describe_unstorable, did_you_mean, shorten_and_quote
from counterpoint.article.normalization import is_visible
from counterpoint.article.source_file import UNSTORABLE, SourceFile
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

_COLON_WITHOUT_SPACE = re.compile(rf"^({'|'.join(KEYS)})(?:(\uff1a)|:(?=[^ \t\n\x85\u2028\u2029]))", re.MULTILINE)
"""A colon that divides no key from its value for YAML: a full-width one, or one without an ASCII space behind it."""
_COMMENT_LIKE_TEXT = re.compile(r"[ \t]+(?:\n[ \t]+)?(#[^\s#][^\n]*)|\n[ \t]+(#[^\s#][^\n]*)")
"""A comment without a space behind #, in the line of a value or indented below it."""
_TEXT_KEYS = ("title", "subtitle", "authors", "summary")
_LATE_OPENING = re.compile(r"(?:[ \t]*\n)+---[ \t]*\n")
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
        is_late = _LATE_OPENING.match(source.text)
        hint = "remove the empty lines above ---" if is_late else "begin it with three lines: ---, title: … and ---"
        source.report("the file has no front matter", 1, hint=hint)
        return None
    closing = _CLOSING.search(source.text, opening.end())
    if closing is None:
        source.report("the front matter has no end", 1, hint="add a line --- below its last key")
        return None
    yaml_text = "\n" * opening.end() + source.text[opening.end() : closing.start()]
    closing_line = source.text.count("\n", 0, closing.start()) + 1
    root = _compose(yaml_text, source)
    values = _read_keys(root, source) if root else {}
    return FrontMatter(source, yaml_text, closing_line, values, is_valid_yaml=root is not None)


def _compose(yaml_text: str, source: SourceFile) -> yaml.MappingNode | None:
    """Parse the YAML. Report a wrong colon, which YAML reports in the line below, or other errors."""
    trial = replace(source, problems=[])
    root = compose_mapping(yaml_text, trial, subject="the front matter", hint=_EXPECTED_LINES)
    if root is None and (match := _COLON_WITHOUT_SPACE.search(yaml_text)):
        is_space = yaml_text[match.end() : match.end() + 1].isspace()
        problem = "is a full-width one" if match[2] else f"has no {'ASCII ' if is_space else ''}space behind it"
        hint = f"write {match[1]}: with an ASCII colon and a space"
        source.report_at_offset(f"the colon after {match[1]} {problem}", match.end() - 1, hint=hint)
    else:
        source.problems.extend(trial.problems)
    return root


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
    _check_nodes(root, values, source)
    return values


def _suggest_key(name: str) -> str:
    key = _KEYS_BY_SYNONYM.get(name.lower())
    return f"did you mean {key}?" if key else did_you_mean(name, KEYS)


def _describe_collection(node: yaml.Node) -> str:
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def _check_nodes(root: yaml.MappingNode, values: dict[str, yaml.Node], source: SourceFile) -> None:
    """Report characters with a special meaning in the keys and values, and texts that are comments."""
    keys = [key for key, _ in root.value]
    texts = {name: value.value if isinstance(value, yaml.SequenceNode) else [value] for name, value in values.items()}
    nodes = [*keys, *values.values(), *(node for items in texts.values() for node in items)]
    # An alias is the same node as what it stands for.
    for node in {id(node): node for node in nodes}.values():
        _check_first_character(node, source)
    for name in filter(texts.__contains__, _TEXT_KEYS):
        for node in texts[name]:
            _check_comment(node, source)


def _check_first_character(node: yaml.Node, source: SourceFile) -> None:
    char = source.text[node.start_mark.index : node.start_mark.index + 1]
    if char in ("!", "&"):
        message = f"{char} at the start of a text has a special meaning in YAML"
        report_at_node(message, node, source, hint="put the text in quotes")


def _check_comment(node: yaml.Node, source: SourceFile) -> None:
    """Warn about a comment beside a text without quotes that may be the end of the text, such as `#1`."""
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return
    if match := _COMMENT_LIKE_TEXT.match(source.text, node.end_mark.index):
        group = match.lastindex or 1
        message = f"{shorten_and_quote(match[group].rstrip())} is a comment, and no part of the text"
        hint = "put the whole text in quotes; write a space after # if it is a comment"
        source.warn(message, *source.position(match.start(group)), hint=hint)
