"""Invariance, by a classifier: the picture moves and the answer stays."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.invariance.pictures import BRIGHT, SIDE, image
from course_lib.figures.numbers import fixed, listed
from course_lib.figures.registry import figure

SHAPES = ("disc", "square", "cross")

IMAGE = 136.0
TOPS = (32.0, 216.0)
BARS = 264.0  # where the bars begin, pixels
LONGEST = 96.0


class _Compared:
    """An image, the same image moved, and what the classifier says of each."""

    def __init__(self, shape: str, right: int, down: int, head: str) -> None:
        from course_lib.convolution.equivariance import classify, prototypes, translate

        if shape not in SHAPES:
            raise ValueError(f"shape={shape!r}: expected one of {', '.join(SHAPES)}")
        if head not in ("flatten", "pool"):
            raise ValueError(f"head={head!r}: expected flatten or pool")
        for name, steps in (("right", right), ("down", down)):
            if not -SIDE <= steps <= SIDE:
                raise ValueError(f"{name}={steps}: expected from {-SIDE} to {SIDE}")
        x = prototypes(SIDE, SIDE)[SHAPES.index(shape)]
        moved = translate(x, right, down, "zeros")
        self.images = [x.tolist(), moved.tolist()]
        self.answers = [classify(each, head, "zeros").tolist() for each in (x, moved)]


def _alt(shape: str, right: int, down: int, head: str) -> str:
    both = _Compared(shape, right, down, head)
    before, after = (listed(answer) for answer in both.answers)
    return (
        f"Above, an image of a {shape} and a classifier's probabilities for {', '.join(SHAPES)}: "
        f"{before}. Below, the image moved {right} pixels to the right and {down} down, and the "
        f"probabilities: {after}."
    )


@figure(
    "invariance/classification",
    title="Invariance: the image moves, the answer stays",
    slide="Invariance example",
    alt=_alt,
)
def classification(
    shape: str = "square", right: int = 4, down: int = -3, head: str = "pool"
) -> Figure:
    """Draw f[x] and f[t[x]] of a classifier below each other.

    Parameters
    ----------
    shape : {"disc", "square", "cross"}
        What stands in the middle of the image.
    right, down : int, -24 to 24
        The translation.
    head : {"flatten", "pool"}
        Whether the classifier decides by all features at their places or by each map's mean.
    """
    both = _Compared(shape, right, down, head)
    canvas = Canvas(COLUMN, TOPS[1] + IMAGE + 8)
    titles = (("{input:x}", "{output:f}[{input:x}]"), ("t[{input:x}]", "{output:f}[t[{input:x}]]"))
    for top, (name, result), picture, answer in zip(
        TOPS, titles, both.images, both.answers, strict=True
    ):
        canvas.formula(0, top - 16, name, anchor="start")
        image(canvas, picture, 1, top, IMAGE, "input", BRIGHT)
        middle = top + IMAGE / 2
        canvas.arrow((IMAGE + 12, middle), (IMAGE + 44, middle))
        canvas.formula(IMAGE + 28, middle - 16, "f", "muted")
        canvas.formula(BARS, top + 16, result, anchor="start")
        _bars(canvas, top + 48, answer)
    x = IMAGE / 2
    canvas.arrow((x, TOPS[0] + IMAGE + 8), (x, TOPS[1] - 8))
    canvas.formula(x + 12, TOPS[1] - 24, "t", "muted", anchor="start")
    return canvas.figure


def _bars(canvas: Canvas, top: float, answer: list[float]) -> None:
    for n, (name, share) in enumerate(zip(SHAPES, answer, strict=True)):
        y = top + 28 * n
        canvas.text(BARS - 8, y, name, "muted", size=SMALL, anchor="end")
        canvas.lines([[(BARS, y), (BARS + LONGEST * share, y)]], "output", width=12)
        canvas.lines([[(BARS, y - 8), (BARS, y + 8)]], "grid")
        canvas.text(COLUMN, y, fixed(share, 2), size=SMALL, anchor="end")
