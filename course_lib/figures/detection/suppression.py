"""From all boxes to the final ones: threshold, then non-maximum suppression."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.detection.pictures import outline, scene
from course_lib.figures.numbers import counted, number
from course_lib.figures.registry import figure

PANEL = 200.0
GAP = COLUMN - 2 * PANEL
# Box, score, class: 0 the disc's, 1 the block's, 2 the post's.
FOUND = (
    ((36.0, 36.0, 180.0, 180.0), 0.92, 0),
    ((20.0, 56.0, 160.0, 196.0), 0.71, 0),
    ((56.0, 24.0, 196.0, 164.0), 0.48, 0),
    ((262.0, 218.0, 440.0, 370.0), 0.88, 1),
    ((236.0, 234.0, 420.0, 390.0), 0.64, 1),
    ((304.0, 36.0, 360.0, 180.0), 0.55, 2),
    ((260.0, 226.0, 436.0, 362.0), 0.33, 2),
    ((24.0, 320.0, 120.0, 420.0), 0.12, 0),
    ((380.0, 20.0, 436.0, 100.0), 0.08, 1),
    ((180.0, 160.0, 280.0, 260.0), 0.15, 2),
)
ROLES = ("input", "kernel", "output")


def _survivors(threshold: float, overlap: float) -> tuple[list[int], list[int]]:
    """Return what passes the threshold, and what is left after suppression."""
    import torch

    from course_lib.detection import non_max_suppression

    for name, value in (("threshold", threshold), ("overlap", overlap)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name}={value:g}: expected a number from 0 to 1")
    passed = [index for index, (_, score, _) in enumerate(FOUND) if score >= threshold]
    kept = non_max_suppression(
        torch.tensor([box for box, _, _ in FOUND]),
        torch.tensor([score for _, score, _ in FOUND], dtype=torch.float64),
        torch.tensor([label for _, _, label in FOUND]),
        iou_threshold=overlap,
        score_threshold=threshold,
    )
    return passed, kept.tolist()


def _alt(threshold: float, overlap: float) -> str:
    passed, kept = _survivors(threshold, overlap)
    return (
        f"The same picture with a disc, a block and a post, three times. First with all "
        f"{len(FOUND)} boxes that a detector gives, several round each thing and some round "
        f"nothing. Then with those that score at least {number(threshold)}: {len(passed)}. Then "
        f"with those that survive non-maximum suppression above an IoU of {number(overlap)} within "
        f"each class: {len(kept)}, with the scores "
        f"{', '.join(number(FOUND[index][1]) for index in kept)}."
    )


@figure(
    "detection/suppression",
    title="Threshold, then non-maximum suppression",
    slide="You Only Look Once (YOLO)",
    alt=_alt,
)
def suppression(threshold: float = 0.25, overlap: float = 0.5) -> Figure:
    """Draw the boxes before and after the two steps.

    Parameters
    ----------
    threshold : float, 0 to 1
        The least score that takes part.
    overlap : float, 0 to 1
        The IoU above which a survivor suppresses.
    """
    passed, kept = _survivors(threshold, overlap)
    canvas = Canvas(COLUMN, 2 * PANEL + 140)
    panels = (
        ((0.0, 28.0), range(len(FOUND)), f"{len(FOUND)} boxes", "of the network"),
        (
            (PANEL + GAP, 28.0),
            passed,
            counted(len(passed), "box").replace("boxs", "boxes"),
            f"score at least {number(threshold)}",
        ),
        (
            (0.0, PANEL + 108),
            kept,
            counted(len(kept), "box").replace("boxs", "boxes"),
            f"no IoU above {number(overlap)}",
        ),
    )
    for (left, top), which, count, words in panels:
        canvas.text(left, top - 16, count, size=SMALL, anchor="start", bold=True)
        canvas.text(left + PANEL, top - 16, words, "muted", size=SMALL, anchor="end")
        scene(canvas, left, top, PANEL)
        for index in which:
            box, score, label = FOUND[index]
            # A surer box has a bolder line.
            outline(canvas, box, left, top, PANEL, ROLES[label], width=0.75 + 2.25 * score)
    left, top = PANEL + GAP + 8, PANEL + 116
    names = ("disc", "block", "post")
    canvas.text(left, top, "survivors", "muted", size=SMALL, anchor="start")
    for line, index in enumerate(kept[:6]):
        _, score, label = FOUND[index]
        y = top + 28 + 26 * line
        role = "kernel-text" if label == 1 else ROLES[label]
        canvas.text(left, y, names[label], role, anchor="start")
        canvas.text(left + 112, y, f"{score:.2f}", role, anchor="end")
    return canvas.figure
