"""Imports of many modules at once."""

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed_imports() -> Iterator[None]:
    """Import modules in this context without garbage collections, which would find nothing in a tenth of the time.

    Ctrl-C ends the process at once, because a KeyboardInterrupt in an import would be a traceback.
    """
    handler, collects_garbage = signal.getsignal(signal.SIGINT), gc.isenabled()
    is_default = handler is signal.default_int_handler
    gc.disable()
    if is_default:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if is_default:
            signal.signal(signal.SIGINT, handler)
        if collects_garbage:
            gc.enable()
