"""The parser of header declarations: the file `headers.yaml` of a seed folder, and the one of this package.

    es:
      stances: [Partido, Postura, Medidas recientes]
      approaches: [Área de política, "Enfoque de {government}"]

Each class of tables in a language has the texts of its columns.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources

import yaml

from counterpoint.article.block_attributes import TABLE_CLASSES
from counterpoint.article.language_tags import is_language_tag, suggest_language
from counterpoint.article.messages import did_you_mean, shorten_and_quote
from counterpoint.article.normalization import slugify
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_headers import GOVERNMENT, KnownHeader, TableHeaders
from counterpoint.article.yaml_documents import compose_mapping, report_at_node
from counterpoint.errors import InvalidFiles

HEADERS_FILE = "headers.yaml"
"""The name of the file that declares headers, in the seed folder and in this package."""

_FORM = "expected lines like es:, and below each stances: [Partido, Postura, Medidas recientes]"
_KNOWN_TYPES = [name for name in TABLE_CLASSES if name != "other"]


@cache
def load_builtin_headers() -> TableHeaders:
    """Return the headers that come with this package."""
    text = resources.files("counterpoint.article").joinpath(HEADERS_FILE).read_text(encoding="utf-8")
    return _parse(text, HEADERS_FILE)


def parse_header_declarations(text: str, *, path: str) -> TableHeaders:
    """Parse a seed folder's declarations and add the built-in headers. Raise InvalidFiles with all problems."""
    return load_builtin_headers().merge(_parse(text, path))


def _parse(text: str, path: str) -> TableHeaders:
    source = SourceFile.from_text(text, path)
    root = compose_mapping(source.text, source, subject="the file", hint=_FORM)
    headers: dict[str, tuple[KnownHeader, ...]] = {}
    for key, value in root.value if root else ():
        language = _parse_language(key, source)
        if language.lower() in headers:
            report_at_node(f"the language {language} is repeated", key, source, hint="keep one of them")
        headers[language.lower()] = tuple(_parse_language_headers(language, value, source))
    if source.problems:
        raise InvalidFiles(source.problems)
    return TableHeaders(headers)


def _parse_language(key: yaml.Node, source: SourceFile) -> str:
    tag = key.value if isinstance(key, yaml.ScalarNode) else ""
    if not is_language_tag(tag):
        report_at_node(f"invalid language {shorten_and_quote(tag)}", key, source, hint=suggest_language(tag))
    return tag


def _parse_language_headers(language: str, node: yaml.Node, source: SourceFile) -> Iterator[KnownHeader]:
    if not isinstance(node, yaml.MappingNode):
        report_at_node(f"the language {language} has no tables", node, source, hint=_FORM)
        return
    names: set[str] = set()
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name not in _KNOWN_TYPES:
            message = f"unknown table {shorten_and_quote(name)}"
            report_at_node(message, key, source, hint=did_you_mean(name, _KNOWN_TYPES))
        elif name in names:
            report_at_node(f"the table {name} is repeated", key, source, hint="keep one of them")
        elif header := _parse_header(name, language, value, source):
            names.add(name)
            yield header


def _parse_header(name: str, language: str, node: yaml.Node, source: SourceFile) -> KnownHeader | None:
    count = 2 if name == "approaches" else 3
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    if len(items) != count:
        report_at_node(f"{name} has {len(items)} columns", node, source, hint=f"expected a list of {count}")
        return None
    columns = tuple(_parse_column(item, source) for item in items)
    if not all(columns):
        return None
    if name == "approaches":
        _check_patterns(items[1], source)
    return KnownHeader(TABLE_CLASSES[name], language, columns)


def _parse_column(node: yaml.Node, source: SourceFile) -> tuple[str, ...]:
    texts = []
    for item in _alternatives(node):
        text = " ".join(item.value.split()) if isinstance(item, yaml.ScalarNode) else ""
        if slugify(text):
            texts.append(text)
        else:
            hint = "expected a text, or a list of alternative texts"
            report_at_node("this column has no text", item, source, hint=hint)
    return tuple(texts)


def _check_patterns(node: yaml.Node, source: SourceFile) -> None:
    for item in _alternatives(node):
        parts = str(item.value).split(GOVERNMENT)
        if len(parts) != 2 or not slugify("".join(parts)):
            message = f"the pattern {shorten_and_quote(str(item.value))} does not name one government"
            hint = f'expected a text with {GOVERNMENT} in the place of the name, like "{GOVERNMENT}\'s Approach"'
            report_at_node(message, item, source, hint=hint)


def _alternatives(node: yaml.Node) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) and node.value else [node]
