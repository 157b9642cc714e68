"""A network that goes down to small maps and up again: a level a row, what joins it across.

A map is a bar: as wide as the map, and the taller the more channels it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

from course_lib.figures.canvas import COLUMN, SMALL, Canvas

Shape = tuple[int, ...]
Joint = Literal["positions", "concatenate", "add"]

LEFT, RIGHT = 92.0, COLUMN - 92.0  # middles of the two columns
WIDEST = 176.0
ROW = 66.0
TOP = 62.0  # middle of the first level's bars
SLOT = 15.0  # half the height kept for a bar
WORDS: dict[Joint, str] = {
    "positions": "positions",
    "concatenate": "copy",
    "add": "add",
}


@dataclass(frozen=True)
class Level:
    """One size of map: the map on the way down, the one on the way up, (C, H, W) each."""

    down: Shape
    up: Shape


def spelt(shape: Shape) -> str:
    """Write a shape: ``64 × 224 × 224``."""
    return " × ".join(f"{n:,}" if n >= 10_000 else str(n) for n in shape)


def height_of(levels: Sequence[Level]) -> float:
    """Return the height of the drawing."""
    return TOP + ROW * len(levels) + 42


def draw_down_and_up(
    canvas: Canvas,
    levels: Sequence[Level],
    bottom: Sequence[Shape],
    joint: Joint,
    *,
    titles: tuple[str, str] = ("down", "up"),
    least: int = 6,
) -> None:
    """Draw the levels from the image down, and the bottom below them.

    Parameters
    ----------
    canvas : Canvas
        As wide as the column, and `height_of` the levels tall.
    levels : sequence of Level
    bottom : sequence of shapes
        What stands between the two ways, one or more maps in a row.
    joint : {"positions", "concatenate", "add"}
        What leads across a level; positions are dashed, for they are no values.
    titles : (str, str)
        Above the two columns.
    least : int
        Pixels of the narrowest bar.
    """
    largest = max(max(level.down[-1], level.up[-1]) for level in levels)

    def size(shape: Shape) -> tuple[float, float]:
        return max(float(least), WIDEST * shape[-1] / largest), 4 + 2.2 * log2(shape[0])

    def bar(x: float, y: float, shape: Shape, role: str) -> None:
        wide, tall = size(shape)
        fill = {"input": "input", "output": "output"}[role]
        canvas.box(
            x - wide / 2, y - tall / 2, wide, tall, fill=fill, edge=role, radius=2, alpha=0.25
        )

    canvas.text(LEFT, 12, titles[0], "input", size=SMALL, bold=True)
    canvas.text(RIGHT, 12, titles[1], "output", size=SMALL, bold=True)
    for n, level in enumerate(levels):
        y = TOP + ROW * n
        bar(LEFT, y, level.down, "input")
        bar(RIGHT, y, level.up, "output")
        canvas.text(LEFT, y - SLOT - 11, spelt(level.down), size=SMALL)
        canvas.text(RIGHT, y - SLOT - 11, spelt(level.up), size=SMALL)
        start = LEFT + size(level.down)[0] / 2 + 6
        end = RIGHT - size(level.up)[0] / 2 - 6
        canvas.lines([[(start, y), (end, y)]], "kernel", dashed=joint == "positions", width=1.5)
        canvas.lines([[(end - 5, y - 4), (end, y), (end - 5, y + 4)]], "kernel", width=1.5)
        if end - start > 84:
            canvas.text(COLUMN / 2, y - 11, WORDS[joint], "kernel-text", size=SMALL)
        if n < len(levels) - 1:
            below = y + ROW - SLOT - 22
            canvas.arrow((LEFT, y + SLOT + 3), (LEFT, below))
            canvas.arrow((RIGHT, below), (RIGHT, y + SLOT + 3))
    y = TOP + ROW * len(levels) - 8
    pitch = 72.0
    first = COLUMN / 2 - pitch * (len(bottom) - 1) / 2
    last = first + pitch * (len(bottom) - 1)
    for n, shape in enumerate(bottom):
        bar(first + pitch * n, y, shape, "input" if n == 0 else "output")
    words = " → ".join(spelt(shape) for shape in bottom)
    canvas.text(COLUMN / 2, y + SLOT + 17, words, size=SMALL)
    left, right = (8 + size(shape)[0] / 2 for shape in (bottom[0], bottom[-1]))
    canvas.lines([[(LEFT, y - ROW + 8 + SLOT + 3), (LEFT, y)]], "muted")
    canvas.arrow((LEFT, y), (first - left, y))
    canvas.lines([[(last + right, y), (RIGHT, y)]], "muted")
    canvas.arrow((RIGHT, y), (RIGHT, y - ROW + 8 + SLOT + 3))


def said(levels: Sequence[Level]) -> str:
    """Write the levels for an alternative text."""
    return "; ".join(f"{spelt(level.down)} and {spelt(level.up)}" for level in levels)
