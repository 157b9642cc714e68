"""Where a U-Net's parameters are, and where its products are."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.figures.u_nets.shapes import PADDINGS, unet_shapes

ROW = 44.0
TOP = 48.0
MIDDLE = 232.0
HALF = 124.0


def _shares(padding: str) -> list[tuple[str, float, float]]:
    """Return each level's name and its shares of parameters and products, in per cent."""
    if padding not in PADDINGS:
        raise ValueError(f"padding={padding!r}: expected one of {', '.join(PADDINGS)}")
    u = unet_shapes(572 if padding == "valid" else 512, 2, padding)
    total = [sum(cost[n] for cost in u.costs) for n in (0, 1)]
    maps = [level.down for level in u.levels] + [u.bottom]
    return [
        (f"{shape[0]} × {shape[1]}²", 100 * p / total[0], 100 * m / total[1])
        for shape, (p, m) in zip(maps, u.costs, strict=True)
    ]


def _alt(padding: str) -> str:
    rows = "; ".join(
        f"{name.replace('²', ' squared')}: {fixed(p, 1)} and {fixed(m, 1)}"
        for name, p, m in _shares(padding)
    )
    return (
        f"Per cent of the parameters and per cent of the multiply-adds of the U-Net ({padding}), "
        f"level by level, both ways together, from the image down: {rows}. Parameters crowd at the "
        "bottom; products do not."
    )


@figure(
    "u-nets/cost",
    title="Parameters below, products above",
    slide="U-Nets and hourglass networks",
    alt=_alt,
)
def cost(padding: str = "valid") -> Figure:
    """Draw the shares of parameters and multiply-adds of each level of the U-Net.

    Parameters
    ----------
    padding : {"valid", "zeros"}
    """
    rows = _shares(padding)
    canvas = Canvas(COLUMN, TOP + ROW * len(rows))
    largest = max(max(p, m) for _, p, m in rows)
    room = HALF - 44
    canvas.text(MIDDLE - 12, 14, "parameters, %", "kernel-text", size=SMALL, anchor="end")
    canvas.text(MIDDLE + 12, 14, "multiply-adds, %", "output", size=SMALL, anchor="start")
    for n, (name, p, m) in enumerate(rows):
        y = TOP + ROW * n
        canvas.text(0, y, name, size=SMALL, anchor="start", bold=n == len(rows) - 1)
        left, right = room * p / largest, room * m / largest
        canvas.box(MIDDLE - left - 4, y - 9, left, 18, fill="kernel", radius=1)
        canvas.box(MIDDLE + 4, y - 9, right, 18, fill="output", radius=1)
        canvas.text(MIDDLE - left - 12, y, fixed(p, 1), "kernel-text", size=SMALL, anchor="end")
        canvas.text(MIDDLE + right + 12, y, fixed(m, 1), "output", size=SMALL, anchor="start")
    canvas.lines([[(MIDDLE, 30), (MIDDLE, TOP + ROW * len(rows) - 16)]], "grid")
    return canvas.figure
