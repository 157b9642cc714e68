"""The picture over which this chapter's figures draw: three things, and boxes round them."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.figures.canvas import SMALL, Canvas

SIDE = 448.0
"""Of the image that YOLO takes, pixels."""

DISC = (104.0, 112.0, 72.0)
"""Centre and radius, in pixels of the image."""
BLOCK = (256.0, 222.0, 184.0, 152.0)
"""Left, top, width and height."""
POST = (312.0, 40.0, 40.0, 136.0)
"""The same, of what is high and narrow."""
THINGS = ((32.0, 40.0, 176.0, 184.0), (256.0, 222.0, 440.0, 374.0), (312.0, 40.0, 352.0, 176.0))
"""Their boxes: left, top, right, bottom."""

Box = Sequence[float]


def check_box(name: str, box: Box) -> None:
    """Raise a ValueError unless four numbers name a box with an extent, in the image."""
    if len(box) != 4:
        raise ValueError(f"{name}={list(box)}: expected 4 numbers, left, top, right, bottom")
    x1, y1, x2, y2 = box
    if not 0 <= x1 < x2 <= SIDE or not 0 <= y1 < y2 <= SIDE:
        raise ValueError(f"{name}={list(box)}: expected left < right and top < bottom, 0 to 448")


def check_whole(name: str, value: int, least: int, most: int) -> None:
    """Raise a ValueError unless a whole number lies within its limits."""
    if not least <= value <= most:
        raise ValueError(f"{name}={value}: expected a whole number from {least} to {most}")


def scene(canvas: Canvas, left: float, top: float, side: float) -> None:
    """Draw the three things."""
    scale = side / SIDE
    canvas.box(left, top, side, side, edge="grid", line=1.0, radius=2)
    x, y, radius = DISC
    canvas.circle(left + x * scale, top + y * scale, radius * scale, fill="input", alpha=0.2)
    for x, y, wide, high in (BLOCK, POST):
        place = (left + x * scale, top + y * scale, wide * scale, high * scale)
        canvas.box(*place, fill="input", alpha=0.2, radius=2)


def lattice(canvas: Canvas, left: float, top: float, side: float, cells: int) -> None:
    """Draw the lines between the cells of a grid."""
    step = side / cells
    places = [step * n for n in range(1, cells)]
    canvas.lines(
        [
            *([(left + at, top), (left + at, top + side)] for at in places),
            *([(left, top + at), (left + side, top + at)] for at in places),
        ],
        "grid",
    )


def outline(
    canvas: Canvas,
    box: Box,
    left: float,
    top: float,
    side: float,
    role: str = "input",
    *,
    width: float = 2.0,
    dashed: bool = False,
    words: str = "",
) -> None:
    """Draw a box, with words at its left upper corner, above it where there is room."""
    scale = side / SIDE
    x1, y1, x2, y2 = (n * scale for n in box)
    place = (left + x1, top + y1, x2 - x1, y2 - y1)
    canvas.box(*place, edge=role, line=width, dashed=dashed, radius=0.01)
    if words:
        y = top + y1 - 10 if y1 >= 18 else top + y1 + 12
        inset = 0 if y1 >= 18 else 5
        canvas.text(left + x1 + inset, y, words, role, size=SMALL, anchor="start", bold=True)
