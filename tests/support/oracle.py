"""The expected answers, computed from the records alone: without SQL and plans, with the contract as the schema.

graphql-core executes on plain dictionaries. A field is a value, or a function if it depends on arguments or on nodes
that do not exist yet. Cursors are opaque, so the caller passes the cursor of each object in each order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInputObjectType, build_schema, execute_sync, parse

from counterpoint.article import records
from counterpoint.article.content_keys import assign_block_keys, assign_statement_keys
from counterpoint.article.normalization import fold, slugify
from counterpoint.article.settled_names import NO_SETTLED_NAMES, NameKind, SettledNames
from support.oracle_connections import ConnectionOrder, sort_objects
from support.oracle_filters import matches, slugs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

CONTRACT_SCHEMA = build_schema((Path(__file__).parents[1] / "api" / "contract.graphql").read_text(encoding="utf-8"))

Node = dict[str, Any]
"""An object of the API: values or resolvers by field."""

ROOT_LISTS = {
    "articles": "Article",
    "parties": "Party",
    "governments": "Government",
    "policyAreas": "PolicyArea",
    "groups": "Group",
    "stances": "Stance",
    "measures": "Measure",
    "approaches": "Approach",
    "roles": "Role",
    "challenges": "Challenge",
    "proposedSolutions": "ProposedSolution",
    "points": "Point",
}
"""The root fields that list all objects of a type. An article has fields of the same names."""

ENTITY_FIELDS = {
    "Party": ("party", "stances", "measures"),
    "Government": ("government", "approaches"),
    "PolicyArea": ("policyArea", "approaches"),
    "Group": ("group", "roles"),
}
"""By type: the root field that looks up one entity, and the fields that list the statements about it."""


NAME_KINDS = {
    "Party": NameKind.PARTY,
    "Government": NameKind.GOVERNMENT,
    "PolicyArea": NameKind.POLICY_AREA,
    "Group": NameKind.GROUP,
}
"""The kind of name that the entities of each type have."""


class Oracle:
    """Executes operations on articles that were seeded as `revision`.

    `cursors` are given by the name of the order, then by id.
    """

    def __init__(
        self,
        articles: Sequence[records.Article],
        revision: str,
        cursors: Mapping[str, Mapping[str, str]] | None = None,
        names: SettledNames = NO_SETTLED_NAMES,
    ) -> None:
        content = Content(cursors or {}, names)
        for article in sorted(articles, key=_recency_key):
            _add_article(content, article)
        _add_translations(content, articles)
        for kind in ENTITY_FIELDS:
            keys = [key for mentioned, key in content.mentions if mentioned == kind]
            content.lists[kind] = sorted((_build_entity(content, kind, key) for key in keys), key=_name_key)
        for nodes in content.lists.values():
            content.nodes |= {node["id"]: node for node in nodes}
        self.content = content
        self._root = _root_value(content, {"id": revision, "articleCount": len(articles)})

    def execute(self, document: str, variables: Mapping[str, Any] | None = None) -> Any:
        """Return the expected data of an operation."""
        result = execute_sync(CONTRACT_SCHEMA, parse(document), self._root, variable_values=dict(variables or {}))
        assert not result.errors, result.errors
        return result.data


@dataclass
class Content:
    """All nodes."""

    cursors: Mapping[str, Mapping[str, str]]
    names: SettledNames = NO_SETTLED_NAMES
    nodes: dict[str, Node] = field(default_factory=dict)
    """By id."""
    lists: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    """The nodes of each type, in the default order of their connections."""
    articles: dict[str, Node] = field(default_factory=dict)
    """By slug, current and former."""
    orders: dict[tuple[str, str], ConnectionOrder] = field(default_factory=dict)
    """By type and name of the order; filled on demand."""
    mentions: dict[tuple[str, str], list[tuple[Node, str]]] = field(default_factory=lambda: defaultdict(list))
    """By type and slug of an entity: the articles that mention it, newest first, with their spelling of its name."""

    def find_entity(self, kind: str, slug: str) -> Node | None:
        """Return the entity of a type with this slug, or with an alias that has it."""
        return next((node for node in self.lists[kind] if slug in slugs_of(node)), None)

    def about(self, kind: str, entity: str) -> list[Node]:
        """Return the statements of a type about an entity, newest first."""
        return [node for node in self.lists[kind] if entity in node["about"]]

    def find_related(self, node: Node, name: str) -> list[Node]:
        """Return the nodes in a field that is a list, or the only node."""
        kind = node["__typename"]
        if kind in ENTITY_FIELDS:
            mentions = self.mentions[kind, node["slug"]]
            return (
                [article for article, _ in mentions] if name == "articles" else self.about(ROOT_LISTS[name], node["id"])
            )
        value = node[name](None) if callable(node[name]) else node[name]
        return value if isinstance(value, list) else [value]

    def connection_resolver(self, kind: str, nodes: Callable[[], list[Node]]) -> Callable[..., Node]:
        """Return the resolver of a connection field."""
        declared = CONTRACT_SCHEMA.type_map[f"{kind}Filter"]
        assert isinstance(declared, GraphQLInputObjectType)

        def resolve(_: object, orderBy: str, where: Mapping[str, Any] | None = None, **arguments: Any) -> Node:  # noqa: N803  # the argument's name in GraphQL
            matching = [node for node in nodes() if matches(declared, node, where or {}, self.find_related)]
            return self._order(kind, orderBy).page(matching, **arguments)

        return resolve

    def _order(self, kind: str, name: str) -> ConnectionOrder:
        if (kind, name) not in self.orders:
            places = {node["id"]: place for place, node in enumerate(sort_objects(self.lists[kind], name))}
            cursors = self.cursors.get(name, {})
            self.orders[kind, name] = ConnectionOrder(places, cursors, self._spell, self.find_related)
        return self.orders[kind, name]

    def _spell(self, field_name: str, text: str) -> str:
        """Return the spelling of a text in the first, newest article that has an equal one in a field."""
        for article in self.lists["Article"]:
            value = article[field_name]
            for spelling in [value] if isinstance(value, str) else value:
                if fold(spelling) == fold(text):
                    return str(spelling)
        raise KeyError(text)


def _recency_key(article: records.Article) -> tuple[bool, int, str]:
    """Sort by publication date, newest first and undated last, then by slug."""
    return article.published is None, -(article.published or date.min).toordinal(), article.slug


def _name_key(entity: Node) -> tuple[str, str]:
    return fold(entity["name"]), entity["slug"]


def _root_value(content: Content, revision: Node) -> Node:
    root: Node = {
        "revision": revision,
        "node": lambda _, **arguments: content.nodes.get(arguments["id"]),
        "nodes": lambda _, **arguments: [content.nodes.get(identity) for identity in arguments["ids"]],
        "article": lambda _, **arguments: content.articles.get(arguments["slug"]),
    }
    for name, kind in ROOT_LISTS.items():
        root[name] = content.connection_resolver(kind, lambda kind=kind: content.lists[kind])  # type: ignore[misc]
    for kind, (look_up, *_) in ENTITY_FIELDS.items():
        root[look_up] = lambda _, kind=kind, **arguments: content.find_entity(kind, arguments["slug"])
    return root


def _build_entity(content: Content, kind: str, key: str) -> Node:
    mentions = content.mentions[kind, key]
    _, *lists = ENTITY_FIELDS[kind]
    entity: Node = {
        "__typename": kind,
        "id": f"{kind}:{key}",
        "slug": key,
        "name": mentions[0][1],
        "aliases": list(content.names.aliases(NAME_KINDS[kind], key)),
    }
    for name in ("articles", *lists):
        entity[name] = content.connection_resolver(ROOT_LISTS[name], partial(content.find_related, entity, name))
    for current, of, field_name in (
        ("currentStance", "Stance", "text"),
        ("currentFunction", "Role", "function"),
        ("currentCoreMessage", "Role", "coreMessage"),
    ):
        entity[current] = next((node[field_name] for node in content.about(of, entity["id"])), None)
    return entity


def _add_article(content: Content, article: records.Article) -> None:
    article_node: Node = {
        "__typename": "Article",
        "id": f"Article:{article.slug}",
        "slug": article.slug,
        "title": article.title,
        "subtitle": article.subtitle,
        "summary": article.summary,
        "authors": list(article.authors),
        "language": article.language,
        "published": article.published and article.published.isoformat(),
        "updated": article.updated and article.updated.isoformat(),
        "url": article.url,
        "formerSlugs": list(article.former_slugs),
        "source": _source_location(article, 1),
    }
    content.lists["Article"].append(article_node)
    content.articles |= dict.fromkeys([article.slug, *article.former_slugs], article_node)
    article_node["sections"] = [_build_section(article_node, article, section) for section in article.sections]
    content.lists["Section"] += article_node["sections"]
    for node, section, keys in zip(article_node["sections"], article.sections, assign_block_keys(article), strict=True):
        node["blocks"] = [
            _build_block(article, block, key, node) for block, key in zip(section.blocks, keys, strict=True)
        ]
        content.lists["Block"] += node["blocks"]
    keyed = _build_statements(content, article_node, article)
    for name, kind in ROOT_LISTS.items():
        of_kind = [node for node in keyed if node["__typename"] == kind]
        content.lists[kind] += of_kind
        article_node[name] = of_kind
    points = article_node["points"]
    article_node["points"] = lambda _, kind=None: [point for point in points if kind in (None, point["kind"])]
    for name, kind in ROOT_LISTS.items():
        if kind in ENTITY_FIELDS:
            spellings = _first_spellings(article, kind)
            for key, spelling in spellings.items():
                content.mentions[kind, key].append((article_node, spelling))
            article_node[name] = lambda _, kind=kind, keys=tuple(spellings): [
                content.nodes[f"{kind}:{key}"] for key in keys
            ]


def _add_translations(content: Content, articles: Sequence[records.Article]) -> None:
    """Add the articles that each article is linked to, in any number of steps and directions."""
    linked: dict[str, set[str]] = {article.slug: {article.slug} for article in articles}
    for article in articles:
        if article.translation_of:
            original = content.articles[article.translation_of]["slug"]
            joined = linked[article.slug] | linked[original]
            linked |= dict.fromkeys(joined, joined)
    for slug, slugs in linked.items():
        content.articles[slug]["translations"] = sorted(
            (content.articles[other] for other in slugs - {slug}),
            key=lambda node: (fold(node["language"]), node["slug"]),
        )


def _source_location(article: records.Article, line: int) -> Node:
    return {"path": article.path, "line": line, "sha256": article.sha256}


def _build_section(article_node: Node, article: records.Article, section: records.Section) -> Node:
    return {
        "__typename": "Section",
        "id": f"Section:{article.slug}/{section.slug}",
        "article": article_node,
        "slug": section.slug,
        "heading": section.heading,
        "level": section.level,
        "source": _source_location(article, section.line),
    }


def _build_block(article: records.Article, block: records.Block, key: str, section_node: Node) -> Node:
    kind = type(block).__name__
    common = {
        "__typename": kind,
        "id": f"{kind}:{key}",
        "section": section_node,
        "source": _source_location(article, block.line),
    }
    match block:
        case records.Paragraph(text, html):
            images = [{"src": image.src, "alt": image.alt, "title": image.title} for image in block.images]
            code = {"codeLanguage": block.code_language}
            return {**common, "kind": block.kind.value, **code, "text": text, "html": html, "images": images}
        case records.PointList(point_kind, lead_in):
            numbering = {"ordered": block.start is not None, "start": block.start}
            return {**common, "kind": point_kind.value, "leadIn": lead_in, **numbering, "points": []}
        case records.Table():
            return {
                **common,
                "contents": block.contents.value,
                "columns": list(block.columns),
                "columnAlignments": [alignment.value for alignment in block.column_alignments],
                "rows": [list(row) for row in block.rows],
                "htmlRows": [list(row) for row in block.html_rows],
                "html": block.html,
                "statements": [],
            }


def _build_statements(content: Content, article_node: Node, article: records.Article) -> list[Node]:
    """Build the statements of an article, and append them to their blocks."""
    nodes: list[Node] = []
    for keyed in assign_statement_keys(article):
        section = article_node["sections"][keyed.section]
        block = section["blocks"][keyed.block]
        parent = {} if keyed.parent is None else nodes[keyed.parent]
        node: Node = {
            "__typename": keyed.type,
            "id": f"{keyed.type}:{keyed.key}",
            "article": article_node,
            "section": section,
            "source": _source_location(article, keyed.record.line),
            "about": set(parent.get("about", ())),
        }
        _add_statement_fields(content, node, keyed.record, parent, block)
        nodes.append(node)
        block["points" if keyed.type == "Point" else "statements"].append(node)
    return nodes


def _add_statement_fields(content: Content, node: Node, record: object, parent: Node, block: Node) -> None:
    """Add the fields that only this type of statement has."""

    def about(kind: str, name: str) -> Callable[..., Node]:
        identity = f"{kind}:{slugify(name)}"
        node["about"].add(identity)
        return lambda _: content.nodes[identity]

    match record:
        case records.Stance(party, text, html):
            node |= {"party": about("Party", party), "text": text, "html": html, "measures": []}
        case records.Measure(text, html):
            node |= {"party": parent["party"], "stance": parent, "text": text, "html": html}
            parent["measures"].append(node)
        case records.Approach(area, government, text, html):
            whose = about("Government", government)
            node |= {"policyArea": about("PolicyArea", area), "government": whose, "text": text, "html": html}
        case records.Role(group, function, function_html, message, message_html):
            node |= {"group": about("Group", group), "function": function, "functionHtml": function_html}
            node |= {"coreMessage": message, "coreMessageHtml": message_html}
        case records.Challenge(text, html):
            node |= {"text": text, "html": html, "proposedSolutions": []}
        case records.ProposedSolution(text=text, html=html):
            node |= {"challenge": parent, "text": text, "html": html}
            node |= {"anticipatedBenefit": record.anticipated_benefit}
            node |= {"anticipatedBenefitHtml": record.anticipated_benefit_html}
            parent["proposedSolutions"].append(node)
        case records.Point(label, text, html):
            node |= {"kind": block["kind"], "label": label, "text": text, "html": html}


def _first_spellings(article: records.Article, kind: str) -> dict[str, str]:
    """Return the first spelling of each entity that an article mentions, by slug, in order of appearance."""
    spellings: dict[str, str] = {}
    for name in entity_names(article, kind):
        spellings.setdefault(slugify(name), name)
    return spellings


def entity_names(article: records.Article, kind: str) -> Iterator[str]:
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, records.Table):
                yield from block.governments if kind == "Government" else ()
                yield from block.policy_areas if kind == "PolicyArea" else ()
                for row in block.statements:
                    if kind == "Party" and isinstance(row, records.Stance):
                        yield row.party
                    elif kind == "Group" and isinstance(row, records.Role):
                        yield row.group
