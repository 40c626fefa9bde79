"""Keys of blocks, made from what they say and independent of their position.

Blocks that say the same are numbered by their markup, then by their section, then in reading order.
"""

from typing import NamedTuple

from counterpoint.article import records
from counterpoint.article.content_keys import make_keys, number_duplicates


class _Draft(NamedTuple):
    """A block before it has a key."""

    identity: tuple[object, ...]
    """The content that its key is made from, as texts and tuples of texts."""
    tie_breaker: tuple[str, ...]
    """The content by which duplicates, which have the same identity, are ordered."""


def assign_block_keys(article: records.Article) -> list[list[str]]:
    """Return the keys of the blocks of each section. Each key is unique in the article."""
    drafts = [_draft(block, section.slug) for section in article.sections for block in section.blocks]
    identities = [draft.identity for draft in drafts]
    numbers = number_duplicates(identities, lambda index, _: drafts[index].tie_breaker)
    keys = iter(make_keys((article.slug, *numbered) for numbered in zip(identities, numbers, strict=True)))
    return [[next(keys) for _ in section.blocks] for section in article.sections]


def _draft(block: records.Block, section_slug: str) -> _Draft:
    match block:
        case records.Paragraph():
            return _Draft(("Paragraph", block.kind, block.text), (block.html, section_slug))
        case records.PointList():
            points = tuple((point.label, point.text) for point in block.points)
            htmls = (point.html for point in block.points)
            tie_breaker = (block.kind, str(block.start), *htmls, section_slug)
            return _Draft(("PointList", block.lead_in, points), tie_breaker)
        case records.Table():
            return _Draft(("Table", block.columns, block.rows), (block.contents, block.html, section_slug))
