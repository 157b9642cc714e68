"""Pixel accuracy and mean IoU of four answers that need no network."""

from __future__ import annotations

from functools import cache

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure

ROW = 62.0
LEFT, RIGHT = 0.0, 336.0
TOP = 84.0
MOST = 200


@cache
def _scores(count: int) -> tuple[tuple[str, float, float], ...]:
    """Return what each answer is called, its pixel accuracy and its mean IoU, in per cent."""
    import torch
    from torch.nn import functional

    from course_lib.datasets.scenes import CLASSES, scenes
    from course_lib.segmentation import confusion_matrix, mean_iou, pixel_accuracy

    if not 1 <= count <= MOST:
        raise ValueError(f"count={count}: expected from 1 to {MOST}")
    truth = scenes("test", count, task="segmentation").masks
    largest = functional.max_pool2d(truth.float(), 3, 1, 1).long()
    grown = torch.where(truth > 0, truth, largest)
    confused = torch.where(truth > 0, truth % len(CLASSES) + 1, 0)
    answers = {
        "background, whatever the image": torch.zeros_like(truth),
        "every object one class off": confused,
        "right, but one pixel too wide": grown,
        "the truth": truth,
    }
    found = []
    for name, answer in answers.items():
        matrix = confusion_matrix(answer, truth, len(CLASSES) + 1)
        found.append((name, 100 * pixel_accuracy(matrix), 100 * mean_iou(matrix)))
    return tuple(found)


def _alt(count: int) -> str:
    rows = "; ".join(
        f"{name}: accuracy {fixed(accuracy, 1)}, mean IoU {fixed(iou, 1)}"
        for name, accuracy, iou in _scores(count)
    )
    return (
        f"Pixel accuracy and mean IoU in per cent of four answers to the first {count} held-out "
        f"scenes. {rows}. The accuracies lie close together; the mean IoU tells them apart."
    )


@figure(
    "segmentation/flattery",
    title="What the background does to two measures",
    slide="Semantic segmentation results",
    alt=_alt,
)
def flattery(count: int = 60) -> Figure:
    """Draw the pixel accuracy and the mean IoU of four answers that need no network.

    Parameters
    ----------
    count : int, 1 to 200
        Of held-out scenes.
    """
    rows = _scores(count)
    canvas = Canvas(COLUMN, TOP + ROW * len(rows) - 6)
    canvas.box(0, 8, 14, 8, fill="padding", radius=1)
    canvas.text(22, 12, "pixel accuracy, per cent", "muted", size=SMALL, anchor="start")
    canvas.box(0, 32, 14, 8, fill="output", radius=1)
    canvas.text(22, 36, "mean IoU over 11 classes, per cent", "output", size=SMALL, anchor="start")
    for n, (name, accuracy, iou) in enumerate(rows):
        y = TOP + ROW * n
        canvas.text(0, y, name, size=SMALL, anchor="start", bold=True)
        for value, role, words, down in (
            (accuracy, "padding", "muted", 18),
            (iou, "output", "output", 34),
        ):
            wide = max(1.0, (RIGHT - LEFT) * value / 100)
            canvas.box(LEFT, y + down - 5, wide, 10, fill=role, radius=1)
            canvas.text(COLUMN, y + down, fixed(value, 1), words, size=SMALL, anchor="end")
    return canvas.figure
