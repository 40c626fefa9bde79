"""Progress on stderr: a bar on a terminal, and elsewhere one line for each stage."""

import io
import sys
from collections.abc import Iterator, Sequence

import click

UPDATES_PER_STAGE = 200


def track(paths: Sequence[str], label: str) -> Iterator[str]:
    """Yield the paths, and show how many of them are done."""
    if not paths:
        return
    with click.progressbar(
        paths,
        label=label,
        file=sys.stderr or io.StringIO(),
        show_pos=True,
        update_min_steps=max(1, len(paths) // UPDATES_PER_STAGE),
    ) as bar:
        yield from bar
