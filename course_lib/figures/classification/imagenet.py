"""ImageNet in numbers: the sizes of its three parts as areas."""

from __future__ import annotations

from math import sqrt

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

PARTS = (("training", 1_281_167), ("test", 100_000), ("validation", 50_000))
CLASSES = 1000
LARGEST = 168.0  # side of the largest square, pixels
BASE = 212.0


def _check(size: int) -> None:
    if not isinstance(size, int) or not 1 <= size <= 4096:
        raise ValueError(f"size={size!r}: expected a whole number from 1 to 4,096")


def _alt(size: int) -> str:
    _check(size)
    parts = ", ".join(f"{count:,} {name} images" for name, count in PARTS)
    return (
        f"Three squares on one line whose areas stand for {parts}. Below them: {CLASSES:,} classes,"
        f" some {PARTS[0][1] // CLASSES:,} training images each; one image is {size} × {size} × 3 ="
        f" {size * size * 3:,} values."
    )


@figure(
    "classification/imagenet",
    title="ImageNet-1K in numbers",
    slide="ImageNet 1K database",
    alt=_alt,
)
def imagenet(size: int = 224) -> Figure:
    """Draw the three parts of ImageNet-1K as squares of equal area an image.

    Parameters
    ----------
    size : int
        Pixels of an image's side.
    """
    _check(size)
    canvas = Canvas(COLUMN, BASE + 124)
    x = 0.0
    unit = LARGEST / sqrt(PARTS[0][1])
    for name, count in PARTS:
        side = unit * sqrt(count)
        role = "input" if name == "training" else "output"
        canvas.box(x, BASE - side, side, side, fill=role, edge=role, radius=2, alpha=0.25)
        wide = max(side, 92.0)
        canvas.text(x, BASE + 20, name, size=SMALL, anchor="start", bold=True)
        canvas.text(x, BASE + 42, f"{count:,}", role, size=SMALL, anchor="start")
        x += wide + 28
    each = PARTS[0][1] // CLASSES
    canvas.text(
        0,
        BASE + 80,
        f"{CLASSES:,} classes, some {each:,} training images each",
        size=SMALL,
        anchor="start",
    )
    canvas.text(
        0,
        BASE + 104,
        f"one image: {size} × {size} × 3 = {size * size * 3:,} values",
        size=SMALL,
        anchor="start",
    )
    return canvas.figure
