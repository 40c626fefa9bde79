"""Keys of statements, made from their content and independent of their position.

Another order of table rows or list items changes no key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from counterpoint.article import records
from counterpoint.article.content_keys import make_keys, number_duplicates
from counterpoint.article.normalization import fold, slugify

Record = records.TableStatement | records.Measure | records.Challenge | records.Point


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
    keys = make_keys(
        (draft.type, article.slug, draft.identity, number)
        for draft, number in zip(drafts, _number_drafts(drafts), strict=True)
    )
    return [
        KeyedStatement(key, draft.type, draft.record, draft.position.section, draft.position.block, draft.parent)
        for key, draft in zip(keys, drafts, strict=True)
    ]


def _number_drafts(drafts: list[_Draft]) -> list[int]:
    """Return each statement's number, from 1, among those of the same identity, independent of their order."""

    def tie_breaker(index: int, numbers: Sequence[int]) -> tuple[int, tuple[str, ...]]:
        # Equal stances precede their measures, so they have their numbers when the measures need them.
        draft = drafts[index]
        return 0 if draft.parent is None else numbers[draft.parent], draft.tie_breaker

    return number_duplicates([(draft.type, *draft.identity) for draft in drafts], tie_breaker)


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
        case records.Stance(party=party, text=text, measures=measures):
            identity = (slugify(party), text)
            htmls = (statement.html, *(measure.html for measure in measures))
            tie_breaker = (party, *(measure.text for measure in measures), "", position.section_slug, *htmls)
            yield _Draft("Stance", identity, tie_breaker, statement, position)
            for measure in measures:
                yield _Draft("Measure", (*identity, measure.text), (measure.html,), measure, position, index)
        case records.Approach(area, government, text, html):
            identity = (slugify(government), slugify(area), text)
            yield _Draft("Approach", identity, (area, government, position.section_slug, html), statement, position)
        case records.Role(group=group, function=function, core_message=message):
            identity = (slugify(group), function, message)
            htmls = (statement.function_html, statement.core_message_html)
            yield _Draft("Role", identity, (group, position.section_slug, *htmls), statement, position)
        case records.ProposedSolution(challenge=challenge, text=text, anticipated_benefit=benefit):
            folded = fold(challenge)
            if folded not in challenges:
                challenges[folded] = index
                record = records.Challenge(challenge, statement.challenge_html, statement.line)
                yield _Draft("Challenge", (folded,), (), record, position)
            identity = (folded, text, benefit)
            tie_breaker = (challenge, position.section_slug, statement.html, statement.anticipated_benefit_html)
            yield _Draft("ProposedSolution", identity, tie_breaker, statement, position, challenges[folded])
