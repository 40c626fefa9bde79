"""The command line of the benchmark: `python -m bench`, or `./run bench`."""

from bench.commands import main

main()
