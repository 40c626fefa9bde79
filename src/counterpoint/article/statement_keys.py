"""What each statement of an article is known by: a key made of what it says, never of where it stands.

Reordering the rows of tables or the items of lists changes no key.
"""

from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import orjson

from counterpoint.article.normalization import fold, slugify
from counterpoint.article.records import (
    Approach,
    Article,
    Challenge,
    Measure,
    Point,
    PointList,
    ProposedSolution,
    Role,
    Stance,
    Table,
    TableStatement,
)

Record = Stance | Measure | Approach | Role | Challenge | ProposedSolution | Point

_KEY_BYTES = 10


@dataclass(frozen=True, slots=True)
class KeyedStatement:
    """A statement in its place: `section` counts within the article, `block` within the section, from 0."""

    key: str
    """16 lowercase base32 characters, unique within its type and article."""
    type: str
    record: Record
    section: int
    block: int
    parent: int | None
    """The index, among the article's statements, of a measure's stance or a proposed solution's challenge."""


class _Place(NamedTuple):
    heading: str
    section: int
    block: int


class _Draft(NamedTuple):
    """A statement before its key: what it says, and what tells it from others that say the same."""

    type: str
    says: tuple[str | None, ...]
    rest: tuple[str, ...]
    record: Record
    place: _Place
    parent: int | None = None


def assign_statement_keys(article: Article) -> list[KeyedStatement]:
    """All statements in reading order: a stance and its measures, a challenge where it is first named."""
    drafts = _collect(article)
    names = (
        orjson.dumps((draft.type, article.slug, draft.says, number))
        for draft, number in zip(drafts, _number_duplicates(drafts), strict=True)
    )
    # Ten bytes are sixteen characters to the bit, so all keys are encoded in one go.
    digests = b"".join(blake2b(name, digest_size=_KEY_BYTES).digest() for name in names)
    keys = b32encode(digests).decode().lower()
    return [
        KeyedStatement(
            keys[16 * at :][:16],
            draft.type,
            draft.record,
            draft.place.section,
            draft.place.block,
            draft.parent,
        )
        for at, draft in enumerate(drafts)
    ]


def _number_duplicates(drafts: list[_Draft]) -> list[int]:
    """Which one each statement is, from 1, of those that say the same, whatever the order of rows."""
    numbers = [1] * len(drafts)
    alike: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        alike[draft.type, *draft.says].append(at)
    # Equal stances are numbered before their measures, which follow them and are told apart by their numbers.
    for places in alike.values():
        if len(places) > 1:
            places.sort(key=lambda at: (_parent_number(drafts[at], numbers), drafts[at].rest))
            for number, at in enumerate(places, start=1):
                numbers[at] = number
    return numbers


def _parent_number(draft: _Draft, numbers: list[int]) -> int:
    return 0 if draft.parent is None else numbers[draft.parent]


def _collect(article: Article) -> list[_Draft]:
    drafts: list[_Draft] = []
    challenges: dict[str, int] = {}
    for at, section in enumerate(article.sections):
        for block_at, block in enumerate(section.blocks):
            place = _Place(section.slug, at, block_at)
            if isinstance(block, PointList):
                drafts += (_point(point, block, place) for point in block.points)
            elif isinstance(block, Table):
                for row in block.statements:
                    drafts += _row(row, place, len(drafts), challenges)
    return drafts


def _point(point: Point, block: PointList, place: _Place) -> _Draft:
    rest = (block.kind, block.lead_in or "", point.html, place.heading)
    return _Draft("Point", (point.label, point.text), rest, point, place)


def _row(row: TableStatement, place: _Place, count: int, challenges: dict[str, int]) -> Iterator[_Draft]:
    match row:
        case Stance(party, text, measures):
            texts = [measure.text for measure in measures]
            says = (slugify(party), text)
            yield _Draft("Stance", says, (party, *texts, "", place.heading), row, place)
            for measure in measures:
                yield _Draft("Measure", (*says, measure.text), (), measure, place, count)
        case Approach(area, government, text):
            yield _Draft(
                "Approach",
                (slugify(government), slugify(area), text),
                (area, government, place.heading),
                row,
                place,
            )
        case Role(group, function, message):
            yield _Draft("Role", (slugify(group), function, message), (group, place.heading), row, place)
        case ProposedSolution(challenge, text, benefit):
            problem = fold(challenge)
            if problem not in challenges:
                challenges[problem] = count
                yield _Draft("Challenge", (problem,), (), Challenge(challenge, row.line), place)
            rest = (challenge, place.heading)
            yield _Draft("ProposedSolution", (problem, text, benefit), rest, row, place, challenges[problem])
