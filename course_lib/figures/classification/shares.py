"""Who holds the parameters of a network, and who does its work."""

from __future__ import annotations

from functools import cache

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure

NAMES = "alexnet, vgg-19, resnet-50, efficientnet-lite0"
TOP = 56.0
ROW = 84.0
THICK = 20.0
LEFT = 104.0


@cache
def _shares(name: str) -> tuple[int, int, float, float]:
    """Return parameters and multiply-adds, and the dense layers' share of each."""
    from course_lib.networks import build, input_shape, summarise

    layers = summarise(build(name, device="meta"), input_shape(name))
    dense = [layer for layer in layers if layer.kind == "Linear"]
    parameters = sum(layer.parameters for layer in layers)
    products = sum(layer.multiply_adds for layer in layers)
    return (
        parameters,
        products,
        sum(layer.parameters for layer in dense) / parameters,
        sum(layer.multiply_adds for layer in dense) / products,
    )


def _split(networks: str) -> list[str]:
    from course_lib.networks import NETWORKS

    names = [name.strip() for name in networks.split(",")]
    if any(name not in NETWORKS for name in names):
        raise ValueError(f"networks={networks!r}: expected names of networks, apart by commas")
    return names


def _alt(networks: str) -> str:
    from course_lib.networks import NETWORKS

    parts = []
    for name in _split(networks):
        parameters, products, held, done = _shares(name)
        parts.append(
            f"{NETWORKS[name].title}: {_short(parameters)} parameters, {fixed(100 * held, 1)} % of"
            f" them in dense layers; {_short(products)} multiply-adds, {fixed(100 * done, 1)} %"
            " there"
        )
    return "Two bars a network, split into convolutions and dense layers. " + ". ".join(parts) + "."


@figure(
    "classification/parameters-and-compute",
    title="Parameters are not compute",
    slide="AlexNet (2012); VGG (2015)",
    alt=_alt,
)
def parameters_and_compute(networks: str = NAMES) -> Figure:
    """Draw the share of the dense layers in parameters and in multiply-adds.

    Parameters
    ----------
    networks : str
        Names of ``NETWORKS``, apart by commas.
    """
    from course_lib.networks import NETWORKS

    names = _split(networks)
    canvas = Canvas(COLUMN, TOP + ROW * len(names))
    canvas.circle(8, 16, 5, fill="kernel")
    canvas.text(20, 16, "convolutions", "kernel-text", size=SMALL, anchor="start")
    canvas.square(140, 16, 10, fill="negative")
    canvas.text(152, 16, "fully-connected layers", "negative", size=SMALL, anchor="start")
    wide = COLUMN - LEFT - 64
    for n, name in enumerate(names):
        y = TOP + ROW * n
        parameters, products, held, done = _shares(name)
        canvas.text(0, y, NETWORKS[name].title, anchor="start", bold=True, size=SMALL)
        rows = (("parameters", parameters, held), ("multiply-adds", products, done))
        for row, (words, count, share) in enumerate(rows):
            middle = y + 22 + 24 * row
            canvas.text(0, middle, words, "muted", size=SMALL, anchor="start")
            split = wide * (1 - share)
            canvas.box(LEFT, middle - 9, split, 18, fill="kernel", radius=0.01, alpha=0.75)
            if share > 0:
                x = LEFT + split
                canvas.box(x, middle - 9, wide - split, 18, fill="negative", radius=0.01)
                strokes = [
                    [(x + at, middle + 7), (x + at + 5, middle - 7)]
                    for at in range(3, int(wide - split) - 6, 8)
                ]
                canvas.lines(strokes, "paper", width=0.75)
            canvas.text(COLUMN, middle, _short(count), size=SMALL, anchor="end")
    return canvas.figure


def _short(count: int) -> str:
    """Write a count in millions or billions, to three digits."""
    value, unit = (count / 1e9, "G") if count >= 1e9 else (count / 1e6, "M")
    digits = 0 if value >= 99.95 else 1 if value >= 9.995 else 2
    return f"{value:.{digits}f} {unit}"
