"""Settings in files: `COUNTERPOINT_DATABASE_URL_FILE` names a file whose content is the value of the setting.

Container platforms mount secrets as files, because environment variables are visible to more people.
"""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from counterpoint.errors import SettingsError

SUFFIX = "_FILE"

MIN_MISSPELT_SIMILARITY = 0.93
"""The similarity to a setting above which an unknown name counts as misspelt, from 0 to 1."""


def read_setting_files(environment: Mapping[str, str], prefix: str, settings: Collection[str]) -> dict[str, str]:
    """Return the values of the settings that the environment gives as files, by setting.

    They have precedence over values in the environment, because an image sets defaults there. Raise SettingsError if a
    file cannot be read, or if the name of a variable is nearly that of a setting.
    """
    names = {f"{prefix}{name}".upper(): name for name in settings}
    _check_names(environment, prefix, names)
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


def _check_names(environment: Iterable[str], prefix: str, names: Collection[str]) -> None:
    variables = [*names, *(f"{name}{SUFFIX}" for name in names)]
    unknown = {name for name in environment if name.upper().startswith(prefix)} - {*variables}
    hints = {name: get_close_matches(name.upper(), variables, n=1, cutoff=MIN_MISSPELT_SIMILARITY) for name in unknown}
    if any(hints.values()):
        hint = (f"{name}: unknown setting (did you mean {match[0]}?)" for name, match in sorted(hints.items()) if match)
        raise SettingsError("; ".join(hint))
