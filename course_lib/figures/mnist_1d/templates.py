"""The ten templates, and samples that were made of each."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.datasets import TEMPLATE_NAMES
from course_lib.datasets import templates as all_templates
from course_lib.figures.canvas import COLUMN, SMALL, Canvas, Point
from course_lib.figures.registry import figure

TOP = 40.0
ROW = 44.0
LEFT = 32.0
TEMPLATE = 66.0  # width of a template, pixels
GAP = 28.0
PITCH = 2.0  # between values of a sample, pixels
HEIGHT = 15.0  # of the largest value, pixels


def _alt(samples: int) -> str:
    words = {1: "a sample", 2: "two samples", 3: "three samples"}[_checked(samples)]
    return (
        f"Ten rows, one for each digit from 0 to 9: on the left its template, a curve of 12 "
        f"values, and beside it {words} of 40 values from the training set. In a sample the "
        "template's shape is small, shifted to another place, slanted and surrounded by noise."
    )


def _checked(samples: int) -> int:
    if not 1 <= samples <= 3:
        raise ValueError(f"samples={samples}: expected 1, 2 or 3")
    return samples


@figure(
    "mnist-1d/templates",
    title="The ten templates, and samples of each",
    slide="MNIST 1D Dataset",
    alt=_alt,
)
def templates(samples: int = 3) -> Figure:
    """Draw each template, and the first samples of its class.

    Parameters
    ----------
    samples : int
        How many of each class, 1 to 3.
    """
    from course_lib.datasets import load_mnist1d

    _checked(samples)
    data = load_mnist1d()
    canvas = Canvas(COLUMN, TOP + ROW * len(TEMPLATE_NAMES))
    start = LEFT + TEMPLATE + GAP
    width = PITCH * (data.x_train.shape[1] - 1)
    canvas.text(LEFT + TEMPLATE / 2, 12, "template", "muted", size=SMALL)
    words = "samples of the training set" if samples > 1 else "a sample of the training set"
    middle = start + (samples * (width + GAP) - GAP) / 2
    canvas.text(middle, 12, words, "muted", size=SMALL)
    levels: list[Sequence[Point]] = []
    shapes: list[Sequence[Point]] = []
    made: list[Sequence[Point]] = []
    for digit, row in enumerate(all_templates()):
        y = TOP + ROW * (digit + 0.5)
        canvas.text(8, y, str(digit), bold=True)
        shapes.append(_curve(LEFT, TEMPLATE, y, row.tolist(), 0.6))
        for n, x in enumerate(data.x_train[data.y_train == digit][:samples]):
            made.append(_curve(start + n * (width + GAP), width, y, x.tolist(), 4.0))
        lefts = [(LEFT, TEMPLATE), *((start + n * (width + GAP), width) for n in range(samples))]
        levels.extend([(left, y), (left + wide, y)] for left, wide in lefts)
    canvas.lines(levels, "grid")
    canvas.lines(shapes, "kernel", width=2)
    canvas.lines(made, "input", width=1.5)
    return canvas.figure


def _curve(
    left: float, width: float, y: float, values: Sequence[float], largest: float
) -> list[Point]:
    """Return the points of a curve about a level."""
    pitch = width / (len(values) - 1)
    scale = HEIGHT / largest
    # Half pixels are fine enough, and take few letters in a drawing of so many points.
    return [(left + pitch * i, y - round(2 * scale * v) / 2) for i, v in enumerate(values)]
