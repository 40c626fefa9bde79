"""A function applied to many items by worker processes, with the results in the order of the items.

Workers own nothing: they are killed when the last result is read or the reader stops early, and they end by themselves
when this process does.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import Queue
from threading import Thread
from traceback import format_exc
from typing import Any, TypeVar

from counterpoint.errors import WorkerLost

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS_PER_CHUNK = 16
"""Items that a worker gets and returns at once."""

CHUNKS_PER_WORKER = 4
"""Chunks that a worker has at a time, so that neither it nor the reader waits for the other."""

# Not `fork`, because a process with threads may not be copied safely.
_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection


@dataclass(frozen=True, slots=True)
class _Failure:
    """The traceback of an exception in a worker."""

    text: str


def count_cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_processes(function: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Generator[Result]:
    """Yield the results of a function for items, computed by this number of processes.

    Memory holds few results at a time. The function must be picklable. Raise WorkerLost if a process ends too early.
    """
    chunks = (items[start : start + ITEMS_PER_CHUNK] for start in range(0, len(items), ITEMS_PER_CHUNK))
    with _start_workers(function, processes) as workers:
        # Each worker gets every n-th chunk, so that reading from the workers in turn returns the results in order.
        turns = cycle(workers)
        waiting: deque[_Worker] = deque()
        for chunk in chunks:
            if len(waiting) == processes * CHUNKS_PER_WORKER:
                yield from _receive(waiting.popleft())
            worker = next(turns)
            _send(worker, chunk)
            waiting.append(worker)
        while waiting:
            yield from _receive(waiting.popleft())


@contextmanager
def _start_workers(function: Callable[[Any], Any], processes: int) -> Iterator[list[_Worker]]:
    workers: list[_Worker] = []
    try:
        with _blocked_interrupts():
            workers += (_start_worker(function) for _ in range(processes))
        yield workers
    finally:
        for worker in workers:
            worker.process.kill()
            worker.connection.close()
        for worker in workers:
            worker.process.join()


@contextmanager
def _blocked_interrupts() -> Iterator[None]:
    """Block Ctrl-C in this thread and in the processes that it starts, because only the first process reports it."""
    if sys.platform == "win32":
        yield
        return
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _start_worker(function: Callable[[Any], Any]) -> _Worker:
    connection, other_end = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_run_worker, args=(function, other_end), daemon=True)
    process.start()
    # The connection ends with the worker only if no other process has its end of it.
    other_end.close()
    return _Worker(process, connection)


def _send(worker: _Worker, chunk: Sequence[Any]) -> None:
    try:
        worker.connection.send(chunk)
    except OSError as error:
        raise _lost(worker) from error


def _receive(worker: _Worker) -> list[Any]:
    try:
        results: list[Any] | _Failure = worker.connection.recv()
    except (EOFError, OSError) as error:
        raise _lost(worker) from error
    if isinstance(results, _Failure):
        raise RuntimeError(f"A worker process failed:\n{results.text}")
    return results


def _lost(worker: _Worker) -> WorkerLost:
    worker.process.join()
    return WorkerLost(worker.process.exitcode or 0)


def _run_worker(function: Callable[[Any], Any], connection: Connection) -> None:
    """Apply the function to chunks of items until the connection ends.

    Python's cyclic garbage collector runs after each chunk only, because it would visit the results again and again.
    """
    gc.disable()
    results: Queue[bytes] = Queue(maxsize=CHUNKS_PER_WORKER)
    # A thread sends the results, because sending waits while the reader is busy.
    Thread(target=_send_results, args=(results, connection), daemon=True).start()
    while True:
        try:
            chunk = connection.recv()
        except (EOFError, OSError):
            return
        results.put(_compute(function, chunk))
        gc.collect(0)


def _compute(function: Callable[[Any], Any], chunk: Sequence[Any]) -> bytes:
    try:
        return pickle.dumps([function(item) for item in chunk], pickle.HIGHEST_PROTOCOL)
    except Exception:
        return pickle.dumps(_Failure(format_exc()))


def _send_results(results: Queue[bytes], connection: Connection) -> None:
    try:
        while True:
            connection.send_bytes(results.get())
    except OSError:
        # The reader is gone, so that the results have no use.
        os._exit(1)
