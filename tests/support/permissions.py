"""File permissions that stop the tests, even if root runs them."""

from __future__ import annotations

# The modules without use are imported now, because later only root may read them if Python is in its folder.
import concurrent.futures.thread  # noqa: F401
import gc
import os
import tty  # noqa: F401
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNPRIVILEGED_USER = 65534


@contextmanager
def drop_privileges(tmp_path: Path) -> Iterator[None]:
    """Run the block as a user whom permissions stop, because they do not stop root. All users may enter `tmp_path`."""
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    gc.collect()  # because the finalizers of earlier tests need their rights
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(UNPRIVILEGED_USER)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
