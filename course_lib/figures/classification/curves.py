"""How a classifier of scenes learns: with augmentation and dropout, and without either."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import Chart
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.networks import scene_results

RUNS = (
    ("classifier", "with augmentation and dropout", "output"),
    ("classifier-plain", "without either", "negative"),
)
LEFT, RIGHT = 40.0, 388.0
TOP, BASE = 96.0, 288.0


def _check(largest: float) -> None:
    if not 20 <= largest <= 100:
        raise ValueError(f"largest={largest!r}: expected a number from 20 to 100, per cent")


def _alt(largest: float) -> str:
    _check(largest)
    runs = scene_results().classifiers
    parts = []
    for name, words, _ in RUNS:
        if name in runs:
            curves = runs[name].curves
            train, held = (100 * curves[f"{part}_error"][-1] for part in ("train", "validation"))
            parts.append(
                f"{words}, {fixed(train, 1)} on scenes of the training set and {fixed(held, 1)} on"
                " others"
            )
    return (
        f"Errors in per cent while training, on an axis from 0 to {largest:g}; each network with a"
        f" dashed line for scenes it learns from and a full one for others. At the end:"
        f" {'; '.join(parts)}."
    )


@figure(
    "classification/curves",
    title="Learning with and without augmentation and dropout",
    slide="Data augmentation; Dropout",
    alt=_alt,
)
def curves(largest: float = 100) -> Figure:
    """Draw training and validation error against steps.

    Parameters
    ----------
    largest : float
        End of the axis, per cent.
    """
    _check(largest)
    runs = scene_results().classifiers
    found = [(runs[name], words, role) for name, words, role in RUNS if name in runs]
    canvas = Canvas(COLUMN, BASE + 56)
    last = max(run.steps[-1] for run, _, _ in found)
    chart = Chart(canvas, LEFT, RIGHT, TOP, BASE, 0, last, largest)
    canvas.text(0, 14, "error, per cent", "muted", size=SMALL, anchor="start")
    chart.grid(20)
    step = 2000 if last > 3000 else 500
    chart.ticks(range(0, last + 1, step), "steps")
    for n, (run, words, role) in enumerate(found):
        y = 38.0 + 22 * n
        canvas.lines([[(0, y), (28, y)]], role, width=2.25)
        canvas.text(36, y, words, role, size=SMALL, anchor="start")
        for part in ("train", "validation"):
            errors = [min(largest, 100 * e) for e in run.curves[f"{part}_error"]]
            dashed = part == "train"
            chart.line(run.steps, errors, role, dashed=dashed, width=1.5 if dashed else 2.25)
    canvas.lines([[(270, 14), (298, 14)]], "muted", width=1.5, dashed=True)
    canvas.text(306, 14, "training set", "muted", size=SMALL, anchor="start")
    return canvas.figure
