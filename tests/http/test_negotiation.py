"""Content negotiation without a server: quality values, media types and encodings."""

from __future__ import annotations

import pytest

from counterpoint.http.negotiation import choose_encoding, choose_media_type, parse_qvalue, parse_qvalues


@pytest.mark.parametrize(
    ("text", "qvalue"), [("1", 1.0), ("0.5", 0.5), ("0", 0.0), ("1.1", 0.0), ("-1", 0.0), ("x", 0.0), ("", 0.0)]
)
def test_invalid_quality_value_is_zero(text: str, qvalue: float) -> None:
    assert parse_qvalue(text) == qvalue


def test_repeated_name_has_its_highest_quality_value() -> None:
    assert parse_qvalues("GZIP;q=0.2, br, gzip; q=0.7;x=y, ,*;q=0") == {"gzip": 0.7, "br": 1.0, "*": 0.0}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/a"),
        ("*/*", "text/a"),
        ("text/*;q=0.5, text/b", "text/b"),
        ("text/a;q=0, */*", "text/b"),
        ("text/a;q=0.1, text/b;q=0.2", "text/b"),
        ("text/a; charset=latin-1, text/b;q=0.1", "text/b"),
        ("image/png", None),
    ],
)
def test_most_specific_range_decides_about_a_media_type(accept: str, media_type: str | None) -> None:
    assert choose_media_type(accept, ("text/a", "text/b")) == media_type


@pytest.mark.parametrize(
    ("accept_encoding", "encoding"),
    [("", "identity"), ("deflate", "identity"), ("gzip, br", "br"), ("br;q=0.1, gzip", "gzip"), ("*;q=0.5", "br")],
)
def test_server_prefers_brotli_at_equal_quality(accept_encoding: str, encoding: str) -> None:
    assert choose_encoding(accept_encoding) == encoding
