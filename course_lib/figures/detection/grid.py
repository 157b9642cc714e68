"""YOLO's grid over a picture: the cells that answer, and how many numbers there are."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, Canvas
from course_lib.figures.detection.pictures import (
    SIDE,
    THINGS,
    check_whole,
    lattice,
    outline,
    scene,
)
from course_lib.figures.registry import figure

PICTURE = 336.0
LEFT = (COLUMN - PICTURE) / 2


def _cells(cells: int) -> list[tuple[int, int]]:
    """Return the row and column of the cell of each thing."""
    places = []
    for x1, y1, x2, y2 in THINGS:
        places.append((int((y1 + y2) / 2 * cells / SIDE), int((x1 + x2) / 2 * cells / SIDE)))
    return places


def _check(cells: int, boxes: int, classes: int) -> None:
    check_whole("cells", cells, 3, 14)
    check_whole("boxes", boxes, 1, 9)
    check_whole("classes", classes, 1, 9999)


def _alt(cells: int, boxes: int, classes: int) -> str:
    _check(cells, boxes, classes)
    places = ", ".join(f"row {row + 1}, column {column + 1}" for row, column in _cells(cells))
    depth = 5 * boxes + classes
    return (
        f"A picture with a disc, a block and a post, each in its box, under a grid of {cells} by "
        f"{cells} cells. The cells with the boxes' centres are filled: {places}. The disc's box "
        f"covers several cells, the post's is narrower than one. Below, the count: {cells} times "
        f"{cells} cells with {boxes} boxes each are {cells**2 * boxes} boxes; {cells} times "
        f"{cells} times {depth} are {cells**2 * depth:,} numbers."
    )


@figure(
    "detection/grid",
    title="A grid of cells, each of which answers for the centres in it",
    slide="Object detection (YOLO)",
    alt=_alt,
)
def grid(cells: int = 7, boxes: int = 2, classes: int = 20) -> Figure:
    """Draw the grid with the cells that answer.

    Parameters
    ----------
    cells : int, 3 to 14
        Along each side.
    boxes, classes : int
        Of each cell.
    """
    _check(cells, boxes, classes)
    canvas = Canvas(COLUMN, PICTURE + 84)
    step = PICTURE / cells
    scene(canvas, LEFT, 0, PICTURE)
    for row, column in _cells(cells):
        place = (LEFT + column * step, row * step, step, step)
        canvas.box(*place, fill="kernel", edge="kernel", alpha=0.45, radius=0.01)
    lattice(canvas, LEFT, 0, PICTURE, cells)
    scale = PICTURE / SIDE
    for box, name in zip(THINGS, ("disc", "block", "post"), strict=True):
        outline(canvas, box, LEFT, 0, PICTURE, words=name)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        canvas.circle(LEFT + x * scale, y * scale, 4.5, fill="input", edge="paper")
    depth = 5 * boxes + classes
    canvas.formula(
        COLUMN / 2,
        PICTURE + 32,
        f"{cells} × {cells} cells × {boxes} = {{output:{cells**2 * boxes}}} boxes",
    )
    canvas.formula(
        COLUMN / 2,
        PICTURE + 64,
        f"{cells} × {cells} × (5·{boxes} + {classes}) = {cells} × {cells} × {depth} = "
        f"{{output:{cells**2 * depth:,}}} numbers",
    )
    return canvas.figure
