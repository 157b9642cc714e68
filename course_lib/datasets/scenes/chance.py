"""Random numbers and rotations that come out the same, bit for bit, in every language.

Whole numbers of 32 bits, and of floating point only + − × ÷: nothing here depends on a library.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import TypeVar

T = TypeVar("T")

_WORD = 0xFFFFFFFF
_TAYLOR_TERMS = 9  # below an eighth of a turn the tenth term is less than half a last bit


class Mulberry32:
    """A generator of numbers in [0, 1), the page's own (``frontend/src/core/random.ts``).

    Mulberry32 by Tommy Ettinger (2017, public domain): 32 bits of state, enough to draw a picture,
    not for statistics.

    Parameters
    ----------
    seed : int
        From 0 to 2³² − 1.
    """

    def __init__(self, seed: int) -> None:
        check_seed(seed)
        self._state = seed

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number from `low` up to, but without, `high`."""
        self._state = (self._state + 0x6D2B79F5) & _WORD
        t = self._state
        t = (t ^ (t >> 15)) * (t | 1) & _WORD
        t = ((t + ((t ^ (t >> 7)) * (t | 61) & _WORD)) & _WORD) ^ t
        return low + (high - low) * ((t ^ (t >> 14)) / 2**32)

    def below(self, count: int) -> int:
        """Return a whole number from 0 to `count` − 1."""
        return int(self.uniform() * count)

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items, each as likely as the next."""
        return items[self.below(len(items))]

    def chance(self, probability: float) -> bool:
        """Return True with a probability."""
        return self.uniform() < probability


def check_seed(seed: int) -> None:
    """Raise unless a seed is a whole number of 32 bits."""
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise TypeError(f"seed={seed!r}: expected an int, got {type(seed).__name__}")
    if not 0 <= seed <= _WORD:
        raise ValueError(f"seed={seed}: expected a whole number from 0 to 2**32 - 1")


def rounded(value: float) -> float:
    """Return the nearest number of four decimals, halves upward.

    Python's `round` takes halves to the even neighbour, JavaScript's does not: this is the same in
    both.
    """
    return floor(value * 10_000 + 0.5) / 10_000


def cosine_sine(degrees: float) -> tuple[float, float]:
    """Return the cosine and the sine of an angle, right to about one last bit.

    The libraries' own differ in that bit from one machine to the next, which would move a pixel's
    centre across an outline once in a while. Here: the nearest quarter turn, then Taylor's series.
    """
    quarters = floor(degrees / 90 + 0.5)
    radians = (degrees - 90 * quarters) * 0.017453292519943295
    square = radians * radians
    cosine = sine = 1.0
    for k in range(_TAYLOR_TERMS, 0, -1):
        cosine = 1 - cosine * square / ((2 * k - 1) * (2 * k))
        sine = 1 - sine * square / ((2 * k) * (2 * k + 1))
    sine *= radians
    turned = ((cosine, sine), (-sine, cosine), (-cosine, -sine), (sine, -cosine))
    return turned[quarters % 4]
