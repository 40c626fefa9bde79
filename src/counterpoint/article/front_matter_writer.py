"""The writer of canonical front matter: one line for each key, in the order of `FRONT_MATTER_KEYS`.

Comments are kept, each above the key that it belongs to.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from textwrap import wrap

import yaml

from counterpoint.article.front_matter import KEYS, FrontMatter

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*")
_YAML_ESCAPED = re.compile(r"""[\\"]|[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]""")
_TYPED_KEYS = {"published", "updated", "draft"}
"""The keys whose values are no texts for YAML, so that a plain one is not quoted."""
_FOLDED_LINE_CHARS = 112
_TEXT_TAG = "tag:yaml.org,2002:str"


def write_front_matter(front_matter: FrontMatter) -> str:
    """Return valid front matter without the lines `---`."""
    comments = _assign_comments(front_matter)
    lines: list[str] = []
    for key in [*filter(front_matter.values.__contains__, KEYS), ""]:
        lines += comments[key]
        if key:
            lines.append(f"{key}: {_write_value(key, front_matter)}".rstrip())
    return "\n".join(lines)


def quote_yaml(text: str) -> str:
    """Return the text as a YAML scalar in double quotes."""
    return f'"{_YAML_ESCAPED.sub(_escape_char, text)}"'


def _write_value(key: str, front_matter: FrontMatter) -> str:
    if isinstance(front_matter.values[key], yaml.SequenceNode):
        texts = front_matter.read_texts(key)
        items = (text if _is_plain(text, key, f"{key}: [{text}]") else quote_yaml(text) for text in texts)
        return f"[{', '.join(items)}]"
    text = front_matter.read_text(key) or ""
    if text and _is_block_scalar(front_matter.values[key]):
        lines = wrap(text, _FOLDED_LINE_CHARS, break_long_words=False, break_on_hyphens=False)
        return "\n  ".join([">-", *lines])
    return text if not text or _is_plain(text, key, f"{key}: {text}") else quote_yaml(text)


def _is_block_scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _is_plain(text: str, key: str, document: str) -> bool:
    """Return whether YAML reads the text from a document that holds it without quotes."""
    try:
        root = yaml.compose(document, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    if not isinstance(root, yaml.MappingNode):
        return False
    value = root.value[0][1]
    items = value.value if isinstance(value, yaml.SequenceNode) else [value]
    return [item.value for item in items] == [text] and (key in _TYPED_KEYS or items[0].tag == _TEXT_TAG)


def _assign_comments(front_matter: FrontMatter) -> dict[str, list[str]]:
    """Return the comments by key: those before it, and those beside or inside its value. The last have no key."""
    comments: dict[str, list[str]] = defaultdict(list)
    text = front_matter.yaml_text
    previous_key, end = "", 0
    for key, node in _scalars(front_matter):
        beside, above = _split_gap(text, end, node.start_mark.index)
        comments[previous_key] += _COMMENT.findall(beside)
        comments[key] += _COMMENT.findall(above)
        if _is_block_scalar(node):
            header = text[node.start_mark.index : node.end_mark.index].partition("\n")[0]
            comments[key] += _COMMENT.findall(header)
        previous_key, end = key, node.end_mark.index
    beside, below = _split_gap(text, end, len(text))
    comments[previous_key] += _COMMENT.findall(beside)
    comments[""] += _COMMENT.findall(below)
    return comments


def _split_gap(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the part of a text that belongs to the line of its start, and the part below."""
    if start == 0 or text[start - 1] == "\n":
        return "", text[start:end]
    beside, newline, below = text[start:end].partition("\n")
    return beside, newline + below


def _scalars(front_matter: FrontMatter) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the scalars of all values with their keys, as the file has them; for an empty list, the list."""
    for key, value in front_matter.values.items():
        items = value.value if isinstance(value, yaml.SequenceNode) else []
        yield from ((key, node) for node in items or [value])


def _escape_char(match: re.Match[str]) -> str:
    char = match.group()
    return f"\\{char}" if char in '\\"' else f"\\U{ord(char):08X}"
