"""The format of an image is recognized by its bytes, and damaged, large and other files are refused."""

from __future__ import annotations

import pytest

from counterpoint.article.image_formats import ImageFormat, ImageLimits, inspect_image
from support.image_files import GIF, build_avif, build_jpeg, build_png, build_png_header, build_webp

UNSUPPORTED = "is no image of a supported type: expected a PNG, JPEG, GIF, WebP or AVIF image"
DAMAGED = "is damaged or incomplete: save it again"


@pytest.mark.parametrize(
    ("content", "image"),
    [
        (build_png(2, 3), ImageFormat("image/png", 2, 3)),
        (build_jpeg(4, 5), ImageFormat("image/jpeg", 4, 5)),
        (GIF, ImageFormat("image/gif", 1, 1)),
        (build_webp(6, 7), ImageFormat("image/webp", 6, 7)),
        (build_avif(8, 9), ImageFormat("image/avif", 8, 9)),
    ],
    ids=lambda value: value.media_type if isinstance(value, ImageFormat) else "",
)
def test_format_and_size_are_read_from_the_bytes(content: bytes, image: ImageFormat) -> None:
    assert inspect_image(content, ImageLimits()) == image


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload='alert(1)'/>", b"<html><script>", b"%PDF-1.7", b"\x89PN", b"BM" + bytes(60), bytes(100)],
)
def test_other_content_is_refused(content: bytes) -> None:
    assert inspect_image(content, ImageLimits()) == UNSUPPORTED


@pytest.mark.parametrize("content", [build_png(40, 40), build_jpeg(4, 5), GIF, build_webp(6, 7), build_avif(8, 9)])
def test_file_without_its_end_is_damaged(content: bytes) -> None:
    for size in range(12, len(content) - 1):
        assert inspect_image(content[:size], ImageLimits()) == DAMAGED


def test_images_over_a_limit_are_refused() -> None:
    content = build_png(5, 4)
    assert isinstance(inspect_image(content, ImageLimits(len(content), 20)), ImageFormat)
    assert inspect_image(content, ImageLimits(len(content) - 1, 20)) == (
        f"is larger than {len(content) - 1} bytes: make it smaller, or raise COUNTERPOINT_LIMIT_IMAGE_BYTES"
    )
    assert inspect_image(content, ImageLimits(len(content), 19)) == (
        "has 5 x 4 pixels, expected at most 19 in all: make it smaller, or raise COUNTERPOINT_LIMIT_IMAGE_PIXELS"
    )


def test_small_file_may_not_claim_a_huge_size() -> None:
    bomb = build_png_header(100_000, 100_000) + build_png()[-12:]
    assert inspect_image(bomb, ImageLimits()) == (
        "has 100,000 x 100,000 pixels, expected at most 50,000,000 in all: make it smaller, or raise "
        "COUNTERPOINT_LIMIT_IMAGE_PIXELS"
    )
