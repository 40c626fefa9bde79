"""Files that commands write for editors."""

from pathlib import Path

from counterpoint.errors import OutputError
from counterpoint.files import write_file


def write_new_file(path: Path, text: str, *, is_overwrite_allowed: bool = False) -> None:
    """Write a file as a whole, and create its folder. Raise OutputError if it exists or can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode(), is_overwrite_allowed=is_overwrite_allowed)
    except FileExistsError as error:
        hint = "" if path.is_dir() else ": it is not overwritten"
        raise OutputError(f"{path} exists{hint}.") from error
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror}.") from error
