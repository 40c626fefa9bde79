"""Share one running computation between concurrent callers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class SingleFlight(Generic[K, V]):
    """Runs at most one computation for each key at a time; concurrent callers with that key share its outcome.

    The first caller runs the computation in its own task, because another task would cost a tenth of a small request.
    If that caller is cancelled, one of the waiting callers starts the computation again.
    """

    def __init__(self) -> None:
        # None while nobody waits, because most computations end before another caller wants their outcome.
        self._outcomes: dict[K, asyncio.Future[V] | None] = {}

    def is_running(self, key: K) -> bool:
        """Return whether a computation for the key is running."""
        return key in self._outcomes

    async def run(self, key: K, compute: Callable[[], Awaitable[V]]) -> V:
        """Return the result of the running computation for the key, or start `compute`. Raise what it raises."""
        while key in self._outcomes:
            outcome = self._outcomes[key] = self._outcomes[key] or asyncio.get_running_loop().create_future()
            try:
                return await asyncio.shield(outcome)
            except asyncio.CancelledError:
                if not outcome.cancelled() or _is_cancelled():
                    raise
        self._outcomes[key] = None
        try:
            result = await compute()
        except BaseException as error:
            _fail(self._outcomes.pop(key), error)
            raise
        if shared_outcome := self._outcomes.pop(key):
            shared_outcome.set_result(result)
        return result


def _fail(outcome: "asyncio.Future[Any] | None", error: BaseException) -> None:
    """Report an error, or the cancellation of the caller that ran the computation, to those that wait."""
    if outcome is None:
        return
    if isinstance(error, asyncio.CancelledError):
        outcome.cancel()
    else:
        outcome.set_exception(error)
        outcome.exception()  # Mark it as retrieved, because those that waited may have been cancelled.


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
