"""The fully connected layer that the course holds against a convolution: the same everywhere."""

from __future__ import annotations


def dense_weight(row: int, column: int) -> float:
    """Return a weight of that layer: from -1 to 1 in tenths, never 0, and without any pattern.

    The front end computes the same.

    Parameters
    ----------
    row, column : int
        Its place in the matrix, from 0.
    """
    mixed = 73 * row + 151 * column + 29 * row * column + 17 * (row + 1) * (column + 3)
    step = (mixed * (row + 2 * column + 1)) % 20
    return (step - 10 if step < 10 else step - 9) / 10
