"""Watch a folder for changes."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

log = logging.getLogger(__name__)

QUIET_MILLISECONDS = 50
"""Time without a change after which the changes before it are reported together."""

MAX_DELAY_MILLISECONDS = 300
"""Time after which changes are reported even if more of them follow."""

POLL_INTERVAL_SECONDS = 0.5

REPLACEMENT_CHECK_MILLISECONDS = 500
"""Interval of the checks whether the folder itself was deleted or replaced, because a watch does not report this."""


def watch_folder(folder: Path, stop: Event) -> Iterator[None]:
    """Yield once when the watch has started, and then after each change in a folder, until `stop` is set.

    A change while the caller is busy is reported afterwards. Hidden files and folders do not count. If the folder is
    deleted or replaced by another one, yield too, and watch the folder that is at the path then. If the system cannot
    watch the folder, for example because its limit on watches is reached, yield at regular intervals.
    """
    try:
        while not stop.is_set():
            yield from _watch_until_replaced(folder, stop)
    except (OSError, RuntimeError) as error:  # RuntimeError is the base class of the library's own errors.
        reason = str(error).partition(" about ")[0]
        log.warning("The system can't watch %s, so the preview reads it twice a second: %s", folder, reason)
        while not stop.wait(POLL_INTERVAL_SECONDS):
            yield


def _watch_until_replaced(folder: Path, stop: Event) -> Iterator[None]:
    """Yield after each change, until the folder at the path is another one. If there is none, wait for it."""
    identity = _identify(folder)
    if identity is None:
        yield
        while _identify(folder) is None and not stop.wait(POLL_INTERVAL_SECONDS):
            pass
        return
    has_started = False
    try:
        for changes in watch(
            folder.absolute(),
            watch_filter=lambda _, path: _is_visible(path, folder.absolute()),
            debounce=MAX_DELAY_MILLISECONDS,
            step=QUIET_MILLISECONDS,
            stop_event=stop,
            rust_timeout=REPLACEMENT_CHECK_MILLISECONDS,
            yield_on_timeout=True,
        ):
            if changes or not has_started:
                yield
            has_started = True
            if _identify(folder) != identity:
                return
    except FileNotFoundError:
        return  # The folder was deleted before its watch started.


def _identify(folder: Path) -> tuple[int, int] | None:
    """Return values that differ if another folder is at the path; None if there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_visible(path: str, folder: Path) -> bool:
    return f"{os.sep}." not in path.removeprefix(str(folder))
