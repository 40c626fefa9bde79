"""The names of settings in the environment: those that are misspelt, and those that are unknown."""

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from counterpoint.errors import SettingsError

SUFFIX = "_FILE"
"""The end of a name whose value is the path of a file with the setting's value."""

MIN_MISSPELT_SIMILARITY = 0.93
"""The similarity to a setting above which an unknown name counts as misspelt, from 0 to 1."""

FOREIGN_NAME = re.compile(
    r"(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)|.+_PORT|PASSWORD|URL"
)
"""Names that others use: Kubernetes for services `counterpoint` and `counterpoint-…`, compose.yaml, the examples."""


def check_names(environment: Iterable[str], prefix: str, settings: Collection[str]) -> None:
    """Raise SettingsError if an unknown name is nearly that of a setting."""
    variables = _variables(settings)
    unknown = _find_unknown(environment, prefix, variables)
    hints = {name: get_close_matches(name.upper(), variables, n=1, cutoff=MIN_MISSPELT_SIMILARITY) for name in unknown}
    if any(hints.values()):
        hint = (f"{name}: unknown setting (did you mean {match[0]}?)" for name, match in sorted(hints.items()) if match)
        raise SettingsError("; ".join(hint))


def describe_unknown(environment: Iterable[str], prefix: str, settings: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each unknown name that no other program is known to use.

    Such a name is no error, because a setting of another version may be there during an upgrade or its undoing.
    """
    keys = {name.removeprefix(prefix): name for name in _variables(settings)}
    for name in _find_unknown(environment, prefix, keys.values()):
        key = name.upper().removeprefix(prefix)
        if not FOREIGN_NAME.fullmatch(key):
            match = get_close_matches(key, keys, n=1)
            hint = f" (did you mean {keys[match[0]]}?)" if match else ""
            yield f"{name} is not a setting of this version, and is ignored{hint}."


def _variables(settings: Iterable[str]) -> list[str]:
    return [name + suffix for name in settings for suffix in ("", SUFFIX)]


def _find_unknown(environment: Iterable[str], prefix: str, variables: Collection[str]) -> list[str]:
    return sorted({name for name in environment if name.upper().startswith(prefix)} - {*variables})
