"""The gradient of random networks against their one input, and how soon it forgets itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed, number
from course_lib.figures.registry import figure
from course_lib.figures.residual_networks.kinds import PLAIN, RESIDUAL, Kind

INPUTS = 256
UNITS = 100
REACH = 2.0
"""Inputs go from −2 to 2."""
ROW = 104.0
TALL = 64.0
LEFT, RIGHT = 0.0, COLUMN
FAR = 32
"""The largest distance, in steps of the input, at which gradients are compared."""


@dataclass(frozen=True)
class Case:
    """A row of the figure."""

    words: str
    kind: Kind
    depth: int
    branch: float


def _cases(depth: int, branch: float) -> tuple[Case, ...]:
    if not 3 <= depth <= 60:
        raise ValueError(f"depth={depth}: expected from 3 to 60")
    if not 0 < branch <= 1:
        raise ValueError(f"branch={branch}: expected more than 0, and at most 1")
    small = "" if branch == 1 else f", branches times {number(branch)}"
    return (
        Case("plain, 2 layers", PLAIN, 2, 1),
        Case(f"plain, {depth} layers", PLAIN, depth, 1),
        Case(f"residual, {depth} layers{small}", RESIDUAL, depth, branch),
    )


@lru_cache(maxsize=64)
def _gradient(skip: bool, depth: int, branch: float, seed: int) -> tuple[float, ...]:
    """Return the derivative of a random ReLU network's output at each of its inputs."""
    import torch

    random = np.random.RandomState(seed)

    def draw(*shape: int, variance: float) -> torch.Tensor:
        return torch.from_numpy(random.standard_normal(shape) * variance**0.5)

    x = torch.linspace(-REACH, REACH, INPUTS, dtype=torch.float64)[:, None].requires_grad_()
    h = x @ draw(1, UNITS, variance=1) + draw(UNITS, variance=1)
    for _ in range(depth - 1):
        f = branch * (h.relu() @ draw(UNITS, UNITS, variance=2 / UNITS))
        h = h + f if skip else f
    y = h.relu() @ draw(UNITS, 1, variance=1 / UNITS)
    (gradient,) = torch.autograd.grad(y.sum(), x)
    return tuple(gradient[:, 0].tolist())


def correlation(case: Case, steps: int, seeds: int) -> float:
    """Return how gradients at inputs so many steps apart correlate; the mean over networks."""
    if not 1 <= seeds <= 50:
        raise ValueError(f"seeds={seeds}: expected from 1 to 50")
    found = []
    for seed in range(seeds):
        g = np.array(_gradient(case.kind.skip, case.depth, case.branch, seed))
        found.append(np.corrcoef(g[: INPUTS - steps], g[steps:])[0, 1] if steps else 1.0)
    return float(np.mean(found))


def _alt(depth: int, branch: float, seeds: int) -> str:
    cases = _cases(depth, branch)
    said = "; ".join(f"{c.words}: {fixed(correlation(c, 8, seeds), 2)}" for c in cases)
    return (
        f"Three curves of the derivative of a random network's output against its one input, from "
        f"{number(-REACH)} to {number(REACH)}. That of two plain layers has a few steps, that of "
        f"{depth} plain layers jumps everywhere, that of {depth} residual layers is calmer. Below, "
        f"the correlation between derivatives at two inputs against the distance between them, the "
        f"mean over {seeds} networks. At 8 of 255 steps: {said}."
    )


@figure(
    "residual-networks/shattered",
    title="Gradients against the input, shattered and not",
    slide="Residual networks",
    alt=_alt,
)
def shattered(depth: int = 50, branch: float = 0.3, seeds: int = 10) -> Figure:
    """Draw the gradients of three random networks, and their correlation by distance.

    Parameters
    ----------
    depth : int
        Of the deep ones.
    branch : float
        What the residual layers' functions are multiplied by, as normalisation does in effect.
    seeds : int
        Networks over which the correlation is averaged; the first is drawn.
    """
    cases = _cases(depth, branch)
    canvas = Canvas(COLUMN, 3 * ROW + 232)
    for n, case in enumerate(cases):
        top = ROW * n
        words = f"derivative by the input: {case.words}" if n == 0 else case.words
        canvas.text(0, top + 10, words, case.kind.text_role, size=SMALL, anchor="start")
        gradient = _gradient(case.kind.skip, case.depth, case.branch, 0)
        largest = max(map(abs, gradient))
        middle = top + 28 + TALL / 2
        canvas.lines([[(LEFT, middle), (RIGHT, middle)]], "grid")
        step = (RIGHT - LEFT) / (INPUTS - 1)
        points = [
            (LEFT + step * i, middle - g / largest * TALL / 2) for i, g in enumerate(gradient)
        ]
        canvas.lines([points], case.kind.role, width=1.5)
    _chart(canvas, cases, seeds, 3 * ROW + 40, 3 * ROW + 176)
    return canvas.figure


def _chart(canvas: Canvas, cases: tuple[Case, ...], seeds: int, top: float, base: float) -> None:
    """Draw correlation against distance, a line a case, each named at its end."""
    left, right = 40.0, COLUMN - 128
    canvas.text(0, top - 24, "correlation of two derivatives", "muted", size=SMALL, anchor="start")
    for level in (0, 0.5, 1):
        y = base - (base - top) * level
        canvas.lines([[(left, y), (right, y)]], "grid")
        canvas.text(left - 8, y, f"{level:g}", "muted", size=SMALL, anchor="end")
    lags = [0, 1, 2, 4, 6, 8, 12, 16, 24, FAR]
    for lag in (0, 8, 16, 24, 32):
        x = left + (right - left) * lag / FAR
        canvas.text(x, base + 18, str(lag), "muted", size=SMALL)
    canvas.text((left + right) / 2, base + 40, "steps apart", "muted", size=SMALL)
    ends = []
    for n, case in enumerate(cases):
        values = [max(0.0, correlation(case, lag, seeds)) for lag in lags]
        points = [
            (left + (right - left) * lag / FAR, base - (base - top) * value)
            for lag, value in zip(lags, values, strict=True)
        ]
        canvas.lines([points], case.kind.role, width=1.75, dashed=n == 0)
        for x, y in points:
            case.kind.mark(canvas, x, y, hollow=n == 0)
        ends.append((points[-1][1], case))
    spot = top
    for y, case in sorted(ends, key=lambda end: end[0]):
        spot = max(spot, y)
        words = f"{case.kind.name}, {case.depth}"
        canvas.text(right + 12, spot, words, case.kind.text_role, size=SMALL, anchor="start")
        spot += 18
