"""The theoretical field against the effective one: squares make a bell, signs cancel."""

from __future__ import annotations

from functools import cache
from math import exp, pi, sqrt

from matplotlib.figure import Figure

from course_lib.convolution import Window, path_width
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import counted, fixed
from course_lib.figures.registry import figure

GUTTER = 72.0
RIGHT = COLUMN - 2  # room for half a line and for a letter's overhang
TALL = 92.0
PANEL = 232.0
CHANNELS = 16
INPUTS = 8  # for each draw of the weights
DEEPEST = 16


@cache
def _gradients(depth: int, draws: int, seed: int) -> tuple[list[float], list[float]]:
    """Return mean squares and means of the gradient of a chain of threes, for each input."""
    import torch
    from torch import nn

    from course_lib.convolution import effective_receptive_field

    layers: list[nn.Module] = []
    for layer in range(depth):
        inputs, outputs = (1 if layer == 0 else CHANNELS), (1 if layer == depth - 1 else CHANNELS)
        layers += [nn.Conv1d(inputs, outputs, 3, bias=False), nn.ReLU()]
    network = nn.Sequential(*layers[:-1]).double()
    found = effective_receptive_field(
        network,
        (1, 2 * depth + 1),
        0,
        weight_draws=draws,
        inputs_per_draw=INPUTS,
        generator=torch.Generator().manual_seed(seed),
    )
    return found.squared.tolist(), found.signed.tolist()


def _check(depths: tuple[int, ...], draws: int) -> None:
    if not 1 <= len(depths) <= 3 or not all(1 <= depth <= DEEPEST for depth in depths):
        raise ValueError(f"depths={depths}: expected 1 to 3 depths from 1 to {DEEPEST}")
    if not 1 <= draws <= 2000:
        raise ValueError(f"draws={draws}: expected from 1 to 2000")


def _spread(profile: list[float]) -> float:
    total = sum(profile)
    mean = sum(i * value for i, value in enumerate(profile)) / total
    variance = sum((i - mean) ** 2 * value for i, value in enumerate(profile)) / total
    return float(variance**0.5)


def _alt(depths: tuple[int, ...], draws: int, seed: int) -> str:
    _check(depths, draws)
    said = "; ".join(
        f"with {counted(depth, 'layer')} the field has {2 * depth + 1} inputs and the squared "
        f"gradient a spread of {fixed(_spread(_gradients(depth, draws, seed)[0]), 1)}"
        for depth in depths
    )
    return (
        f"Bars over the inputs of one unit, averaged over {counted(draws, 'random network')} with "
        f"kernel size 3 and ReLU: {said}. The squares form a bell, the ends of the field hardly "
        "count; the gradients with their signs, below, nearly cancel."
    )


@figure(
    "receptive-fields/effective",
    title="Theoretical against effective receptive field",
    slide="Receptive fields",
    alt=_alt,
)
def effective(depths: tuple[int, ...] = (4, 14), draws: int = 400, seed: int = 0) -> Figure:
    """Draw the mean squared and the mean gradient of one unit, for stacks of several depths.

    Parameters
    ----------
    depths : sequence of int
        1 to 3 numbers of layers, each at most 16.
    draws : int
        Random weights and inputs, at most 2000.
    seed : int
        What the draws begin with.
    """
    _check(depths, draws)
    canvas = Canvas(COLUMN, PANEL * len(depths) - 8)
    widest = 2 * max(depths) + 1
    pitch = (RIGHT - GUTTER) / widest
    middle = GUTTER + (RIGHT - GUTTER) / 2
    for n, depth in enumerate(depths):
        _panel(canvas, depth, draws, seed, middle, pitch, PANEL * n)
    return canvas.figure


def _panel(
    canvas: Canvas, depth: int, draws: int, seed: int, middle: float, pitch: float, top: float
) -> None:
    squared, signed = _gradients(depth, draws, seed)
    size = len(squared)
    xs = [middle + pitch * (i - (size - 1) / 2) for i in range(size)]
    ends = (xs[0] - pitch / 2, xs[-1] + pitch / 2)
    base = top + 48 + TALL
    largest = max(squared)
    sigma = path_width([Window(3)] * depth)
    words = f"{counted(depth, 'layer')}: field of {size}, spread {fixed(_spread(squared), 1)}"
    canvas.text(0, top + 12, words, "text", size=SMALL, anchor="start")
    canvas.text(RIGHT, top + 12, f"dashed: {fixed(sigma, 1)}", "muted", size=SMALL, anchor="end")
    canvas.lines([[(ends[0], top + 31), (ends[0], top + 26), (ends[1], top + 26)]], "kernel")
    canvas.lines([[(ends[1], top + 26), (ends[1], top + 31)]], "kernel")
    canvas.lines(
        [[(x, base), (x, base - TALL * v / largest)] for x, v in zip(xs, squared, strict=True)],
        "output",
        width=0.7 * pitch,
    )
    canvas.lines([[(GUTTER, base), (RIGHT, base)]], "grid")
    canvas.text(0, base - 40, "squared", "output", size=SMALL, anchor="start")
    # The bell that theory expects: a normal curve with the width of the paths.
    share = sum(squared) / largest
    curve = []
    for step in range(-4 * (size // 2), 4 * (size // 2) + 1):
        offset = step / 4
        height = share * _normal(offset, sigma) * TALL
        curve.append((middle + pitch * offset, base - height))
    canvas.lines([curve], "text", dashed=True, width=1.25)
    low = base + 40
    unit = 24 / largest**0.5
    canvas.lines(
        [[(x, low), (x, low - unit * v)] for x, v in zip(xs, signed, strict=True)],
        "negative",
        width=0.7 * pitch,
    )
    canvas.lines([[(GUTTER, low), (RIGHT, low)]], "grid")
    canvas.text(0, low, "signed", "negative", size=SMALL, anchor="start")


def _normal(offset: float, sigma: float) -> float:
    return exp(-0.5 * (offset / sigma) ** 2) / (sigma * sqrt(2 * pi))
