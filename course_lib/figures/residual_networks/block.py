"""Two layers, plainly and as a residual block, and where the shape changes."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

HEIGHT = 400.0
WIDE = 100.0  # of a layer's box
BOXES = (88.0, 200.0)  # tops of the two convolutions
TALL = 40.0
ADD = 296.0
SIDE = 66.0  # from a block's middle to its shortcut
COLUMNS = (56.0, 180.0, 314.0)


def _alt(channels: int) -> str:
    return (
        "Three columns, read from top to bottom. Plain: the input x passes a 3 by 3 convolution, a "
        "ReLU, a second 3 by 3 convolution, and a ReLU: the output is a of f of x. Residual: the "
        "same layers are a branch f; a line leads x around them, unchanged, to a sum, and the ReLU "
        f"follows the sum. Where the shape changes, here from {channels} to {2 * channels} "
        "channels with stride 2, a 1 by 1 convolution stands on that line: a projection."
    )


@figure(
    "residual-networks/block",
    title="A residual block",
    slide="Residual networks",
    alt=_alt,
)
def block(channels: int = 64) -> Figure:
    """Draw the plain block, the residual one, and one whose shortcut is a projection.

    Parameters
    ----------
    channels : int
        Of the input.
    """
    if not 1 <= channels <= 512:
        raise ValueError(f"channels={channels}: expected from 1 to 512")
    canvas = Canvas(COLUMN, HEIGHT)
    for x, title in zip(COLUMNS, ("plain", "residual", "residual,"), strict=True):
        canvas.text(x, 12, title, size=SMALL, bold=True)
    canvas.text(COLUMNS[2], 30, "new shape", size=SMALL, bold=True)
    twice = 2 * channels
    for n, x in enumerate(COLUMNS):
        wide, stride = (twice, ", /2") if n == 2 else (channels, "")
        _branch(canvas, x, (f"{wide}{stride}", str(wide)))
        if n == 0:
            canvas.arrow((x, BOXES[1] + TALL), (x, ADD + 30))
        else:
            _shortcut(canvas, x, f"{twice}, /2" if n == 2 else None)
        canvas.box(x - 32, ADD + 30, 64, 26, fill="paper", edge="muted", line=1)
        canvas.text(x, ADD + 43, "ReLU", "muted", size=SMALL)
        canvas.arrow((x, ADD + 56), (x, ADD + 78))
        words = ("a[f[x]]", "a[x + f[x]]", "a[Px + f[x]]")[n]
        canvas.formula(x, ADD + 92, f"{{output:{words}}}", size=SMALL)
    return canvas.figure


def _branch(canvas: Canvas, x: float, words: tuple[str, str]) -> None:
    """Draw the two convolutions with the ReLU between them, below the input."""
    canvas.text(x, 52, "x", "input", bold=True)
    canvas.arrow((x, 62), (x, BOXES[0]))
    for top, channels in zip(BOXES, words, strict=True):
        canvas.box(x - WIDE / 2, top, WIDE, TALL, fill="window", edge="kernel", line=1.25)
        canvas.text(x, top + TALL / 2, f"3×3, {channels}", "kernel-text", size=SMALL)
    between = BOXES[0] + TALL
    canvas.arrow((x, between), (x, between + 23))
    canvas.box(x - 32, between + 23, 64, 26, fill="paper", edge="muted", line=1)
    canvas.text(x, between + 36, "ReLU", "muted", size=SMALL)
    canvas.arrow((x, between + 49), (x, BOXES[1]))


def _shortcut(canvas: Canvas, x: float, projection: str | None) -> None:
    """Draw the line around the branch to the sum, with a box on it where it changes the shape."""
    start, end, aside = 72.0, ADD, x + (SIDE + 5 if projection else SIDE)
    canvas.lines([[(x, start), (aside, start), (aside, end), (x + 12, end)]], "output", width=2)
    canvas.lines([[(x + 17, end - 5), (x + 12, end), (x + 17, end + 5)]], "output", width=2)
    if projection:
        canvas.box(aside - 29, 140, 58, 48, fill="window", edge="kernel", line=1.25)
        canvas.text(aside, 155, "1×1,", "kernel-text", size=SMALL)
        canvas.text(aside, 173, projection, "kernel-text", size=SMALL)
    canvas.arrow((x, BOXES[1] + TALL), (x, end - 12))
    canvas.circle(x, end, 12, fill="paper", edge="output")
    canvas.lines([[(x - 6, end), (x + 6, end)], [(x, end - 6), (x, end + 6)]], "output", width=1.5)
    canvas.arrow((x, end + 12), (x, end + 30))
