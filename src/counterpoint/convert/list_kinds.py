"""The kind of a list, guessed from the words around it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from counterpoint.convert.document import Block, Heading, ItemList, Paragraph, to_plain_text
from counterpoint.convert.lines import is_lead_in
from counterpoint.convert.words import find_word

_KINDS = ("highlights", "initiatives", "objectives", "recommendations")


class KindGuess(NamedTuple):
    """The class of a list, and the word from which it is guessed."""

    class_name: str
    word: str


def guess_kind(item_list: ItemList, previous: Block | None, heading: Heading | None) -> KindGuess | None:
    """Return the kind of a list, from the block above it, its labels, or the heading of its section; or None."""
    for text in _evidence(item_list, previous, heading):
        matches = [(match, kind) for kind in _KINDS if (match := find_word(kind, text))]
        if matches:
            (_, word), kind = max(matches)
            return KindGuess(kind, word)
    return None


def _evidence(item_list: ItemList, previous: Block | None, heading: Heading | None) -> Iterator[str]:
    """Yield the texts that may name the kind, the most reliable one first."""
    if isinstance(previous, Heading | Paragraph):
        yield to_plain_text(previous.markdown)
    if not (isinstance(previous, Paragraph) and is_lead_in(previous.markdown)):
        yield " ".join(_labels(item_list.items))
        if heading:
            yield to_plain_text(heading.markdown)


def _labels(items: Iterable[str]) -> Iterator[str]:
    for item in items:
        label, colon, _ = to_plain_text(item.partition("\n")[0]).partition(":")
        if colon:
            yield label
