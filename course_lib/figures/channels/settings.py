"""Numbers that several figures of this chapter share, and checks of what callers give."""

from __future__ import annotations

from collections.abc import Sequence

# Small whole numbers, whose products are checked in the head.
SIGNAL = (2, 4, 6, 2, 1, 3, 5)
SECOND = (1, 1, 4, 4, 1, 1, 3)
SMOOTH = (0.25, 0.5, 0.25)
RISE = (-0.5, 0, 0.5)


def check_signal(name: str, signal: Sequence[float], length: int = 7) -> None:
    """Raise a ValueError unless a signal has the length that a figure is drawn for."""
    if len(signal) != length:
        raise ValueError(f"{name} has {len(signal)} values: expected {length}")


def check_kernel(name: str, kernel: Sequence[float]) -> None:
    """Raise a ValueError unless a kernel has three weights."""
    if len(kernel) != 3:
        raise ValueError(f"{name}={list(kernel)}: expected 3 weights")


def check_whole(name: str, value: int, least: int, most: int) -> None:
    """Raise a ValueError unless a whole number lies within its limits."""
    if not least <= value <= most:
        raise ValueError(f"{name}={value}: expected a whole number from {least} to {most}")
