"""Precision against recall on the held-out scenes, class by class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed, number
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from course_lib.networks.scene_runs import DetectorRun

LEFT, RIGHT = 40.0, COLUMN - 8
TOP, BASE = 64.0, 312.0


def _run(start: str, scenes: int) -> DetectorRun:
    """Return what a detector came to."""
    from course_lib.networks import scene_results

    starts = ("fine-tuned", "frozen", "scratch")
    if start not in starts:
        raise ValueError(f"start={start!r}: expected one of {', '.join(starts)}")
    if scenes not in (200, 16_000):
        raise ValueError(f"scenes={scenes}: expected 200 or 16000")
    end = "-200" if scenes == 200 else ""
    return scene_results().detectors[f"detector-{start}{end}"]


def _extremes(run: DetectorRun) -> tuple[int, int]:
    """Return the classes with the least and the most average precision."""
    order = sorted(range(len(run.ap_50_by_class)), key=lambda n: run.ap_50_by_class[n])
    return order[0], order[-1]


def _mean(run: DetectorRun) -> list[float]:
    return [sum(column) / len(column) for column in zip(*run.precision, strict=True)]


def _alt(start: str, scenes: int) -> str:
    from course_lib.datasets import CLASSES

    run = _run(start, scenes)
    worst, best = _extremes(run)
    mean = _mean(run)
    said = "; ".join(f"{mean[n]:.2f} at recall {n / 100:.1f}" for n in (20, 50, 80, 90))
    return (
        f"Precision against recall at an overlap of 0.5, on the test scenes, of the detector "
        f"({start}, {scenes:,} labelled scenes): a thin falling line for each of "
        f"{len(run.precision)} classes. The best class is {CLASSES[best]}, with an average "
        f"precision of {run.ap_50_by_class[best]:.2f}, the worst {CLASSES[worst]}, with "
        f"{run.ap_50_by_class[worst]:.2f}. The mean of all, thick: {said}; the area below it is "
        f"{run.metrics['test_ap_50']:.2f}."
    )


@figure(
    "detection/held-out",
    title="Precision against recall on the held-out scenes",
    slide="Results",
    alt=_alt,
)
def held_out(start: str = "fine-tuned", scenes: int = 16_000) -> Figure:
    """Draw precision against recall for each class, and the mean.

    Parameters
    ----------
    start : {"fine-tuned", "frozen", "scratch"}
        Where the detector began.
    scenes : {200, 16000}
        Labelled scenes that it learnt from.
    """
    from course_lib.datasets import CLASSES

    run = _run(start, scenes)
    canvas = Canvas(COLUMN, BASE + 56)

    def place(recall: float, precision: float) -> tuple[float, float]:
        return LEFT + (RIGHT - LEFT) * recall, BASE - (BASE - TOP) * precision

    for n in range(6):
        at = n / 5
        canvas.lines([[place(0, at), place(1, at)]], "grid")
        canvas.text(LEFT - 8, place(0, at)[1], number(at), "muted", size=SMALL, anchor="end")
        canvas.text(place(at, 0)[0], BASE + 20, number(at), "muted", size=SMALL)
    canvas.text(RIGHT, BASE + 42, "recall", "muted", size=SMALL, anchor="end")
    canvas.text(0, 12, "precision", "muted", size=SMALL, anchor="start")
    worst, best = _extremes(run)
    rows = [[place(n / 100, p) for n, p in enumerate(row)] for row in run.precision]
    rest = [row for n, row in enumerate(rows) if n not in (worst, best)]
    canvas.lines(rest, "padding", width=1, alpha=0.55)
    canvas.lines([rows[best]], "input", width=1.5)
    canvas.lines([rows[worst]], "kernel", width=1.75, dashed=True)
    canvas.lines([[place(n / 100, p) for n, p in enumerate(_mean(run))]], "output", width=3)
    said = (
        ("output", "output", 3.0, False, f"mean {fixed(run.metrics['test_ap_50'], 2)}"),
        ("input", "input", 1.5, False, f"{CLASSES[best]} {fixed(run.ap_50_by_class[best], 2)}"),
        (
            "kernel",
            "kernel-text",
            1.75,
            True,
            f"{CLASSES[worst]} {fixed(run.ap_50_by_class[worst], 2)}",
        ),
    )
    # A class has a longer name than the mean.
    for left, (role, words_role, width, dashed, words) in zip((0, 116, 272), said, strict=True):
        x = LEFT + left
        canvas.lines([[(x, 40), (x + 16, 40)]], role, width=width, dashed=dashed)
        canvas.text(x + 22, 40, words, words_role, size=SMALL, anchor="start")
    return canvas.figure
