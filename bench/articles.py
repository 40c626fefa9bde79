"""Article generator. Equal numbers and seeds give equal files, byte for byte, on every machine.

Entities are drawn from pools that grow with the number of articles. The n-th entity of a pool has a probability of
about 1/n, so that a few are named in many articles and many in one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from typing import TypeVar

from bench.serializer import serialize_article
from bench.vocabulary import Names, Phrases, read_vocabulary
from counterpoint.article.normalization import slugify
from counterpoint.article.records import (
    Article,
    Block,
    ColumnAlignment,
    Paragraph,
    Point,
    PointKind,
    PointList,
    Section,
    Table,
    TableContents,
)

T = TypeVar("T")

FIRST_DAY = date(2018, 1, 1).toordinal()
DAY_COUNT = 8 * 365

LANGUAGE_PERCENTAGES = {"en": 56, "es": 14, "fr": 10, "de": 8, "uk": 6, "ja": 6}
WEIGHTED_LANGUAGES = tuple(chain.from_iterable([language] * share for language, share in LANGUAGE_PERCENTAGES.items()))

POINT_KINDS = tuple(PointKind)


@dataclass(frozen=True)
class PoolSizes:
    """Number of entities of each kind."""

    parties: int
    governments: int
    policy_areas: int
    groups: int

    @classmethod
    def for_articles(cls, articles: int) -> "PoolSizes":
        """Return the pool sizes for a number of articles."""
        return cls(30 + articles // 2, 20 + articles // 50, 30 + articles // 100, 30 + articles // 8)


class Draws:
    """Random draws for one article.

    Only `Random.random()` is used, because its sequence is the same in every version of Python.
    """

    def __init__(self, seed: int, article_number: int) -> None:
        self.random = Random(f"{seed}/{article_number}").random  # reproducible, not for security

    def below(self, end: int) -> int:
        """Return a number from 0 to `end` - 1."""
        return int(self.random() * end)

    def choose(self, choices: Sequence[T]) -> T:
        """Return one of several choices."""
        return choices[int(self.random() * len(choices))]

    def between(self, first: int, last: int) -> int:
        """Return a number from `first` to `last`."""
        return first + int(self.random() * (last - first + 1))

    def happens(self, probability: float) -> bool:
        """Return True with a probability."""
        return self.random() < probability

    def distinct(self, count: int, pool_size: int) -> list[int]:
        """Return different indexes of a pool. The n-th index has a probability of about 1/n."""
        indexes: dict[int, None] = {}
        while len(indexes) < count:
            indexes[int(pool_size ** self.random()) - 1] = None
        return list(indexes)


class ArticleGenerator:
    """Generates the articles of one seed. The number of articles determines the pool sizes."""

    def __init__(self, articles: int, seed: int) -> None:
        self._seed = seed
        self._pools = PoolSizes.for_articles(articles)
        self._names, self._phrases = read_vocabulary()

    def generate(self, number: int) -> Article:
        """Return the article with a number."""
        draws = Draws(self._seed, number)
        phrases = self._phrases[draws.choose(WEIGHTED_LANGUAGES)]
        title = f"{self._names.policy_area(draws.below(160))}: {draws.choose(phrases.stances)}"
        name = f"{slugify(title)[:70].strip('-')}-{number}"
        published = date.fromordinal(FIRST_DAY + draws.below(DAY_COUNT)) if draws.happens(0.92) else None
        return Article(
            path=f"{name}.md",
            sha256="",
            slug=name,
            title=title,
            subtitle=draws.choose(phrases.stances) if draws.happens(0.6) else None,
            summary=_prose(draws, phrases, 2) if draws.happens(0.8) else None,
            authors=tuple(self._names.author(index) for index in draws.distinct(draws.below(3), 400)),
            language=phrases.language,
            published=published,
            updated=_later_date(draws, published) if published and draws.happens(0.3) else None,
            url=f"https://example.org/articles/{number}" if draws.happens(0.5) else None,
            sections=tuple(self._sections(draws, phrases)),
        )

    def _sections(self, draws: Draws, phrases: Phrases) -> Iterator[Section]:
        count = draws.between(5, 8)
        blocks: list[Block] = [
            build(self._names, self._pools, draws, phrases) for build in TABLE_BUILDERS if draws.happens(0.8)
        ]
        blocks += [_point_list(draws, phrases) for _ in range(draws.between(2, 4))]
        if draws.happens(0.1):
            blocks.append(_plain_table(draws))
        blocks_of_sections: list[list[Block]] = [[] for _ in range(count)]
        for block in blocks:
            draws.choose(blocks_of_sections).append(block)
        if draws.happens(0.2):
            yield Section("", None, 1, (_paragraph(draws, phrases),), 0)
        for index, section_blocks in enumerate(blocks_of_sections):
            level = 3 if index and draws.happens(0.15) else 2
            paragraphs = [_paragraph(draws, phrases) for _ in range(draws.between(1, 3))]
            yield Section("", draws.choose(phrases.stances), level, (*paragraphs, *section_blocks), 0)


def _stances(names: Names, pools: PoolSizes, draws: Draws, phrases: Phrases) -> Table:
    rows = (
        (
            names.party(number),
            draws.choose(phrases.stances),
            "; ".join(draws.choose(phrases.measures) for _ in range(draws.between(1, 3))),
        )
        for number in draws.distinct(draws.between(2, 5), pools.parties)
    )
    return _table(TableContents.STANCES, ("Party", "Stance", "Recent Measures"), rows)


def _approaches(names: Names, pools: PoolSizes, draws: Draws, phrases: Phrases) -> Table:
    governments = [names.government(number) for number in draws.distinct(draws.between(1, 3), pools.governments)]
    rows = (
        (names.policy_area(number), *(draws.choose(phrases.stances) for _ in governments))
        for number in draws.distinct(draws.between(2, 4), pools.policy_areas)
    )
    columns = ("Policy Area", *(f"{name}\u2019s Approach" for name in governments))
    return _table(TableContents.APPROACHES, columns, rows)


def _roles(names: Names, pools: PoolSizes, draws: Draws, phrases: Phrases) -> Table:
    rows = (
        (names.group(number), draws.choose(phrases.labels), draws.choose(phrases.stances))
        for number in draws.distinct(draws.between(2, 4), pools.groups)
    )
    return _table(TableContents.ROLES, ("Group", "Function", "Core Message"), rows)


def _solutions(_names: Names, _pools: PoolSizes, draws: Draws, phrases: Phrases) -> Table:
    challenges = [draws.choose(phrases.stances) for _ in range(draws.between(2, 3))]
    rows = (
        (challenge, draws.choose(phrases.measures), draws.choose(phrases.stances))
        for challenge in challenges
        for _ in range(draws.between(1, 2))
    )
    return _table(TableContents.SOLUTIONS, ("Challenge", "Proposed Solution", "Anticipated Benefit"), rows)


TABLE_BUILDERS: tuple[Callable[[Names, PoolSizes, Draws, Phrases], Table], ...] = (
    _stances,
    _approaches,
    _roles,
    _solutions,
)


def _plain_table(draws: Draws) -> Table:
    rows = ((str(year), f"${draws.below(900)} million") for year in range(2018, 2018 + draws.between(2, 6)))
    return _table(TableContents.OTHER, ("Year", "Budget"), rows)


def _table(contents: TableContents, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    # Leave out the statements, because the serializer needs the cells alone and the parser derives statements.
    alignments = (ColumnAlignment.NONE,) * len(columns)
    return Table(contents, columns, tuple(rows), "", (), alignments, (), (), (), 0)


def _point_list(draws: Draws, phrases: Phrases) -> PointList:
    has_labels = draws.happens(0.5)
    points = tuple(
        Point(draws.choose(phrases.labels) if has_labels else None, draws.choose(phrases.stances), "", 0)
        for _ in range(draws.between(2, 4))
    )
    kind = draws.choose(POINT_KINDS)
    lead_in = draws.choose(phrases.lead_ins) if draws.happens(0.5) else None
    return PointList(kind, lead_in, points, 0)


def _paragraph(draws: Draws, phrases: Phrases) -> Paragraph:
    return Paragraph(_prose(draws, phrases, draws.between(2, 5)), "", 0)


def _prose(draws: Draws, phrases: Phrases, sentences: int) -> str:
    return " ".join(draws.choose(phrases.sentences) for _ in range(sentences))


def _later_date(draws: Draws, day: date) -> date:
    return date.fromordinal(day.toordinal() + 1 + draws.below(200))


def write_articles(folder: Path, articles: int, seed: int, numbers: range) -> None:
    """Write the files of some of the articles of a seed into a folder."""
    generator = ArticleGenerator(articles, seed)
    for number in numbers:
        article = generator.generate(number)
        (folder / article.path).write_bytes(serialize_article(article).encode())
