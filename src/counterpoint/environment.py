"""The environment variables of settings: their names, those that are misspelt or unknown, and values in files.

`COUNTERPOINT_DATABASE_URL_FILE` names a file whose content is the value of the setting. Container platforms mount
secrets as files, because environment variables are visible to more people.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

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


def read_setting_files(environment: Mapping[str, str], prefix: str, settings: Collection[str]) -> dict[str, str]:
    """Return the values of the settings that the environment gives as files, by setting.

    They have precedence over values in the environment, because an image sets defaults there. Raise SettingsError if a
    file cannot be read.
    """
    names = {f"{prefix}{name}".upper(): name for name in settings}
    paths = {names[name.upper().removesuffix(SUFFIX)]: name for name in environment if _names_file(name, names)}
    return {setting: _read(name, Path(environment[name])) for setting, name in paths.items() if environment[name]}


def _variables(settings: Iterable[str]) -> list[str]:
    return [name + suffix for name in settings for suffix in ("", SUFFIX)]


def _find_unknown(environment: Iterable[str], prefix: str, variables: Collection[str]) -> list[str]:
    return sorted({name for name in environment if name.upper().startswith(prefix)} - {*variables})


def _names_file(name: str, names: Collection[str]) -> bool:
    return name.upper().endswith(SUFFIX) and name.upper().removesuffix(SUFFIX) in names


def _read(name: str, path: Path) -> str:
    """Return the content of a file, without the line feed that editors add at the end."""
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise SettingsError(f"{name}: the file {path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{name}: the file {path} is not UTF-8") from error
