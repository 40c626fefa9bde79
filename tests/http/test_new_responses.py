"""The block of memory for new responses holds the bytes that were written last."""

from __future__ import annotations

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
            assert not ring.holds(position) or ring.read(position, len(earlier)) == earlier
        assert ring.holds(max(written))
        assert ring.read(max(written), length) == data
        assert ring.size <= CAPACITY


def test_bytes_that_fit_together_are_kept() -> None:
    ring = ByteRing(CAPACITY)
    for number in range(20):
        first, second = (ring.append(bytes([number + part]) * (CAPACITY // 2)) for part in (0, 100))
        assert ring.holds(first)
        assert ring.read(first, CAPACITY // 2) == bytes([number]) * (CAPACITY // 2)
        assert ring.read(second, CAPACITY // 2) == bytes([number + 100]) * (CAPACITY // 2)


def test_parts_are_next_to_each_other() -> None:
    ring = ByteRing(CAPACITY)
    for _ in range(20):
        assert ring.read(ring.append(b"a" * 20, b"", b"b" * 10), 30) == b"a" * 20 + b"b" * 10
