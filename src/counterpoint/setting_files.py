"""Settings in files: `COUNTERPOINT_DATABASE_URL_FILE` names a file whose content is the value of the setting.

Container platforms mount secrets as files, because environment variables are visible to more people.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from counterpoint.errors import SettingsError
from counterpoint.setting_names import SUFFIX


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
