"""Articles without end: a number and a seed in, the same article files out, byte for byte, on every machine.

Entities are drawn from pools that grow with the number of articles, the n-th of a pool with a probability of about
1/n: a few are named everywhere, many once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import TypeVar

from bench.vocabulary import Names, Phrases, read_vocabulary
from counterpoint.article.normalization import slugify
from counterpoint.article.records import (
    Article,
    Block,
    Paragraph,
    Point,
    PointKind,
    PointList,
    Section,
    Table,
    TableContents,
)
from counterpoint.article.serializer import serialize_article

T = TypeVar("T")

FIRST_DAY = date(2018, 1, 1).toordinal()
DAYS = 8 * 365

# How often an article is in a language, of 100.
SHARES = {"en": 56, "es": 14, "fr": 10, "de": 8, "uk": 6, "ja": 6}
SPREAD = tuple(chain.from_iterable([language] * share for language, share in SHARES.items()))

KINDS = tuple(PointKind)


@dataclass(frozen=True)
class Pools:
    """How many entities of each kind there are to draw from."""

    parties: int
    governments: int
    policy_areas: int
    groups: int

    @classmethod
    def of(cls, articles: int) -> "Pools":
        """Let the pools grow with the number of articles."""
        return cls(30 + articles // 2, 20 + articles // 50, 30 + articles // 100, 30 + articles // 8)


class Dice:
    """Draws for one article; only `random()` is used, whose sequence is the same in every Python."""

    def __init__(self, seed: int, number: int) -> None:
        """Begin the sequence of an article."""
        self.random = Random(f"{seed}/{number}").random  # nothing secret is drawn

    def below(self, end: int) -> int:
        """Draw a number from 0."""
        return int(self.random() * end)

    def one(self, choices: Sequence[T]) -> T:
        """Draw one of some."""
        return choices[int(self.random() * len(choices))]

    def between(self, least: int, most: int) -> int:
        """Draw a number, both ends included."""
        return least + int(self.random() * (most - least + 1))

    def happens(self, probability: float) -> bool:
        """Draw yes or no."""
        return self.random() < probability

    def distinct(self, count: int, pool: int) -> list[int]:
        """Draw different members of a pool, the n-th with a probability of about 1/n."""
        drawn: dict[int, None] = {}
        while len(drawn) < count:
            drawn[int(pool ** self.random()) - 1] = None
        return list(drawn)


class Writer:
    """Writes the articles of one seed."""

    def __init__(self, articles: int, seed: int) -> None:
        """Write as many articles as the pools are made for."""
        self._seed = seed
        self._pools = Pools.of(articles)
        self._names, self._phrases = read_vocabulary()

    def article(self, number: int) -> Article:
        """Write one article."""
        dice = Dice(self._seed, number)
        phrases = self._phrases[dice.one(SPREAD)]
        title = f"{self._names.policy_area(dice.below(160))}: {dice.one(phrases.stances)}"
        name = f"{slugify(title)[:70].strip('-')}-{number}"
        published = date.fromordinal(FIRST_DAY + dice.below(DAYS)) if dice.happens(0.92) else None
        return Article(
            path=f"{name}.md",
            sha256="",
            slug=name,
            title=title,
            subtitle=dice.one(phrases.stances) if dice.happens(0.6) else None,
            summary=_prose(dice, phrases, 2) if dice.happens(0.8) else None,
            authors=tuple(self._names.author(at) for at in dice.distinct(dice.below(3), 400)),
            language=phrases.language,
            published=published,
            updated=_later(dice, published) if published and dice.happens(0.3) else None,
            url=f"https://example.org/articles/{number}" if dice.happens(0.5) else None,
            sections=tuple(self._sections(dice, phrases)),
        )

    def _sections(self, dice: Dice, phrases: Phrases) -> Iterator[Section]:
        count = dice.between(5, 8)
        extras: list[Block] = [table(self._names, self._pools, dice, phrases) for table in TABLES if dice.happens(0.8)]
        extras += [_points(dice, phrases) for _ in range(dice.between(2, 4))]
        if dice.happens(0.1):
            extras.append(_figures(dice))
        placed: list[list[Block]] = [[] for _ in range(count)]
        for extra in extras:
            dice.one(placed).append(extra)
        if dice.happens(0.2):
            yield Section("", None, 1, (_paragraph(dice, phrases),), 0)
        for at, blocks in enumerate(placed):
            level = 3 if at and dice.happens(0.15) else 2
            prose = [_paragraph(dice, phrases) for _ in range(dice.between(1, 3))]
            yield Section("", dice.one(phrases.stances), level, (*prose, *blocks), 0)


def _stances(names: Names, pools: Pools, dice: Dice, phrases: Phrases) -> Table:
    rows = (
        (
            names.party(number),
            dice.one(phrases.stances),
            "; ".join(dice.one(phrases.measures) for _ in range(dice.between(1, 3))),
        )
        for number in dice.distinct(dice.between(2, 5), pools.parties)
    )
    return _table(TableContents.STANCES, ("Party", "Stance", "Recent Measures"), rows)


def _approaches(names: Names, pools: Pools, dice: Dice, phrases: Phrases) -> Table:
    compared = [names.government(number) for number in dice.distinct(dice.between(1, 3), pools.governments)]
    rows = (
        (names.policy_area(number), *(dice.one(phrases.stances) for _ in compared))
        for number in dice.distinct(dice.between(2, 4), pools.policy_areas)
    )
    return _table(TableContents.APPROACHES, ("Policy Area", *(f"{name}\u2019s Approach" for name in compared)), rows)


def _roles(names: Names, pools: Pools, dice: Dice, phrases: Phrases) -> Table:
    rows = (
        (names.group(number), dice.one(phrases.labels), dice.one(phrases.stances))
        for number in dice.distinct(dice.between(2, 4), pools.groups)
    )
    return _table(TableContents.ROLES, ("Group", "Function", "Core Message"), rows)


def _solutions(_names: Names, _pools: Pools, dice: Dice, phrases: Phrases) -> Table:
    challenges = [dice.one(phrases.stances) for _ in range(dice.between(2, 3))]
    rows = (
        (challenge, dice.one(phrases.measures), dice.one(phrases.stances))
        for challenge in challenges
        for _ in range(dice.between(1, 2))
    )
    return _table(TableContents.SOLUTIONS, ("Challenge", "Proposed Solution", "Anticipated Benefit"), rows)


TABLES: tuple[Callable[[Names, Pools, Dice, Phrases], Table], ...] = (_stances, _approaches, _roles, _solutions)


def _figures(dice: Dice) -> Table:
    rows = ((str(year), f"${dice.below(900)} million") for year in range(2018, 2018 + dice.between(2, 6)))
    return _table(TableContents.OTHER, ("Year", "Budget"), rows)


def _table(contents: TableContents, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    # What the rows state is what reading makes of them: writing needs the cells alone.
    return Table(contents, columns, tuple(rows), "", (), (), (), 0)


def _points(dice: Dice, phrases: Phrases) -> PointList:
    labelled = dice.happens(0.5)
    points = tuple(
        Point(dice.one(phrases.labels) if labelled else None, dice.one(phrases.stances), "", 0)
        for _ in range(dice.between(2, 4))
    )
    return PointList(dice.one(KINDS), dice.one(phrases.lead_ins) if dice.happens(0.5) else None, points, 0)


def _paragraph(dice: Dice, phrases: Phrases) -> Paragraph:
    return Paragraph(_prose(dice, phrases, dice.between(2, 5)), "", 0)


def _prose(dice: Dice, phrases: Phrases, sentences: int) -> str:
    return " ".join(dice.one(phrases.sentences) for _ in range(sentences))


def _later(dice: Dice, day: date) -> date:
    return date.fromordinal(day.toordinal() + 1 + dice.below(200))


def write_some(folder: Path, articles: int, seed: int, numbers: range) -> int:
    """Write the files of some articles of a seed; give how many."""
    writer = Writer(articles, seed)
    for number in numbers:
        article = writer.article(number)
        (folder / article.path).write_bytes(serialize_article(article).encode())
    return len(numbers)


def batches(articles: int, size: int = 500) -> list[range]:
    """Cut the numbers of all articles into pieces for several processes."""
    return [range(start, min(start + size, articles)) for start in range(0, articles, size)]


def job(folder: Path, articles: int, seed: int) -> Callable[[range], int]:
    """Give what a process does with a piece."""
    return partial(write_some, folder, articles, seed)
