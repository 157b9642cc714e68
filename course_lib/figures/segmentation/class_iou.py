"""The intersection over union of each class on the held-out scenes, of two networks."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.datasets import CLASSES
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.networks import scene_results
from course_lib.networks.scene_runs import SegmenterRun

NAMES = {
    "encoder-decoder": "encoder–decoder",
    "u-net": "U-Net",
    "u-net-without-skips": "U-Net trained without skips",
}
ROW = 27.0
TOP = 84.0
LEFT, RIGHT = 96.0, COLUMN - 52.0


def run_of(name: str) -> SegmenterRun:
    """Return what training a network came to.

    Raises
    ------
    ValueError
        If the course has trained none of this name.
    """
    runs = scene_results().segmenters
    if name not in runs or name not in NAMES:
        raise ValueError(f"network={name!r}: expected one of {', '.join(NAMES)}")
    return runs[name]


def _rows(first: str, second: str) -> list[tuple[str, float, float]]:
    """Return each class with both networks' IoU, the hardest first, and the mean below all."""
    runs = [run_of(first), run_of(second)]
    names = ("background", *CLASSES)
    both = zip(names, runs[0].iou_by_class, runs[1].iou_by_class, strict=True)
    rows = sorted(((name, 100 * a, 100 * b) for name, a, b in both), key=lambda row: row[1])
    means = [100 * run.metrics["test_mean_iou"] for run in runs]
    return [*rows, ("mean", means[0], means[1])]


def _alt(first: str, second: str) -> str:
    said = "; ".join(
        f"{name} {fixed(a, 0)} and {fixed(b, 0)}" for name, a, b in _rows(first, second)
    )
    return (
        f"Intersection over union in per cent on the held-out scenes, of the {NAMES[first]} and "
        f"the {NAMES[second]}, class by class: {said}."
    )


@figure(
    "segmentation/class-iou",
    title="Which classes are hard",
    slide="Semantic segmentation results",
    alt=_alt,
)
def class_iou(first: str = "encoder-decoder", second: str = "u-net") -> Figure:
    """Draw the IoU of each class on the held-out scenes.

    Parameters
    ----------
    first, second : {"encoder-decoder", "u-net", "u-net-without-skips"}
    """
    rows = _rows(first, second)
    canvas = Canvas(COLUMN, TOP + ROW * len(rows) + 4)
    canvas.circle(6, 12, 4.5, fill="paper", edge="input")
    canvas.text(20, 12, NAMES[first], "input", size=SMALL, anchor="start")
    canvas.square(6, 36, 9, fill="output")
    canvas.text(20, 36, NAMES[second], "output", size=SMALL, anchor="start")
    canvas.text(COLUMN, 12, "IoU, per cent", "muted", size=SMALL, anchor="end")

    def x(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * value / 100

    for tick in range(0, 101, 25):
        canvas.lines([[(x(tick), TOP - 12), (x(tick), TOP + ROW * len(rows) - 12)]], "grid")
        canvas.text(x(tick), TOP - 24, str(tick), "muted", size=SMALL)
    for n, (name, a, b) in enumerate(rows):
        y = TOP + ROW * n
        mean = n == len(rows) - 1
        if mean:
            canvas.lines([[(0, y - ROW / 2), (COLUMN, y - ROW / 2)]], "grid")
        canvas.text(0, y, name, size=SMALL, anchor="start", bold=mean)
        canvas.lines([[(x(a), y), (x(b), y)]], "muted", alpha=0.6)
        canvas.circle(x(a), y, 4.5, fill="paper", edge="input")
        canvas.square(x(b), y, 9, fill="output")
        canvas.text(COLUMN, y, fixed(b, 1), "output", size=SMALL, anchor="end", bold=mean)
    return canvas.figure
