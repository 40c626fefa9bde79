"""Edits: a folder of articles as its authors may leave it next, changed in one place or a few."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from counterpoint.article import records
from support.article_strategies import EDGE_CASE_TEXTS, with_content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    Path = tuple[str | int, ...]
    Folder = Sequence[records.Article]

SLUGS = ("a", "a-b", "b", "﨎", "𐐨", "東京都", "z", "old", "new", "undated", "other", "x" * 300)
DATES = (None, date(2019, 7, 16), date(2022, 1, 1), date.max)
NAMES = ("Mayor", "MAYOR!", "The Mayor", "Governor", "Union", "Firm", "Activists", "Zebra")

REPLACEMENTS: dict[str, Sequence[Any]] = {
    **dict.fromkeys(("title", "text", "html", "function", "core_message", "anticipated_benefit"), EDGE_CASE_TEXTS),
    **dict.fromkeys(("subtitle", "summary", "lead_in", "label", "url"), (None, *EDGE_CASE_TEXTS)),
    **dict.fromkeys(("party", "group"), NAMES),
    **dict.fromkeys(("published", "updated"), DATES),
    "challenge": ("Distrust", " distrust ", "Delay"),
    "language": ("en", "pt-BR"),
    "line": range(1, 9),
    "level": range(2, 7),
    "kind": tuple(records.PointKind),
}
"""What a field may be changed to; others are left alone, for they must fit each other."""

SHUFFLED_LISTS = ("sections", "blocks", "measures", "points", "statements", "authors")
"""What may be put in another order, or lose something."""


def edit_randomly(
    articles: Folder, random: Random, new: Callable[[str, str], records.Article]
) -> list[records.Article]:
    """Change something in a folder; `new` makes an article for a path and a slug."""
    free = [slug for slug in SLUGS if slug not in {article.slug for article in articles}]
    edit = random.choice(
        [change_value, change_value, change_value, remove_article, rename_file, change_slug, exchange_keys, add_article]
    )
    if edit is add_article or not articles:
        return add_article(articles, random, free, new)
    return edit(articles, random, free, new)


def change_value(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Change one thing that an article says."""
    chosen = random.randrange(len(articles))
    article = articles[chosen]
    spots = list(_editable_values(article))
    # Any kind of spot is as likely as another, however many there are of it.
    kind = random.choice(sorted({_field_path(path) for path, _ in spots}))
    path, value = random.choice([spot for spot in spots if _field_path(spot[0]) == kind])
    change_value = with_content_hash(_with_value(article, path, _other_value(value, str(path[-1]), random)))
    return [*articles[:chosen], change_value, *articles[chosen + 1 :]]


def remove_article(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Remove an article."""
    chosen = random.choice(articles)
    return [article for article in articles if article is not chosen]


def add_article(
    articles: Folder, random: Random, free: Sequence[str], new: Callable[[str, str], records.Article]
) -> list[records.Article]:
    """Add an article."""
    slug = random.choice(free)
    return [*articles, new(f"added-{len(articles)}-{random.random()}.md", slug)]


def rename_file(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Rename a file."""
    chosen = random.choice(articles)
    path = f"renamed-{random.random()}.md"
    return [replace(article, path=path) if article is chosen else article for article in articles]


def change_slug(articles: Folder, random: Random, free: Sequence[str], *_: Any) -> list[records.Article]:
    """Give an article another slug."""
    chosen, slug = random.choice(articles), random.choice(free)
    return [with_content_hash(replace(article, slug=slug)) if article is chosen else article for article in articles]


def exchange_keys(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Let two articles exchange their paths or their slugs."""
    one, other = random.choice(articles), random.choice(articles)
    what = random.choice(["path", "slug"])
    given = {id(one): {what: getattr(other, what)}, id(other): {what: getattr(one, what)}}
    return [with_content_hash(replace(article, **given.get(id(article), {}))) for article in articles]


def _field_path(path: Path) -> str:
    return " ".join(step for step in path if isinstance(step, str))


def _editable_values(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Find all that may be changed."""
    if isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _editable_values(each, (*path, place))
    elif is_dataclass(value):
        for field in fields(value):
            within = getattr(value, field.name)
            if field.name in REPLACEMENTS or (field.name in SHUFFLED_LISTS and within):
                yield (*path, field.name), within
            if field.name in SHUFFLED_LISTS:
                yield from _editable_values(within, (*path, field.name))


def _other_value(value: Any, name: str, random: Random) -> Any:
    if name in REPLACEMENTS:
        return random.choice(REPLACEMENTS[name])
    if random.random() < 0.5:
        gone = random.randrange(len(value))
        return value[:gone] + value[gone + 1 :]
    return tuple(random.sample(value, len(value)))


def _with_value(value: Any, path: Path, new: Any) -> Any:
    """Give a value with something within it changed."""
    if not path:
        return new
    step, *rest = path
    if isinstance(step, int):
        return (*value[:step], _with_value(value[step], tuple(rest), new), *value[step + 1 :])
    return replace(value, **{step: _with_value(getattr(value, step), tuple(rest), new)})
