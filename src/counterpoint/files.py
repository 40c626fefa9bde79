"""Read and write the files of a folder."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

from counterpoint.errors import InvalidFiles, Place, Problem

_Content = TypeVar("_Content")
_Result = TypeVar("_Result")

_FIRST_READ_BYTES = 2**16
"""Bytes to read at first, because a buffer of the size of a limit would take longer than most files."""


def read_file(folder: Path, path: str, max_bytes: int = -1) -> bytes:
    """Read a file of a folder, or its first `max_bytes`. Raise InvalidFiles if it is unreadable or unprintable."""
    if not path.isprintable():
        message = "the file name contains unprintable characters"
        raise InvalidFiles([Problem(Place(ascii(path), 1), message, "rename the file")])
    try:
        return read_bytes(folder, path, max_bytes)
    except OSError as error:
        raise InvalidFiles([Problem(Place(path, 1), f"the file can't be read: {error.strerror}")]) from error


def read_bytes(folder: Path, path: str, max_bytes: int) -> bytes:
    """Read a file of a folder, or its first `max_bytes`."""
    with open(os.path.join(folder, path), "rb") as file:  # noqa: PTH118, PTH123  # a string, for speed
        if 0 <= max_bytes <= _FIRST_READ_BYTES:
            return file.read(max_bytes)
        content = file.read(_FIRST_READ_BYTES)
        is_complete = len(content) < _FIRST_READ_BYTES
        return content if is_complete else content + file.read(max(max_bytes - _FIRST_READ_BYTES, -1))


def write_file(path: Path, content: bytes) -> None:
    """Write a file in one step, so that it is never half-written. A replaced file keeps its permissions."""
    replace_file(path, lambda temporary: temporary.write_bytes(content), is_overwrite_allowed=True)


def replace_file(path: Path, fill: Callable[[Path], _Result], *, is_overwrite_allowed: bool) -> _Result:
    """Call `fill` with a temporary file in the same folder, and move that file to the path.

    Return the result of `fill`. After an exception, delete the temporary file. Raise FileExistsError if the path exists
    and may not be overwritten. This is no context manager, because Ctrl-C between its start and the block would leave
    the file.
    """
    target = Path(os.path.realpath(path))
    # The name is hidden, so that a seeding in the meantime ignores the file.
    temporary = target.parent / f".{target.name[:50]}.{token_hex(8)}.tmp"
    try:
        temporary.touch(mode=0o600, exist_ok=False)
        result = fill(temporary)
        temporary.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_read_umask())
        if is_overwrite_allowed:
            temporary.replace(target)
        else:
            # A hard link fails if the name exists, without a moment between the test and the write.
            target.hardlink_to(temporary)
        return result
    finally:
        temporary.unlink(missing_ok=True)


def _read_umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def parse_files(paths: Iterable[str], parse: Callable[[str], _Content]) -> Iterator[_Content]:
    """Yield the parsed content of each valid file, then raise InvalidFiles with the problems of all others."""
    problems: list[Problem] = []
    for path in paths:
        try:
            yield parse(path)
        except InvalidFiles as error:
            problems += error.problems
    if problems:
        raise InvalidFiles(problems)
