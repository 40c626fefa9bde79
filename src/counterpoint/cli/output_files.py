"""Files that commands write for editors and operators."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from counterpoint.errors import OutputError
from counterpoint.files import replace_file

_Result = TypeVar("_Result")


def write_new_file(path: Path, text: str, *, is_overwrite_allowed: bool = False) -> None:
    """Write a file as a whole, and create its folder. Raise OutputError if it exists or can't be written."""
    fill_new_file(path, lambda file: file.write_bytes(text.encode()), is_overwrite_allowed=is_overwrite_allowed)


def fill_new_file(path: Path, fill: Callable[[Path], _Result], *, is_overwrite_allowed: bool) -> _Result:
    """Create a folder, and a file in it whose content `fill` writes. Return what `fill` returns.

    Raise OutputError if the path exists or can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"The folder {path.parent} can't be created: {error.strerror}.") from error
    try:
        return replace_file(path, fill, is_overwrite_allowed=is_overwrite_allowed)
    except FileExistsError as error:
        hint = "" if path.is_dir() else ": it is not overwritten"
        raise OutputError(f"{path} exists{hint}.") from error
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror}.") from error
