"""Errors of plain and of residual networks against their depth."""

from __future__ import annotations

from statistics import mean, stdev

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.figures.residual_networks.kinds import KINDS, Kind, key
from course_lib.networks import residual_results

LEFT, RIGHT = 40.0, COLUMN - 16
PANELS = ((72.0, 208.0), (272.0, 408.0))
TITLES = ("without batch normalisation", "with batch normalisation")


def _errors(split: str, kind: Kind, batch_norm: bool) -> list[list[float]]:
    """Return the errors of every seed, in per cent, at each depth."""
    if split not in ("train", "test"):
        raise ValueError(f"split={split!r}: expected 'train' or 'test'")
    results = residual_results()
    return [
        [
            100 * error
            for error in getattr(
                results.run(depth, skip=kind.skip, batch_norm=batch_norm), f"{split}_error"
            )
        ]
        for depth in results.depths()
    ]


def _alt(split: str, largest: float) -> str:
    results = residual_results()
    rows = []
    for words, batch_norm in zip(TITLES, (False, True), strict=True):
        for kind in KINDS:
            found = _errors(split, kind, batch_norm)
            said = ", ".join(f"{fixed(mean(e), 1)} ± {fixed(stdev(e), 1)}" for e in found)
            rows.append(f"{kind.name.capitalize()} {words}: {said}.")
    seeds = len(results.run(results.depths()[0], skip=True, batch_norm=True).seeds)
    return (
        f"Error on the {'training' if split == 'train' else 'test'} set in per cent, on an axis up "
        f"to {largest:g}, for networks of {', '.join(map(str, results.depths()))} layers; mean and "
        f"standard deviation over {seeds} seeds, each seed a small mark. {' '.join(rows)}"
    )


@figure(
    "residual-networks/degradation",
    title="Errors of plain and residual networks by depth",
    slide="Residual networks",
    alt=_alt,
)
def degradation(split: str = "train", largest: float = 100.0) -> Figure:
    """Draw the errors against the depth, without and with batch normalisation.

    Parameters
    ----------
    split : {"train", "test"}
    largest : float
        End of the axis, per cent.
    """
    depths = residual_results().depths()
    canvas = Canvas(COLUMN, 464)
    key(canvas, 12)
    words = f"{'training' if split == 'train' else 'test'} error, per cent"
    canvas.text(COLUMN, 12, words, "muted", size=SMALL, anchor="end")
    pitch = (RIGHT - LEFT) / len(depths)
    xs = [LEFT + pitch * (i + 0.5) for i in range(len(depths))]
    for (top, base), title, batch_norm in zip(PANELS, TITLES, (False, True), strict=True):
        canvas.text(0, top - 22, title, size=SMALL, anchor="start", bold=True)
        scale = (base - top) / largest
        for n in range(5):
            level = largest * n / 4
            y = base - scale * level
            canvas.lines([[(LEFT, y), (RIGHT, y)]], "grid")
            canvas.text(LEFT - 8, y, f"{level:g}", "muted", size=SMALL, anchor="end")
        for x, depth in zip(xs, depths, strict=True):
            canvas.text(x, base + 18, str(depth), "muted", size=SMALL)
        for kind, aside in zip(KINDS, (-5, 5), strict=True):
            found = _errors(split, kind, batch_norm)
            if max(map(max, found)) > largest:
                raise ValueError(f"largest={largest!r}: expected at least the largest error")
            _line(canvas, kind, [x + aside for x in xs], found, base, scale)
    canvas.text((LEFT + RIGHT) / 2, PANELS[1][1] + 40, "layers", "muted", size=SMALL)
    return canvas.figure


def _line(
    canvas: Canvas,
    kind: Kind,
    xs: list[float],
    found: list[list[float]],
    base: float,
    scale: float,
) -> None:
    """Draw the means with a bar of one standard deviation each way, and each seed beside."""
    ys = [base - scale * mean(errors) for errors in found]
    canvas.lines([list(zip(xs, ys, strict=True))], kind.role, width=1.75)
    side = 9 if kind.skip else -9
    for x, y, errors in zip(xs, ys, found, strict=True):
        reach = scale * stdev(errors)
        bar = [[(x, y - reach), (x, y + reach)]]
        bar += [[(x - 4, end), (x + 4, end)] for end in (y - reach, y + reach)]
        canvas.lines(bar, kind.role, width=1.5)
        seeds = [base - scale * error for error in errors]
        ticks = [[(x + side, s), (x + side + (4 if kind.skip else -4), s)] for s in seeds]
        canvas.lines(ticks, kind.role, alpha=0.7)
        kind.mark(canvas, x, y)
