"""What the skips are worth: cut one by one, and never had."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.figures.segmentation.class_iou import NAMES, run_of
from course_lib.networks import scene_results

ROW = 52.0
TOP = 84.0
LEFT, RIGHT = 0.0, COLUMN - 60.0
SIDES = (48, 24, 12)


def _rows(rival: str, cuts: int) -> list[tuple[str, float, float]]:
    """Return each network with its mean IoU and its outline F, per cent."""
    if rival not in NAMES:
        raise ValueError(f"rival={rival!r}: expected one of {', '.join(NAMES)}")
    whole = run_of("u-net")
    rows = [("U-Net, all skips on", whole.metrics["test_mean_iou"], whole.outline_f)]
    if not 0 <= cuts <= len(SIDES):
        raise ValueError(f"cuts={cuts}: expected from 0 to {len(SIDES)}")
    for one in whole.ablations[:cuts]:
        side = SIDES[one.level]
        rows.append((f"the same, skip at {side} × {side} cut", one.mean_iou, one.outline_f))
    for name in dict.fromkeys(("u-net-without-skips", rival)):
        # What is still in training has no row yet.
        if name != "u-net" and name in scene_results().segmenters:
            run = run_of(name)
            rows.append((NAMES[name], run.metrics["test_mean_iou"], run.outline_f))
    return [(name, 100 * iou, 100 * f) for name, iou, f in rows]


def _alt(rival: str, cuts: int) -> str:
    said = "; ".join(
        f"{name}: {fixed(iou, 1)} and {fixed(f, 1)}" for name, iou, f in _rows(rival, cuts)
    )
    return (
        "Mean IoU and agreement of outlines within one pixel, in per cent, on held-out scenes (on "
        f"the first 500 of them where a skip is cut). {said}."
    )


@figure(
    "u-nets/with-and-without",
    title="Skips cut, and skips never had",
    slide="U-Nets and hourglass networks",
    alt=_alt,
)
def with_and_without(rival: str = "encoder-decoder", cuts: int = 3) -> Figure:
    """Draw the mean IoU and the outlines' agreement of the U-Net with and without its skips.

    Parameters
    ----------
    rival : {"encoder-decoder", "u-net-without-skips"}
        The last row; the second of the two leaves it out.
    cuts : int, 0 to 3
        How many of the single cuts are drawn, from the image down.
    """
    rows = _rows(rival, cuts)
    canvas = Canvas(COLUMN, TOP + ROW * len(rows) - 10)
    canvas.box(0, 8, 14, 8, fill="output", radius=1)
    canvas.text(22, 12, "mean IoU, per cent", "output", size=SMALL, anchor="start")
    canvas.box(0, 32, 14, 8, fill="negative", radius=1)
    words = "outlines within one pixel, F, per cent"
    canvas.text(22, 36, words, "negative", size=SMALL, anchor="start")
    for n, (name, iou, f) in enumerate(rows):
        y = TOP + ROW * n
        canvas.text(0, y - 4, name, size=SMALL, anchor="start", bold=n == 0)
        for value, role, down in ((iou, "output", 12), (f, "negative", 26)):
            wide = max(1.0, (RIGHT - LEFT) * value / 100)
            canvas.box(LEFT, y + down - 4, wide, 8, fill=role, radius=1)
            canvas.text(COLUMN, y + down, fixed(value, 1), role, size=SMALL, anchor="end")
    return canvas.figure
