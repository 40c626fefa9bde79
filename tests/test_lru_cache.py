"""The cache of the most recently used values stays within its size."""

from __future__ import annotations

from counterpoint.lru_cache import LruCache


def cache_of_texts(max_size: int, *texts: str) -> LruCache[str, str]:
    """Return a cache that has stored texts in this order, each under itself. Their sizes are their lengths."""
    cache = LruCache[str, str](max_size)
    for text in texts:
        cache.put(text, text, len(text))
    return cache


def test_value_that_was_not_used_for_longest_is_evicted() -> None:
    cache = cache_of_texts(6, "aa", "bb", "cc")
    assert cache.get("aa") == "aa"
    cache.put("dd", "dd", 2)
    assert [cache.get(key) for key in ("aa", "bb", "cc", "dd")] == ["aa", None, "cc", "dd"]


def test_as_many_values_are_evicted_as_a_large_one_needs() -> None:
    cache = cache_of_texts(6, "aa", "bb", "cc", "dddd")
    assert [cache.get(key) for key in ("aa", "bb", "cc", "dddd")] == [None, None, "cc", "dddd"]


def test_value_replaces_another_with_the_same_key() -> None:
    cache = cache_of_texts(6, "aa", "bb")
    cache.put("aa", "four", 4)
    assert [cache.get(key) for key in ("aa", "bb")] == ["four", "bb"]


def test_value_larger_than_the_cache_is_not_stored_and_removes_its_predecessor() -> None:
    cache = cache_of_texts(6, "aa", "bb")
    cache.put("aa", "a" * 7, 7)
    assert [cache.get(key) for key in ("aa", "bb")] == [None, "bb"]


def test_cache_of_size_zero_stores_nothing() -> None:
    assert cache_of_texts(0, "a").get("a") is None
