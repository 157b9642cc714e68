"""Three ways to make a pooled image large again: duplicate, max-unpool, interpolate."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, Canvas
from course_lib.figures.convolution_2d.grids import spelt
from course_lib.figures.registry import figure
from course_lib.figures.resampling.grids import (
    PITCH,
    TOP,
    Rows,
    check_image,
    inputs,
    label,
    outputs,
)

IMAGE = ((1, 3, 5, 3), (6, 2, 0, 8), (1, 4, 6, 2), (2, 9, 3, 7))
SIZE = 4


def _ways(image: Rows) -> tuple[list[list[int]], dict[str, list[list[float]]]]:
    """Return where the largest values stood, and each image by its name."""
    import torch

    from course_lib.convolution import (
        duplicate2d,
        interpolate_bilinear,
        max_pool2d,
        max_unpool2d,
    )

    check_image(image, (SIZE,))
    x = torch.tensor(image, dtype=torch.float64)[None, None]
    pooled = max_pool2d(x, 2)
    made = {
        "small": pooled.values,
        "duplicate": duplicate2d(pooled.values),
        "unpooling": max_unpool2d(pooled.values, pooled.positions, 2),
        "bilinear": interpolate_bilinear(pooled.values, SIZE),
    }
    flat: list[int] = pooled.positions.flatten().tolist()
    places = [list(divmod(place, SIZE)) for place in flat]
    return places, {name: image[0, 0].tolist() for name, image in made.items()}


def _rounded(rows: Rows) -> list[list[float]]:
    return [[round(value, 1) for value in row] for row in rows]


def _alt(way: str, how: str, image: Rows) -> str:
    _, made = _ways(image)
    return (
        f"Four by four values, {spelt(image)}; the largest of each window of two by two, "
        f"{spelt(made['small'])}; and four by four outputs made of these: "
        f"{spelt(_rounded(made[way]))}. {how}"
    )


def _draw(way: str, image: Rows) -> Figure:
    places, made = _ways(image)
    wide = PITCH * SIZE
    canvas = Canvas(COLUMN, TOP + wide)
    centre = (COLUMN - PITCH * 2) / 2
    side = COLUMN - wide
    label(canvas, 0, "{input:x}")
    label(canvas, centre, "max pooled")
    label(canvas, side, "{output:z}")
    middle = TOP + wide / 2
    cuts = [[(wide / 2, TOP), (wide / 2, TOP + wide)], [(0, middle), (wide, middle)]]
    canvas.lines([[(float(x), float(y)) for x, y in cut] for cut in cuts], "kernel", alpha=0.6)
    inputs(canvas, image, 0, TOP, lambda r, c: [r, c] in places)
    canvas.arrow((wide + 3, middle), (centre - 3, middle))
    inputs(canvas, made["small"], centre, middle - PITCH)
    canvas.arrow((centre + 2 * PITCH + 3, middle), (side - 3, middle))
    outputs(canvas, _rounded(made[way]), side, TOP)
    return canvas.figure


def _duplicate_alt(image: Rows) -> str:
    return _alt("duplicate", "Each of the 4 pooled values fills a square of two by two.", image)


@figure(
    "resampling/duplicate",
    title="Upsampling: duplicate",
    slide="Upsampling",
    alt=_duplicate_alt,
)
def duplicate(image: Rows = IMAGE) -> Figure:
    """Draw an image, its pooled values, and each of them four times.

    Parameters
    ----------
    image : rows of numbers, 4 of as many
    """
    return _draw("duplicate", image)


def _unpooling_alt(image: Rows) -> str:
    how = "Each of the 4 pooled values is back where it came from; the other 12 outputs are 0."
    return _alt("unpooling", how, image)


@figure(
    "resampling/max-unpooling",
    title="Upsampling: max-unpooling",
    slide="Upsampling",
    alt=_unpooling_alt,
)
def max_unpooling(image: Rows = IMAGE) -> Figure:
    """Draw an image, its pooled values, and each of them back at its place.

    Parameters
    ----------
    image : rows of numbers, 4 of as many
    """
    return _draw("unpooling", image)


def _bilinear_alt(image: Rows) -> str:
    how = "Between the 4 pooled values the outputs change little by little; rounded to one decimal."
    return _alt("bilinear", how, image)


@figure(
    "resampling/bilinear",
    title="Upsampling: bilinear interpolation",
    slide="Upsampling",
    alt=_bilinear_alt,
)
def bilinear(image: Rows = IMAGE) -> Figure:
    """Draw an image, its pooled values, and what lies between them.

    Parameters
    ----------
    image : rows of numbers, 4 of as many
    """
    return _draw("bilinear", image)
