"""The example front ends: build them, and serve them on free ports."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = REPOSITORY / "examples"
BUILD_TIMEOUT_SECONDS = 300
STOP_TIMEOUT_SECONDS = 10


def build(example: str, **environment: str) -> None:
    """Generate the code of an example, check its types, and build it."""
    result = subprocess.run(
        ["npm", "run", "build"],
        cwd=EXAMPLES / example,
        env=_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=BUILD_TIMEOUT_SECONDS,
        check=False,
    )
    assert result.returncode == 0, result.stdout


@contextmanager
def build_and_serve(example: str, *command: str, **environment: str) -> Iterator[str]:
    """Build an example, run its server until the block ends, and yield its address."""
    build(example, **environment)
    with serve(example, *command, **environment) as address:
        yield address


@contextmanager
def serve(example: str, *command: str, **environment: str) -> Iterator[str]:
    """Run a server of an example until the block ends, and yield its address."""
    with subprocess.Popen(
        [f"node_modules/.bin/{command[0]}", *command[1:]],
        cwd=EXAMPLES / example,
        env=_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield f"http://localhost:{_read_port(process)}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(STOP_TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _read_port(process: subprocess.Popen[str]) -> int:
    """Return the port that the server prints when it is ready."""
    assert process.stdout
    output = ""
    for line in process.stdout:
        output += line
        if match := re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)", line):
            return int(match[1])
    raise AssertionError(output)


def _environment(settings: dict[str, str]) -> dict[str, str]:
    quiet = {"NO_COLOR": "1", "NEXT_TELEMETRY_DISABLED": "1", "ASTRO_TELEMETRY_DISABLED": "1"}
    return {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"} | quiet | settings
