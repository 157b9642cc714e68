"""Reading a convolution off its weight matrix: the settings that make this very pattern.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from course_lib.convolution.geometry import output_length, taps
from course_lib.convolution.padding import PADDINGS

SIZES = range(1, 6)
STRIDES = range(1, 5)
DILATIONS = range(1, 5)


class Reading(NamedTuple):
    """The settings of a convolution that its weight matrix may give away."""

    kernel_size: int
    stride: int
    dilation: int
    padding: str


def weight_places(length: int, reading: Reading) -> list[list[tuple[int, int]]]:
    """Return, for each weight of a kernel, the places (row, column) where it stands.

    Parameters
    ----------
    length : int
        Number of input values, which is the number of columns.
    reading : Reading
        The convolution.

    Raises
    ------
    ValueError
        If the combination has no output.

    Examples
    --------
    >>> weight_places(3, Reading(2, 1, 1, "valid"))
    [[(0, 0), (1, 1)], [(0, 1), (1, 2)]]
    """
    size, stride, dilation, padding = reading
    rows = output_length(length, size, stride=stride, dilation=dilation, padding=padding)
    places: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for row in range(rows):
        reads = taps(row, length, size, stride=stride, dilation=dilation, padding=padding)
        for k, (_, source) in enumerate(reads):
            if source is not None:
                places[k].append((row, source))
    return places


def readings(length: int, reading: Reading) -> list[Reading]:
    """Return every reading whose weight matrix nobody can tell from the one of `reading`.

    A matrix shows where each weight stands, not how we have numbered the weights, and a weight
    that stands nowhere is not seen. So two matrices are the same if they have equally many rows,
    and the same sets of places. All kernel sizes to 5, strides and dilations to 4 and paddings
    are tried.

    Parameters
    ----------
    length : int
        Number of input values.
    reading : Reading
        The convolution that made the matrix.

    Returns
    -------
    readings : list of Reading
        In the order of size, stride, dilation and padding.

    Raises
    ------
    ValueError
        If the combination has no output.

    Examples
    --------
    >>> readings(8, Reading(3, 1, 1, "valid"))
    [Reading(kernel_size=3, stride=1, dilation=1, padding='valid')]
    >>> len(readings(8, Reading(1, 1, 1, "zeros")))
    20
    """
    weight_places(length, reading)  # raises where there is no such convolution
    wanted = _signature(length, reading)
    return [other for other in _candidates() if _signature(length, other) == wanted]


def draw_reading(length: int, seed: int) -> Reading:
    """Draw the convolution of a puzzle: always the same for the same seed.

    It has at least two weights, each of them in sight, and at least two outputs.

    Parameters
    ----------
    length : int
        Number of input values.
    seed : int
        The puzzle's number.
    """
    random = _mulberry32(seed)

    def draw(low: int, high: int) -> int:
        return low + int(next(random) * (high - low + 1))

    while True:
        reading = Reading(draw(2, max(SIZES)), draw(1, 3), draw(1, 3), PADDINGS[draw(0, 4)])
        rows = _rows(length, reading)
        if rows >= 2 and all(weight_places(length, reading)):
            return reading


def _candidates() -> Iterator[Reading]:
    """Yield every reading within the limits, possible or not."""
    for size, stride, dilation, padding in product(SIZES, STRIDES, DILATIONS, PADDINGS):
        yield Reading(size, stride, dilation, padding)


@cache
def _signature(
    length: int, reading: Reading
) -> tuple[int, tuple[tuple[tuple[int, int], ...], ...]] | None:
    """Return what readings have in common exactly if their matrices look the same."""
    rows = _rows(length, reading)
    if rows == 0:
        return None
    seen = sorted(tuple(places) for places in weight_places(length, reading) if places)
    return rows, tuple(seen)


def _rows(length: int, reading: Reading) -> int:
    """Return the number of outputs, 0 where there is no such convolution."""
    size, stride, dilation, padding = reading
    try:
        return output_length(length, size, stride=stride, dilation=dilation, padding=padding)
    except ValueError:
        return 0


def _mulberry32(seed: int) -> Iterator[float]:
    """Yield the numbers in [0, 1) that the front end draws from the same seed.

    Mulberry32 by Tommy Ettinger (2017, public domain).
    """
    mask = 0xFFFFFFFF
    state = seed & mask
    while True:
        state = (state + 0x6D2B79F5) & mask
        t = ((state ^ (state >> 15)) * (state | 1)) & mask
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & mask)) & mask
        yield ((t ^ (t >> 14)) & mask) / 2**32
