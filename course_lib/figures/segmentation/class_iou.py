"""The intersection over union of each class on the held-out scenes, of two networks."""

from __future__ import annotations

from matplotlib.figure import Figure

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


def _runs(first: str, second: str) -> list[str]:
    """Return the names of those of the two that the course has trained."""
    for name in (first, second):
        if name not in NAMES:
            raise ValueError(f"network={name!r}: expected one of {', '.join(NAMES)}")
    there = [name for name in dict.fromkeys((first, second)) if name in scene_results().segmenters]
    if not there:
        raise ValueError(f"the course has trained neither {first!r} nor {second!r}")
    return there


def _rows(first: str, second: str, hardest: int) -> list[tuple[str, list[float]]]:
    """Return each class with the networks' IoU, the hardest first, and their means below all."""
    from course_lib.datasets import CLASSES

    if not 1 <= hardest <= len(CLASSES) + 1:
        raise ValueError(f"hardest={hardest}: expected from 1 to {len(CLASSES) + 1}")
    runs = [run_of(name) for name in _runs(first, second)]
    names = ("background", *CLASSES)
    each = zip(*(run.iou_by_class for run in runs), strict=True)
    rows = [
        (name, [100 * value for value in values]) for name, values in zip(names, each, strict=True)
    ]
    rows.sort(key=lambda row: row[1][-1])
    return [*rows[:hardest], ("mean", [100 * run.metrics["test_mean_iou"] for run in runs])]


def _alt(first: str, second: str, hardest: int) -> str:
    said = "; ".join(
        f"{name} {' and '.join(fixed(value, 0) for value in values)}"
        for name, values in _rows(first, second, hardest)
    )
    return (
        "Intersection over union in per cent on the held-out scenes, class by class, of the "
        f"{' and the '.join(NAMES[name] for name in _runs(first, second))}: {said}."
    )


@figure(
    "segmentation/class-iou",
    title="Which classes are hard",
    slide="Semantic segmentation results",
    alt=_alt,
)
def class_iou(first: str = "encoder-decoder", second: str = "u-net", hardest: int = 11) -> Figure:
    """Draw the IoU of each class on the held-out scenes.

    Parameters
    ----------
    first, second : {"encoder-decoder", "u-net", "u-net-without-skips"}
    hardest : int, 1 to 11
        How many classes are shown.
    """
    rows, names = _rows(first, second, hardest), _runs(first, second)
    canvas = Canvas(COLUMN, TOP + ROW * len(rows) + 4)
    marks = [_ring, _square][2 - len(names) :]
    for n, name in enumerate(names):
        marks[n](canvas, 6, 12 + 24 * n)
        role = "output" if marks[n] is _square else "input"
        canvas.text(20, 12 + 24 * n, NAMES[name], role, size=SMALL, anchor="start")
    canvas.text(COLUMN, 12, "IoU, per cent", "muted", size=SMALL, anchor="end")

    def x(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * value / 100

    for tick in range(0, 101, 25):
        canvas.lines([[(x(tick), TOP - 12), (x(tick), TOP + ROW * len(rows) - 12)]], "grid")
        canvas.text(x(tick), TOP - 24, str(tick), "muted", size=SMALL)
    for n, (name, values) in enumerate(rows):
        y = TOP + ROW * n
        mean = n == len(rows) - 1
        if mean:
            canvas.lines([[(0, y - ROW / 2), (COLUMN, y - ROW / 2)]], "grid")
        canvas.text(0, y, name, size=SMALL, anchor="start", bold=mean)
        canvas.lines([[(x(min(values)), y), (x(max(values)), y)]], "muted", alpha=0.6)
        for value, mark in zip(values, marks, strict=True):
            mark(canvas, x(value), y)
        words = fixed(values[-1], 1)
        canvas.text(COLUMN, y, words, "output", size=SMALL, anchor="end", bold=mean)
    return canvas.figure


def _ring(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle(x, y, 4.5, fill="paper", edge="input")


def _square(canvas: Canvas, x: float, y: float) -> None:
    canvas.square(x, y, 9, fill="output")
