"""Test error against shift, for networks trained on samples that did not move."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, stdev

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed, number
from course_lib.figures.registry import figure
from course_lib.networks import permutation_results

RUNS = (
    ("fully connected", "mnist-1d/fully-connected-notebook"),
    ("convolutional", "mnist-1d/convolutional-notebook"),
)
LEFT, RIGHT = 48.0, 400.0
TOP, BOTTOM = 48.0, 264.0
LARGEST = 80.0  # per cent


def _errors(reach: int) -> tuple[list[int], list[list[list[float]]]]:
    """Return the shifts, and for each network and shift the errors of every seed, per cent."""
    results = permutation_results()
    most = max(results["shifts"])
    if not 1 <= reach <= most:
        raise ValueError(f"reach={reach!r}: expected a whole number from 1 to {most}")
    places = [i for i, shift in enumerate(results["shifts"]) if abs(shift) <= reach]
    runs = [results["runs"][recipe]["shift_error"] for _, recipe in RUNS]
    return (
        [results["shifts"][i] for i in places],
        [[[100 * seed[i] for seed in run] for i in places] for run in runs],
    )


def _alt(reach: int) -> str:
    shifts, networks = _errors(reach)
    middle = shifts.index(0)
    said = "; ".join(
        f"{name} {fixed(mean(run[middle]), 1)} unmoved, {fixed(mean(run[0]), 1)} at "
        f"{number(shifts[0])} and {fixed(mean(run[-1]), 1)} at {shifts[-1]}"
        for (name, _), run in zip(RUNS, networks, strict=True)
    )
    return (
        f"Test error in per cent against the shift, {number(shifts[0])} to {shifts[-1]} positions, "
        f"mean over {len(networks[0][0])} seeds with bars of one standard deviation. {said}. Both "
        "curves are valleys with their floor at shift 0; the convolutional one lies lower "
        "everywhere and is wider, but it is not flat."
    )


@figure(
    "networks-for-images/shift-errors",
    title="Test error against shift",
    slide="Networks for images",
    alt=_alt,
)
def shift_errors(reach: int = 10) -> Figure:
    """Draw how the error of both networks grows as the samples move.

    Parameters
    ----------
    reach : int
        The largest shift to either side, at most 12.
    """
    shifts, networks = _errors(reach)
    canvas = Canvas(COLUMN, BOTTOM + 56)
    step = (RIGHT - LEFT) / (2 * reach + 1)
    xs = [LEFT + step * (n + 0.5) for n in range(len(shifts))]
    scale = (BOTTOM - TOP) / LARGEST
    for tick in range(0, int(LARGEST) + 1, 20):
        y = BOTTOM - scale * tick
        canvas.lines([[(LEFT, y), (RIGHT, y)]], "grid")
        canvas.text(LEFT - 10, y, str(tick), "muted", size=SMALL, anchor="end")
    for x, shift in zip(xs, shifts, strict=True):
        if shift % 5 == 0:
            canvas.text(x, BOTTOM + 20, number(shift), "muted", size=SMALL)
    canvas.text(0, 16, "test error, per cent", "muted", size=SMALL, anchor="start")
    canvas.text((LEFT + RIGHT) / 2, BOTTOM + 44, "shift, positions", "muted", size=SMALL)
    for which, run in enumerate(networks):
        _curve(canvas, xs, run, scale, which)
    # Each name stands in the valley of its curve.
    middle = len(xs) // 2
    for (name, _), run, role, rise in zip(
        RUNS, networks, ("text", "kernel-text"), (60, 38), strict=True
    ):
        y = BOTTOM - scale * mean(run[middle]) - rise
        canvas.text(xs[middle], y, name, role, bold=True)
    return canvas.figure


def _curve(
    canvas: Canvas, xs: Sequence[float], run: Sequence[Sequence[float]], scale: float, which: int
) -> None:
    """Draw one network's means with their bars: squares, or discs for the convolutional one."""
    role = ("text", "kernel")[which]
    ys = [BOTTOM - scale * mean(errors) for errors in run]
    spreads = [scale * stdev(errors) for errors in run]
    bars = zip(xs, ys, spreads, strict=True)
    canvas.lines(([(x, y - s), (x, y + s)] for x, y, s in bars), role, alpha=0.6)
    canvas.lines([list(zip(xs, ys, strict=True))], role, alpha=0.5)
    for x, y in zip(xs, ys, strict=True):
        if which == 0:
            canvas.square(x, y, 6, fill=role)
        else:
            canvas.circle(x, y, 3.5, fill=role)
