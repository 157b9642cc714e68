"""How large activations and gradients are, layer by layer, before anything is learnt."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import ceil, floor, log10

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure
from course_lib.figures.residual_networks.kinds import KINDS, Kind, key

LEFT, RIGHT = 48.0, COLUMN - 8
PANELS = {False: (72.0, 216.0), True: (280.0, 424.0)}
TITLES = {False: "without batch normalisation", True: "with batch normalisation"}
WIDTH = 8
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
Rows = tuple[tuple[float, ...], ...]


@lru_cache(maxsize=64)
def _logs(quantity: str, skip: bool, batch_norm: bool, depth: int, seeds: int) -> Rows:
    """Return the powers of ten at each layer, a row a seed."""
    from course_lib.datasets import load_mnist1d
    from course_lib.networks import ResidualStack, sizes

    data = load_mnist1d()
    x, y = data.x_test[:100, None].double(), data.y_test[:100]
    rows = []
    for seed in range(seeds):
        stack = ResidualStack(depth, WIDTH, skip=skip, batch_norm=batch_norm, seed=seed)
        rows.append(tuple(map(log10, getattr(sizes(stack, x, y), quantity))))
    return tuple(rows)


def _check(quantity: str, depth: int, seeds: int) -> None:
    if quantity not in ("activations", "gradients"):
        raise ValueError(f"quantity={quantity!r}: expected 'activations' or 'gradients'")
    if not 2 <= depth <= 50:
        raise ValueError(f"depth={depth}: expected from 2 to 50")
    if not 2 <= seeds <= 50:
        raise ValueError(f"seeds={seeds}: expected from 2 to 50")


def factor(quantity: str, skip: bool, batch_norm: bool, depth: int, seeds: int) -> float:
    """Return the geometric mean, over seeds, of the last size over the first, in the way's order.

    Activations go from the stem to the last layer, gradients from the last layer to the stem.
    """
    rows = _logs(quantity, skip, batch_norm, depth, seeds)
    gains = [row[-1] - row[0] if quantity == "activations" else row[0] - row[-1] for row in rows]
    gain: float = 10 ** (sum(gains) / len(gains))
    return gain


def _alt(quantity: str, depth: int, seeds: int) -> str:
    _check(quantity, depth, seeds)
    way = "from the stem to the last layer" if quantity == "activations" else "back to the stem"
    said = "; ".join(
        f"{kind.name} {TITLES[norm]}: times {factor(quantity, kind.skip, norm, depth, seeds):.2g}"
        for norm, kind in product((False, True), KINDS)
    )
    return (
        f"Root mean square of the {quantity} at each of {depth} layers, on a scale of powers of "
        f"ten, for {seeds} random starts by He's rule: the geometric mean as a line, all starts as "
        f"a band. On the way {way} it changes by these factors. {said}."
    )


@figure(
    "residual-networks/sizes",
    title="Size of activations or gradients by layer",
    slide="Residual networks",
    alt=_alt,
)
def sizes_by_layer(quantity: str = "gradients", depth: int = 50, seeds: int = 10) -> Figure:
    """Draw the size at each layer of plain and residual stacks, without and with normalisation.

    Parameters
    ----------
    quantity : {"gradients", "activations"}
    depth : int
    seeds : int
    """
    _check(quantity, depth, seeds)
    canvas = Canvas(COLUMN, 480)
    key(canvas, 12)
    canvas.text(COLUMN, 12, f"size of the {quantity}", "muted", size=SMALL, anchor="end")
    for norm, (top, base) in PANELS.items():
        canvas.text(0, top - 22, TITLES[norm], size=SMALL, anchor="start", bold=True)
        rows = {kind: _logs(quantity, kind.skip, norm, depth, seeds) for kind in KINDS}
        values = [value for found in rows.values() for row in found for value in row]
        low, high = floor(min(values)), ceil(max(values))
        step = ceil((high - low) / 5)
        low = high - step * ceil((high - low) / step)
        scale = (base - top) / (high - low)
        for power in range(low, high + 1, step):
            y = base - scale * (power - low)
            canvas.lines([[(LEFT, y), (RIGHT, y)]], "grid")
            words = f"10{str(power).translate(RAISED)}" if power else "1"
            canvas.text(LEFT - 8, y, words, "muted", size=SMALL, anchor="end")
        for tick in range(0, depth + 1, max(1, depth // 5)):
            canvas.text(_x(tick, depth), base + 18, str(tick), "muted", size=SMALL)
        for kind, found in rows.items():
            _band(canvas, kind, found, base + scale * low, scale)
    canvas.text((LEFT + RIGHT) / 2, PANELS[True][1] + 40, "layer", "muted", size=SMALL)
    return canvas.figure


def _x(layer: int, depth: int) -> float:
    return LEFT + 8 + (RIGHT - LEFT - 16) * layer / depth


def _band(canvas: Canvas, kind: Kind, rows: Rows, zero: float, scale: float) -> None:
    """Draw the mean over seeds as a line with marks, and all seeds as a band."""
    layers = list(zip(*rows, strict=True))
    xs = [_x(layer, len(layers) - 1) for layer in range(len(layers))]
    upper = [(x, zero - scale * max(at)) for x, at in zip(xs, layers, strict=True)]
    lower = [(x, zero - scale * min(at)) for x, at in zip(xs, layers, strict=True)]
    canvas.area([*upper, *reversed(lower)], kind.role, alpha=0.2)
    middle = [(x, zero - scale * sum(at) / len(at)) for x, at in zip(xs, layers, strict=True)]
    canvas.lines([middle], kind.role, width=2)
    for x, y in middle[:: max(1, len(middle) // 10)]:
        kind.mark(canvas, x, y)
