"""The environment variables of settings: their names, those that are misspelt or unknown, and values in files.

`COUNTERPOINT_DATABASE_URL_FILE` names a file whose content is the value of the setting. Container platforms mount
secrets as files, because environment variables are visible to more people.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from counterpoint.errors import SettingsError

SUFFIX = "_FILE"
"""The end of a name whose value is the path of a file with the setting's value."""

MIN_HINT_SIMILARITY = 0.6
"""The similarity to a setting above which the error for an unknown name suggests it, from 0 to 1."""

MIN_MISSPELT_SIMILARITY = 0.9
"""The similarity above which a name that others may use counts as a misspelt setting."""

FOREIGN_NAME = re.compile(
    r"(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)|.+_PORT|PASSWORD|URL"
)
"""Names that others use: Kubernetes for services `counterpoint` and `counterpoint-…`, compose.yaml, the examples."""


def check_names(environment: Iterable[str], prefix: str, settings: Collection[str]) -> None:
    """Raise SettingsError with all names that are unknown or misspelt."""
    keys = {name.removeprefix(prefix): name for name in (*settings, *(name + SUFFIX for name in settings))}
    unknown = sorted(name for name in environment if name.upper().startswith(prefix) and name not in keys.values())
    problems = [problem for name in unknown if (problem := _describe_unknown(name, prefix, keys))]
    if problems:
        raise SettingsError("; ".join(problems))


def _describe_unknown(name: str, prefix: str, keys: Mapping[str, str]) -> str | None:
    """Return the problem with an unknown name; None if it is one that others use, and not nearly that of a setting."""
    key = name.upper().removeprefix(prefix)
    is_foreign = FOREIGN_NAME.fullmatch(key)
    match = get_close_matches(key, keys, n=1, cutoff=MIN_MISSPELT_SIMILARITY if is_foreign else MIN_HINT_SIMILARITY)
    if is_foreign and not match:
        return None
    hint = f" (did you mean {keys[match[0]]}?)" if match else ""
    return f"{name}: unknown setting{hint}"


def read_setting_files(environment: Mapping[str, str], prefix: str, settings: Collection[str]) -> dict[str, str]:
    """Return the values of the settings that the environment gives as files, by setting.

    They have precedence over values in the environment, because an image sets defaults there. Raise SettingsError if a
    file cannot be read.
    """
    names = {f"{prefix}{name}".upper(): name for name in settings}
    paths = {names[name.upper().removesuffix(SUFFIX)]: name for name in environment if _names_file(name, names)}
    return {setting: _read(name, Path(environment[name])) for setting, name in paths.items() if environment[name]}


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
