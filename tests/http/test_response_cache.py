"""The response cache returns what was stored, within its size, and keeps what is requested again."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from counterpoint.http.response_cache import CacheEntry, ResponseCache

REVISION = "revision"


def response_cache(max_bytes: int) -> ResponseCache:
    return ResponseCache(max_bytes, cache_control=b"public", vary=b"Accept")


def cache_entry(number: int, length: int, revision: str = REVISION) -> CacheEntry:
    return CacheEntry(b"key %d" % number, revision, bytes([number % 256]) * length, b"tag-%d" % number)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 2_000)), max_size=60))
def test_response_is_the_one_that_was_stored_last_or_none(steps: list[tuple[bool, int, int]]) -> None:
    cache = response_cache(60_000)
    stored: dict[bytes, CacheEntry] = {}
    for is_stored, number, length in steps:
        entry = cache_entry(number, length)
        if is_stored:
            cache.put(entry)
            stored[entry.key] = entry
        found = cache.get(entry.key, REVISION)
        if found:
            expected = stored[entry.key]
            assert (found.body, found.tags) == (expected.body, expected.tags)
        assert cache.size <= cache.max_size


def test_response_is_found_directly_after_it_was_stored() -> None:
    cache = response_cache(400_000)
    for number in range(100):
        entry = cache_entry(number, 3_000)
        cache.put(entry)
        assert cache.fits(entry)
        assert cache.get(entry.key, REVISION) == entry


def test_requests_that_are_never_repeated_evict_no_popular_response() -> None:
    cache = response_cache(400_000)
    popular = cache_entry(0, 3_000)
    cache.put(popular)
    assert cache.get(popular.key, REVISION) == popular
    for number in range(1, 200):
        cache.put(cache_entry(number, 3_000))
    assert cache.get(popular.key, REVISION) == popular
    assert cache.get(b"key 1", REVISION) is None
    assert cache.get(b"key 199", REVISION) == cache_entry(199, 3_000)


def test_response_that_is_requested_again_is_kept_although_others_had_overwritten_it() -> None:
    cache = response_cache(400_000)
    entry = cache_entry(0, 3_000)
    cache.put(entry)
    for number in range(1, 30):
        cache.put(cache_entry(number, 3_000))
    assert cache.get(entry.key, REVISION) is None
    cache.put(entry)
    for number in range(30, 200):
        cache.put(cache_entry(number, 3_000))
    assert cache.get(entry.key, REVISION) == entry


def test_large_response_is_stored_at_once() -> None:
    cache = response_cache(400_000)
    entries = [cache_entry(number, 100_000) for number in range(3)]
    for entry in entries:
        cache.put(entry)
    assert [cache.get(entry.key, REVISION) for entry in entries] == entries


def test_popular_response_is_replaced_by_that_of_the_next_revision() -> None:
    cache = response_cache(400_000)
    old, new = cache_entry(1, 3_000), cache_entry(1, 2_000, "next revision")
    cache.put(old)
    assert cache.get(old.key, REVISION) == old
    assert cache.get(old.key, "next revision") is None
    cache.put(new)
    assert cache.get(old.key, REVISION) is None
    assert cache.get(new.key, "next revision") == new


def test_response_that_exceeds_the_cache_is_not_stored() -> None:
    cache = response_cache(40_000)
    large = cache_entry(1, 40_000)
    for _ in range(2):
        cache.put(large)
        assert not cache.fits(large)
        assert cache.get(large.key, REVISION) is None
    assert cache.size == 0


def test_tags_count() -> None:
    cache = response_cache(400_000)
    entry = CacheEntry(b"key", REVISION, b"", b"t" * 5_000)
    cache.put(entry)
    assert cache.size > 5_000
    assert cache.get(entry.key, REVISION) == entry
    large = CacheEntry(b"another key", REVISION, b"", b"t" * 400_000)
    cache.put(large)
    assert not cache.fits(large)
    assert cache.get(large.key, REVISION) is None


def test_cache_of_size_zero_stores_nothing() -> None:
    cache = response_cache(0)
    cache.put(cache_entry(1, 0))
    assert cache.get(b"key 1", REVISION) is None


def test_compressed_bodies_count_as_soon_as_a_response_is_requested_again() -> None:
    cache = response_cache(1_000_000)
    entry = CacheEntry(b"key", REVISION, bytes(range(256)) * 40, b"")
    cache.put(entry)
    again = cache.get(b"key", REVISION)
    assert again
    size = cache.size
    representation = asyncio.run(cache.represent(again, "application/json", "br"))
    assert cache.size == size + len(representation.body)
