"""Edits: a folder of articles as its authors may leave it next, changed in one place or a few."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from counterpoint.article import records
from support.article_strategies import NASTY, hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    Path = tuple[str | int, ...]
    Folder = Sequence[records.Article]

SLUGS = ("a", "a-b", "b", "﨎", "𐐨", "東京都", "z", "old", "new", "undated", "other", "x" * 300)
DAYS = (None, date(2019, 7, 16), date(2022, 1, 1), date.max)
NAMES = ("Mayor", "MAYOR!", "The Mayor", "Governor", "Union", "Firm", "Activists", "Zebra")

CHOICES: dict[str, Sequence[Any]] = {
    **dict.fromkeys(("title", "text", "html", "function", "core_message", "anticipated_benefit"), NASTY),
    **dict.fromkeys(("subtitle", "summary", "lead_in", "label", "url"), (None, *NASTY)),
    **dict.fromkeys(("party", "group"), NAMES),
    **dict.fromkeys(("published", "updated"), DAYS),
    "challenge": ("Distrust", " distrust ", "Delay"),
    "language": ("en", "pt-BR"),
    "line": range(1, 9),
    "level": range(2, 7),
    "kind": tuple(records.PointKind),
}
"""What a field may be changed to; others are left alone, for they must fit each other."""

LISTS = ("sections", "blocks", "measures", "points", "statements", "authors")
"""What may be put in another order, or lose something."""


def edited(articles: Folder, random: Random, new: Callable[[str, str], records.Article]) -> list[records.Article]:
    """Change something in a folder; `new` makes an article for a path and a slug."""
    free = [slug for slug in SLUGS if slug not in {article.slug for article in articles}]
    edit = random.choice([mended, mended, mended, removed, renamed, relabelled, exchanged, added])
    if edit is added or not articles:
        return added(articles, random, free, new)
    return edit(articles, random, free, new)


def mended(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Change one thing that an article says."""
    chosen = random.randrange(len(articles))
    article = articles[chosen]
    spots = list(_spots(article))
    # Any kind of spot is as likely as another, however many there are of it.
    kind = random.choice(sorted({_kind(path) for path, _ in spots}))
    path, value = random.choice([spot for spot in spots if _kind(spot[0]) == kind])
    mended = hashed(_set(article, path, _another(value, str(path[-1]), random)))
    return [*articles[:chosen], mended, *articles[chosen + 1 :]]


def removed(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Remove an article."""
    chosen = random.choice(articles)
    return [article for article in articles if article is not chosen]


def added(
    articles: Folder, random: Random, free: Sequence[str], new: Callable[[str, str], records.Article]
) -> list[records.Article]:
    """Add an article."""
    slug = random.choice(free)
    return [*articles, new(f"added-{len(articles)}-{random.random()}.md", slug)]


def renamed(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Rename a file."""
    chosen = random.choice(articles)
    path = f"renamed-{random.random()}.md"
    return [replace(article, path=path) if article is chosen else article for article in articles]


def relabelled(articles: Folder, random: Random, free: Sequence[str], *_: Any) -> list[records.Article]:
    """Give an article another slug."""
    chosen, slug = random.choice(articles), random.choice(free)
    return [hashed(replace(article, slug=slug)) if article is chosen else article for article in articles]


def exchanged(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Let two articles exchange their paths or their slugs."""
    one, other = random.choice(articles), random.choice(articles)
    what = random.choice(["path", "slug"])
    given = {id(one): {what: getattr(other, what)}, id(other): {what: getattr(one, what)}}
    return [hashed(replace(article, **given.get(id(article), {}))) for article in articles]


def _kind(path: Path) -> str:
    return " ".join(step for step in path if isinstance(step, str))


def _spots(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Find all that may be changed."""
    if isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _spots(each, (*path, place))
    elif is_dataclass(value):
        for field in fields(value):
            within = getattr(value, field.name)
            if field.name in CHOICES or (field.name in LISTS and within):
                yield (*path, field.name), within
            if field.name in LISTS:
                yield from _spots(within, (*path, field.name))


def _another(value: Any, name: str, random: Random) -> Any:
    if name in CHOICES:
        return random.choice(CHOICES[name])
    if random.random() < 0.5:
        gone = random.randrange(len(value))
        return value[:gone] + value[gone + 1 :]
    return tuple(random.sample(value, len(value)))


def _set(value: Any, path: Path, new: Any) -> Any:
    """Give a value with something within it changed."""
    if not path:
        return new
    step, *rest = path
    if isinstance(step, int):
        return (*value[:step], _set(value[step], tuple(rest), new), *value[step + 1 :])
    return replace(value, **{step: _set(getattr(value, step), tuple(rest), new)})
