"""One sample, from its template to its forty values, step by step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.datasets import Draws, Stage, draw, sample_stages, template
from course_lib.figures.canvas import COLUMN, SMALL, TEXT, Canvas, Point
from course_lib.figures.numbers import MINUS, fixed
from course_lib.figures.registry import figure

LEFT = 176.0
TOP = 8.0
ROW = 64.0
HEIGHT = 25.0  # of a value of LARGEST, pixels
LARGEST = 0.5


def _made(digit: int, seed: int) -> tuple[Draws, list[Stage]]:
    """Return the random numbers and the stages."""
    if not 0 <= seed < 2**32:
        raise ValueError(f"seed={seed}: expected from 0 to 2**32 - 1")
    draws = draw(np.random.RandomState(seed))
    return draws, sample_stages(template(digit), draws)


def _notes(draws: Draws, stages: Sequence[Stage]) -> list[str]:
    """Return what each stage did, in a few words."""
    grid = len(stages[2].values)
    slope = fixed(abs(draws.shear), 2)
    return [
        f"{len(stages[0].values)} values",
        f"{draws.padding} zeros after it",
        f"to {grid} positions",
        f"times {fixed(draws.scale, 2)}",
        f"{draws.shift} to the right, round",
        "where it is empty",
        "everywhere",
        f"a ramp of {MINUS if draws.shear > 0 else ''}{slope}",
        f"to {len(stages[-1].values)} values",
    ]


def _alt(digit: int, seed: int) -> str:
    draws, stages = _made(digit, seed)
    said = "; ".join(
        f"{stage.name}: {note}" for stage, note in zip(stages, _notes(draws, stages), strict=True)
    )
    return (
        f"Nine curves, one below the other, in which a template of the digit {digit} becomes a "
        f"sample. {said}. Behind each curve stands the one before it in grey."
    )


@figure(
    "mnist-1d/stages",
    title="How a sample is made",
    slide="MNIST 1D Dataset",
    alt=_alt,
)
def stages(digit: int = 3, seed: int = 31) -> Figure:
    """Draw the signal after each step that makes a sample.

    Parameters
    ----------
    digit : int
        0 to 9.
    seed : int
        What the random numbers come from.
    """
    draws, made = _made(digit, seed)
    canvas = Canvas(COLUMN, TOP + ROW * len(made))
    grid = len(made[2].values)
    before: list[Point] = []
    for n, (stage, note) in enumerate(zip(made, _notes(draws, made), strict=True)):
        y = TOP + ROW * (n + 0.5)
        canvas.text(0, y - 10, f"{n + 1}  {stage.name}", anchor="start", size=TEXT, bold=True)
        canvas.text(0, y + 10, note, "muted", size=SMALL, anchor="start")
        canvas.lines([[(LEFT, y), (COLUMN - 4, y)]], "grid")
        last = n == len(made) - 1
        # Up to the stretch a value has the width of one position; the last stage has fewer.
        pitch = (COLUMN - 4 - LEFT) / ((len(stage.values) if last else grid) - 1)
        scale = HEIGHT / LARGEST
        points = [(LEFT + pitch * i, y - scale * v) for i, v in enumerate(stage.values.tolist())]
        if n not in (0, 1, 2, len(made) - 1):
            canvas.lines([[(x, was + ROW) for x, was in before]], "padding", alpha=0.6)
        canvas.lines([points], "kernel" if n < 3 else "input", width=1.75)
        if last:
            for point in points:
                canvas.circle(*point, 2.25, fill="input")
        before = points
    return canvas.figure
