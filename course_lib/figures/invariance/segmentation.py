"""Equivariance, by a segmenter: the picture moves and the answer moves with it."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, Canvas
from course_lib.figures.invariance.pictures import BRIGHT, SIDE, Rows, image, scene
from course_lib.figures.numbers import counted
from course_lib.figures.registry import figure

IMAGE = 160.0
TOPS = (32.0, 240.0)
LEFTS = (1.0, COLUMN - IMAGE - 1.0)


class _Square:
    """The four corners of the diagram."""

    def __init__(self, right: int, down: int) -> None:
        import torch

        from course_lib.convolution.equivariance import apply, translate

        for name, steps in (("right", right), ("down", down)):
            if not -SIDE <= steps <= SIDE:
                raise ValueError(f"{name}={steps}: expected from {-SIDE} to {SIDE}")

        def segmented(grid: torch.Tensor) -> torch.Tensor:
            return apply("segmenter", grid, kernel_name="gaussian", head="pool", border="zeros")

        x = torch.tensor(scene(), dtype=torch.float64)
        moved = translate(x, right, down, "zeros")
        answered = segmented(x)
        first, last = segmented(moved), translate(answered, right, down, "zeros")
        self.x, self.moved = x.tolist(), moved.tolist()
        self.answered, self.output = answered.tolist(), first.tolist()
        self.differing = int((first != last).sum())
        both = " = t[{output:f}[{input:x}]]" if self.differing == 0 else ""
        self.name = f"{{output:f}}[t[{{input:x}}]]{both}"
        self.objects = int(answered.sum())


def _alt(right: int, down: int) -> str:
    corners = _Square(right, down)
    agree = f"The two differ at {counted(corners.differing, 'pixel')}."
    if corners.differing == 0:
        agree = f"The two agree at all {SIDE * SIDE} pixels."
    return (
        f"A square of four images, {SIDE} by {SIDE} pixels. Upper left: the input x, a disc, a box "
        f"and a faint band. Upper right: its segmentation, where {corners.objects} pixels are "
        f"called object. Below, both are moved by {right} to the right and {down} down; the lower "
        f"right corner is reached by moving first or by segmenting first. {agree}"
    )


@figure(
    "invariance/segmentation",
    title="Equivariance: the image moves, the answer moves with it",
    slide="Equivariance example",
    alt=_alt,
)
def segmentation(right: int = 3, down: int = -2) -> Figure:
    """Draw the square of x, t[x], f[x] and what both ways lead to.

    Parameters
    ----------
    right, down : int, -24 to 24
        The translation.
    """
    corners = _Square(right, down)
    canvas = Canvas(COLUMN, TOPS[1] + IMAGE + (56 if corners.differing else 32))
    for left, top, name, rows, role in (
        (LEFTS[0], TOPS[0], "{input:x}", corners.x, "input"),
        (LEFTS[1], TOPS[0], "{output:f}[{input:x}]", corners.answered, "output"),
        (LEFTS[0], TOPS[1], "t[{input:x}]", corners.moved, "input"),
        (LEFTS[1], TOPS[1], corners.name, corners.output, "output"),
    ):
        _corner(canvas, left, top, name, rows, role)
    gap = (LEFTS[0] + IMAGE + 16, LEFTS[1] - 16)
    for top in TOPS:
        y = top + IMAGE / 2
        canvas.arrow((gap[0], y), (gap[1], y))
        canvas.formula(sum(gap) / 2, y - 16, "f", "muted")
    for left in LEFTS:
        x = left + IMAGE / 2
        canvas.arrow((x, TOPS[0] + IMAGE + 8), (x, TOPS[1] - 8))
        canvas.formula(x + 12, (TOPS[0] + IMAGE + TOPS[1]) / 2, "t", "muted", anchor="start")
    if corners.differing:
        words = f"not t[f[x]]: {counted(corners.differing, 'pixel')}"
        canvas.text(COLUMN, TOPS[1] + IMAGE + 44, words, "wrong", anchor="end")
    return canvas.figure


def _corner(canvas: Canvas, left: float, top: float, name: str, rows: Rows, role: str) -> None:
    # The upper names stand above, the lower ones below: the arrows between have the room.
    y = top - 16 if top == TOPS[0] else top + IMAGE + 18
    canvas.formula(left, y, name, anchor="start")
    image(canvas, rows, left, top, IMAGE, role, BRIGHT if role == "input" else 1.0)
