"""One pixel: its scores, its probabilities, and what the truth makes of them."""

from __future__ import annotations

from math import exp, log

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure

NAMES = ("background", "ball", "fish", "leaf", "mug")
ROW = 40.0
TOP = 52.0
SCORES, BARS = 148.0, 236.0  # the scores' column and the left end of the bars
WIDE = 128.0


def _computed(scores: tuple[float, ...], truth: int) -> tuple[list[float], float]:
    if not 2 <= len(scores) <= len(NAMES):
        raise ValueError(f"scores={list(scores)}: expected from 2 to {len(NAMES)} numbers")
    if max(map(abs, scores)) > 20:
        raise ValueError(f"scores={list(scores)}: expected numbers from -20 to 20")
    if not 0 <= truth < len(scores):
        raise ValueError(f"truth={truth}: expected from 0 to {len(scores) - 1}")
    powers = [exp(score) for score in scores]
    probabilities = [power / sum(powers) for power in powers]
    return probabilities, -log(probabilities[truth])


def _alt(scores: tuple[float, ...], truth: int) -> str:
    probabilities, loss = _computed(scores, truth)
    rows = "; ".join(
        f"{name} {fixed(score, 1)} and {fixed(p, 3)}"
        for name, score, p in zip(NAMES, scores, probabilities, strict=False)
    )
    return (
        f"A pixel's {len(scores)} scores and the probabilities that the softmax makes of them, "
        f"drawn as bars: {rows}. The true class is {NAMES[truth]}; its bar is outlined, and the "
        f"pixel's loss, minus the logarithm of its probability, is {fixed(loss, 3)}."
    )


@figure(
    "segmentation/pixel-loss",
    title="The scores and the loss of one pixel",
    slide="Semantic Segmentation (2015)",
    alt=_alt,
)
def pixel_loss(scores: tuple[float, ...] = (1.2, -0.5, 2.1, 0.3, -1.4), truth: int = 2) -> Figure:
    """Draw one pixel's scores, probabilities and loss.

    Parameters
    ----------
    scores : 2 to 5 numbers
        Of background, ball, fish, leaf and mug.
    truth : int
        Which of them is right, from 0.
    """
    probabilities, loss = _computed(scores, truth)
    canvas = Canvas(COLUMN, TOP + ROW * len(scores) + 40)
    canvas.text(SCORES, 16, "score", "muted", size=SMALL, anchor="end")
    canvas.text(BARS, 16, "probability", "muted", size=SMALL, anchor="start")
    for n, (score, p) in enumerate(zip(scores, probabilities, strict=True)):
        y = TOP + ROW * n
        right = n == truth
        canvas.text(0, y, NAMES[n], "text", size=SMALL, anchor="start", bold=right)
        canvas.text(SCORES, y, fixed(score, 1), "kernel-text", size=SMALL, anchor="end")
        canvas.arrow((SCORES + 14, y), (BARS - 14, y))
        canvas.box(BARS, y - 9, WIDE, 18, edge="grid", line=1, radius=2)
        wide = max(1.0, WIDE * p)
        edge = "text" if right else None
        canvas.box(
            BARS, y - 9, wide, 18, fill="output", edge=edge, radius=2, alpha=1 if right else 0.35
        )
        canvas.text(COLUMN, y, fixed(p, 3), "output", size=SMALL, anchor="end", bold=right)
    y = TOP + ROW * len(scores) + 12
    words = f"{NAMES[truth]} is true: loss = −log {fixed(probabilities[truth], 3)}"
    canvas.text(COLUMN, y, f"{words} = {fixed(loss, 3)}", size=SMALL, anchor="end")
    return canvas.figure
