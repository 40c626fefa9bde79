"""The image formats that articles may show: recognized by their bytes, never by the name of the file."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

MEDIA_TYPES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
}
"""The suffix of addresses for each media type. SVG is missing because it may contain scripts."""

_EXPECTED = "expected a PNG, JPEG, GIF, WebP or AVIF image"
_AVIF_BRANDS = (b"avif", b"avis")


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """The limits on one image file."""

    file_bytes: int = 5_000_000
    pixels: int = 50_000_000


@dataclass(frozen=True, slots=True)
class ImageFormat:
    """The media type of an image, and its size in pixels."""

    media_type: str
    width: int
    height: int


def inspect_image(content: bytes, limits: ImageLimits) -> ImageFormat | str:
    """Return the format of an image file, or the reason why it cannot be shown."""
    if len(content) > limits.file_bytes:
        return f"is larger than {limits.file_bytes:,} bytes: make it smaller, or raise COUNTERPOINT_LIMIT_IMAGE_BYTES"
    media_type = _detect_media_type(content)
    if media_type is None:
        return f"is no image of a supported type: {_EXPECTED}"
    width, height = _read_size(content)
    if min(width, height) < 1 or not _IS_COMPLETE[media_type](content):
        return "is damaged or incomplete: save it again"
    if width * height > limits.pixels:
        size = f"{width:,} x {height:,} pixels, expected at most {limits.pixels:,} in all"
        return f"has {size}: make it smaller, or raise COUNTERPOINT_LIMIT_IMAGE_PIXELS"
    return ImageFormat(media_type, width, height)


def _detect_media_type(content: bytes) -> str | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _AVIF_BRANDS:
        return "image/avif"
    return None


def _read_size(content: bytes) -> tuple[int, int]:
    """Return width and height; zeros if the header holds none."""
    # Here, because servers start faster without it.
    import imagesize  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no annotations

    try:
        width, height = imagesize.get(BytesIO(content))
    except Exception:  # the library raises errors of several types for damaged headers
        return 0, 0
    return int(width), int(height)


def _is_riff_complete(content: bytes) -> bool:
    return len(content) >= 8 + int.from_bytes(content[4:8], "little")


def _are_boxes_complete(content: bytes) -> bool:
    """Return whether the boxes of an ISO base media file (ISO/IEC 14496-12) end where the file does."""
    offset = 0
    while offset + 8 <= len(content):
        size = int.from_bytes(content[offset : offset + 4])
        if size == 1:
            size = int.from_bytes(content[offset + 8 : offset + 16])
        if size == 0:
            return True
        if size < 8:
            return False
        offset += size
    return offset == len(content)


_IS_COMPLETE: dict[str, Callable[[bytes], bool]] = {
    "image/png": lambda content: b"IEND\xaeB`\x82" in content[-64:],
    "image/jpeg": lambda content: b"\xff\xd9" in content,
    "image/gif": lambda content: content.rstrip(b"\0").endswith(b";"),
    "image/webp": _is_riff_complete,
    "image/avif": _are_boxes_complete,
}
"""Tests for the end of each format, because interrupted downloads lack it."""
