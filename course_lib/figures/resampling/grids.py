"""Grids of numbers as this chapter's figures draw them, and checks of what callers give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from course_lib.figures.canvas import SMALL, Canvas
from course_lib.figures.language import input_value, output_value

if TYPE_CHECKING:
    from torch import Tensor

Rows = Sequence[Sequence[float]]
Place = tuple[int, int]

PITCH = 38.0
TOP = 32.0


def check_image(image: Rows, sizes: Sequence[int]) -> None:
    """Raise a ValueError unless an image is a square of one of a few sizes."""
    size = len(image)
    if size not in sizes or any(len(row) != size for row in image):
        allowed = " or ".join(map(str, sizes))
        raise ValueError(f"image={list(image)}: expected {allowed} rows of as many numbers")


def check_place(name: str, value: int, most: int) -> None:
    """Raise a ValueError unless a place, counted from 1, is there."""
    if not 1 <= value <= most:
        raise ValueError(f"{name}={value}: expected a whole number from 1 to {most}")


def through(make: Callable[[Tensor], Tensor], image: Rows) -> list[list[float]]:
    """Return what a function of a batch of images makes of one image."""
    import torch

    made: list[list[float]] = make(torch.tensor(image, dtype=torch.float64)[None, None])[
        0, 0
    ].tolist()
    return made


def inputs(
    canvas: Canvas,
    rows: Rows,
    left: float,
    top: float,
    read: Callable[[int, int], bool] = lambda *_: False,
) -> None:
    """Draw inputs in their circles, amber inside where they are read."""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            x, y = left + PITCH * (c + 0.5), top + PITCH * (r + 0.5)
            input_value(canvas, x, y, value, read=read(r, c))


def outputs(
    canvas: Canvas, rows: Rows, left: float, top: float, current: Place | None = None
) -> None:
    """Draw outputs in their squares, full where one is spoken of."""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            x, y = left + PITCH * (c + 0.5), top + PITCH * (r + 0.5)
            state = "current" if (r, c) == current else "plain"
            output_value(canvas, x, y, value, state)  # type: ignore[arg-type]


def frame(canvas: Canvas, left: float, top: float, columns: int, rows: int) -> None:
    """Draw the amber window round some inputs."""
    canvas.box(
        left + 1, top + 1, columns * PITCH - 2, rows * PITCH - 2, fill="window", edge="kernel"
    )


def label(canvas: Canvas, x: float, words: str) -> None:
    """Write what stands below, above it."""
    canvas.formula(x, 14, words, "muted", size=SMALL, anchor="start")
