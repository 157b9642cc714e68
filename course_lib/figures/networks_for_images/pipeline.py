"""From a picture to a word: pixel values in, probabilities out."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed, listed
from course_lib.figures.registry import figure

# The lecture's own numbers and classes.
PIXELS = (124, 140, 156, 128, 142, 157)
PROBABILITIES = (0.00, 0.00, 0.01, 0.89, 0.05, 0.00)
LABELS = ("aardvark", "apple", "bee", "bicycle", "bridge", "clown")

ROW = 24.0
TOP = 56.0


def _check(pixels: Sequence[float], probabilities: Sequence[float], labels: Sequence[str]) -> int:
    """Return the place of the largest probability."""
    if not 2 <= len(probabilities) == len(labels) <= 6:
        raise ValueError(
            f"probabilities has {len(probabilities)} values for {len(labels)} labels: expected 2 to"
            " 6, as many of one as of the other"
        )
    if not 1 <= len(pixels) <= 6:
        raise ValueError(f"pixels has {len(pixels)} values: expected from 1 to 6")
    return max(range(len(probabilities)), key=lambda i: probabilities[i])


def _alt(pixels: Sequence[float], probabilities: Sequence[float], labels: Sequence[str]) -> str:
    best = _check(pixels, probabilities, labels)
    return (
        "From left to right: a drawing of a bicycle; a vector of pixel values that begins "
        f"{listed(pixels)}; a box, the model; a vector of probabilities that begins "
        f"{', '.join(fixed(p, 2) for p in probabilities)}; their classes, {', '.join(labels)}. "
        f"The largest probability, {fixed(probabilities[best], 2)}, is that of {labels[best]}."
    )


@figure(
    "networks-for-images/pipeline",
    title="From a picture to a label",
    slide="Image classification",
    alt=_alt,
)
def pipeline(
    pixels: Sequence[float] = PIXELS,
    probabilities: Sequence[float] = PROBABILITIES,
    labels: Sequence[str] = LABELS,
) -> Figure:
    """Draw what a classifier is given and what it gives back.

    Parameters
    ----------
    pixels : sequence of float, at most 6
        The first values of the input.
    probabilities : sequence of float, 2 to 6
        The first values of the output.
    labels : sequence of str
        The class of each probability.
    """
    best = _check(pixels, probabilities, labels)
    canvas = Canvas(COLUMN, TOP + 7 * ROW + 56)
    middle = TOP + 3.5 * ROW
    _bicycle(canvas, 44, middle)
    column(canvas, 146, [str(value) for value in pixels], "input")
    canvas.box(190, middle - 36, 64, 72, fill="surface", edge="muted")
    canvas.text(222, middle, "model")
    column(canvas, 308, [fixed(p, 2) for p in probabilities], "output", bold=best)
    for n, label in enumerate(labels):
        role = "output" if n == best else "muted"
        y = TOP + ROW * (n + 0.5)
        canvas.text(342, y, label, role, size=SMALL, anchor="start", bold=n == best)
    for left, right in ((94, 110), (176, 188), (256, 272)):
        canvas.arrow((left, middle), (right, middle))
    for x, head in ((44, "the world"), (146, "input"), (308, "output"), (376, "label")):
        canvas.text(x, 18, head, "muted", size=SMALL)
    foot = TOP + 7 * ROW + 32
    canvas.text(146, foot, "150,528 values", "input", size=SMALL)
    canvas.text(308, foot, "one a class", "output", size=SMALL)
    return canvas.figure


def column(
    canvas: Canvas, x: float, words: Sequence[str], role: str, *, bold: int | None = None
) -> None:
    """Write a vector in square brackets, and dots below what it begins with."""
    for n, word in enumerate([*words, "⋮"]):
        canvas.text(x, TOP + ROW * (n + 0.5), word, role, size=SMALL, bold=n == bold)
    bottom = TOP + ROW * (len(words) + 1)
    for side in (-1, 1):
        edge = x + side * 26
        lip = edge - side * 5
        canvas.lines([[(lip, TOP), (edge, TOP), (edge, bottom), (lip, bottom)]], "muted")


def _bicycle(canvas: Canvas, x: float, y: float) -> None:
    """Draw a bicycle round a point."""
    canvas.box(x - 44, y - 40, 88, 80, edge="grid", line=1.0)
    back, front, hub = (x - 22, y + 10), (x + 22, y + 10), (x - 3, y + 10)
    seat, head = (x - 10, y - 13), (x + 15, y - 13)
    for wheel in (back, front):
        canvas.circle(*wheel, 15, edge="text", width=1.5)
    frame = [[back, hub, seat, back], [hub, head], [seat, head]]
    bars = [[front, (x + 13, y - 20), (x + 20, y - 22)], [(x - 16, y - 19), (x - 6, y - 19)]]
    canvas.lines([*frame, *bars, [seat, (x - 11, y - 19)]], "text", width=1.5)
