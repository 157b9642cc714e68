"""Detection and segmentation as pipelines: a picture in, boxes or a class for each pixel out."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.networks_for_images.pipeline import PIXELS, ROW, TOP, column
from course_lib.figures.networks_for_images.tasks import SIDE, draw_boxes, draw_mask, draw_picture
from course_lib.figures.numbers import listed
from course_lib.figures.registry import figure

MIDDLE = TOP + 3.5 * ROW


def _check(**sizes: int) -> None:
    for name, value in sizes.items():
        if value < 1:
            raise ValueError(f"{name}={value}: expected a whole number of at least 1")


def _start(size: int) -> str:
    return (
        "From left to right: a picture of a disc and a block; a vector of pixel values that begins "
        f"{listed(PIXELS)}, {3 * size * size:,} in all; a box, the model; "
    )


def _detection_alt(size: int, boxes: int) -> str:
    _check(size=size, boxes=boxes)
    return (
        f"{_start(size)}the picture with a box round each object. The output is {boxes} times 6 "
        "numbers: for each box its place, size, class and confidence."
    )


def _segmentation_alt(size: int, classes: int) -> str:
    _check(size=size, classes=classes)
    each = "one number" if classes <= 2 else f"{classes} numbers"
    return (
        f"{_start(size)}the picture as a grid in which the squares of the objects are filled. The "
        f"output is {each} for each of {size} times {size} pixels."
    )


def _pipeline(
    size: int, head: str, foot: tuple[str, str], answer: Callable[[Canvas, float, float], None]
) -> Figure:
    """Draw picture, input, model and what comes out of it."""
    canvas = Canvas(COLUMN, TOP + 7 * ROW + 56)
    right = COLUMN - SIDE
    draw_picture(canvas, 0, MIDDLE - SIDE / 2)
    column(canvas, 170, [str(value) for value in PIXELS], "input")
    canvas.box(216, MIDDLE - 32, 56, 64, fill="surface", edge="muted")
    canvas.text(244, MIDDLE, "model")
    answer(canvas, right, MIDDLE - SIDE / 2)
    for start, end in ((126, 140), (200, 213), (275, 290)):
        canvas.arrow((start, MIDDLE), (end, MIDDLE))
    for x, words in ((SIDE / 2, "the world"), (170, "input"), (right + SIDE / 2, head)):
        canvas.text(x, 18, words, "muted", size=SMALL)
    canvas.text(170, TOP + 7 * ROW + 16, f"{3 * size * size:,} values", "input", size=SMALL)
    for n, words in enumerate(foot):
        y = TOP + 7 * ROW + 16 + 24 * n
        role = "muted" if n else "output"
        canvas.text(COLUMN, y, words, role, size=SMALL, anchor="end", bold=not n)
    return canvas.figure


@figure(
    "networks-for-images/detection",
    title="From a picture to boxes",
    slide="Object detection",
    alt=_detection_alt,
)
def detection(size: int = 448, boxes: int = 98) -> Figure:
    """Draw what a detector is given and what it gives back.

    Parameters
    ----------
    size : int
        Pixels of the picture's side.
    boxes : int
        That the detector gives.
    """
    _check(size=size, boxes=boxes)
    return _pipeline(size, "boxes", (f"{boxes:,} × 6", "six numbers a box"), draw_boxes)


@figure(
    "networks-for-images/segmentation",
    title="From a picture to a class for each pixel",
    slide="Image segmentation",
    alt=_segmentation_alt,
)
def segmentation(size: int = 224, classes: int = 2) -> Figure:
    """Draw what a segmenter is given and what it gives back.

    Parameters
    ----------
    size : int
        Pixels of the picture's side.
    classes : int
        Two need one probability a pixel; more need one each.
    """
    _check(size=size, classes=classes)
    shape = f"{size:,} × {size:,}" + (f" × {classes}" if classes > 2 else "")
    each = "one probability a pixel" if classes <= 2 else f"{classes} scores a pixel"
    return _pipeline(size, "pixel by pixel", (shape, each), draw_mask)
