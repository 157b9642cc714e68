"""A box, and the four numbers by which its cell tells it."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.detection.pictures import SIDE, check_box, check_whole, lattice, scene
from course_lib.figures.numbers import fixed, number
from course_lib.figures.registry import figure

PICTURE = 320.0
LEFT = 40.0
BOX = (256.0, 222.0, 440.0, 374.0)


def _told(box: Sequence[float], cells: int) -> tuple[int, int, list[float]]:
    """Return the row and the column of the cell that answers, and x, y, w, h."""
    import torch

    from course_lib.detection import Grid, encode_boxes

    check_box("box", box)
    check_whole("cells", cells, 3, 14)
    targets, _ = encode_boxes(
        torch.tensor([list(box)], dtype=torch.float64),
        torch.tensor([0]),
        (int(SIDE), int(SIDE)),
        Grid(cells=cells),
    )
    row, column = targets.has_object[0].nonzero()[0].tolist()
    return row, column, targets.boxes[0, row, column].tolist()


def _alt(box: Sequence[float], cells: int) -> str:
    row, column, (x, y, w, h) = _told(box, cells)
    return (
        f"A picture of 448 by 448 pixels under a grid of {cells} by {cells} cells, with a box from "
        f"{number(box[0])}, {number(box[1])} to {number(box[2])}, {number(box[3])}. Its "
        f"centre lies in the cell of row {row + 1}, column {column + 1}, which is filled. "
        f"Lines measure x = {fixed(x, 3)} and y = {fixed(y, 3)}, the place of the "
        f"centre in the cell, and w = {fixed(w, 3)} and h = {fixed(h, 3)}, "
        "the box's extent in parts of the whole picture."
    )


@figure(
    "detection/encoding",
    title="A box as the numbers of its cell",
    slide="You Only Look Once (YOLO)",
    alt=_alt,
)
def encoding(box: Sequence[float] = BOX, cells: int = 7) -> Figure:
    """Draw a box and what its cell says of it.

    Parameters
    ----------
    box : sequence of 4 floats
        Left, top, right and bottom in pixels of the picture, 0 to 448.
    cells : int, 3 to 14
        Along each side of the grid.
    """
    row, column, (x, y, w, h) = _told(box, cells)
    canvas = Canvas(COLUMN, PICTURE + 184)
    top = 24.0
    scale = PICTURE / SIDE
    step = PICTURE / cells
    corner = (LEFT + column * step, top + row * step)
    scene(canvas, LEFT, top, PICTURE)
    canvas.box(*corner, step, step, fill="kernel", edge="kernel", alpha=0.45, radius=0.01)
    lattice(canvas, LEFT, top, PICTURE, cells)
    x1, y1, x2, y2 = (n * scale for n in box)
    canvas.box(LEFT + x1, top + y1, x2 - x1, y2 - y1, edge="input", line=2, radius=0.01)
    centre = (LEFT + (x1 + x2) / 2, top + (y1 + y2) / 2)
    # From the cell's left-top corner to the centre.
    canvas.lines([[(corner[0], centre[1]), centre]], "kernel", width=2)
    canvas.lines([[(centre[0], corner[1]), centre]], "kernel", width=2)
    canvas.circle(*centre, 4.5, fill="input", edge="paper")
    canvas.text(corner[0] - 10, centre[1], "x", "kernel-text", bold=True)
    canvas.text(centre[0], corner[1] - 10, "y", "kernel-text", bold=True)
    below, beside = top + PICTURE + 14, LEFT - 14
    _measure(canvas, (LEFT + x1, below), (LEFT + x2, below))
    canvas.text(LEFT + (x1 + x2) / 2, below + 16, "w", "output", bold=True)
    _measure(canvas, (beside, top + y1), (beside, top + y2))
    canvas.text(beside - 14, top + (y1 + y2) / 2, "h", "output", bold=True)
    middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    said = (
        f"{{kernel-text:x}} = {number(middle_x)} · {cells} / 448 − {column} = "
        f"{{kernel-text:{fixed(x, 3)}}}",
        f"{{kernel-text:y}} = {number(middle_y)} · {cells} / 448 − {row} = "
        f"{{kernel-text:{fixed(y, 3)}}}",
        f"{{output:w}} = {number(box[2] - box[0])} / 448 = {{output:{fixed(w, 3)}}}",
        f"{{output:h}} = {number(box[3] - box[1])} / 448 = {{output:{fixed(h, 3)}}}",
    )
    for line, words in enumerate(said):
        canvas.formula(LEFT, top + PICTURE + 60 + 26 * line, words, anchor="start")
    canvas.text(COLUMN, 8, "448 × 448 pixels", "muted", size=SMALL, anchor="end")
    return canvas.figure


def _measure(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a line with a stop at each end."""
    across = (0.0, 5.0) if start[1] == end[1] else (5.0, 0.0)
    strokes = [[start, end]]
    for x, y in (start, end):
        strokes.append([(x - across[0], y - across[1]), (x + across[0], y + across[1])])
    canvas.lines(strokes, "output", width=1.5)
