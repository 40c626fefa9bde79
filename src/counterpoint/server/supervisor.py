"""Supervisor: runs worker processes, replaces those that die or hang, and stops all of them.

Workers are forked from this process, so that they share its memory and start within milliseconds. At that time it has
neither threads, nor an event loop, nor connections to a database, because their copies would not work.
"""

import logging
import mmap
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from socket import socket

from counterpoint.server.listeners import describe_addresses

log = logging.getLogger(__name__)

STOP_TIMEOUT_SECONDS = 9.0
"""Seconds after the drain at which workers that have not stopped are killed. It is longer than their own timeouts."""

MIN_RESTART_DELAY_SECONDS = 0.1
MAX_RESTART_DELAY_SECONDS = 2.0
"""Limits of the delay before a worker is replaced. It doubles each time, because it may die again at once.

The kernel queues the worker's new connections meanwhile.
"""

STABLE_SECONDS = 10.0
"""Lifetime of a worker after which it is replaced without delay."""

HEARTBEAT_CHECK_SECONDS = 1.0
MAX_SILENT_CHECKS = 10
"""Checks in a row without a heartbeat after which a worker is killed.

Checks are counted, not seconds, because a pause of the whole container or machine must not end a worker.
"""

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)

START_EVENT = b"start"
STOP_EVENT = b"stop"


@dataclass(frozen=True)
class SupervisorLink:
    """A worker's connection to its supervisor."""

    lifeline: int
    """A descriptor that becomes readable when the supervisor ends, in whatever way."""
    events: int
    """A descriptor to which workers write events."""
    heartbeats: mmap.mmap
    """Memory that all processes share, with a byte for each worker."""
    number: int
    """The number of this worker, from 0. A worker that replaces another has its number."""

    def report_start(self) -> None:
        """Report that the worker accepts connections."""
        os.write(self.events, START_EVENT)

    def beat(self) -> None:
        """Report that the event loop runs. Workers call this several times between two checks."""
        self.heartbeats[self.number] = (self.heartbeats[self.number] + 1) % 256


RunWorker = Callable[[list[socket], SupervisorLink], None]
"""Runs in a worker process, until a signal stops it. The sockets are those on which this worker accepts connections."""


@dataclass
class _Slot:
    """The slot of one worker: its sockets, its process if there is one, and when the next one starts otherwise."""

    number: int
    listeners: list[socket]
    process: BaseProcess | None = None
    start_time: float = 0.0
    delay_seconds: float = 0.0
    last_heartbeat: int = 0
    silent_checks: int = 0


class Supervisor:
    """Runs one worker for each group of listening sockets.

    This process holds the sockets too. So the connections that wait for a worker are not lost when it dies.
    """

    def __init__(self, run_worker: RunWorker, listeners: Sequence[list[socket]], drain_seconds: float) -> None:
        """Prepare to run workers that drain after SIGTERM. A signal handler may call `stop` from now on."""
        self._run_worker = run_worker
        self._drain_seconds = drain_seconds
        self._slots = [_Slot(number, sockets) for number, sockets in enumerate(listeners)]
        self._events, self._events_writer = os.pipe()
        self._lifeline, self._lifeline_writer = os.pipe()
        self._heartbeats = mmap.mmap(-1, len(self._slots))
        self._next_check = 0.0
        self._has_started = False
        self._stop_signal = signal.SIGINT
        self._stop_requests = 0

    def run(self) -> bool:
        """Run the workers until `stop` is called. Return False if the first one ends before it has started.

        The others start after the first, so that an error which prevents it is reported once.
        """
        try:
            self._run_first()
            if self._has_started and not self._stop_requests:
                self._start_missing()
                addresses = describe_addresses(self._slots[0].listeners)
                log.info("%d workers running on %s (Press CTRL+C to quit)", len(self._slots), addresses)
            while self._has_started and not self._stop_requests:
                self._start_missing()
                self._kill_silent()
                self._wait(self._seconds_to_next_task())
        finally:
            self._stop_workers()
        return self._has_started or self._stop_requests > 0

    def stop(self, stop_signal: signal.Signals) -> None:
        """Stop the workers by a signal. Called again, kill those that are still running."""
        if not self._stop_requests:
            self._stop_signal = stop_signal
        self._stop_requests += 1
        os.write(self._events_writer, STOP_EVENT)

    def _run_first(self) -> None:
        """Start the first worker, and wait until it accepts connections or ends."""
        first = self._slots[0]
        if not self._stop_requests:
            self._try_start(first)
        while first.process and not self._has_started and not self._stop_requests:
            self._wait(None)

    def _start_missing(self) -> None:
        """Start the workers whose delay is over."""
        for slot in self._slots:
            if slot.process is None and slot.start_time <= time.monotonic():
                self._try_start(slot)

    def _try_start(self, slot: _Slot) -> None:
        """Start a worker. If the system has no room for another process, plan the next attempt."""
        try:
            self._start(slot)
        except OSError as error:
            log.error("A worker can't be started: %s.", error.strerror)
            self._delay_start(slot)

    def _start(self, slot: _Slot) -> None:
        """Start a worker. Raise OSError."""
        process = multiprocessing.get_context("fork").Process(target=self._run_in_worker, args=(slot,), daemon=True)
        # Block the signals, because the new process would run the handlers of this one.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        slot.process, slot.start_time, slot.silent_checks = process, time.monotonic(), 0

    def _run_in_worker(self, slot: _Slot) -> None:
        """Run a worker in this process, which is a new one."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        # As long as any process held the writing end, no worker would notice the end of the supervisor.
        os.close(self._lifeline_writer)
        self._close_listeners(except_of=slot)
        link = SupervisorLink(self._lifeline, self._events_writer, self._heartbeats, slot.number)
        self._run_worker(slot.listeners, link)

    def _wait(self, seconds: float | None) -> None:
        """Wait for an event or for the end of a worker."""
        slots = {slot.process.sentinel: slot for slot in self._slots if slot.process}
        for readable in wait([self._events, *slots], seconds):
            if readable == self._events:
                self._has_started |= START_EVENT in os.read(self._events, 4096)
            else:
                self._remove_dead(slots[readable])  # type: ignore[index]  # because a sentinel is an integer

    def _remove_dead(self, slot: _Slot) -> None:
        """Remove a worker that has ended, and plan the start of another."""
        assert slot.process
        slot.process.join()
        pid, status = slot.process.pid, slot.process.exitcode or 0
        slot.process = None
        if self._stop_requests:
            return
        end = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        if not self._has_started:
            log.error("Worker %d %s before it had started.", pid, end)
        else:
            self._delay_start(slot)
            log.warning("Worker %d %s. Another one starts in %.1f s.", pid, end, slot.delay_seconds)

    def _delay_start(self, slot: _Slot) -> None:
        """Plan the start of a worker: at once if the last one was stable, else after a delay that doubles."""
        now = time.monotonic()
        is_stable = now - slot.start_time > STABLE_SECONDS
        delay = max(MIN_RESTART_DELAY_SECONDS, 2 * slot.delay_seconds)
        slot.delay_seconds = 0.0 if is_stable else min(delay, MAX_RESTART_DELAY_SECONDS)
        slot.start_time = now + slot.delay_seconds

    def _seconds_to_next_task(self) -> float:
        """Return the seconds until the next check of the heartbeats, or until the next start if that is sooner."""
        starts = [slot.start_time for slot in self._slots if slot.process is None]
        return max(0.0, min([self._next_check, *starts]) - time.monotonic())

    def _kill_silent(self) -> None:
        """Kill the workers that have been silent for too long, if a check is due. They are replaced like dead ones."""
        if time.monotonic() < self._next_check:
            return
        self._next_check = time.monotonic() + HEARTBEAT_CHECK_SECONDS
        for slot in self._slots:
            heartbeat = self._heartbeats[slot.number]
            is_silent = heartbeat == slot.last_heartbeat
            slot.silent_checks = slot.silent_checks + 1 if is_silent else 0
            slot.last_heartbeat = heartbeat
            if slot.process and slot.silent_checks == MAX_SILENT_CHECKS:
                log.error("Worker %d is killed: its event loop does not run.", slot.process.pid)
                slot.process.kill()

    def _stop_workers(self) -> None:
        """Stop the workers and wait for them; kill them if this takes too long or `stop` is called again."""
        timeout = STOP_TIMEOUT_SECONDS
        if self._stop_signal == signal.SIGTERM:
            timeout += self._drain_seconds
            log.info("Draining for %g s", self._drain_seconds)
        deadline = time.monotonic() + timeout
        # At once, because nobody would accept the connections of a worker that has ended.
        self._close_listeners()
        for process in self._processes:
            assert process.pid
            os.kill(process.pid, self._stop_signal)
        while self._processes and self._stop_requests < 2 and (seconds := deadline - time.monotonic()) > 0:
            self._wait(seconds)
        for process in self._processes:
            if self._stop_requests < 2:
                log.warning("Worker %d is killed: it has not stopped within %g s.", process.pid, timeout)
            process.kill()
            process.join()

    def _close_listeners(self, *, except_of: _Slot | None = None) -> None:
        for slot in self._slots:
            if slot is not except_of:
                for listener in slot.listeners:
                    listener.close()

    @property
    def _processes(self) -> list[BaseProcess]:
        return [slot.process for slot in self._slots if slot.process]
