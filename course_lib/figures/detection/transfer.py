"""Average precision while detectors learn: from scratch, on frozen features, fine-tuned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import Chart
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from course_lib.networks.scene_runs import SceneRun


@dataclass(frozen=True)
class Start:
    """Where a detector begins, and how it is drawn."""

    key: str
    name: str
    role: str
    words: str
    dashed: bool = False


STARTS = (
    Start("fine-tuned", "fine-tuned", "output", "output"),
    Start("frozen", "frozen", "kernel", "kernel-text"),
    Start("scratch", "from scratch", "padding", "muted", dashed=True),
)


MANY, FEW = 16_000, 200
"""Labelled scenes that a detector learns from."""


def _curves(scenes: int) -> list[tuple[Start, SceneRun]]:
    """Return what the detectors came to that learnt from so many scenes."""
    from course_lib.networks import scene_results

    runs = scene_results().detectors
    end = f"-{FEW}" if scenes == FEW else ""
    return [(start, runs[f"detector-{start.key}{end}"]) for start in STARTS]


def _precision(run: SceneRun) -> tuple[float, ...]:
    return run.curves["validation_ap_50"]


def _alt(largest: int) -> str:
    def said(scenes: int) -> str:
        return "; ".join(
            f"{start.name}, {fixed(_precision(run)[0], 2)} at step {run.steps[0]} and "
            f"{fixed(_precision(run)[-1], 2)} at step {run.steps[-1]:,}"
            for start, run in _curves(scenes)
        )

    _check(largest)
    return (
        "Average precision at an overlap of 0.5 on validation scenes against the step of training. "
        f"Above, for detectors that learn from {FEW} scenes: {said(FEW)}. Below, from {MANY:,}: "
        f"{said(MANY)}. Both scales end at {largest} per cent."
    )


def _check(largest: int) -> None:
    if not 20 <= largest <= 100:
        raise ValueError(f"largest={largest}: expected from 20 to 100 per cent")


@figure(
    "detection/transfer",
    title="Transfer learning: ways to begin",
    slide="Transfer learning",
    alt=_alt,
)
def transfer(largest: int = 100) -> Figure:
    """Draw the average precision against the step, with few labelled scenes and with many.

    Parameters
    ----------
    largest : int, 20 to 100
        The precision at the top, per cent.
    """
    _check(largest)
    canvas = Canvas(COLUMN, 548)
    x = 0.0
    for start in STARTS:
        canvas.lines([[(x, 8), (x + 24, 8)]], start.role, width=2.5, dashed=start.dashed)
        canvas.text(x + 32, 8, start.name, start.words, size=SMALL, anchor="start")
        x += 60 + 8.4 * len(start.name)
    for scenes, top in ((FEW, 68.0), (MANY, 324.0)):
        runs = _curves(scenes)
        last = max(run.steps[-1] for _, run in runs)
        words = f"{scenes:,} labelled scenes: average precision, per cent"
        canvas.text(0, top - 26, words, "muted", size=SMALL, anchor="start")
        chart = Chart(canvas, 40, COLUMN - 28, top, top + 150, 0, last, largest)
        chart.grid(20)
        chart.ticks([0, last // 2, last], "steps")
        for start, run in runs:
            shown = [(n, 100 * v) for n, v in zip(run.steps, _precision(run), strict=True)]
            steps, values = zip(*[(n, min(v, largest)) for n, v in shown], strict=True)
            chart.line(steps, values, start.role, width=2.5, dashed=start.dashed)
            canvas.circle(*chart.at(steps[-1], values[-1]), 3.5, fill=start.role)
    return canvas.figure
