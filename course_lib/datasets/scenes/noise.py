"""Noise from an integer hash: the same at every size, on every platform, with no table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def hashed(x: NDArray[np.int64], y: NDArray[np.int64], seed: int) -> Array:
    """Return a number in [0, 1) for each point of a lattice.

    The rounds are those of Chris Wellons' ``triple32``-family "lowbias32" (2018, public domain):
    multiplications modulo 2³², which is JavaScript's ``Math.imul``.

    Parameters
    ----------
    x, y : integer arrays of one shape, or of shapes that broadcast
        Lattice points; negative ones too.
    seed : int
        From 0 to 2³² − 1; another seed is another noise.

    Returns
    -------
    values : float array
    """
    h = x.astype(np.uint32) * np.uint32(0x27D4EB2D) ^ y.astype(np.uint32) * np.uint32(0x165667B1)
    h = h ^ np.uint32(seed)
    h = (h ^ (h >> 16)) * np.uint32(0x7FEB352D)
    h = (h ^ (h >> 15)) * np.uint32(0x846CA68B)
    return (h ^ (h >> 16)) / 2**32


def value_noise(x: Array, y: Array, seed: int) -> Array:
    """Return smooth noise in [0, 1): hashed values at whole numbers, blended between them.

    Parameters
    ----------
    x, y : float arrays of one shape
        Places; one period of the lattice is 1.
    seed : int

    Returns
    -------
    values : float array of the same shape
    """
    left, top = np.floor(x), np.floor(y)
    across, down = x - left, y - top
    across *= across * (3 - 2 * across)
    down *= down * (3 - 2 * down)
    columns, rows = left.astype(np.int64), top.astype(np.int64)
    first_column, first_row = int(columns.min()), int(rows.min())
    width = int(columns.max()) - first_column + 2
    height = int(rows.max()) - first_row + 2
    # A picture spans few lattice points: hashing these once is far less than hashing every pixel.
    lattice = hashed(
        np.arange(first_column, first_column + width)[None, :],
        np.arange(first_row, first_row + height)[:, None],
        seed,
    ).ravel()
    corner = (rows - first_row) * width + (columns - first_column)
    a, b = lattice[corner], lattice[corner + 1]
    upper = a + (b - a) * across
    a, b = lattice[corner + width], lattice[corner + width + 1]
    lower = a + (b - a) * across
    blended: Array = upper + (lower - upper) * down
    return blended
