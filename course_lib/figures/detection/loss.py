"""Why the loss compares roots: the same error on a narrow and on a wide box."""

from __future__ import annotations

from math import sqrt

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.detection.pictures import SIDE
from course_lib.figures.mnist_1d.chart import Chart
from course_lib.figures.numbers import fixed, number
from course_lib.figures.registry import figure

NARROW, WIDE = 32.0, 320.0


def _costs(width: float, error: float) -> tuple[float, float]:
    """Return the squared error of the extent and of its root, in parts of the image."""
    w, told = width / SIDE, (width + error) / SIDE
    return (told - w) ** 2, (sqrt(told) - sqrt(w)) ** 2


def _iou(width: float, error: float) -> float:
    """Return the IoU of two boxes that differ in their widths only, and share an edge."""
    return width / (width + error)


def _check(error: float) -> None:
    if not 1 <= error <= 100:
        raise ValueError(f"error={error:g}: expected from 1 to 100 pixels")


def _alt(error: float) -> str:
    _check(error)
    said = " ".join(
        f"At {width:g} pixels the plain square is {1000 * plain:.2f} thousandths, that of the "
        f"roots {1000 * root:.2f}; the IoU is {_iou(width, error):.2f}."
        for width in (NARROW, WIDE)
        for plain, root in [_costs(width, error)]
    )
    return (
        f"Cost of a width that is {number(error)} pixels too large, against the true width from 16 "
        "to 400 pixels. The squared difference of widths is a level line; that of their roots "
        f"falls from left to right. {said}"
    )


@figure(
    "detection/loss-roots",
    title="Why the loss compares roots",
    slide="You Only Look Once (YOLO)",
    alt=_alt,
)
def loss_roots(error: float = 16.0) -> Figure:
    """Draw what an error of some pixels costs, against the width of the box.

    Parameters
    ----------
    error : float, 1 to 100
        Pixels by which the predicted box is too wide.
    """
    _check(error)
    canvas = Canvas(COLUMN, 384)
    widths = [16 + 384 * n / 48 for n in range(49)]
    plain = [1000 * _costs(width, error)[0] for width in widths]
    root = [1000 * _costs(width, error)[1] for width in widths]
    largest = max(*root, *plain) * 1.05
    power = 10.0 ** len(str(int(largest))) / 10
    step = next(s * power for s in (0.5, 1, 2, 5) if largest / (s * power) <= 6)
    chart = Chart(canvas, 44, COLUMN - 24, 44, 296, 0, 400, step * -(-largest // step))
    canvas.text(0, 12, "cost, thousandths", "muted", size=SMALL, anchor="start")
    chart.grid(step)
    chart.ticks([0, 100, 200, 300, 400], "true width, pixels of 448")
    chart.line(widths, plain, "padding", dashed=True)
    chart.line(widths, root, "kernel", width=2.5)
    for width in (NARROW, WIDE):
        _, cost = _costs(width, error)
        x, y = chart.at(width, 1000 * cost)
        canvas.circle(x, y, 4, fill="kernel")
        words = f"IoU {fixed(_iou(width, error), 2)}"
        canvas.text(x + 10, y - 12, words, "kernel-text", size=SMALL, anchor="start")
    x, y = chart.at(400, plain[-1])
    canvas.text(x, y - 14, "of widths", "muted", size=SMALL, anchor="end")
    x, y = chart.at(96, root[10])
    canvas.text(x + 24, y - 40, "of their roots", "kernel-text", size=SMALL, anchor="start")
    words = f"a prediction {number(error)} pixels too wide"
    canvas.text(COLUMN, 366, words, "muted", size=SMALL, anchor="end")
    return canvas.figure
