"""Random edits of a folder of articles, as authors make them: small changes in one place or a few."""

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
    **dict.fromkeys(("function_html", "core_message_html", "anticipated_benefit_html", "src", "alt"), EDGE_CASE_TEXTS),
    **dict.fromkeys(("subtitle", "summary", "lead_in", "label", "url", "code_language"), (None, *EDGE_CASE_TEXTS)),
    **dict.fromkeys(("party", "group"), NAMES),
    **dict.fromkeys(("published", "updated"), DATES),
    "challenge": ("Distrust", " distrust ", "Delay"),
    "language": ("en", "pt-BR"),
    "line": range(1, 9),
    "level": range(2, 7),
    "start": (None, 1, 7),
    "kind": tuple(records.PointKind),
}
"""The new values for each field. Other fields do not change, because they must stay consistent."""

SHUFFLED_LISTS = ("sections", "blocks", "measures", "points", "statements", "authors", "images")
"""Fields whose items may be reordered or removed."""


def edit_randomly(
    articles: Folder, random: Random, new: Callable[[str, str], records.Article]
) -> list[records.Article]:
    """Return the folder after one edit. `new` creates an article for a path and a slug."""
    claimed = {slug for article in articles for slug in (article.slug, *article.former_slugs)}
    free = [slug for slug in SLUGS if slug not in claimed]
    edit = random.choice(
        [
            *(change_value, change_value, change_value, remove_article, rename_file, change_slug, exchange_keys),
            *(change_original, change_original, change_former_slugs, add_article),
        ]
    )
    if edit is add_article or not articles:
        return add_article(articles, random, free, new)
    return _without_missing_originals(edit(articles, random, free, new))


def change_value(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Change one value in one article."""
    index = random.randrange(len(articles))
    article = articles[index]
    places = list(_editable_values(article))
    # Each kind of field is equally likely, however often it occurs.
    kind = random.choice(sorted({_field_path(path) for path, _ in places}))
    path, value = random.choice([place for place in places if _field_path(place[0]) == kind])
    change_value = with_content_hash(_with_value(article, path, _other_value(value, str(path[-1]), random)))
    return [*articles[:index], change_value, *articles[index + 1 :]]


def remove_article(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Remove an article."""
    target = random.choice(articles)
    return [article for article in articles if article is not target]


def add_article(
    articles: Folder, random: Random, free: Sequence[str], new: Callable[[str, str], records.Article]
) -> list[records.Article]:
    """Add an article."""
    slug = random.choice(free)
    return [*articles, new(f"added-{len(articles)}-{random.random()}.md", slug)]


def rename_file(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Rename a file."""
    target = random.choice(articles)
    path = f"renamed-{random.random()}.md"
    return [replace(article, path=path) if article is target else article for article in articles]


def change_slug(articles: Folder, random: Random, free: Sequence[str], *_: Any) -> list[records.Article]:
    """Change the slug of an article, which may become a former one."""
    target, slug = random.choice(articles), random.choice(free)
    former_slugs = random.choice([target.former_slugs, (*target.former_slugs, target.slug)])
    renamed = with_content_hash(replace(target, slug=slug, former_slugs=former_slugs))
    return [renamed if article is target else article for article in articles]


def change_former_slugs(articles: Folder, random: Random, free: Sequence[str], *_: Any) -> list[records.Article]:
    """Change the former slugs of an article."""
    target = random.choice(articles)
    slugs = random.sample([*target.former_slugs, *free], random.randrange(3))
    changed = with_content_hash(replace(target, former_slugs=tuple(slugs)))
    return [changed if article is target else article for article in articles]


def change_original(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Make an article a translation of another, or of none."""
    target = random.choice(articles)
    slugs = [slug for other in articles if other is not target for slug in (other.slug, *other.former_slugs)]
    changed = with_content_hash(replace(target, translation_of=random.choice([None, *slugs, *slugs])))
    return [changed if article is target else article for article in articles]


def exchange_keys(articles: Folder, random: Random, *_: Any) -> list[records.Article]:
    """Exchange the paths or the slugs of two articles."""
    one, other = random.choice(articles), random.choice(articles)
    key = random.choice(["path", "slug"])
    exchanged = {id(one): {key: getattr(other, key)}, id(other): {key: getattr(one, key)}}
    return [with_content_hash(replace(article, **exchanged.get(id(article), {}))) for article in articles]


def _without_missing_originals(articles: Folder) -> list[records.Article]:
    """Return the articles without references to articles that do not exist, or to themselves."""
    paths = {slug: article.path for article in articles for slug in (article.slug, *article.former_slugs)}
    return [
        with_content_hash(replace(article, translation_of=None))
        if article.translation_of and paths.get(article.translation_of, article.path) == article.path
        else article
        for article in articles
    ]


def _field_path(path: Path) -> str:
    return " ".join(step for step in path if isinstance(step, str))


def _editable_values(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the path and the value of each field that may change."""
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _editable_values(item, (*path, place))
    elif is_dataclass(value):
        for field in fields(value):
            within = getattr(value, field.name)
            if field.name in REPLACEMENTS or (field.name in SHUFFLED_LISTS and within):
                yield (*path, field.name), within
            if field.name in SHUFFLED_LISTS:
                yield from _editable_values(within, (*path, field.name))


def _other_value(value: Any, name: str, random: Random) -> Any:
    if isinstance(value, records.ParagraphKind):
        return random.choice(tuple(records.ParagraphKind))
    if name in REPLACEMENTS:
        return random.choice(REPLACEMENTS[name])
    if random.random() < 0.5:
        index = random.randrange(len(value))
        return value[:index] + value[index + 1 :]
    return tuple(random.sample(value, len(value)))


def _with_value(value: Any, path: Path, new: Any) -> Any:
    """Return a copy of a value with one nested value replaced."""
    if not path:
        return new
    step, *rest = path
    if isinstance(step, int):
        return (*value[:step], _with_value(value[step], tuple(rest), new), *value[step + 1 :])
    return replace(value, **{step: _with_value(getattr(value, step), tuple(rest), new)})
