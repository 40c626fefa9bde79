"""Programs in processes of their own, forked from a process that has imported the service already.

The imports take longer than most tests. Only the start differs from that of the command: tests/test_cli.py runs the
command itself, and tests of redirections and terminals do too.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import shutil
import signal
import sys
import time
import weakref
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from multiprocessing.process import BaseProcess

TIMEOUT_SECONDS = 120
"""Seconds after which an expected event counts as missing."""


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


FORK_SERVER = multiprocessing.get_context("forkserver")
FORK_SERVER.set_forkserver_preload(["support.fork_server"])


@dataclass(frozen=True)
class Program:
    """A running program. Its output goes to files, so that it never waits for a reader."""

    process: BaseProcess
    output: Path
    """The folder of its output. It is deleted with this object."""

    @property
    def stdout(self) -> str:
        """The standard output until now."""
        return (self.output / "stdout").read_text(errors="replace")

    @property
    def stderr(self) -> str:
        """The standard error until now."""
        return (self.output / "stderr").read_text(errors="replace")

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        assert self.process.pid
        os.kill(self.process.pid, number)

    def wait(self, seconds: float = TIMEOUT_SECONDS) -> int | None:
        """Return the exit status (negative for a signal), or None if the program does not end in time."""
        self.process.join(seconds)
        return self.process.exitcode

    def wait_for_line(self, part: str) -> None:
        """Wait until the output has a line that contains this text."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        # Looked at before the output is read, because the program may write the line and end in between.
        is_alive = self.process.is_alive()
        while part not in self.stdout + self.stderr:
            assert is_alive, self.stderr
            assert time.monotonic() < deadline, self.stderr
            time.sleep(0.005)
            is_alive = self.process.is_alive()

    def kill(self) -> None:
        """Kill the process, unless it has ended, and wait for it."""
        self.process.kill()
        self.process.join()


def start_program(
    *arguments: str | Path,
    module: str = "counterpoint",
    script: str | None = None,
    folder: Path = REPOSITORY,
    **environment: str,
) -> Program:
    """Start a module of Python, or a script, in a folder."""
    output = Path(mkdtemp())
    for name in ("stdout", "stderr"):
        (output / name).touch()
    line = [script or module, *map(str, arguments)]
    _start_fork_server()
    process = FORK_SERVER.Process(
        target=_run_program, args=(script, module, line, folder, os.environ | environment, output)
    )
    process.start()
    program = Program(process, output)
    weakref.finalize(program, shutil.rmtree, output)
    return program


def run_program(
    *arguments: str | Path, module: str = "counterpoint", folder: Path = REPOSITORY, **environment: str
) -> Program:
    """Run a module of Python until it ends."""
    program = start_program(*arguments, module=module, folder=folder, **environment)
    assert program.wait() is not None, program.stderr
    return program


@cache
def _start_fork_server() -> None:
    """Start the fork server with the path to this package, because Python does not hand on `sys.path`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(REPOSITORY / "tests"), prepend=os.pathsep)
        forkserver.ensure_running()


def _run_program(
    script: str | None, module: str, line: Sequence[str], folder: Path, environment: Mapping[str, str], output: Path
) -> None:
    """Run a program in this process as if Python had been started with it."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for stream, name in ((1, "stdout"), (2, "stderr")):
        descriptor = os.open(output / name, os.O_WRONLY | os.O_APPEND)
        os.dup2(descriptor, stream)
        os.close(descriptor)
    # A shell ignores the signal in its background jobs, and all their processes inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = [*line]
    if script:
        runpy.run_path(script, run_name="__main__")
    else:
        runpy.run_module(module, run_name="__main__")
