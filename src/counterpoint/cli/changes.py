"""The changes of a seeding in words and as JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from counterpoint.article.messages import count
from counterpoint.store.folder_difference import Difference
from counterpoint.store.seeding_cache_tags import ArticleChanges
from counterpoint.store.seeding_options import SeedResult

TYPE_NOUNS = {
    "PointList": "list",
    "PolicyArea": "policy area",
    "ProposedSolution": "proposed solution",
}
"""The nouns of the types that are not called by their names in lower case."""


def summarize_difference(difference: Difference) -> str:
    """Return the numbers of articles by how they differ."""
    numbers = {
        "added": difference.added,
        "changed": difference.changed,
        "removed": difference.removed,
        "unchanged": difference.unchanged,
    }
    return ", ".join(f"{len(paths):,} {change}" for change, paths in numbers.items())


def describe_changes(result: SeedResult) -> Iterator[str]:
    """Yield a line for each article that differs, with what changed in it. The result must hold details."""
    difference = result.difference
    lines = {path: f"added    {path}" for path in difference.added}
    lines |= {path: f"removed  {path}" for path in difference.removed}
    lines |= {path: f"changed  {path}  {_describe_article(result.details[path])}" for path in difference.changed}
    yield from (line for _, line in sorted(lines.items()))


def changes_as_json(result: SeedResult) -> dict[str, Any]:
    """Return the changes of a seeding for a JSON document."""
    difference = result.difference
    return {
        "added": sorted(difference.added),
        "changed": [
            {"path": path, **_article_as_json(result.details.get(path))} for path in sorted(difference.changed)
        ],
        "removed": sorted(difference.removed),
        "unchanged": len(difference.unchanged),
        "revision": result.revision,
    }


def _article_as_json(changes: ArticleChanges | None) -> dict[str, Any]:
    if changes is None:
        return {}
    numbers = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    return {"fields": list(changes.fields), **{name: dict(sorted(types.items())) for name, types in numbers.items()}}


def _describe_article(changes: ArticleChanges) -> str:
    parts = [*changes.fields]
    for verb, types in (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)):
        parts += [f"{phrase} {verb}" for phrase in _count_parts(types)]
    return ", ".join(parts) or "layout only"


def _count_parts(types: Mapping[str, int]) -> Iterator[str]:
    for type_name, number in sorted(types.items()):
        noun = TYPE_NOUNS.get(type_name, type_name.lower())
        yield count(number, noun, plural=f"{noun}es" if noun.endswith("ch") else None)
