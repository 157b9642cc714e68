"""The slides' three questions: a weight matrix, and what convolution made it."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolutional_layers.matrices import KERNEL, convolved, draw_row
from course_lib.figures.numbers import counted, listed
from course_lib.figures.registry import figure

LEFT = 48.0
TOP = 40.0
ROW = 36.0

# The picture of the first question is lost, and what its table still says fits no convolution:
# its shape, stride and padding are the lecture's, its size and its dilation are ours.
QUESTIONS: tuple[tuple[str, str, tuple[float, ...], str], ...] = (
    ("question-1", "Question 1 (rebuilt): which convolution?", (0.25, 0.5, 1, -1, -0.5), "zeros"),
    ("question-2", "Question 2: which convolution?", KERNEL, "valid"),
    ("question-3", "Question 3: which convolution?", (1,), "zeros"),
)


def _check_answer(answer: str) -> None:
    if answer not in ("hidden", "shown"):
        raise ValueError(f"answer={answer!r}: expected 'hidden' or 'shown'")


def _alt(
    length: int, kernel: Sequence[float], stride: int, dilation: int, padding: str, answer: str
) -> str:
    _check_answer(answer)
    matrix, _ = convolved(length, kernel, stride, dilation, padding)
    said = "; ".join(
        f"row {r + 1}, "
        + (
            f"{listed([w for w in row if w is not None])} from column "
            f"{next(c for c, w in enumerate(row) if w is not None) + 1} on"
            if any(w is not None for w in row)
            else "empty"
        )
        for r, row in enumerate(matrix)
    )
    end = (
        ""
        if answer == "hidden"
        else f" Answer: {'; '.join(_answers(kernel, stride, dilation, padding))}."
    )
    return (
        f"A weight matrix with {counted(len(matrix), 'row')} and {counted(length, 'column')}: "
        f"{said}. All other places are empty.{end}"
    )


def _answers(kernel: Sequence[float], stride: int, dilation: int, padding: str) -> list[str]:
    """Return the four answers; a kernel of one weight tells neither dilation nor padding."""
    single = len(kernel) == 1
    return [
        f"size {len(kernel)}",
        f"stride {stride}",
        "any dilation" if single else f"dilation {dilation}",
        "any padding" if single else f"padding {padding}",
    ]


def _draw(
    length: int, kernel: Sequence[float], stride: int, dilation: int, padding: str, answer: str
) -> Figure:
    _check_answer(answer)
    matrix, _ = convolved(length, kernel, stride, dilation, padding)
    cell = (COLUMN - LEFT) / length
    xs = [LEFT + cell * (i + 0.5) for i in range(length)]
    canvas = Canvas(COLUMN, TOP + ROW * len(matrix) + 64)
    for i, x in enumerate(xs):
        canvas.formula(x, TOP - 20, f"x_{i + 1}", "input")
    for r, row in enumerate(matrix):
        y = TOP + ROW * (r + 0.5)
        canvas.formula(LEFT - 16, y, f"h_{r + 1}", "output", anchor="end")
        draw_row(canvas, row, xs, y, cell, ROW)
    foot = TOP + ROW * len(matrix)
    words = _answers(kernel, stride, dilation, padding)
    if answer == "hidden":
        words = ["kernel size?", "stride?", "dilation?", "padding?"]
    canvas.text(COLUMN / 2, foot + 24, " · ".join(words), bold=answer == "shown")
    canvas.text(COLUMN / 2, foot + 48, "one bias a row, not drawn", "muted", size=SMALL)
    return canvas.figure


def _register(name: str, title: str, weights: tuple[float, ...], beyond: str) -> None:
    @figure(f"convolutional-layers/{name}", title=title, slide=title[:10], alt=_alt)
    def draw(
        length: int = 8,
        kernel: Sequence[float] = weights,
        stride: int = 1,
        dilation: int = 1,
        padding: str = beyond,
        answer: str = "hidden",
    ) -> Figure:
        return _draw(length, kernel, stride, dilation, padding, answer)


for _question in QUESTIONS:
    _register(*_question)
