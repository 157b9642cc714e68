"""The 1×1 convolution: one small network, the same at every position."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_2d.grids import Rows, spelt
from course_lib.figures.language import input_value, output_value
from course_lib.figures.numbers import counted, listed
from course_lib.figures.registry import figure

WEIGHTS = ((1, -1, 0), (0.5, 0.5, -1))
PIXEL = (5, 1, 2)
SIDE = 88.0
STEP = 16.0
DOT = 10.0
ROW = 56.0
MOST = 3


def _outputs(weights: Rows, pixel: Sequence[float]) -> list[float]:
    """Return what the filters make of the channels of one pixel."""
    import torch

    from course_lib.convolution import convolve1x1

    if not 1 <= len(weights) <= MOST:
        raise ValueError(f"weights has {len(weights)} rows: expected 1 to {MOST}")
    if not 1 <= len(pixel) <= MOST or any(len(row) != len(pixel) for row in weights):
        raise ValueError(
            f"pixel={list(pixel)}: expected 1 to {MOST} values, one for each column of the weights"
        )
    x = torch.tensor(pixel, dtype=torch.float64)[None, :, None]
    z: list[float] = convolve1x1(x, torch.tensor(weights, dtype=torch.float64)).flatten().tolist()
    return z


def _alt(weights: Rows, pixel: Sequence[float]) -> str:
    made = _outputs(weights, pixel)
    return (
        f"On the left {counted(len(pixel), 'input channel')}, on the right "
        f"{counted(len(made), 'output channel')} of the same height and width. At one position the "
        f"values {listed(pixel)} go through a fully connected network with the weights "
        f"{spelt(weights)} and become {listed(made)} at that position. The same network runs at "
        "every other position."
    )


@figure(
    "resampling/one-by-one",
    title="A 1×1 convolution is one network at every position",
    slide="1x1 convolution",
    alt=_alt,
)
def one_by_one(weights: Rows = WEIGHTS, pixel: Sequence[float] = PIXEL) -> Figure:
    """Draw the channels before and after, and the network at one position.

    Parameters
    ----------
    weights : rows of numbers, 1 to 3 of as many as the pixel has
    pixel : sequence of float, 1 to 3
        The input channels at the position.
    """
    made = _outputs(weights, pixel)
    height = 40 + max(ROW * max(len(pixel), len(made)), SIDE + 2 * STEP) + 16
    canvas = Canvas(COLUMN, height)
    middle = 40 + (height - 56) / 2
    canvas.text(0, 14, "input channels", "muted", size=SMALL, anchor="start")
    canvas.text(COLUMN / 2, 14, "at one position", "muted", size=SMALL)
    canvas.text(COLUMN, 14, "output channels", "muted", size=SMALL, anchor="end")
    into = _planes(canvas, 1, middle, len(pixel), "input")
    out = _planes(canvas, COLUMN - SIDE - STEP * (len(made) - 1) - 1, middle, len(made), "output")
    left, right = 168.0, 248.0
    rows = [middle + ROW * (i + 0.5 - len(pixel) / 2) for i in range(len(pixel))]
    ends = [middle + ROW * (o + 0.5 - len(made) / 2) for o in range(len(made))]
    canvas.lines(
        [[dot, (left - 18, y)] for dot, y in zip(into, rows, strict=True)], "input", alpha=0.5
    )
    canvas.lines(
        [[(right + 18, y), dot] for dot, y in zip(out, ends, strict=True)], "output", alpha=0.5
    )
    for row, end in zip(weights, ends, strict=True):
        for weight, start in zip(row, rows, strict=True):
            stroke = [(left + 16, start), (right - 16, end)]
            if weight < 0:
                canvas.lines([stroke], "negative", dashed=True)
            else:
                canvas.lines([stroke], "kernel" if weight else "grid", width=1.5 if weight else 1)
    for value, y in zip(pixel, rows, strict=True):
        input_value(canvas, left, y, value)
    for value, y in zip(made, ends, strict=True):
        output_value(canvas, right, y, value)
    return canvas.figure


def _planes(
    canvas: Canvas, left: float, middle: float, count: int, role: str
) -> list[tuple[float, float]]:
    """Draw a stack of channels, and return where the position is marked in each."""
    top = middle - (SIDE + STEP * (count - 1)) / 2
    marks = []
    for c in reversed(range(count)):
        x, y = left + STEP * c, top + STEP * (count - 1 - c)
        canvas.box(x, y, SIDE, SIDE, fill="paper", edge=role, radius=2)
        # In the corner, where the planes in front do not hide it.
        marks.append((x + SIDE - DOT, y + DOT))
        canvas.square(*marks[-1], DOT, fill=role)
    return marks
