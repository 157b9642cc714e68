"""Precision against recall, detection by detection, and the area that is average precision."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import counted, fixed
from course_lib.figures.registry import figure

LEFT, RIGHT = 184.0, COLUMN - 8
TOP, BASE = 40.0, 264.0
ROW = 28.0


def _curve(
    right: Sequence[int], objects: int
) -> tuple[list[float], list[float], list[float], float]:
    """Return precision, recall, the envelope, and the average precision."""
    import torch

    from course_lib.detection import average_precision, precision_recall

    if not 1 <= len(right) <= 8 or any(one not in (0, 1) for one in right):
        raise ValueError(f"right={list(right)}: expected 1 to 8 numbers, each 0 or 1")
    if not max(1, sum(right)) <= objects <= 99:
        raise ValueError(f"objects={objects}: expected at least the {sum(right)} found, at most 99")
    scores = torch.arange(len(right), 0, -1, dtype=torch.float64)
    curve = precision_recall(scores, torch.tensor(list(right)).bool(), objects)
    return (
        curve.precision.tolist(),
        curve.recall.tolist(),
        curve.envelope.tolist(),
        average_precision(curve),
    )


def _alt(right: Sequence[int], objects: int) -> str:
    precision, recall, _, average = _curve(right, objects)
    said = "; ".join(
        f"{'right' if one else 'wrong'}, precision {p:.2f} at recall {r:.2f}"
        for one, p, r in zip(right, precision, recall, strict=True)
    )
    return (
        f"{counted(len(right), 'detection')} by falling score, for {counted(objects, 'object')}: "
        f"{said}. A curve joins these points; above it runs a staircase, at each recall the "
        f"highest precision there or beyond. The area below the staircase is the average "
        f"precision, {average:.3f}."
    )


@figure(
    "detection/precision-recall",
    title="Precision, recall and average precision",
    slide="Results",
    alt=_alt,
)
def precision_recall(right: Sequence[int] = (1, 1, 0, 1, 0, 0, 1), objects: int = 5) -> Figure:
    """Draw the curve of a ranked list.

    Parameters
    ----------
    right : sequence of 0 and 1, at most 8
        Whether each detection found an object, by falling score.
    objects : int
        How many there are to find.
    """
    precision, recall, envelope, average = _curve(right, objects)
    canvas = Canvas(COLUMN, 344)
    heads = ((0.0, "start", "#"), (96.0, "end", "prec."), (148.0, "end", "recall"))
    for x, anchor, words in heads:
        canvas.text(x, 12, words, "muted", size=SMALL, anchor=anchor)  # type: ignore[arg-type]
    for k, one in enumerate(right):
        y = TOP + ROW * k
        role, sign = ("right", "✓") if one else ("wrong", "×")
        canvas.text(0, y, f"{k + 1}", size=SMALL, anchor="start")
        canvas.text(32, y, sign, role, size=SMALL, bold=True)
        canvas.text(96, y, fixed(precision[k], 2), size=SMALL, anchor="end")
        canvas.text(148, y, fixed(recall[k], 2), size=SMALL, anchor="end")

    def at(r: float, p: float) -> tuple[float, float]:
        return LEFT + 20 + (RIGHT - LEFT - 20) * r, BASE - (BASE - TOP) * p

    starts = [0.0, *recall[:-1]]
    stairs = [
        point
        for start, end, high in zip(starts, recall, envelope, strict=True)
        for point in (at(start, high), at(end, high))
    ]
    canvas.area([*stairs, at(recall[-1], 0), at(0, 0)], "output", alpha=0.16)
    for value in (0, 0.5, 1):
        canvas.lines([[at(0, value), at(1, value)]], "grid")
        x, y = at(0, value)
        canvas.text(x - 8, y, f"{value:g}", "muted", size=SMALL, anchor="end")
        x, y = at(value, 0)
        canvas.text(x, y + 18, f"{value:g}", "muted", size=SMALL)
    canvas.lines([stairs], "output", width=2)
    points = [at(r, p) for r, p in zip(recall, precision, strict=True)]
    canvas.lines([points], "muted")
    for one, (x, y) in zip(right, points, strict=True):
        if one:
            canvas.circle(x, y, 4, fill="right")
        else:
            canvas.circle(x, y, 3.5, fill="paper", edge="wrong")
    canvas.text(LEFT, 12, "precision", "muted", size=SMALL, anchor="start")
    middle = (LEFT + 20 + RIGHT) / 2
    canvas.text(middle, BASE + 42, f"recall, of {counted(objects, 'object')}", "muted", size=SMALL)
    words = f"average precision = {fixed(average, 3)}"
    canvas.text(RIGHT, BASE + 68, words, "output", anchor="end", bold=True)
    return canvas.figure
