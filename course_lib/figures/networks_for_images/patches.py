"""The answer in two steps: local patches, then shared weights."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

WIDTH = 128.0
GAP = 16.0
TOP, BOTTOM = 56.0, 152.0
RADIUS = 6.0


def _links(size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return all (input, output) pairs, and those of neighbours."""
    if not isinstance(size, int) or not 3 <= size <= 7:
        raise ValueError(f"size={size!r}: expected a whole number from 3 to 7")
    every = [(i, o) for o in range(size) for i in range(size)]
    return every, [(i, o) for i, o in every if abs(i - o) <= 1]


def _alt(size: int) -> str:
    every, near = _links(size)
    return (
        f"Three layers from {size} inputs to {size} outputs. Fully connected: a line from every "
        f"input to every output, {len(every)} weights. Local: each output is joined to its own "
        f"input and the neighbours, {len(near)} weights, all different. Local and shared: the same "
        "lines, but all that lean one way are drawn alike, for they are one weight: 3 weights, "
        f"whatever the {size} becomes."
    )


@figure(
    "networks-for-images/patches",
    title="Local patches, shared weights",
    slide="Convolutional networks",
    alt=_alt,
)
def patches(size: int = 6) -> Figure:
    """Draw a fully connected layer, a local one and a convolutional one.

    Parameters
    ----------
    size : int
        Inputs, and outputs, 3 to 7.
    """
    every, near = _links(size)
    canvas = Canvas(COLUMN, 256)
    pitch = WIDTH / size
    panels = (
        ("fully connected", every, f"{len(every)} weights", "each its own"),
        ("local", near, f"{len(near)} weights", "each its own"),
        ("local, shared", near, "3 weights", "used everywhere"),
    )
    for n, (name, links, count, note) in enumerate(panels):
        left = (WIDTH + GAP) * n
        xs = [left + pitch * (i + 0.5) for i in range(size)]
        canvas.text(left + WIDTH / 2, 18, name, bold=True, size=SMALL)
        if n < 2:
            lines = [[(xs[i], TOP), (xs[o], BOTTOM)] for i, o in links]
            canvas.lines(lines, "muted", alpha=0.55)
        else:
            _shared(canvas, xs)
        for x in xs:
            canvas.circle(x, TOP, RADIUS, fill="paper", edge="input")
            canvas.square(x, BOTTOM, 2 * RADIUS, fill="paper", edge="output")
        canvas.text(left + WIDTH / 2, BOTTOM + 32, count, "kernel-text", bold=True)
        canvas.text(left + WIDTH / 2, BOTTOM + 56, note, "muted", size=SMALL)
    right = 2 * (WIDTH + GAP)
    for k, x in enumerate((right + 2, right + 44, right + 86)):
        _line(canvas, k, (x, BOTTOM + 88), (x + 16, BOTTOM + 88))
        canvas.formula(x + 20, BOTTOM + 88, f"ω_{k + 1}", "kernel-text", size=SMALL, anchor="start")
    return canvas.figure


def _shared(canvas: Canvas, xs: list[float]) -> None:
    """Draw the lines of each weight alike."""
    for k in range(3):
        for o, x in enumerate(xs):
            i = o + k - 1
            if 0 <= i < len(xs):
                _line(canvas, k, (xs[i], TOP), (x, BOTTOM))


def _line(canvas: Canvas, k: int, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a line in the manner of weight k."""
    width = (1.5, 3.0, 1.0)[k]
    canvas.lines([[start, end]], "kernel", width=width, dashed=k == 0)
