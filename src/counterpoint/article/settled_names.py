"""Settled names: the spelling of names that a seed folder has settled, and their other names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from counterpoint.article.normalization import slugify


class NameKind(StrEnum):
    """The kinds of names. The value is the attribute of records that holds such a name."""

    PARTY = "party"
    GOVERNMENT = "government"
    POLICY_AREA = "policy_area"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class SettledName:
    """A name in its settled spelling, and its aliases in the order of their slugs."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettledNames:
    """The settled names of each kind, by the slugs of the names and of all aliases."""

    by_slug: Mapping[NameKind, Mapping[str, SettledName]] = field(default_factory=dict)

    def settle(self, kind: NameKind, name: str) -> str:
        """Return the settled spelling of a name or an alias; the name itself if nothing is settled."""
        by_slug = self.by_slug.get(kind)
        settled = by_slug and by_slug.get(slugify(name))
        return settled.name if settled else name

    def find(self, kind: NameKind, slug: str) -> SettledName | None:
        """Return the settled name with this slug, or with an alias that has it."""
        return self.by_slug.get(kind, {}).get(slug)

    def aliases(self, kind: NameKind, slug: str) -> tuple[str, ...]:
        """Return the other names of the name with this slug."""
        settled = self.find(kind, slug)
        return settled.aliases if settled else ()


NO_SETTLED_NAMES = SettledNames()
