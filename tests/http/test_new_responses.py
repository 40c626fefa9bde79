"""The block of memory for new responses returns the bytes that were written, or none, in each process."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import example, given
from hypothesis import strategies as st

from counterpoint.http.new_responses import ByteRing

CAPACITY = 100


@given(st.lists(st.integers(0, CAPACITY), max_size=30))
@example([1, CAPACITY - 1, 1])
def test_bytes_are_those_that_were_written_or_none(lengths: list[int]) -> None:
    ring = ByteRing(CAPACITY)
    written: dict[int, bytes] = {}
    for number, length in enumerate(lengths):
        data = bytes([number]) * length
        written[ring.append(data)] = data
        for position, earlier in written.items():
            assert ring.read(position, len(earlier)) in (earlier, None)
        assert ring.read(max(written), length) == data


def test_bytes_that_fit_together_are_kept() -> None:
    ring = ByteRing(CAPACITY)
    for number in range(20):
        first, second = (ring.append(bytes([number + part]) * (CAPACITY // 2)) for part in (0, 100))
        assert ring.read(first, CAPACITY // 2) == bytes([number]) * (CAPACITY // 2)
        assert ring.read(second, CAPACITY // 2) == bytes([number + 100]) * (CAPACITY // 2)


FORK = """
import os
from counterpoint.http.new_responses import ByteRing

ring = ByteRing(10)
position = ring.append(b"a" * 10)
if os.fork() == 0:
    ring.append(b"b" * 10)
    os._exit(0)
os.wait()
print(ring.read(position, 10).decode())
"""


def test_worker_processes_overwrite_nothing_in_each_other() -> None:
    """The application is built before its processes are forked."""
    process = subprocess.run([sys.executable, "-c", FORK], capture_output=True, text=True, check=True)
    assert process.stdout == "aaaaaaaaaa\n"
