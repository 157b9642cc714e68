"""Random numbers for hidden tests, from the run's secret seed.

A student's process sees the inputs that a hidden test sends it. They are drawn anew for every run
from a seed that only the grader holds, so having seen a test's source, or the inputs of last year,
helps nobody to fake an answer.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

_seed = b"for the instructor's own runs"


def generator(name: str) -> np.random.Generator:
    """Return a generator for the hidden inputs of one test.

    Parameters
    ----------
    name
        What the numbers are for; another name gives other numbers. All students of a run get the
        same, so that they are marked alike.
    """
    digest = hmac.new(_seed, name.encode(), hashlib.sha256).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype=np.uint32))


@contextmanager
def seeded(seed: bytes) -> Iterator[None]:
    """Let `generator` draw from a run's seed meanwhile."""
    global _seed
    before, _seed = _seed, seed
    try:
        yield
    finally:
        _seed = before
