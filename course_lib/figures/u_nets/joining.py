"""Two ways to join what comes across with what comes from below: beside, or on top."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

STRIP = 14.0
DRAWN = 4  # channels drawn for each map
ROW = 176.0


def _check(channels: int, kernel_size: int) -> tuple[int, int]:
    """Return the weights of the convolution that follows: after concatenation, after addition."""
    if not 1 <= channels <= 2048:
        raise ValueError(f"channels={channels}: expected from 1 to 2048")
    if not 1 <= kernel_size <= 11:
        raise ValueError(f"kernel_size={kernel_size}: expected from 1 to 11")
    area = kernel_size * kernel_size
    return area * 2 * channels * channels, area * channels * channels


def _alt(channels: int, kernel_size: int) -> str:
    beside, added = _check(channels, kernel_size)
    return (
        f"Two maps of {channels} channels meet, one across and one from below. Above, they are "
        f"concatenated: {2 * channels} channels stand side by side, and a convolution of "
        f"{kernel_size} by {kernel_size} to {channels} channels has {beside:,} weights. Below, "
        f"they are added, channel by channel: {channels} channels remain, and the convolution has "
        f"{added:,} weights."
    )


@figure(
    "u-nets/joining",
    title="Concatenate or add",
    slide="U-Nets and hourglass networks",
    alt=_alt,
)
def joining(channels: int = 64, kernel_size: int = 3) -> Figure:
    """Draw concatenation and addition, and the weights of the convolution after each.

    Parameters
    ----------
    channels : int, 1 to 2048
        Of each of the two maps.
    kernel_size : int, 1 to 11
    """
    counts = _check(channels, kernel_size)
    canvas = Canvas(COLUMN, 2 * ROW - 8)
    for n, (title, weights) in enumerate(zip(("concatenate", "add"), counts, strict=True)):
        top = ROW * n
        canvas.text(0, top + 14, title, anchor="start", bold=True)
        _strips(canvas, 0, top + 40, ["kernel"] * DRAWN)
        _strips(canvas, 0, top + 112, ["output"] * DRAWN)
        canvas.text(70, top + 62, f"{channels} across", "kernel-text", size=SMALL, anchor="start")
        canvas.text(70, top + 134, f"{channels} from below", "output", size=SMALL, anchor="start")
        x = 216.0
        roles = ["kernel"] * DRAWN + ["output"] * DRAWN if n == 0 else ["both"] * DRAWN
        y = top + 44 if n == 0 else top + 70
        canvas.arrow((180, top + 62), (x - 10, top + 82))
        canvas.arrow((180, top + 134), (x - 10, top + 108))
        _strips(canvas, x, y, roles)
        total = channels * (2 if n == 0 else 1)
        after = y + len(roles) * (STRIP - 3) + 24
        canvas.text(x + 24, after, str(total), size=SMALL, bold=True)
        canvas.arrow((x + 66, top + 96), (x + 86, top + 96))
        right = COLUMN
        size = f"{kernel_size} × {kernel_size} to {channels}"
        canvas.text(right, top + 72, size, "muted", size=SMALL, anchor="end")
        canvas.text(right, top + 96, f"{weights:,}", "kernel-text", anchor="end", bold=True)
        canvas.text(right, top + 120, "weights", "kernel-text", size=SMALL, anchor="end")
    canvas.lines([[(0, ROW - 8), (COLUMN, ROW - 8)]], "grid")
    return canvas.figure


def _strips(canvas: Canvas, left: float, top: float, roles: list[str]) -> None:
    """Draw channels as sheets behind one another; a sum has both colours."""
    for n, role in enumerate(roles):
        y = top + n * (STRIP - 3)
        first = "kernel" if role == "both" else role
        canvas.box(left + 1, y, 48, STRIP - 5, fill=first, edge=first, line=1, radius=1, alpha=0.3)
        if role == "both":
            canvas.box(
                left + 25,
                y,
                24,
                STRIP - 5,
                fill="output",
                edge="output",
                line=1,
                radius=1,
                alpha=0.5,
            )
