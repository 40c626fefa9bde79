"""The YAML at the head of a file: cut off, and its keys with their values as written."""

import re
from dataclasses import dataclass, field

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
_DEEPEST = 100
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The file's keys by name, and the line of its closing `---`."""

    closing_line: int
    nodes: dict[str, yaml.Node] = field(default_factory=dict)
    start: int = 0
    """The offset in the file that the nodes' marks count from."""
    is_broken: bool = False
    """Whether it can't be read at all, so that a missing key means nothing."""

    def offset(self, node: yaml.Node) -> int:
        """Where the node begins in the file."""
        return self.start + int(node.start_mark.index)

    def text(self, key: str, source: SourceFile) -> str | None:
        """The one text under this key, its white space made single spaces; None without any."""
        node = self.nodes.get(key)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, source)
        self.report(key, f"{key} isn't a single text", source)
        return None

    def texts(self, key: str, source: SourceFile) -> tuple[str, ...]:
        """The texts under this key, listed or single."""
        node = self.nodes.get(key)
        if not isinstance(node, yaml.SequenceNode):
            text = self.text(key, source)
            return () if text is None else (text,)
        texts = []
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                source.report_at(self.offset(item), f"{key} holds something that isn't a text")
            elif text := self._scalar(item, source):
                texts.append(text)
        return tuple(texts)

    def report(self, key: str, message: str, source: SourceFile, *, hint: str | None = None) -> None:
        """Add a problem with what is under this key."""
        source.report_at(self.offset(self.nodes[key]), message, hint=hint)

    def is_scalar(self, key: str) -> bool:
        """Whether what is under this key has the shape of a text, be it empty."""
        return isinstance(self.nodes.get(key), yaml.ScalarNode)

    def _scalar(self, node: yaml.ScalarNode, source: SourceFile) -> str | None:
        if node.tag == _NULL:
            return None
        if found := UNSTORABLE.search(node.value):
            source.report_at(self.offset(node), describe_unstorable(found.group()), hint="remove its escape")
        return " ".join(node.value.split()) or None


def parse_front_matter(source: SourceFile) -> FrontMatter | None:
    """The front matter; None when it is missing or unclosed, so that no body can be told from it."""
    opening = _OPENING.match(source.text)
    if opening is None:
        hint = "begin it with a line ---, the line title: …, and another line ---"
        source.report("the file doesn't begin with front matter", 1, hint=hint)
        return None
    closing = _CLOSING.search(source.text, opening.end())
    if closing is None:
        source.report("the front matter isn't closed", 1, hint="end it with a line ---")
        return None
    start = opening.end()
    root = _compose(source.text[start : closing.start()], start, source)
    closing_line = source.text.count("\n", 0, closing.start()) + 1
    if root is None:
        return FrontMatter(closing_line, is_broken=True)
    front = FrontMatter(closing_line, start=start)
    _take_keys(front, root, source)
    return front


def _take_keys(front: FrontMatter, root: yaml.MappingNode, source: SourceFile) -> None:
    for key, value in root.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name not in KEYS:
            shown = "a key that isn't a word" if name is None else f"unknown key {shorten_and_quote(name)}"
            source.report_at(front.offset(key), shown, hint=did_you_mean(name or "", KEYS))
        elif name in front.nodes:
            source.report_at(front.offset(key), f"{name} is given twice", hint="keep one of them")
        else:
            front.nodes[name] = value
            items = value.value if isinstance(value, yaml.SequenceNode) else ()
            for node in (key, value, *items):
                _check_sign(front.offset(node), source)


def _check_sign(offset: int, source: SourceFile) -> None:
    if source.text[offset : offset + 1] in ("!", "&"):
        source.report_at(offset, "YAML takes the word that begins here for itself", hint="put the text in quotes")


def _is_too_deep(text: str) -> bool:
    # The C loader composes by recursion; a stack that overflows takes the whole process with it.
    if sum(map(text.count, "[{-?:")) < _DEEPEST:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth == _DEEPEST:
            return True
    return False


def _compose(text: str, start: int, source: SourceFile) -> yaml.MappingNode | None:
    try:
        if _is_too_deep(text):
            source.report_at(start, "the front matter is nested too deeply", hint="write lines like title: …")
            return None
        root = yaml.compose(text, Loader=yaml.CSafeLoader) or yaml.MappingNode("", [])
        if isinstance(root, yaml.MappingNode):
            return root
        hint = "write lines like title: …"
        source.report_at(start + int(root.start_mark.index), "the front matter has no keys", hint=hint)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = start + (mark.index if mark else 0)
        reason = error.problem or "it can't be read"
    except yaml.reader.ReaderError as error:
        offset = start + len(text.encode()[: error.position].decode(errors="ignore"))
        reason = error.reason
    hint = "put a text that holds a colon, a # or quotes, or begins with a sign, in quotes"
    source.report_at(offset, f"the front matter is broken YAML: {reason}", hint=hint)
    return None
