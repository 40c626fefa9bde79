"""Files that commands write for editors."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from counterpoint.errors import OutputError


def write_new_file(path: Path, text: str, *, is_overwrite_allowed: bool = False) -> None:
    """Write a file as a whole, and create its folder. Raise OutputError if it exists or can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as file:
            try:
                file.write(text)
                file.flush()
                _publish(Path(file.name), path, is_overwrite_allowed=is_overwrite_allowed)
            finally:
                Path(file.name).unlink(missing_ok=True)
    except FileExistsError as error:
        hint = "" if path.is_dir() else ": it is not overwritten"
        raise OutputError(f"{path} exists{hint}.") from error
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror}.") from error


def _publish(temporary: Path, path: Path, *, is_overwrite_allowed: bool) -> None:
    """Give a complete file its name. A hard link fails if the name exists, without a moment between test and write."""
    temporary.chmod(0o666 & ~_umask())
    if is_overwrite_allowed:
        temporary.replace(path)
    else:
        path.hardlink_to(temporary)


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
