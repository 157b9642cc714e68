"""What is left of the truth itself after it has been small for a while."""

from __future__ import annotations

from functools import cache

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure

FACTORS = (1, 2, 4, 8, 16)
TOLERANCE = 1
LEFT, RIGHT = 40.0, 316.0
TOP, BASE = 40.0, 268.0
MOST = 200


@cache
def _scores(count: int) -> tuple[tuple[float, float], ...]:
    """Return mean IoU and boundary F, per cent, of the truth at each reduction."""
    import torch
    from torch.nn import functional

    from course_lib.datasets.scenes import CLASSES, scenes
    from course_lib.segmentation import boundary_f, confusion_matrix, mean_iou

    if not 1 <= count <= MOST:
        raise ValueError(f"count={count}: expected from 1 to {MOST}")
    classes = len(CLASSES) + 1
    truth = scenes("test", count, task="segmentation").masks
    one_hot = functional.one_hot(truth, classes).permute(0, 3, 1, 2).float()
    found = []
    for factor in FACTORS:
        # Each place of the small map says what most of its pixels are.
        small = functional.avg_pool2d(one_hot, factor).argmax(dim=1)
        large = small.repeat_interleave(factor, 1).repeat_interleave(factor, 2)
        iou = mean_iou(confusion_matrix(large, truth, classes))
        outlines = boundary_f(large, truth, classes, tolerance=TOLERANCE)
        per_scene = torch.nanmean(outlines, dim=1)
        found.append((100 * iou, 100 * float(torch.nanmean(per_scene))))
    return tuple(found)


def _alt(count: int) -> str:
    rows = "; ".join(
        f"{factor}: {fixed(iou, 1)} and {fixed(f, 1)}"
        for factor, (iou, f) in zip(FACTORS, _scores(count), strict=True)
    )
    return (
        f"The true masks of the first {count} held-out scenes, reduced so many times along each "
        "side and enlarged again. Mean IoU and boundary F in per cent at each reduction: "
        f"{rows}. The outlines suffer long before the areas do."
    )


@figure(
    "u-nets/lost",
    title="What a small map forgets",
    slide="U-Nets and hourglass networks",
    alt=_alt,
)
def lost(count: int = 24) -> Figure:
    """Draw the mean IoU and the boundary F of the truth itself, reduced and enlarged again.

    Parameters
    ----------
    count : int, 1 to 200
        Of held-out scenes.
    """
    rows = _scores(count)
    canvas = Canvas(COLUMN, BASE + 48)

    def x(n: int) -> float:
        return LEFT + (RIGHT - LEFT) * n / (len(FACTORS) - 1)

    def y(value: float) -> float:
        return BASE - (BASE - TOP) * value / 100

    canvas.text(0, 12, "per cent", "muted", size=SMALL, anchor="start")
    for tick in range(0, 101, 25):
        canvas.lines([[(LEFT, y(tick)), (RIGHT, y(tick))]], "grid")
        canvas.text(LEFT - 8, y(tick), str(tick), "muted", size=SMALL, anchor="end")
    for n, factor in enumerate(FACTORS):
        canvas.text(x(n), BASE + 18, f"1/{factor}" if factor > 1 else "1", "muted", size=SMALL)
    canvas.text(
        (LEFT + RIGHT) / 2, BASE + 40, "side of the map, of the image's", "muted", size=SMALL
    )
    for which, (role, name) in enumerate((("output", "mean IoU"), ("negative", "boundary F"))):
        points = [(x(n), y(row[which])) for n, row in enumerate(rows)]
        canvas.lines([points], role, width=2)
        for px, py in points:
            if which == 0:
                canvas.square(px, py, 8, fill=role)
            else:
                canvas.circle(px, py, 4.5, fill="paper", edge=role)
        last = points[-1]
        canvas.text(last[0] + 12, last[1] - 2, name, role, size=SMALL, anchor="start")
    for n in range(1, len(FACTORS)):
        upper = 0 if rows[n][0] >= rows[n][1] else 1
        for which, role in enumerate(("output", "negative")):
            down = -16 if which == upper else 18
            words = fixed(rows[n][which], 0)
            canvas.text(x(n) - 4, y(rows[n][which]) + down, words, role, size=SMALL)
    return canvas.figure
