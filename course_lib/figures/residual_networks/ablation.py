"""What becomes of a trained network when one of its blocks is left out."""

from __future__ import annotations

from statistics import mean

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.figures.residual_networks.kinds import KINDS, Kind, key
from course_lib.networks import ResidualRun, residual_results

LEFT, RIGHT = 40.0, COLUMN - 8
TOP, BASE = 48.0, 240.0


def _run(depth: int, kind: Kind) -> ResidualRun:
    run = residual_results().run(depth, skip=kind.skip, batch_norm=True)
    if not run.without_block:
        raise ValueError(f"depth={depth}: there is no network of that depth whose blocks were cut")
    return run


def _means(run: ResidualRun) -> list[float]:
    """Return the whole network's error and that without each block, in per cent, over seeds."""
    cut = [100 * mean(errors) for errors in zip(*run.without_block, strict=True)]
    return [100 * mean(run.test_error), *cut]


def _alt(depth: int) -> str:
    said = "; ".join(
        f"{kind.name}: {fixed(whole, 1)} whole, then {', '.join(fixed(e, 0) for e in cut)}"
        for kind in KINDS
        for whole, *cut in [_means(_run(depth, kind))]
    )
    return (
        f"Test error in per cent of trained networks of {depth} layers with batch normalisation, "
        "whole and with each block in turn left out, the identity in its place; the mean over "
        f"{len(_run(depth, KINDS[0]).seeds)} seeds, each seed a small mark. {said}."
    )


@figure(
    "residual-networks/ablation",
    title="Trained networks without one of their blocks",
    slide="Residual networks",
    alt=_alt,
)
def ablation(depth: int = 16) -> Figure:
    """Draw the test error with each block left out.

    Parameters
    ----------
    depth : int
        Of the trained networks.
    """
    runs = {kind: _run(depth, kind) for kind in KINDS}
    canvas = Canvas(COLUMN, BASE + 64)
    key(canvas, 12)
    canvas.text(COLUMN, 12, "test error, per cent", "muted", size=SMALL, anchor="end")
    scale = (BASE - TOP) / 100
    for level in (0, 25, 50, 75, 100):
        y = BASE - scale * level
        canvas.lines([[(LEFT, y), (RIGHT, y)]], "grid")
        canvas.text(LEFT - 8, y, str(level), "muted", size=SMALL, anchor="end")
    blocks = len(runs[KINDS[0]].without_block[0])
    pitch = (RIGHT - LEFT) / (blocks + 1)
    xs = [LEFT + pitch * (i + 0.5) for i in range(blocks + 1)]
    for x, words in zip(xs, ["whole", *map(str, range(1, blocks + 1))], strict=True):
        canvas.text(x, BASE + 18, words, "muted", size=SMALL)
    middle = (xs[1] + xs[-1]) / 2
    canvas.text(middle, BASE + 40, "without block", "muted", size=SMALL)
    for kind, aside in zip(KINDS, (-5, 5), strict=True):
        run = runs[kind]
        seeds = [
            (whole, *cut) for whole, cut in zip(run.test_error, run.without_block, strict=True)
        ]
        marks = [
            [(x + aside + step, y), (x + aside + step + 5, y)]
            for x, errors in zip(xs, zip(*seeds, strict=True), strict=True)
            for error in errors
            for y, step in [(BASE - scale * 100 * error, 5 if kind.skip else -10)]
        ]
        canvas.lines(marks, kind.role, alpha=0.7)
        for x, error in zip(xs, _means(run), strict=True):
            kind.mark(canvas, x + aside, BASE - scale * error)
    return canvas.figure
