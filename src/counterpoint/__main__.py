"""Run the command line: as `counterpoint`, or with `python -m counterpoint`."""

import os

from counterpoint.imports import undisturbed_imports


def main() -> None:
    """Run the command that the arguments name."""
    _open_standard_descriptors()
    with undisturbed_imports():
        from counterpoint.cli import main as run_command  # noqa: PLC0415
    run_command()


def _open_standard_descriptors() -> None:
    """Open the null device in place of standard streams that are closed.

    A file or socket would get their descriptors otherwise, and the event loop aborts the process when it closes one.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # which returns the lowest descriptor that is free


if __name__ == "__main__":
    main()
