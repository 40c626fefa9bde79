"""Operating system functions of the benchmark: CPU affinity, free ports, CPU time and memory of processes."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

KIB_PER_MIB = 1024

MEMORY_INTERVAL_SECONDS = 0.2
"""Interval in which the memory of a server is read."""


def choose_cores() -> tuple[int | None, int | None]:
    """Return a CPU core for the servers and one for the driver, or None twice if there are not two to choose from."""
    if not hasattr(os, "sched_getaffinity"):
        return None, None
    usable = sorted(os.sched_getaffinity(0))
    return (usable[0], usable[-1]) if len(usable) > 1 else (None, None)


@contextmanager
def pin_child_processes(core: int | None) -> Iterator[None]:
    """Pin the processes that are started within the `with` block to one core."""
    if core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def pin_this_process(core: int | None) -> None:
    """Pin this process to one core."""
    if core is not None:
        os.sched_setaffinity(0, {core})


def free_port() -> int:
    """Return an unused TCP port of the loopback interface."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that all threads of a process have used, or 0 on systems without /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    # Split after the last parenthesis, because the process name before it may contain anything.
    # Fields 14 and 15 of the whole line are user and system time.
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Resident memory in KiB: all of it, and the part that is not mapped from files."""

    resident: int = 0
    anonymous: int = 0

    def __str__(self) -> str:
        if not self.resident:
            return "unknown on this system"
        return f"{self.resident // KIB_PER_MIB} MB, {self.anonymous // KIB_PER_MIB} MB without mapped files"


class MemoryMonitor:
    """Thread that records the peak memory of a process and its descendants within a `with` block. Linux only."""

    def __init__(self, pid: int, interval_seconds: float = 0.02) -> None:
        self.peak = Memory()
        self._pid = pid
        self._interval_seconds = interval_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(self._interval_seconds):
            memory = read_tree_memory(self._pid)
            self.peak = Memory(max(self.peak.resident, memory.resident), max(self.peak.anonymous, memory.anonymous))


def read_tree_memory(pid: int) -> Memory:
    """Return the memory of a process and its descendants. Memory that they share counts once for each."""
    processes = [_read_memory(process) for process in _process_tree(pid)]
    return Memory(sum(memory.resident for memory in processes), sum(memory.anonymous for memory in processes))


def count_descriptors(pid: int) -> int:
    """Return how many files and sockets a process and its descendants have open."""
    return sum(_count_files(process) for process in _process_tree(pid))


def list_descendants(pid: int) -> list[int]:
    """Return the descendants of a process."""
    return [*_process_tree(pid)][1:]


def _count_files(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0


def _process_tree(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _process_tree(int(child))


def _read_memory(pid: int) -> Memory:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return Memory()
    fields = dict(line.partition(":")[::2] for line in status.splitlines())
    return Memory(*(int(fields.get(name, "0 kB").split()[0]) for name in ("VmRSS", "RssAnon")))
