"""The shapes, parameters and products of a U-Net, read off torch, level by level."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from course_lib.figures.down_and_up import Level, Shape

PADDINGS = ("valid", "zeros")


@dataclass(frozen=True)
class UNetShapes:
    """What the figures of this chapter need to know of a U-Net with five levels."""

    levels: tuple[Level, ...]
    copied: tuple[Shape, ...]
    """What is left of each map of the way down, where it is cropped."""
    bottom: Shape
    output: Shape
    parameters: int
    costs: tuple[tuple[int, int], ...]
    """Parameters and multiply-adds of each level, both its ways together; the bottom last."""


@cache
def unet_shapes(size: int, classes: int, padding: str) -> UNetShapes:
    """Return the shapes of a U-Net.

    Raises
    ------
    ValueError
        If the network does not take such an image, or a setting is impossible.
    """
    from course_lib.networks import build, summarise

    if not 2 <= classes <= 1000:
        raise ValueError(f"classes={classes}: expected from 2 to 1000")
    if padding not in PADDINGS:
        raise ValueError(f"padding={padding!r}: expected one of {', '.join(PADDINGS)}")
    network = build("u-net", device="meta", classes=classes, padding=padding)
    try:
        layers = summarise(network, (1, size, size))
    except ValueError as error:
        raise ValueError(f"size={size}: {error}") from None
    last: dict[str, Shape] = {}
    parameters: Counter[str] = Counter()
    products: Counter[str] = Counter()
    for layer in layers:
        parts = layer.name.split(".")
        place = ".".join(parts[:2]) if parts[0] in ("down", "up") else parts[0]
        last[place] = layer.output_shape
        # The output's one convolution stands at the first level.
        level = {"bottom": "bottom", "output": "0"}.get(
            parts[0], parts[-1] if len(parts) < 2 else parts[1]
        )
        parameters[level] += layer.parameters
        products[level] += layer.multiply_adds
    count = sum(name.startswith("down.") for name in last)
    copied = {layer.name: layer.output_shape for layer in layers if layer.kind == "CropLike"}
    order = [*map(str, range(count)), "bottom"]
    return UNetShapes(
        levels=tuple(Level(last[f"down.{n}"], last[f"up.{n}"]) for n in range(count)),
        copied=tuple(copied[f"up.{n}.crop"] for n in range(count)),
        bottom=last["bottom"],
        output=last["output"],
        parameters=sum(parameters.values()),
        costs=tuple((parameters[level], products[level]) for level in order),
    )
