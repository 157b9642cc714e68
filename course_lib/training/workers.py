"""Several processes over the seeds, each with one thread."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from course_lib.training.ensembles import SeedState, advance
from course_lib.training.recipes import Recipe, tensors_of
from course_lib.training.settings import Settings


class Inline(Executor):
    """An executor that computes here and now, for one worker."""

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def executor(workers: int) -> Executor:
    """Return what computes with so many processes; with one it is this process."""
    if workers == 1:
        return Inline()
    # Not forked: threads that torch has started here do not live on in a fork.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start)


def _start() -> None:
    # Ctrl-C reaches every process of the terminal; the first of them decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The compiler would start helpers of its own in each worker.
    os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pack(states: Sequence[SeedState]) -> bytes:
    """Return states as bytes: tensors sent as such would leave shared memory behind."""
    return pickle.dumps(list(states))


def unpack(packed: bytes) -> list[SeedState]:
    """Return the states that `pack` packed."""
    states: list[SeedState] = pickle.loads(packed)
    return states


def advance_packed(
    recipe: Recipe, packed: bytes, settings: Settings, until: int, device: str
) -> bytes:
    """Return the states of a recipe's networks after more steps, packed as they came."""
    states = unpack(packed)
    layers = recipe.layers(states[0].seed)
    assert layers is not None
    examples = [tensors_of(recipe, state.seed) for state in states]
    return pack(advance(layers, states, examples, settings, until=until, device=device))
