"""Keys of statements, made from their content and independent of their position.

Another order of table rows or list items changes no key.
"""

from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import orjson

from counterpoint.article import records
from counterpoint.article.normalization import fold, slugify

Record = records.TableStatement | records.Measure | records.Challenge | records.Point

_DIGEST_BYTES = 10
_KEY_CHARS = 16


@dataclass(frozen=True, slots=True)
class KeyedStatement:
    """A statement with its key and position; `section` counts in the article and `block` in the section, from 0."""

    key: str
    """16 lowercase base32 characters, unique within its type and article."""
    type: str
    record: Record
    section: int
    block: int
    parent: int | None
    """The index, among the article's statements, of a measure's stance or a proposed solution's challenge."""


class _Position(NamedTuple):
    section_slug: str
    section: int
    block: int


class _Draft(NamedTuple):
    """A statement before it has a key."""

    type: str
    identity: tuple[str | None, ...]
    """The content that its key is made from."""
    tie_breaker: tuple[str, ...]
    """The content by which duplicates, which have the same identity, are ordered."""
    record: Record
    position: _Position
    parent: int | None = None


def assign_statement_keys(article: records.Article) -> list[KeyedStatement]:
    """Return all statements of an article in reading order, with keys. A challenge precedes its first solution."""
    drafts = _collect(article)
    identities = (
        orjson.dumps((draft.type, article.slug, draft.identity, number))
        for draft, number in zip(drafts, _number_duplicates(drafts), strict=True)
    )
    # One call encodes all keys, because 10 bytes are exactly 16 base32 characters without padding.
    digests = b"".join(blake2b(identity, digest_size=_DIGEST_BYTES).digest() for identity in identities)
    encoded = b32encode(digests).decode().lower()
    keys = (encoded[start : start + _KEY_CHARS] for start in range(0, len(encoded), _KEY_CHARS))
    return [
        KeyedStatement(key, draft.type, draft.record, draft.position.section, draft.position.block, draft.parent)
        for key, draft in zip(keys, drafts, strict=True)
    ]


def _number_duplicates(drafts: list[_Draft]) -> list[int]:
    """Return each statement's number, from 1, among those of the same identity, independent of their order."""
    numbers = [1] * len(drafts)
    indexes: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        indexes[draft.type, *draft.identity].append(index)
    # Equal stances precede their measures in `indexes`, so they have their numbers when the measures need them.
    for duplicates in indexes.values():
        if len(duplicates) > 1:
            duplicates.sort(
                key=lambda index: (_parent_duplicate_number(drafts[index], numbers), drafts[index].tie_breaker)
            )
            for number, index in enumerate(duplicates, start=1):
                numbers[index] = number
    return numbers


def _parent_duplicate_number(draft: _Draft, numbers: list[int]) -> int:
    return 0 if draft.parent is None else numbers[draft.parent]


def _collect(article: records.Article) -> list[_Draft]:
    drafts: list[_Draft] = []
    challenges: dict[str, int] = {}
    for section_index, section in enumerate(article.sections):
        for block_index, block in enumerate(section.blocks):
            position = _Position(section.slug, section_index, block_index)
            if isinstance(block, records.PointList):
                drafts += (_draft_point(point, block, position) for point in block.points)
            elif isinstance(block, records.Table):
                for statement in block.statements:
                    drafts += _draft_row(statement, position, len(drafts), challenges)
    return drafts


def _draft_point(point: records.Point, block: records.PointList, position: _Position) -> _Draft:
    tie_breaker = (block.kind, block.lead_in or "", point.html, position.section_slug)
    return _Draft("Point", (point.label, point.text), tie_breaker, point, position)


def _draft_row(
    statement: records.TableStatement, position: _Position, index: int, challenges: dict[str, int]
) -> Iterator[_Draft]:
    """Yield the statements of a row, which begin at `index`; `challenges` maps folded texts to indexes."""
    identity: tuple[str, ...]
    match statement:
        case records.Stance(party, text, measures):
            texts = [measure.text for measure in measures]
            identity = (slugify(party), text)
            yield _Draft("Stance", identity, (party, *texts, "", position.section_slug), statement, position)
            for measure in measures:
                yield _Draft("Measure", (*identity, measure.text), (), measure, position, index)
        case records.Approach(area, government, text):
            identity = (slugify(government), slugify(area), text)
            yield _Draft("Approach", identity, (area, government, position.section_slug), statement, position)
        case records.Role(group, function, message):
            identity = (slugify(group), function, message)
            yield _Draft("Role", identity, (group, position.section_slug), statement, position)
        case records.ProposedSolution(challenge, text, benefit):
            folded = fold(challenge)
            if folded not in challenges:
                challenges[folded] = index
                yield _Draft("Challenge", (folded,), (), records.Challenge(challenge, statement.line), position)
            identity, tie_breaker = (folded, text, benefit), (challenge, position.section_slug)
            yield _Draft("ProposedSolution", identity, tie_breaker, statement, position, challenges[folded])
