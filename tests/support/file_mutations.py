"""Random mutations of good article files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "article" / "cases"
SEED = Path(__file__).parents[2] / "seed"
GOOD_FILES = [path.read_bytes() for path in [*sorted(SEED.glob("*.md")), *sorted(CASES.glob("*.md"))]]

Mutation = Callable[[bytes], bytes]

_MARKUP = [b"|", b"\n", b"[", b"]", b"(", b"`", b"```\n", b"*", b"#", b":", b";", b"\\", b"<", b"{", b"}", b"^", b"\t"]
_MORE_MARKUP = [
    b"---\n",
    b"> ",
    b"- ",
    b"[^1]",
    b"[^1]: ",
    b"{.stances}\n",
    "\uff1a".encode(),
    b"\xff",
    b"\0",
    b"\r",
    b"\xef",
]
_insertions = st.sampled_from([*_MARKUP, *_MORE_MARKUP]) | st.binary(min_size=1, max_size=4)
_positions = st.floats(0, 1, exclude_max=True)


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """Draw a function that inserts, deletes, duplicates or swaps pieces: bytes or whole lines."""
    separator = draw(st.sampled_from([b"", b"\n"]))
    operation = draw(st.sampled_from(["insert", "delete", "duplicate", "swap"]))
    first, second, inserted = draw(_positions), draw(_positions), draw(_insertions)

    def mutate(content: bytes) -> bytes:
        pieces = content.split(b"\n") if separator else [bytes([byte]) for byte in content]
        if not pieces:
            return inserted
        start, end = sorted((int(first * len(pieces)), int(second * len(pieces))))
        match operation:
            case "insert":
                pieces.insert(start, inserted)
            case "delete":
                del pieces[start : min(end, start + 20)]
            case "duplicate":
                pieces[start:start] = pieces[start : start + 20]
            case _:
                pieces[start], pieces[end] = pieces[end], pieces[start]
        return separator.join(pieces)

    return mutate
