"""Files that commands write are whole or not there."""

from __future__ import annotations

import os
import signal
import time
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from counterpoint.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def test_interrupt_at_any_moment_leaves_no_file(tmp_path: Path) -> None:
    def interrupt() -> None:
        while not os.listdir(tmp_path):  # noqa: PTH208  # as quickly as possible
            pass
        os.kill(os.getpid(), signal.SIGINT)

    # A shell starts programs in the background with this signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    for _ in range(1000):
        thread = Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            replace_file(tmp_path / "any.md", lambda _: time.sleep(60), is_overwrite_allowed=True)
        thread.join()
        assert not [*tmp_path.iterdir()]
    signal.signal(signal.SIGINT, before)
