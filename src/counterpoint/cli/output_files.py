"""Files that commands write for editors and operators."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counterpoint.errors import OutputError
from counterpoint.files import replace_file


def write_new_file(path: Path, text: str, *, is_overwrite_allowed: bool = False) -> None:
    """Write a file as a whole, and create its folder. Raise OutputError if it exists or can't be written."""
    with new_file(path, is_overwrite_allowed=is_overwrite_allowed) as temporary:
        temporary.write_bytes(text.encode())


@contextmanager
def new_file(path: Path, *, is_overwrite_allowed: bool) -> Iterator[Path]:
    """Yield an empty file to fill, which is moved to the path at the end, and create its folder.

    Raise OutputError if the path exists or can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replace_file(path, is_overwrite_allowed=is_overwrite_allowed) as temporary:
            yield temporary
    except FileExistsError as error:
        hint = "" if path.is_dir() else ": it is not overwritten"
        raise OutputError(f"{path} exists{hint}.") from error
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror}.") from error
