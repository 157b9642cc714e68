"""A block of two wide convolutions, and a bottleneck of three."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

NARROW = 4
"""How many times narrower the middle of a bottleneck is."""
MIDDLES = (96.0, 308.0)
TOP = 72.0
PITCH = 64.0
TALL = 36.0
WIDEST = 168.0
LAYERS = 3


def _plans(channels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """Return size, channels in and channels out of each convolution of both blocks."""
    if not NARROW <= channels <= 2048 or channels % NARROW:
        raise ValueError(f"channels={channels}: expected a multiple of {NARROW} up to 2048")
    narrow = channels // NARROW
    basic = [(3, channels, channels)] * 2
    return basic, [(1, channels, narrow), (3, narrow, narrow), (1, narrow, channels)]


def _weights(plan: list[tuple[int, int, int]]) -> int:
    return sum(size**2 * inputs * outputs for size, inputs, outputs in plan)


def _alt(channels: int) -> str:
    basic, narrow = _plans(channels)
    return (
        f"Two residual blocks between maps of {channels} channels. Left: two 3 by 3 convolutions "
        f"of {channels} channels, {_weights(basic):,} weights. Right, the bottleneck: a 1 by 1 "
        f"convolution down to {channels // NARROW} channels, a 3 by 3 of that width, a 1 by 1 back "
        f"up to {channels}: {_weights(narrow):,} weights."
    )


@figure(
    "residual-networks/bottleneck",
    title="A block of two convolutions and a bottleneck",
    slide="Residual networks",
    alt=_alt,
)
def bottleneck(channels: int = 256) -> Figure:
    """Draw both blocks with the weights of each convolution.

    Parameters
    ----------
    channels : int
        Of the maps that go in and come out.
    """
    plans = _plans(channels)
    foot = TOP + LAYERS * PITCH
    canvas = Canvas(COLUMN, foot + 64)
    titles = ("two convolutions", "bottleneck")
    for x, title, plan in zip(MIDDLES, titles, plans, strict=True):
        canvas.text(x, 12, title, size=SMALL, bold=True)
        canvas.text(x, 36, f"{channels} channels", "input", size=SMALL)
        spread = PITCH * LAYERS / len(plan)
        before = 46.0
        for n, (size, inputs, outputs) in enumerate(plan):
            top = TOP + spread * (n + 0.5) - TALL / 2 - 8
            wide = WIDEST if size**2 * inputs * outputs > 9 * channels**2 // 2 else 136.0
            canvas.arrow((x, before), (x, top))
            canvas.box(x - wide / 2, top, wide, TALL, fill="window", edge="kernel", line=1.25)
            words = f"{size}×{size}, {inputs} → {outputs}"
            canvas.text(x, top + TALL / 2, words, "kernel-text", size=SMALL)
            before = top + TALL
        canvas.arrow((x, before), (x, foot + 4))
        canvas.circle(x, foot + 14, 10, fill="paper", edge="output")
        plus = [[(x - 5, foot + 14), (x + 5, foot + 14)], [(x, foot + 9), (x, foot + 19)]]
        canvas.lines(plus, "output", width=1.5)
        side = x + WIDEST / 2 + 12
        arc = [[(x, 52), (side, 52), (side, foot + 14), (x + 10, foot + 14)]]
        canvas.lines(arc, "output", width=1.75)
        canvas.text(x, foot + 46, f"{_weights(plan):,} weights", size=SMALL)
    return canvas.figure
