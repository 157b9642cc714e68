"""Three tasks on one picture, and the shape of what is asked for."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

WIDTH = 128.0
GAP = 16.0
PICTURE = 56.0  # top of the pictures
SIDE = 120.0
OUTPUT = PICTURE + SIDE + 64  # top of the outputs
CELLS = 12
DISC = (40.0, 44.0, 26.0)  # centre and radius of the object, from the picture's corner
BLOCK = (70.0, 66.0, 38.0)  # corner and side of the other


def _check(size: int, classes: int, boxes: int) -> None:
    for name, value in (("size", size), ("classes", classes), ("boxes", boxes)):
        if not isinstance(value, int) or value < 1:
            raise ValueError(f"{name}={value!r}: expected a whole number of at least 1")


def _alt(size: int, classes: int, boxes: int) -> str:
    _check(size, classes, boxes)
    return (
        "One picture with a disc and a block, three times. Classification: a row of bars, one of "
        f"them tall; the output is {classes} numbers, a probability for each class. Detection: a "
        f"box round each object; the output is {boxes} times 6 numbers, for each box its place, "
        "size, class and confidence. Segmentation: a grid with the objects' squares filled; the "
        f"output is {size} times {size} numbers, a probability for each pixel."
    )


@figure(
    "networks-for-images/three-tasks",
    title="Three tasks and their outputs",
    slide="Image classification; Object detection; Image segmentation",
    alt=_alt,
)
def three_tasks(size: int = 224, classes: int = 1000, boxes: int = 98) -> Figure:
    """Draw classification, detection and segmentation of one picture.

    Parameters
    ----------
    size : int
        Pixels of the picture's side.
    classes : int
        Of the classification.
    boxes : int
        That the detector gives.
    """
    _check(size, classes, boxes)
    canvas = Canvas(COLUMN, OUTPUT + SIDE + 88)
    lefts = [(WIDTH + GAP) * n for n in range(3)]
    names = ("classification", "detection", "segmentation")
    shapes = (f"{classes:,}", f"{boxes:,} × 6", f"{size:,} × {size:,}")
    said = (
        ("one probability", "a class"),
        ("six numbers", "a box"),
        ("one probability", "a pixel"),
    )
    for left, name, shape, (first, second) in zip(lefts, names, shapes, said, strict=True):
        middle = left + SIDE / 2
        canvas.text(middle, 20, name, bold=True, size=SMALL)
        draw_picture(canvas, left)
        canvas.arrow((middle, PICTURE + SIDE + 12), (middle, OUTPUT - 14))
        canvas.text(middle, OUTPUT + SIDE + 22, shape, "output", bold=True)
        canvas.text(middle, OUTPUT + SIDE + 46, first, "muted", size=SMALL)
        canvas.text(middle, OUTPUT + SIDE + 66, second, "muted", size=SMALL)
    _bars(canvas, lefts[0])
    draw_boxes(canvas, lefts[1])
    draw_mask(canvas, lefts[2])
    return canvas.figure


def draw_picture(canvas: Canvas, left: float, top: float = PICTURE, faint: bool = False) -> None:
    """Draw the picture: a disc and a block."""
    alpha = 0.12 if faint else 0.35
    edge = "grid" if faint else "input"
    canvas.box(left, top, SIDE, SIDE, edge="grid", line=1.0, radius=2)
    x, y, radius = DISC
    canvas.circle(left + x, top + y, radius, fill="input", edge=edge, alpha=alpha)
    x, y, side = BLOCK
    canvas.square(
        left + x + side / 2, top + y + side / 2, side, fill="input", edge=edge, alpha=alpha
    )


def _bars(canvas: Canvas, left: float) -> None:
    """Draw probabilities as bars."""
    base = OUTPUT + SIDE - 8
    for n, height in enumerate((6, 10, 84, 4, 18, 3)):
        x = left + 8 + 18 * n
        canvas.box(x, base - height, 12, height, fill="output", radius=0.01)
    canvas.lines([[(left, base), (left + SIDE, base)]], "muted")


def draw_boxes(canvas: Canvas, left: float, top: float = OUTPUT) -> None:
    """Draw a box round each object."""
    draw_picture(canvas, left, top, faint=True)
    x, y, radius = DISC
    around = 2 * radius + 8
    canvas.square(left + x, top + y, around, edge="output", width=2)
    x, y, side = BLOCK
    canvas.square(left + x + side / 2, top + y + side / 2, side + 8, edge="output", width=2)


def draw_mask(canvas: Canvas, left: float, top: float = OUTPUT) -> None:
    """Draw the squares of a grid that belong to an object."""
    cell = SIDE / CELLS
    for row in range(CELLS):
        for column in range(CELLS):
            x, y = (column + 0.5) * cell, (row + 0.5) * cell
            disc = (x - DISC[0]) ** 2 + (y - DISC[1]) ** 2 <= DISC[2] ** 2
            block = all(0 <= at - corner <= BLOCK[2] for at, corner in ((x, 70), (y, 66)))
            if disc or block:
                canvas.square(left + x, top + y, cell - 1, fill="output")
    canvas.lines(
        [
            *([(left + cell * n, top), (left + cell * n, top + SIDE)] for n in range(13)),
            *([(left, top + cell * n), (left + SIDE, top + cell * n)] for n in range(13)),
        ],
        "grid",
        width=0.75,
    )
