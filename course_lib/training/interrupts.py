"""Stopping between two steps: a signal is heard, the work at hand is finished and saved."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(KeyboardInterrupt):
    """Training was stopped from outside, by Ctrl-C or SIGTERM, and has saved what it could."""


class Stop:
    """Whether a signal has come, and which."""

    signal: str | None = None

    def __bool__(self) -> bool:
        return self.signal is not None


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """Hear SIGINT and SIGTERM instead of dying of them; a second one ends at once.

    Only the main thread of a process may do so; elsewhere nothing is changed.

    Yields
    ------
    stop : Stop
        True from the first signal on.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            # None: a handler that was not set from Python, which signal() cannot set either.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def hear(number: int, frame: FrameType | None) -> None:
        stop.signal = signal.Signals(number).name
        restore()

    for number in before:
        signal.signal(number, hear)
    try:
        yield stop
    finally:
        restore()
