"""The parser of name declarations: the file `names.yaml` of a seed folder.

    parties:
      Trump Administration: [Trump White House, The Trump Administration]

Each name in its settled spelling has a list of its other names, the aliases.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from counterpoint.article.messages import did_you_mean, shorten_and_quote
from counterpoint.article.normalization import describe_name_problem, slugify
from counterpoint.article.settled_names import NameKind, SettledName, SettledNames
from counterpoint.article.source_file import SourceFile
from counterpoint.article.yaml_documents import compose_mapping, report_at_node
from counterpoint.errors import InvalidFiles

NAMES_FILE = "names.yaml"
"""The name of the file in the seed folder."""

KEYS = {
    "parties": NameKind.PARTY,
    "governments": NameKind.GOVERNMENT,
    "policy_areas": NameKind.POLICY_AREA,
    "groups": NameKind.GROUP,
}
"""The keys of the file, in the order of the documentation."""

_FORM = "expected lines like parties:, and below each Trump Administration: [Trump White House]"
_NAME_FORM = "expected a text; put it in quotes if it has a colon or punctuation at its begin"
_LIST_FORM = "expected a list of other names like [Trump White House], or [] to settle the spelling alone"

_Entry = tuple[str, list[tuple[str, yaml.Node]]]
"""The settled spelling of a name, and the aliases with their nodes."""


def parse_name_declarations(text: str, *, path: str) -> SettledNames:
    """Parse the file of a seed folder. Raise InvalidFiles with all problems."""
    source = SourceFile.from_text(text, path)
    root = compose_mapping(source.text, source, subject="the file", hint=_FORM)
    by_slug: dict[NameKind, dict[str, SettledName]] = {}
    for key, value in root.value if root else ():
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name not in KEYS:
            report_at_node(f"unknown key {shorten_and_quote(name)}", key, source, hint=did_you_mean(name, list(KEYS)))
        elif KEYS[name] in by_slug:
            report_at_node(f"the key {name} is repeated", key, source, hint="keep one of them")
        else:
            by_slug[KEYS[name]] = _KindParser(source).parse(name, value)
    if source.problems:
        raise InvalidFiles(source.problems)
    return SettledNames(by_slug)


@dataclass(slots=True)
class _KindParser:
    """The parser of the names of one kind."""

    source: SourceFile
    entries: dict[str, _Entry] = field(default_factory=dict)
    """By the slug of the name."""
    lines: dict[str, int] = field(default_factory=dict)
    """The lines of the names by their slugs."""

    def parse(self, key: str, node: yaml.Node) -> dict[str, SettledName]:
        """Return the settled names by the slugs of the names and their aliases."""
        if not isinstance(node, yaml.MappingNode):
            if not _is_empty(node):
                report_at_node(f"{key} is no mapping from names to lists", node, self.source, hint=_FORM)
            return {}
        for name_node, aliases in node.value:
            self._add_entry(name_node, aliases)
        names: dict[str, SettledName] = {}
        owners: dict[str, str] = {}
        for slug, (name, alias_nodes) in self.entries.items():
            aliases_by_slug = dict(self._check_aliases(slug, name, alias_nodes, owners))
            settled = SettledName(name, tuple(alias for _, alias in sorted(aliases_by_slug.items())))
            names |= dict.fromkeys([slug, *aliases_by_slug], settled)
        return names

    def _add_entry(self, node: yaml.Node, value: yaml.Node) -> None:
        name = self._parse_name(node)
        aliases = list(self._parse_aliases(value))
        slug = slugify(name) if name else ""
        if slug in self.entries:
            message = f"the name {shorten_and_quote(name or '')} is repeated: line {self.lines[slug]} has it too"
            report_at_node(message, node, self.source, hint="keep one of them, with the other names of both")
        elif name:
            self.entries[slug] = (name, aliases)
            self.lines[slug] = node.start_mark.line + 1

    def _parse_aliases(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
        """Yield the aliases with their nodes."""
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                if alias := self._parse_name(item):
                    yield alias, item
        elif not _is_empty(node):
            report_at_node("the other names of this name are no list", node, self.source, hint=_LIST_FORM)

    def _parse_name(self, node: yaml.Node) -> str | None:
        """Return a name with single spaces. Report an invalid one, and return None."""
        if not isinstance(node, yaml.ScalarNode):
            report_at_node("this name is no text", node, self.source, hint=_NAME_FORM)
            return None
        name = " ".join(node.value.split())
        problem = describe_name_problem(name)
        if problem:
            report_at_node(f"the name {shorten_and_quote(name)} {problem}", node, self.source, hint=_NAME_FORM)
        return None if problem else name

    def _check_aliases(
        self, slug: str, name: str, aliases: list[tuple[str, yaml.Node]], owners: dict[str, str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the aliases of a name with their slugs. `owners` collects the names by the slugs of their aliases."""
        for alias, node in aliases:
            alias_slug, quoted = slugify(alias), shorten_and_quote(alias)
            if alias_slug == slug:
                continue  # Another spelling of the name itself needs no alias.
            if alias_slug in self.entries:
                message = f"the alias {quoted} is a name of its own in line {self.lines[alias_slug]}"
                report_at_node(message, node, self.source, hint="remove one of them")
            elif alias_slug in owners:
                message = f"the alias {quoted} is repeated: {shorten_and_quote(owners[alias_slug])} has it too"
                report_at_node(message, node, self.source, hint="keep one of them")
            else:
                owners[alias_slug] = name
                yield alias_slug, alias


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value
