"""Batches of direct answers: requests that arrive together take each step together, such as to run all their queries.

Python and SQLite evict each other from the processor's caches, so that a request takes up to a third less time if the
same code has just run for another one.
"""

import asyncio
from typing import Protocol

MAX_BATCH = 32
"""Answers of one batch. The first one waits for all others, and more of them would evict each other's data."""


class BatchedAnswer(Protocol):
    """An answer that yields after each step. The batch resumes it for the next one."""

    def take_step(self) -> bool:
        """Go on until the next step, or to the end. Return whether there is another step. Must not raise."""


class AnswerBatch:
    """Resumes its answers in turn, step by step, after the event loop has read from all sockets that are ready."""

    def __init__(self) -> None:
        self._waiting: list[BatchedAnswer] = []

    def add(self, answer: BatchedAnswer, loop: asyncio.AbstractEventLoop) -> None:
        """Add an answer that has taken its first step."""
        if not self._waiting:
            loop.call_soon(self._run)
        self._waiting.append(answer)

    def _run(self) -> None:
        waiting, self._waiting = self._waiting, []
        for start in range(0, len(waiting), MAX_BATCH):
            batch = waiting[start : start + MAX_BATCH]
            while batch:
                batch = [answer for answer in batch if answer.take_step()]
