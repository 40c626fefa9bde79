"""Run the command line with `python -m counterpoint`."""

from counterpoint.cli import main

main()
