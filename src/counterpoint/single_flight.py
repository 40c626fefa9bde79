"""Share one running computation between concurrent callers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class SingleFlight(Generic[K, V]):
    """Runs at most one computation for each key at a time; concurrent callers with that key share its outcome.

    The first caller runs the computation in its own task, because another task would cost a tenth of a small request.
    If that caller is cancelled, one of the waiting callers starts the computation again.
    """

    def __init__(self) -> None:
        self._outcomes: dict[K, asyncio.Future[V]] = {}

    def is_running(self, key: K) -> bool:
        """Return whether a computation for the key is running."""
        return key in self._outcomes

    async def run(self, key: K, compute: Callable[[], Awaitable[V]]) -> V:
        """Return the result of the running computation for the key, or start `compute`. Raise what it raises."""
        while (outcome := self._outcomes.get(key)) is not None:
            try:
                return await asyncio.shield(outcome)
            except asyncio.CancelledError:
                if not outcome.cancelled() or _is_cancelled():
                    raise
        outcome = self._outcomes[key] = asyncio.get_running_loop().create_future()
        try:
            result = await compute()
        except asyncio.CancelledError:
            outcome.cancel()
            raise
        except BaseException as error:
            outcome.set_exception(error)
            outcome.exception()  # Mark it as retrieved, because no other caller may be waiting for it.
            raise
        finally:
            del self._outcomes[key]
        outcome.set_result(result)
        return result


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
