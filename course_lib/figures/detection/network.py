"""YOLO's network: 24 convolutions, four poolings, two dense layers."""

from __future__ import annotations

from math import log2

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.detection.pictures import check_whole
from course_lib.figures.numbers import counted
from course_lib.figures.registry import figure

ROW = 60.0
TOP = 24.0
WIDEST = 120.0  # of a map's picture, pixels
DENSE = 4096


def _rows(grid: int, boxes: int, classes: int) -> list[tuple[str, str, str, int, int]]:
    """Return of each stage its output, what makes it, how, its side and its channels."""
    from course_lib.networks.yolo import REDUCTION, STAGES

    check_whole("grid", grid, 3, 14)
    check_whole("boxes", boxes, 1, 9)
    check_whole("classes", classes, 1, 9999)
    side = REDUCTION * grid
    rows = [(f"3 × {side} × {side}", "the image", "", side, 3)]
    for index, stage in enumerate(STAGES):
        if index:
            side //= 2
        for _, _, stride in stage:
            side //= stride
        channels = stage[-1][1]
        sizes = sorted({f"{kernel}×{kernel}" for kernel, _, _ in stage})
        halved = ", stride 2" if any(step == 2 for _, _, step in stage) else ""
        pooled = "pooled by 2, then " if index else ""
        made = f"{pooled}{counted(len(stage), 'convolution')}"
        words = f"{', '.join(sizes)}{halved}"
        rows.append((f"{channels} × {side} × {side}", made, words, side, channels))
    return rows


def _alt(grid: int, boxes: int, classes: int) -> str:
    from course_lib.networks.yolo import STAGES, output_numbers

    rows = _rows(grid, boxes, classes)
    count = sum(len(stage) for stage in STAGES)
    said = "; ".join(f"{shape} ({made})" for shape, made, _, _, _ in rows)
    numbers = grid**2 * output_numbers(boxes, classes)
    return (
        f"The network from top to bottom, the maps ever smaller and deeper: {said}. Then a dense "
        f"layer of {DENSE:,} units and one of {numbers:,} numbers, which are {grid} × {grid} × "
        f"{output_numbers(boxes, classes)}. {count} convolutions and 2 dense layers."
    )


@figure(
    "detection/network",
    title="YOLO's network",
    slide="You Only Look Once (YOLO)",
    alt=_alt,
)
def network(grid: int = 7, boxes: int = 2, classes: int = 20) -> Figure:
    """Draw the stages of the network with their shapes.

    Parameters
    ----------
    grid : int, 3 to 14
        Cells along each side; the image has 64 times as many pixels.
    boxes, classes : int
        Of each cell.
    """
    from course_lib.networks.yolo import output_numbers

    rows = _rows(grid, boxes, classes)
    numbers = output_numbers(boxes, classes)
    canvas = Canvas(COLUMN, TOP + ROW * (len(rows) + 1) + 24)
    largest = log2(rows[0][3])
    for index, (shape, made, words, side, channels) in enumerate(rows):
        y = TOP + ROW * index
        # Height by the map's side, width by its channels, both by their logarithms.
        high = 8 + 36 * (log2(side) - 2) / (largest - 2)
        wide = 6 + (WIDEST - 24) * log2(channels) / 10
        role = "kernel" if index else "input"
        left = (WIDEST - wide) / 2
        canvas.box(left, y - high / 2, wide, high, fill=role, edge=role, alpha=0.2, radius=2)
        canvas.text(WIDEST + 16, y - 10, shape, size=SMALL, anchor="start", bold=True)
        canvas.text(COLUMN, y - 10, words, "muted", size=SMALL, anchor="end")
        _words(canvas, WIDEST + 16, y + 10, made)
        bottom = y + high / 2
        canvas.arrow((WIDEST / 2, bottom + 3), (WIDEST / 2, max(bottom + 7, y + ROW - 26)))
    y = TOP + ROW * len(rows)
    canvas.box(4, y - 5, WIDEST - 8, 10, fill="kernel", edge="kernel", alpha=0.2, radius=2)
    canvas.text(WIDEST + 16, y - 10, f"{DENSE:,}", size=SMALL, anchor="start", bold=True)
    _words(canvas, WIDEST + 16, y + 10, "dense, then dropout")
    canvas.arrow((WIDEST / 2, y + 8), (WIDEST / 2, y + ROW - 22))
    y += ROW
    canvas.box(20, y - 18, WIDEST - 40, 36, fill="output", edge="output", alpha=0.2, radius=2)
    shape = f"{grid} × {grid} × {numbers} = {grid**2 * numbers:,}"
    canvas.text(WIDEST + 16, y - 10, shape, "output", size=SMALL, anchor="start", bold=True)
    _words(canvas, WIDEST + 16, y + 10, "dense: the numbers of the grid")
    return canvas.figure


def _words(canvas: Canvas, x: float, y: float, words: str) -> None:
    canvas.text(x, y, words, "muted", size=SMALL, anchor="start")
