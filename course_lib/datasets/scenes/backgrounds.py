"""The photographs behind the scenes, at the one size at which they are kept.

Each is brought to a shorter side of 256 pixels by averaging areas in whole numbers, so that every
platform holds the same bytes; a page can carry them as PNG files.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from course_lib.datasets.photographs import background_names, load_photograph_bytes
from course_lib.datasets.scenes.noise import Array

Pixels = NDArray[np.uint8]

SHORT_SIDE = 256
"""Pixels of the shorter side of every stored photograph."""

BACKGROUNDS = tuple(
    name for split in ("train", "validation", "test") for name in background_names(split)
)
"""The names of all photographs that scenes stand before."""


@cache
def background_pixels(name: str) -> Pixels:
    """Return a photograph as the scenes use it.

    Parameters
    ----------
    name : str
        One of ``BACKGROUNDS``.

    Returns
    -------
    pixels : uint8 array, shape (H, W, 3), read-only
        The shorter side has ``SHORT_SIDE`` pixels; grey photographs have three equal channels.

    Raises
    ------
    ValueError
        If the name is unknown.
    """
    if name not in BACKGROUNDS:
        raise ValueError(f"photograph={name!r}: expected one of {', '.join(BACKGROUNDS)}")
    pixels = load_photograph_bytes(name).permute(1, 2, 0).numpy()
    height, width = pixels.shape[:2]
    short = min(height, width)
    small = _averaged(pixels, SHORT_SIDE * height // short, SHORT_SIDE * width // short)
    small.setflags(write=False)
    return small


@cache
def pyramid(name: str) -> tuple[Pixels, ...]:
    """Return a photograph at full, half, quarter … size, each level a 2 × 2 average of the last.

    Returns
    -------
    levels : tuple of uint8 arrays, shape (3, H_k, W_k)
        An odd last row or column is left out of the next level.
    """
    level = background_pixels(name).transpose(2, 0, 1).astype(np.int64)
    levels = [level]
    while min(level.shape[1:]) > 4:
        level = level[:, : level.shape[1] // 2 * 2, : level.shape[2] // 2 * 2]
        sums = level[:, ::2, ::2] + level[:, 1::2, ::2] + level[:, ::2, 1::2] + level[:, 1::2, 1::2]
        level = (sums + 2) // 4
        levels.append(level)
    return tuple(np.ascontiguousarray(level, dtype=np.uint8) for level in levels)


def sampled(name: str, left: float, top: float, side: float, size: int) -> Array:
    """Return a square of a photograph at any size: bilinear, from the level nearest in scale.

    Beyond the photograph its last pixels go on.

    Parameters
    ----------
    name : str
    left, top, side : float
        The square, in units of the photograph's shorter side.
    size : int
        Pixels of the result's side.

    Returns
    -------
    image : float array, shape (3, size, size), in [0, 255]
    """
    levels = pyramid(name)
    step = side * SHORT_SIDE / size
    depth = 0
    while step >= 1.5 and depth < len(levels) - 1:
        step /= 2
        depth += 1
    level = levels[depth]
    pixels_per_unit = float(SHORT_SIDE)
    for _ in range(depth):
        pixels_per_unit /= 2
    centres = np.arange(size, dtype=np.float64) + 0.5
    upper, lower, down = _neighbours(top * pixels_per_unit, step, centres, level.shape[1])
    before, after, across = _neighbours(left * pixels_per_unit, step, centres, level.shape[2])
    first_row, first_column = int(upper[0]), int(before[0])
    part = level[:, first_row : int(lower[-1]) + 1, first_column : int(after[-1]) + 1]
    rows = _between(
        part.astype(np.float64), upper - first_row, lower - first_row, down[:, None], axis=1
    )
    return _between(rows, before - first_column, after - first_column, across, axis=2)


def _neighbours(
    start: float, step: float, centres: Array, length: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Return both neighbours of each place and how far it is from the first to the second."""
    place = np.clip(start + step * centres - 0.5, 0.0, length - 1.0)
    first = place.astype(np.int64)
    return first, np.minimum(first + 1, length - 1), place - first


def _between(
    values: Array, first: NDArray[np.int64], second: NDArray[np.int64], share: Array, axis: int
) -> Array:
    """Return a + (b − a) · share, for neighbours a and b along an axis."""
    start, result = values.take(first, axis=axis), values.take(second, axis=axis)
    result -= start
    result *= share
    result += start
    return result


def _averaged(pixels: Pixels, height: int, width: int) -> Pixels:
    """Return a picture at another size, each pixel the rounded average of its area.

    Areas overlap pixels by whole multiples of 1/height and 1/width: all is exact in whole numbers.
    """
    down, across = _overlaps(pixels.shape[0], height), _overlaps(pixels.shape[1], width)
    # Whole numbers below 2**53: double precision multiplies and adds them exactly, and fast.
    planes = pixels.transpose(2, 0, 1).astype(np.float64)
    sums = (down @ planes @ across.T).transpose(1, 2, 0).astype(np.int64)
    area = pixels.shape[0] * pixels.shape[1]
    averages: Pixels = ((2 * sums + area) // (2 * area)).astype(np.uint8)
    return averages


def _overlaps(length: int, new_length: int) -> Array:
    """Return how much each new pixel covers of each old one, in units of 1 / `new_length`."""
    new, old = np.arange(new_length)[:, None] * length, np.arange(length)[None, :] * new_length
    shared = np.minimum(new + length, old + new_length) - np.maximum(new, old)
    overlap: Array = np.maximum(shared, 0).astype(np.float64)
    return overlap
