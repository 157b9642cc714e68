"""Grids of numbers as this chapter's figures draw them, and checks of what callers give."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.figures.canvas import SMALL, Canvas
from course_lib.figures.numbers import number, weights

Rows = Sequence[Sequence[float]]

IMAGE = ((2, 1, 2, 8, 9), (1, 2, 1, 9, 8), (2, 2, 1, 8, 8), (1, 2, 2, 9, 9), (2, 1, 1, 8, 9))
ARROW = 16.0  # between grids, pixels
SMALLER = 30.0  # from weight to weight of a kernel that stands between two grids, pixels

SOBEL_X = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))


def check_rows(name: str, rows: Rows, least: int, most: int) -> None:
    """Raise a ValueError unless rows make a square of a size that there is room for."""
    size = len(rows)
    if not least <= size <= most or any(len(row) != size for row in rows):
        room = f"{least}" if least == most else f"{least} to {most}"
        raise ValueError(f"{name}={list(rows)}: expected {room} rows of as many numbers")


def check_whole(name: str, value: int, least: int, most: int) -> None:
    """Raise a ValueError unless a whole number lies within its limits."""
    if not least <= value <= most:
        raise ValueError(f"{name}={value}: expected a whole number from {least} to {most}")


def spelt(rows: Rows) -> str:
    """Write rows of numbers as running text."""
    return "; ".join(", ".join(number(value) for value in row) for row in rows)


def kernel_grid(canvas: Canvas, kernel: Rows, left: float, top: float, pitch: float) -> None:
    """Draw the weights in their boxes."""
    for r, row in enumerate(kernel):
        for c, words in enumerate(weights(row)):
            x, y = left + pitch * (c + 0.5), top + pitch * (r + 0.5)
            side = pitch - 4
            corner = (x - side / 2, y - side / 2)
            canvas.box(*corner, side, side, fill="window", edge="kernel", radius=4)
            canvas.text(x, y, words, "kernel-text", size=SMALL, within=side - 4)


def kernel_between(canvas: Canvas, kernel: Rows, left: float, right: float, middle: float) -> None:
    """Draw the weights on the way from one grid, which ends at `left`, to the next, at `right`."""
    first, top = left + ARROW, middle - SMALLER * len(kernel) / 2
    kernel_grid(canvas, kernel, first, top, SMALLER)
    grid_name(canvas, first, top, "kernel {kernel-text:ω}")
    canvas.arrow((left + 3, middle), (first - 2, middle))
    canvas.arrow((right - ARROW + 2, middle), (right - 2, middle))


def room_between(kernel: Rows) -> float:
    """Return how far the two grids stand apart that `kernel_between` draws between, pixels."""
    return SMALLER * len(kernel) + 2 * ARROW


def grid_name(canvas: Canvas, left: float, top: float, markup: str) -> None:
    """Write what a grid is, above its corner."""
    canvas.formula(left, top - 18, markup, "muted", size=SMALL, anchor="start")


def convolved(image: Rows, kernel: Rows, padding: str) -> list[list[float]]:
    """Return the convolution of an image with a kernel."""
    import torch

    from course_lib.convolution import convolve2d

    x, w = (torch.tensor(rows, dtype=torch.float64)[None, None] for rows in (image, kernel))
    output: list[list[float]] = convolve2d(x, w, padding=padding)[0, 0].tolist()
    return output
