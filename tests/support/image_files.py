"""Small image files of each format."""

from __future__ import annotations

import struct
from base64 import b64decode
from zlib import compress, crc32

GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


def build_png(width: int = 1, height: int = 1, color: tuple[int, int, int] = (0, 0, 0)) -> bytes:
    """Build a PNG of one colour."""
    pixels = compress(b"".join(b"\0" + bytes(color) * width for _ in range(height)))
    return build_png_header(width, height) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def build_png_header(width: int, height: int) -> bytes:
    """Build the start of a PNG, with its size."""
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def build_jpeg(width: int, height: int) -> bytes:
    """Build a JPEG file with a header only."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\1\0\0\x3f\0"
    return b"\xff\xd8" + frame + scan + b"\xff\xd9"


def build_webp(width: int, height: int) -> bytes:
    """Build a WebP file with an empty picture of this size."""
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def build_avif(width: int, height: int) -> bytes:
    """Build an AVIF file with a header only."""
    size = _box(b"ispe", bytes(4) + struct.pack(">II", width, height))
    properties = _box(b"iprp", _box(b"ipco", size))
    return _box(b"ftyp", b"avif" + bytes(4) + b"avifmif1") + _box(b"meta", bytes(4) + properties)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc32(name + content))


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content
