"""How the receptive fields of well-known networks grow, layer by layer."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.convolution import (
    alexnet_layers,
    graph_receptive_fields,
    receptive_fields,
    resnet50_graph,
    vgg16_layers,
)
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

LEFT, RIGHT = 40.0, 404.0
TOP, BASE = 40.0, 328.0
TICK = 100


def _growth() -> dict[str, list[int]]:
    """Return each network's field after each layer, ResNet-50's after each block."""
    fields = graph_receptive_fields(resnet50_graph("1x1"))
    blocks = [name for name in fields if name in ("conv1", "pool1") or _is_block(name)]
    return {
        "AlexNet": [field.size for field in receptive_fields(alexnet_layers().values())],
        "VGG-16": [field.size for field in receptive_fields(vgg16_layers().values())],
        "ResNet-50": [fields[name].size for name in blocks],
    }


def _is_block(name: str) -> bool:
    return name.startswith("block") and name.count(".") == 1


def _alt(image: int) -> str:
    said = "; ".join(
        f"{name} begins at {sizes[0]} and reaches {sizes[-1]} after {len(sizes)} "
        f"{'steps' if name == 'ResNet-50' else 'layers'}"
        for name, sizes in _growth().items()
    )
    return (
        f"Size of the receptive field, in pixels along one axis, against the layer: {said}. A "
        f"dashed line marks the image's {image} pixels: only the curves above it see all of it."
    )


@figure(
    "receptive-fields/networks",
    title="Receptive fields of three networks",
    slide="Receptive fields",
    alt=_alt,
)
def networks(image: int = 224) -> Figure:
    """Draw the receptive field of AlexNet, VGG-16 and ResNet-50 against the layer.

    Parameters
    ----------
    image : int
        Pixels of the image along one axis, from 1 to 500.
    """
    if not 1 <= image <= 500:
        raise ValueError(f"image={image}: expected from 1 to 500")
    growth = _growth()
    canvas = Canvas(COLUMN, BASE + 64)
    longest = max(len(sizes) for sizes in growth.values())
    highest = max(max(sizes) for sizes in growth.values())

    def x(layer: int) -> float:
        return LEFT + (RIGHT - LEFT) * layer / longest

    def y(size: float) -> float:
        return BASE - (BASE - TOP) * size / highest

    for tick in range(0, highest + 1, TICK):
        canvas.lines([[(LEFT, y(tick)), (RIGHT, y(tick))]], "grid")
        canvas.text(LEFT - 8, y(tick), str(tick), "muted", size=SMALL, anchor="end")
    canvas.lines([[(LEFT, y(image)), (RIGHT, y(image))]], "input", dashed=True)
    canvas.text(LEFT + 8, y(image) - 12, f"image: {image}", "input", size=SMALL, anchor="start")
    roles = {"AlexNet": "kernel", "VGG-16": "negative", "ResNet-50": "output"}
    for name, sizes in growth.items():
        role = roles[name]
        points = [(x(layer), y(size)) for layer, size in enumerate(sizes, start=1)]
        canvas.lines([[(x(0), y(1)), *points]], role, width=1.75)
        for px, py in points:
            if name == "ResNet-50":
                canvas.square(px, py, 7, fill=role)
            elif name == "VGG-16":
                canvas.circle(px, py, 4, fill="paper", edge=role)
            else:
                canvas.circle(px, py, 4, fill=role)
        _name(canvas, name, sizes[-1], points[-1], role)
    canvas.text((LEFT + RIGHT) / 2, BASE + 24, "layer (ResNet-50: block)", "muted", size=SMALL)
    canvas.text(0, 12, "receptive field, in pixels along one axis", size=SMALL, anchor="start")
    return canvas.figure


def _name(canvas: Canvas, name: str, size: int, end: tuple[float, float], role: str) -> None:
    """Write a network's name and last field beside the end of its curve."""
    words = f"{name} {size}"
    text = "kernel-text" if role == "kernel" else role
    if name == "VGG-16":
        canvas.text(end[0], end[1] + 80, words, text, size=SMALL, anchor="end")
    else:
        canvas.text(end[0] - 12, end[1], words, text, size=SMALL, anchor="end")
