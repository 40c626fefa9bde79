"""Keys of blocks and statements, made from their content and independent of their position.

Another order of blocks, table rows or list items changes no key. Blocks that say the same are numbered by their markup,
then by their section, then in reading order.
"""

from base64 import b32encode
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

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


class _StatementDraft(NamedTuple):
    """A statement before it has a key."""

    type: str
    identity: tuple[str | None, ...]
    """The content that its key is made from."""
    tie_breaker: tuple[str, ...]
    """The content by which duplicates, which have the same identity, are ordered."""
    record: Record
    position: _Position
    parent: int | None = None


class _BlockDraft(NamedTuple):
    """A block before it has a key."""

    identity: tuple[object, ...]
    """The content that its key is made from, as texts and tuples of texts."""
    tie_breaker: tuple[str, ...]
    """The content by which duplicates, which have the same identity, are ordered."""


def assign_statement_keys(article: records.Article) -> list[KeyedStatement]:
    """Return all statements of an article in reading order, with keys. A challenge precedes its first solution."""
    drafts = _collect_statements(article)
    keys = _make_keys(
        (draft.type, article.slug, draft.identity, number)
        for draft, number in zip(drafts, _number_statements(drafts), strict=True)
    )
    return [
        KeyedStatement(key, draft.type, draft.record, draft.position.section, draft.position.block, draft.parent)
        for key, draft in zip(keys, drafts, strict=True)
    ]


def _number_statements(drafts: list[_StatementDraft]) -> list[int]:
    """Return each statement's number, from 1, among those of the same identity, independent of their order."""

    def tie_breaker(index: int, numbers: Sequence[int]) -> tuple[int, tuple[str, ...]]:
        # Equal stances precede their measures, so they have their numbers when the measures need them.
        draft = drafts[index]
        return 0 if draft.parent is None else numbers[draft.parent], draft.tie_breaker

    return _number_duplicates([(draft.type, *draft.identity) for draft in drafts], tie_breaker)


def _collect_statements(article: records.Article) -> list[_StatementDraft]:
    drafts: list[_StatementDraft] = []
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


def _draft_point(point: records.Point, block: records.PointList, position: _Position) -> _StatementDraft:
    tie_breaker = (block.kind, block.lead_in or "", point.html, position.section_slug)
    return _StatementDraft("Point", (point.label, point.text), tie_breaker, point, position)


def _draft_row(
    statement: records.TableStatement, position: _Position, index: int, challenges: dict[str, int]
) -> Iterator[_StatementDraft]:
    """Yield the statements of a row, which begin at `index`; `challenges` maps folded texts to indexes."""
    identity: tuple[str, ...]
    match statement:
        case records.Stance(party=party, text=text, measures=measures):
            identity = (slugify(party), text)
            htmls = (statement.html, *(measure.html for measure in measures))
            tie_breaker = (party, *(measure.text for measure in measures), "", position.section_slug, *htmls)
            yield _StatementDraft("Stance", identity, tie_breaker, statement, position)
            for measure in measures:
                yield _StatementDraft("Measure", (*identity, measure.text), (measure.html,), measure, position, index)
        case records.Approach(area, government, text, html):
            identity = (slugify(government), slugify(area), text)
            tie_breaker = (area, government, position.section_slug, html)
            yield _StatementDraft("Approach", identity, tie_breaker, statement, position)
        case records.Role(group=group, function=function, core_message=message):
            identity = (slugify(group), function, message)
            htmls = (statement.function_html, statement.core_message_html)
            yield _StatementDraft("Role", identity, (group, position.section_slug, *htmls), statement, position)
        case records.ProposedSolution(challenge=challenge, text=text, anticipated_benefit=benefit):
            folded = fold(challenge)
            if folded not in challenges:
                challenges[folded] = index
                record = records.Challenge(challenge, statement.challenge_html, statement.line)
                yield _StatementDraft("Challenge", (folded,), (), record, position)
            identity = (folded, text, benefit)
            tie_breaker = (challenge, position.section_slug, statement.html, statement.anticipated_benefit_html)
            yield _StatementDraft("ProposedSolution", identity, tie_breaker, statement, position, challenges[folded])


def assign_block_keys(article: records.Article) -> list[list[str]]:
    """Return the keys of the blocks of each section. Each key is unique in the article."""
    drafts = [_draft_block(block, section.slug) for section in article.sections for block in section.blocks]
    identities = [draft.identity for draft in drafts]
    numbers = _number_duplicates(identities, lambda index, _: drafts[index].tie_breaker)
    keys = iter(_make_keys((article.slug, *numbered) for numbered in zip(identities, numbers, strict=True)))
    return [[next(keys) for _ in section.blocks] for section in article.sections]


def _draft_block(block: records.Block, section_slug: str) -> _BlockDraft:
    match block:
        case records.Paragraph():
            return _BlockDraft(("Paragraph", block.kind, block.text), (block.html, section_slug))
        case records.PointList():
            points = tuple((point.label, point.text) for point in block.points)
            htmls = (point.html for point in block.points)
            tie_breaker = (block.kind, str(block.start), *htmls, section_slug)
            return _BlockDraft(("PointList", block.lead_in, points), tie_breaker)
        case records.Table():
            return _BlockDraft(("Table", block.columns, block.rows), (block.contents, block.html, section_slug))


def _make_keys(identities: Iterable[object]) -> list[str]:
    """Return the key of each identity: 16 lowercase base32 characters."""
    digests = b"".join(blake2b(orjson.dumps(identity), digest_size=_DIGEST_BYTES).digest() for identity in identities)
    # One call encodes all keys, because 10 bytes are exactly 16 base32 characters without padding.
    encoded = b32encode(digests).decode().lower()
    return [encoded[start : start + _KEY_CHARS] for start in range(0, len(encoded), _KEY_CHARS)]


def _number_duplicates(identities: Sequence[Hashable], tie_breaker: Callable[[int, Sequence[int]], Any]) -> list[int]:
    """Return the number of each identity, from 1, among those that are equal to it, independent of their order.

    `tie_breaker` takes an index and the numbers so far, and returns the value by which equal ones are ordered. Those
    with an equal value keep their order.
    """
    numbers = [1] * len(identities)
    indexes: dict[Hashable, list[int]] = defaultdict(list)
    for index, identity in enumerate(identities):
        indexes[identity].append(index)
    for duplicates in indexes.values():
        if len(duplicates) > 1:
            duplicates.sort(key=lambda index: tie_breaker(index, numbers))
            for number, index in enumerate(duplicates, start=1):
                numbers[index] = number
    return numbers
