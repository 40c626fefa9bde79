"""Entry point of `python -m bench`, which `./run bench` starts."""

from bench.commands import main

main(prog_name="./run bench")
