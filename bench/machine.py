"""What the benchmark needs of the machine: a core to itself, a free port, how much memory processes hold."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

MEGABYTE = 1024
"""In kilobytes, in which Linux tells memory."""


def cores() -> tuple[int | None, int | None]:
    """Choose a core for servers and one for the driver; None where there is no choice."""
    if not hasattr(os, "sched_getaffinity"):
        return None, None
    usable = sorted(os.sched_getaffinity(0))
    return (usable[0], usable[-1]) if len(usable) > 1 else (None, None)


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Let processes that are started within run on one core alone."""
    if core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def move_to_core(core: int | None) -> None:
    """Let this process run on one core alone from now on."""
    if core is not None:
        os.sched_setaffinity(0, {core})


def free_port() -> int:
    """Find a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def cpu_seconds(pid: int) -> float:
    """Give the processor time that a process has used, all its threads together; 0 where it is not told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    # The process's name, which may hold anything, ends at the last parenthesis; 14 and 15 are user and system time.
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Memory:
    """Kilobytes of memory: all that is resident, and what of it is the processes' own and no mapped file's."""

    resident: int = 0
    own: int = 0

    def __str__(self) -> str:
        """Tell both in megabytes."""
        if not self.resident:
            return "not told here"
        return f"{self.resident // MEGABYTE} MB, {self.own // MEGABYTE} MB without mapped files"


class Peak:
    """Watches the memory of a process and all below it, looking every few milliseconds. Linux alone tells it."""

    def __init__(self, pid: int, every: float = 0.02) -> None:
        """Watch a process from entering to leaving."""
        self.memory = Memory()
        self._pid = pid
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            held = [_memory(pid) for pid in _family(self._pid)]
            self.memory.resident = max(self.memory.resident, sum(each.resident for each in held))
            self.memory.own = max(self.memory.own, sum(each.own for each in held))


def _family(pid: int) -> Iterator[int]:
    """Give a process and all below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _memory(pid: int) -> Memory:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return Memory()
    told = dict(line.partition(":")[::2] for line in status.splitlines())
    sizes = {name: int(told.get(name, "0 kB").split()[0]) for name in ("VmRSS", "RssAnon")}
    return Memory(sizes["VmRSS"], sizes["RssAnon"])
