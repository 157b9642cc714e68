"""One output under many dropout masks, against the output without any."""

from __future__ import annotations

from functools import cache

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure

LEFT, RIGHT = 24.0, 392.0
TOP, BASE = 64.0, 232.0
BINS = 28


@cache
def _outputs(units: int, probability: float, masks: int, seed: int) -> tuple[list[float], float]:
    """Return an output under each mask, and without one: a weighted sum of hidden units."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    weights = torch.randn(units, generator=generator, dtype=torch.float64) / units**0.5
    hidden = torch.randn(units, generator=generator, dtype=torch.float64).relu()
    # A unit that pulls the output away from zero, so that there is a mean to compare.
    weights = weights + 1.2 / units**0.5
    kept = torch.rand(masks, units, generator=generator, dtype=torch.float64) >= probability
    outputs = (kept * hidden * weights).sum(dim=1) / (1 - probability)
    return outputs.tolist(), float((hidden * weights).sum())


def _check(units: int, probability: float, masks: int) -> None:
    if not isinstance(units, int) or not 2 <= units <= 4096:
        raise ValueError(f"units={units!r}: expected a whole number from 2 to 4,096")
    if not 0 < probability < 1:
        raise ValueError(f"probability={probability!r}: expected a number between 0 and 1")
    if not isinstance(masks, int) or not 10 <= masks <= 100_000:
        raise ValueError(f"masks={masks!r}: expected a whole number from 10 to 100,000")


def _facts(units: int, probability: float, masks: int, seed: int) -> tuple[float, float, float]:
    """Return mean and spread over the masks, and the output without one."""
    import torch

    outputs, whole = _outputs(units, probability, masks, seed)
    values = torch.tensor(outputs)
    return float(values.mean()), float(values.std()), whole


def _alt(units: int, probability: float, masks: int, seed: int) -> str:
    _check(units, probability, masks)
    mean, spread, whole = _facts(units, probability, masks, seed)
    return (
        f"A histogram, bell-shaped, of one output under {masks:,} random masks that each leave out"
        f" {units} hidden units with probability {probability:g}: mean {fixed(mean, 2)}, standard"
        f" deviation {fixed(spread, 2)}. A line marks the output of the whole layer,"
        f" {fixed(whole, 2)}: it stands at the mean."
    )


@figure(
    "classification/dropout",
    title="Dropout: many masks and their mean",
    slide="Dropout",
    alt=_alt,
)
def dropout(units: int = 64, probability: float = 0.5, masks: int = 4000, seed: int = 0) -> Figure:
    """Draw the histogram of an output under random masks.

    Parameters
    ----------
    units : int
        Hidden units that the output reads.
    probability : float
        That a unit is left out.
    masks : int
    seed : int
        Of weights, hidden values and masks.
    """
    import torch

    _check(units, probability, masks)
    outputs, whole = _outputs(units, probability, masks, seed)
    mean, spread, _ = _facts(units, probability, masks, seed)
    low, high = mean - 3.5 * spread, mean + 3.5 * spread
    counts = torch.histc(torch.tensor(outputs), BINS, low, high)
    canvas = Canvas(COLUMN, BASE + 68)
    step = (RIGHT - LEFT) / BINS
    tallest = float(counts.max())
    for n, count in enumerate(counts.tolist()):
        height = (BASE - TOP) * count / tallest
        if height:
            canvas.box(
                LEFT + step * n + 1,
                BASE - height,
                step - 2,
                height,
                fill="output",
                radius=0.01,
                alpha=0.55,
            )

    def at(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - low) / (high - low)

    canvas.lines([[(LEFT, BASE), (RIGHT, BASE)]], "muted")
    canvas.lines([[(at(whole), TOP - 20), (at(whole), BASE)]], "text", width=2)
    canvas.text(at(whole), TOP - 48, "without dropout", size=SMALL, bold=True)
    canvas.text(at(whole), TOP - 30, fixed(whole, 2), size=SMALL, bold=True)
    for sign in (-1, 0, 1):
        value = mean + sign * spread
        canvas.lines([[(at(value), BASE), (at(value), BASE + 6)]], "output", width=1.5)
        canvas.text(at(value), BASE + 20, fixed(value, 2), "output", size=SMALL)
    canvas.text(
        (LEFT + RIGHT) / 2,
        BASE + 46,
        f"{masks:,} masks: mean and one standard deviation",
        "muted",
        size=SMALL,
    )
    return canvas.figure
