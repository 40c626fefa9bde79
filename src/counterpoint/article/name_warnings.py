"""Warnings about names that look like one, with what to write in `names.yaml` about them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice

from counterpoint.article import records
from counterpoint.article.front_matter_writer import quote_yaml
from counterpoint.article.messages import shorten_and_quote
from counterpoint.article.name_declarations import KEYS, NAMES_FILE
from counterpoint.article.settled_names import NameKind, SettledNames
from counterpoint.article.similar_names import Pair, find_similar_names
from counterpoint.errors import Place, Problem, Severity

MAX_WARNINGS = 100
"""Maximum number of warnings about names of one kind in one run."""

_KEY_OF_KIND = {kind: key for key, kind in KEYS.items()}
_PLAIN_YAML = re.compile(r"[^\W\d_][\w .'-]*[\w.]")

FindPlace = Callable[[str], Place]
"""Returns the place of the name with a slug."""


def warn_about_similar_names(
    kind: NameKind,
    names: Mapping[str, str],
    settled_names: SettledNames,
    find_place: FindPlace,
    among: Collection[str] | None = None,
) -> Iterator[Problem]:
    """Yield a warning for each pair of names that look like one, unless `names.yaml` has both as names of their own.

    `names` holds spellings by slug. With `among`, one name of each pair has one of these slugs.
    """

    def is_settled(slug: str) -> bool:
        return settled_names.find(kind, slug) is not None

    pairs = (
        (second, first) if is_settled(second) else (first, second)
        for first, second in find_similar_names(names, among)
        if not (is_settled(first) and is_settled(second))
    )
    for first, second in islice(pairs, MAX_WARNINGS):
        yield _describe(kind, (names[first], names[second]), (find_place(first), find_place(second)))


def _describe(kind: NameKind, pair: Pair, places: tuple[Place, Place]) -> Problem:
    name, other = map(shorten_and_quote, pair)
    yaml_name, yaml_other = map(_to_yaml, pair)
    noun, key = kind.replace("_", " "), _KEY_OF_KIND[kind]
    message = f"the {noun} {other} looks like {name} in {places[0].path}:{places[0].line}"
    hint = (
        f"if they are one, write {yaml_name}: [{yaml_other}] below {key}: in {NAMES_FILE}; "
        f"if not, write {yaml_name}: [] and {yaml_other}: []"
    )
    return Problem(places[1], message, hint, Severity.WARNING)


def _to_yaml(name: str) -> str:
    return name if _PLAIN_YAML.fullmatch(name) else quote_yaml(name)


def iter_names(article: records.Article) -> Iterator[tuple[NameKind, str, int]]:
    """Yield the names in an article's tables with their lines; governments and policy areas also without approaches."""
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, records.Table):
                for statement in block.statements:
                    for kind in NameKind:
                        if name := getattr(statement, kind, None):
                            yield kind, name, statement.line
                yield from ((NameKind.GOVERNMENT, name, block.line) for name in block.governments)
                yield from ((NameKind.POLICY_AREA, name, block.line) for name in block.policy_areas)
