"""Numbers that several figures of this chapter share, and checks of what callers give."""

from __future__ import annotations

from collections.abc import Sequence

# Small whole numbers, and three weights that differ in size and sign: the products are checked in
# the head, and the order of the weights can be told.
SIGNAL = (2, 4, 6, 2, 1, 3, 5)
KERNEL = (0.5, 1, -0.5)

# The lecture's worked example: a plateau of tens between fives and threes.
WORKED = (5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1)


def check_position(position: int, last: int, first: int = 1) -> None:
    """Raise a ValueError unless a position, counted from 1, lies from `first` to `last`."""
    if not first <= position <= last:
        raise ValueError(f"position={position}: expected a whole number from {first} to {last}")


def check_kernel(kernel: Sequence[float], size: int) -> None:
    """Raise a ValueError unless a kernel has the size that a figure is drawn for."""
    if len(kernel) != size:
        raise ValueError(f"kernel={list(kernel)}: expected {size} weights")


def check_room(name: str, count: int, most: int) -> None:
    """Raise a ValueError where more is asked for than a figure has room for."""
    if not 1 <= count <= most:
        raise ValueError(f"{name} has {count} values: expected from 1 to {most}")
