"""Test errors on plain and on permuted values, a mark for each seed."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, stdev

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.networks import permutation_results

RUNS = (
    ("fully connected", "plain", "mnist-1d/fully-connected-notebook"),
    ("fully connected", "permuted", "mnist-1d/fully-connected-notebook-permuted"),
    ("convolutional", "plain", "mnist-1d/convolutional-notebook"),
    ("convolutional", "permuted", "mnist-1d/convolutional-notebook-permuted"),
)
LEFT, RIGHT = 88.0, 312.0
TOP = 40.0
ROW = 40.0
SPLIT = 36.0  # more space, and a title, above each network


def _errors(split: str) -> list[tuple[str, str, list[float]]]:
    """Return network, values and the errors of every seed, in per cent."""
    if split not in ("train", "test"):
        raise ValueError(f"split={split!r}: expected 'train' or 'test'")
    runs = permutation_results()["runs"]
    return [
        (network, values, [100 * e for e in runs[recipe][f"{split}_error"]])
        for network, values, recipe in RUNS
    ]


def _alt(split: str, largest: float) -> str:
    rows = _errors(split)
    said = "; ".join(
        f"{network}, {values} values: {fixed(mean(errors), 1)} ± {fixed(stdev(errors), 1)}"
        for network, values, errors in rows
    )
    return (
        f"The {split} error in per cent, mean and standard deviation over {len(rows[0][2])} seeds. "
        f"{said}. On an axis from 0 to {largest:g} per cent each seed is a small mark; the marks "
        "of the two kinds of values lie on each other for the fully connected network, and far "
        "apart for the convolutional one."
    )


@figure(
    "networks-for-images/permutation-errors",
    title="Errors on plain and on permuted values",
    slide="Networks for images",
    alt=_alt,
)
def permutation_errors(split: str = "test", largest: float = 50) -> Figure:
    """Draw the errors of both networks after training on plain and on permuted values.

    Parameters
    ----------
    split : {"test", "train"}
    largest : float
        End of the axis, per cent.
    """
    rows = _errors(split)
    if max(max(errors) for _, _, errors in rows) > largest:
        raise ValueError(f"largest={largest!r}: expected at least the largest error, per cent")
    canvas = Canvas(COLUMN, TOP + 4 * ROW + 2 * SPLIT + 40)
    bottom = TOP + 4 * ROW + 2 * SPLIT - 12
    scale = (RIGHT - LEFT) / largest

    ticks = [largest * n / 5 for n in range(6)]
    canvas.lines(([(LEFT + scale * t, TOP), (LEFT + scale * t, bottom)] for t in ticks), "grid")
    for tick in ticks:
        canvas.text(LEFT + scale * tick, bottom + 18, f"{tick:g}", "muted", size=SMALL)
    canvas.text(LEFT, 16, f"{split} error, per cent", "muted", size=SMALL, anchor="start")
    canvas.text(RIGHT + 16, 16, "mean ± std", "muted", size=SMALL, anchor="start")
    for n, (network, values, errors) in enumerate(rows):
        y = TOP + ROW * (n + 0.5) + SPLIT * (n // 2 + 1) - 12
        if n % 2 == 0:
            canvas.text(0, y - 34, network, anchor="start", bold=True)
        canvas.text(LEFT - 12, y, values, "muted", size=SMALL, anchor="end")
        _row(canvas, [LEFT + scale * e for e in errors], y, permuted=n % 2 == 1)
        words = f"{fixed(mean(errors), 1)} ± {fixed(stdev(errors), 1)}"
        canvas.text(RIGHT + 16, y, words, size=SMALL, anchor="start")
    return canvas.figure


def _row(canvas: Canvas, xs: Sequence[float], y: float, *, permuted: bool) -> None:
    """Draw each seed, and above them the mean with a bar of one standard deviation each way."""
    middle, spread = mean(xs), stdev(xs)
    for x in xs:
        if permuted:
            canvas.square(x, y + 6, 7, edge="kernel", width=1.25)
        else:
            canvas.circle(x, y + 6, 3.5, edge="input", width=1.25)
    role = "kernel-text" if permuted else "input"
    left, right = middle - spread, middle + spread
    strokes = [[(left, y - 8), (right, y - 8)], [(middle, y - 14), (middle, y - 2)]]
    strokes += [[(x, y - 11), (x, y - 5)] for x in (left, right)]
    canvas.lines(strokes, role, width=1.75)
