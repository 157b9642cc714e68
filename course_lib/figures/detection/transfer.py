"""Average precision while detectors learn: from scratch, on frozen features, fine-tuned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import Chart
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure


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


@dataclass(frozen=True)
class Curve:
    """What a detector came to while it learnt."""

    start: Start
    steps: Sequence[int]
    precision: Sequence[float]


def _curves(until: int) -> list[Curve]:
    """Return the curves of the detectors that ship, up to a step."""
    from course_lib.networks import trained_path
    from course_lib.training import load_record

    if not 1000 <= until <= 5000:
        raise ValueError(f"until={until}: expected from 1000 to 5000 steps")
    found = []
    for start in STARTS:
        path = trained_path(f"scene-detector-{start.key}")
        if not path.exists():
            continue
        history = load_record(path).history
        values = history.metrics["validation_ap_50"]
        kept = [(n, v) for n, v in zip(history.steps, values, strict=True) if n <= until]
        steps, precision = zip(*kept, strict=True)
        found.append(Curve(start, steps, precision))
    return found


def _alt(until: int) -> str:
    said = "; ".join(
        f"{one.start.name}, {fixed(one.precision[0], 2)} at step {one.steps[0]} and "
        f"{fixed(one.precision[-1], 2)} at step {one.steps[-1]:,}"
        for one in _curves(until)
    )
    return (
        "Average precision at an overlap of 0.5 on validation scenes against the step of training, "
        f"for detectors that learn from 16,000 scenes: {said}."
    )


@figure(
    "detection/transfer",
    title="Transfer learning: ways to begin",
    slide="Transfer learning",
    alt=_alt,
)
def transfer(until: int = 5000) -> Figure:
    """Draw the average precision against the step.

    Parameters
    ----------
    until : int, 1000 to 5000
        The last step that is drawn.
    """
    curves = _curves(until)
    canvas = Canvas(COLUMN, 344)
    chart = Chart(canvas, 40, COLUMN - 28, 64, 280, 0, until, 1)
    x = 0.0
    for one in curves:
        start = one.start
        canvas.lines([[(x, 8), (x + 24, 8)]], start.role, width=2.5, dashed=start.dashed)
        canvas.text(x + 32, 8, start.name, start.words, size=SMALL, anchor="start")
        x += 60 + 8.4 * len(start.name)
    canvas.text(0, 40, "average precision", "muted", size=SMALL, anchor="start")
    chart.grid(0.2)
    chart.ticks([0, until // 2, until], "steps")
    for one in curves:
        start = one.start
        chart.line(one.steps, one.precision, start.role, width=2.5, dashed=start.dashed)
        canvas.circle(*chart.at(one.steps[-1], one.precision[-1]), 3.5, fill=start.role)
    return canvas.figure
