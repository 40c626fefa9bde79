"""What the API should answer, worked out from the records alone: no SQL, no plan, and the contract for a schema.

graphql-core walks plain dictionaries: a field holds a value, or a function where it depends on arguments or points at
what is made later. Cursors are opaque, so which one stands for which object in which order is handed in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInputObjectType, build_schema, execute_sync, parse

from counterpoint.article import records
from counterpoint.article.normalization import fold, slugify
from counterpoint.article.statement_keys import assign_statement_keys
from support.oracle_connections import ConnectionOrder, sort_objects
from support.oracle_filters import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

CONTRACT_SCHEMA = build_schema((Path(__file__).parents[1] / "api" / "contract.graphql").read_text(encoding="utf-8"))

ApiObject = dict[str, Any]
"""An object of the API, by field."""

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
"""The lists of all objects, and their types. An article has lists of the same names."""

ENTITY_FIELDS = {
    "Party": ("party", "stances", "measures"),
    "Government": ("government", "approaches"),
    "PolicyArea": ("policyArea", "approaches"),
    "Group": ("group", "roles"),
}
"""By type: how one is looked up, and the lists of statements about it."""


class Oracle:
    """Answers operations about some articles, seeded as `revision`.

    `cursors` stand for objects: by the name of the order, then by id.
    """

    def __init__(
        self, articles: Sequence[records.Article], revision: str, cursors: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        world = ExpectedContent(cursors or {})
        for article in sorted(articles, key=_recency_key):
            _add_article(world, article)
        for kind in ENTITY_FIELDS:
            keys = [key for named, key in world.naming if named == kind]
            world.lists[kind] = sorted((_build_entity(world, kind, key) for key in keys), key=_name_key)
        for things in world.lists.values():
            world.things |= {thing["id"]: thing for thing in things}
        self.world = world
        self._root = _root_value(world, {"id": revision, "articleCount": len(articles)})

    def execute(self, document: str, variables: Mapping[str, Any] | None = None) -> Any:
        """Give the data of an answer."""
        result = execute_sync(CONTRACT_SCHEMA, parse(document), self._root, variable_values=dict(variables or {}))
        assert not result.errors, result.errors
        return result.data


@dataclass
class ExpectedContent:
    """All things there are."""

    cursors: Mapping[str, Mapping[str, str]]
    things: dict[str, ApiObject] = field(default_factory=dict)
    """By id."""
    lists: dict[str, list[ApiObject]] = field(default_factory=lambda: defaultdict(list))
    """All things of a type, in the default order of their connections."""
    orders: dict[tuple[str, str], ConnectionOrder] = field(default_factory=dict)
    """By type and name, as far as asked for."""
    naming: dict[tuple[str, str], list[tuple[ApiObject, str]]] = field(default_factory=lambda: defaultdict(list))
    """By type and slug of an entity: the articles that name it, newest first, and how they spell it."""

    def about(self, kind: str, entity: str) -> list[ApiObject]:
        """Give the statements of a kind about an entity, newest first."""
        return [thing for thing in self.lists[kind] if entity in thing["about"]]

    def related(self, thing: ApiObject, name: str) -> list[ApiObject]:
        """Give the objects that belong to a thing, or the one that it points at."""
        kind = thing["__typename"]
        if kind in ENTITY_FIELDS:
            naming = self.naming[kind, thing["slug"]]
            return (
                [article for article, _ in naming] if name == "articles" else self.about(ROOT_LISTS[name], thing["id"])
            )
        found = thing[name](None) if callable(thing[name]) else thing[name]
        return found if isinstance(found, list) else [found]

    def page(self, kind: str, things: Callable[[], list[ApiObject]]) -> Callable[..., ApiObject]:
        """Make the field of a connection."""
        declared = CONTRACT_SCHEMA.type_map[f"{kind}Filter"]
        assert isinstance(declared, GraphQLInputObjectType)

        def page(_: object, orderBy: str, where: Mapping[str, Any] | None = None, **asked: Any) -> ApiObject:  # noqa: N803  # the argument's name
            found = [thing for thing in things() if matches(declared, thing, where or {}, self.related)]
            return self._order(kind, orderBy).page(found, **asked)

        return page

    def _order(self, kind: str, name: str) -> ConnectionOrder:
        if (kind, name) not in self.orders:
            places = {thing["id"]: place for place, thing in enumerate(sort_objects(self.lists[kind], name))}
            self.orders[kind, name] = ConnectionOrder(places, self.cursors.get(name, {}))
        return self.orders[kind, name]


def _recency_key(article: records.Article) -> tuple[bool, int, str]:
    """By day of publication, the newest first, those without one last; then by slug."""
    return article.published is None, -(article.published or date.min).toordinal(), article.slug


def _name_key(entity: ApiObject) -> tuple[str, str]:
    return fold(entity["name"]), entity["slug"]


def _root_value(world: ExpectedContent, revision: ApiObject) -> ApiObject:
    root: ApiObject = {
        "revision": revision,
        "node": lambda _, **asked: world.things.get(asked["id"]),
        "nodes": lambda _, **asked: [world.things.get(identity) for identity in asked["ids"]],
        "article": lambda _, **asked: world.things.get(f"Article:{asked['slug']}"),
    }
    for name, kind in ROOT_LISTS.items():
        root[name] = world.page(kind, lambda kind=kind: world.lists[kind])  # type: ignore[misc]
    for kind, (look_up, *_) in ENTITY_FIELDS.items():
        root[look_up] = lambda _, kind=kind, **asked: world.things.get(f"{kind}:{asked['slug']}")
    return root


def _build_entity(world: ExpectedContent, kind: str, key: str) -> ApiObject:
    naming = world.naming[kind, key]
    _, *lists = ENTITY_FIELDS[kind]
    entity: ApiObject = {
        "__typename": kind,
        "id": f"{kind}:{key}",
        "slug": key,
        "name": naming[0][1],
    }
    for name in ("articles", *lists):
        entity[name] = world.page(ROOT_LISTS[name], lambda name=name: world.related(entity, name))  # type: ignore[misc]
    for current, of, said in (
        ("currentStance", "Stance", "text"),
        ("currentFunction", "Role", "function"),
        ("currentCoreMessage", "Role", "coreMessage"),
    ):
        entity[current] = next((thing[said] for thing in world.about(of, entity["id"])), None)
    return entity


def _add_article(world: ExpectedContent, article: records.Article) -> None:
    made: ApiObject = {
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
        "source": _source_location(article, 1),
    }
    world.lists["Article"].append(made)
    made["sections"] = [_build_section(made, article, section) for section in article.sections]
    world.lists["Section"] += made["sections"]
    stated = _build_statements(world, made, article)
    for name, kind in ROOT_LISTS.items():
        of_kind = [thing for thing in stated if thing["__typename"] == kind]
        world.lists[kind] += of_kind
        made[name] = of_kind
    points = made["points"]
    made["points"] = lambda _, kind=None: [point for point in points if kind in (None, point["kind"])]
    for name, kind in ROOT_LISTS.items():
        if kind in ENTITY_FIELDS:
            spelled = _first_spellings(article, kind)
            for key, spelling in spelled.items():
                world.naming[kind, key].append((made, spelling))
            made[name] = lambda _, kind=kind, keys=tuple(spelled): [world.things[f"{kind}:{key}"] for key in keys]


def _source_location(article: records.Article, line: int) -> ApiObject:
    return {"path": article.path, "line": line, "sha256": article.sha256}


def _build_section(made: ApiObject, article: records.Article, section: records.Section) -> ApiObject:
    return {
        "__typename": "Section",
        "id": f"Section:{article.slug}/{section.slug}",
        "article": made,
        "slug": section.slug,
        "heading": section.heading,
        "level": section.level,
        "source": _source_location(article, section.line),
        "blocks": [_build_block(article, block) for block in section.blocks],
    }


def _build_block(article: records.Article, block: records.Block) -> ApiObject:
    common = {"__typename": type(block).__name__, "source": _source_location(article, block.line)}
    match block:
        case records.Paragraph(text, html):
            return {**common, "text": text, "html": html}
        case records.PointList(kind, lead_in):
            return {**common, "kind": kind.value, "leadIn": lead_in, "points": []}
        case records.Table(contents, columns, rows, html):
            cells = {"columns": list(columns), "rows": [list(row) for row in rows]}
            return {**common, "contents": contents.value, **cells, "html": html, "statements": []}


def _build_statements(world: ExpectedContent, made: ApiObject, article: records.Article) -> list[ApiObject]:
    """Make the statements of an article, and hang them where they stand."""
    things: list[ApiObject] = []
    for stated in assign_statement_keys(article):
        section = made["sections"][stated.section]
        block = section["blocks"][stated.block]
        parent = {} if stated.parent is None else things[stated.parent]
        thing: ApiObject = {
            "__typename": stated.type,
            "id": f"{stated.type}:{stated.key}",
            "article": made,
            "section": section,
            "source": _source_location(article, stated.record.line),
            "about": set(parent.get("about", ())),
        }
        _add_statement_fields(world, thing, stated.record, parent, block)
        things.append(thing)
        block["points" if stated.type == "Point" else "statements"].append(thing)
    return things


def _add_statement_fields(
    world: ExpectedContent, thing: ApiObject, record: object, parent: ApiObject, block: ApiObject
) -> None:
    """Add what only one kind of statement has."""

    def about(kind: str, name: str) -> Callable[..., ApiObject]:
        identity = f"{kind}:{slugify(name)}"
        thing["about"].add(identity)
        return lambda _: world.things[identity]

    match record:
        case records.Stance(party, text):
            thing |= {"party": about("Party", party), "text": text, "measures": []}
        case records.Measure(text):
            thing |= {"party": parent["party"], "stance": parent, "text": text}
            parent["measures"].append(thing)
        case records.Approach(area, government, text):
            whose = about("Government", government)
            thing |= {"policyArea": about("PolicyArea", area), "government": whose, "text": text}
        case records.Role(group, function, message):
            thing |= {"group": about("Group", group), "function": function, "coreMessage": message}
        case records.Challenge(text):
            thing |= {"text": text, "proposedSolutions": []}
        case records.ProposedSolution(_, text, benefit):
            thing |= {"challenge": parent, "text": text, "anticipatedBenefit": benefit}
            parent["proposedSolutions"].append(thing)
        case records.Point(label, text, html):
            thing |= {"kind": block["kind"], "label": label, "text": text, "html": html}


def _first_spellings(article: records.Article, kind: str) -> dict[str, str]:
    """Give the entities of a kind that an article names, as they first appear: slug to first spelling."""
    spelled: dict[str, str] = {}
    for name in entity_names(article, kind):
        spelled.setdefault(slugify(name), name)
    return spelled


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
