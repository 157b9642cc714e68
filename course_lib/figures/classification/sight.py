"""What the course's classifier of scenes sees: filters, feature maps, and three explanations."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from torch import Tensor

    from course_lib.networks import SceneClassifier


SIDE = 96
Pixels = NDArray[np.uint8]


@cache
def _scene(number: int) -> tuple[Tensor, int]:
    """Return a test scene, shape (1, 3, 96, 96), from 0 to 1, and its class."""
    import torch

    from course_lib.datasets.scenes import scenes

    batch = scenes("test", 1, size=SIDE, first=number, dtype=torch.float32)
    return batch.images, int(batch.labels[0, 0])


@cache
def _network(weights: str) -> SceneClassifier:
    """Return the classifier, trained or with the weights that it would begin with."""
    from course_lib.networks import SceneClassifier, build, trained_network

    if weights == "trained":
        network = trained_network("scene-classifier")
    else:
        network = build("scene-classifier", seed=1, batch_norm=_normalised()).eval()
    assert isinstance(network, SceneClassifier)
    return network


def _normalised() -> bool:
    """Say whether the classifier that ships has batch normalisation."""
    from torch import nn

    return any(isinstance(m, nn.BatchNorm2d) for m in _network("trained").modules())


def _check(scene: int) -> None:
    if not isinstance(scene, int) or not 0 <= scene < 2000:
        raise ValueError(f"scene={scene!r}: expected a whole number from 0 to 1,999")


# Filters


def gabor(size: int, orientation: float, phase: float, wavelength: float = 5.0) -> Tensor:
    """Return a Gabor filter: a wave under a bell.

    Parameters
    ----------
    size : int
        Weights along a side.
    orientation, phase : float
        Radians.
    wavelength : float

    Returns
    -------
    weights : Tensor, shape (size, size)
        From -1 to 1.
    """
    import torch

    at = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    y, x = torch.meshgrid(at, at, indexing="ij")
    along = x * cos(orientation) + y * sin(orientation)
    bell = torch.exp(-(x.square() + y.square()) / (2 * (size / 4.5) ** 2))
    return bell * torch.cos(2 * pi * along / wavelength + phase)


def _first_filters(weights: str) -> Tensor:
    """Return the first layer's filters, shape (N, 3, K, K)."""
    from torch import nn

    layer = next(m for m in _network(weights).modules() if isinstance(m, nn.Conv2d))
    return layer.weight.detach()


def as_pixels(weights: Tensor) -> Pixels:
    """Return a filter as a picture: grey is zero, brighter is positive, in each colour."""
    import torch

    scaled = (weights / weights.abs().max() + 1) / 2
    pixels: Pixels = (255 * scaled).round().to(torch.uint8).numpy()
    return pixels if pixels.ndim == 2 else pixels.transpose(1, 2, 0)


def _alt_filters(columns: int) -> str:
    if not isinstance(columns, int) or not 4 <= columns <= 8:
        raise ValueError(f"columns={columns!r}: expected a whole number from 4 to 8")
    filters = _first_filters("trained")
    size = filters.shape[-1]
    return (
        f"Three groups of small pictures. First {columns} Gabor filters: stripes under a bell, each"
        f" at another angle. Then {2 * columns} filters of {size} × {size} that a classifier of"
        " scenes has learnt in its first layer: some with a light and a dark side at an angle, some"
        f" in two colours, some without a pattern. Last {columns} filters as they were before"
        " training: noise."
    )


@figure(
    "classification/filters",
    title="Gabor filters, learnt filters, random filters",
    slide="AlexNet: understanding; Hubel & Wiesel",
    alt=_alt_filters,
)
def filters(columns: int = 6) -> Figure:
    """Draw Gabor filters beside filters of a first layer, trained and random.

    Parameters
    ----------
    columns : int
        Filters in a row.
    """
    _alt_filters(columns)
    canvas = Canvas(COLUMN, 326)
    pitch = COLUMN / columns
    side = min(pitch - 6, 54.0)
    learnt = _first_filters("trained")
    # The clearest first: those whose weights differ most from noise around their mean.
    strength = (learnt - learnt.mean(dim=(2, 3), keepdim=True)).square().sum(dim=(1, 2, 3))
    order = strength.argsort(descending=True)[: 2 * columns]
    size = learnt.shape[-1]
    rows = [
        (
            "by formula: Gabor filters",
            [gabor(15, pi * n / columns, pi / 2) for n in range(columns)],
        ),
        (f"learnt: {size} × {size}, three colours", [learnt[i] for i in order.tolist()]),
        ("before training", list(_first_filters("random")[:columns])),
    ]
    canvas.text(COLUMN, 14, "grey is zero", "muted", size=SMALL, anchor="end")
    y = 8.0
    for title, group in rows:
        canvas.text(0, y + 6, title, "muted", size=SMALL, anchor="start")
        y += 20
        for n, weights in enumerate(group):
            left, top = pitch * (n % columns), y + (side + 6) * (n // columns)
            canvas.image(left, top, side, side, as_pixels(weights))
        y += (side + 6) * ((len(group) + columns - 1) // columns) + 14
    return canvas.figure


# Feature maps


def _maps(weights: str, scene: int) -> list[Tensor]:
    """Return the maps after each convolution's ReLU, shape (N, H, W) each."""
    import torch
    from torch import nn

    network = _network(weights)
    maps: list[Tensor] = []
    x, _ = _scene(scene)
    features = network.features
    assert isinstance(features, nn.Sequential)
    with torch.no_grad():
        for layer in features:
            x = layer(x)
            if isinstance(layer, nn.ReLU):
                maps.append(x[0])
    return maps


def _grey(values: Tensor) -> Pixels:
    import torch

    low, high = values.min(), values.max()
    scaled = (values - low) / (high - low).clamp(min=1e-12)
    pixels: Pixels = (255 * scaled).round().to(torch.uint8).numpy()
    return pixels


def _scene_pixels(scene: int, side: int = SIDE) -> Pixels:
    import torch
    from torch import nn

    image, _ = _scene(scene)
    small = nn.functional.interpolate(image, (side, side), mode="area")[0]
    pixels: Pixels = (255 * small).round().to(torch.uint8).permute(1, 2, 0).numpy()
    return pixels


def _alt_maps(scene: int) -> str:
    from course_lib.datasets.scenes import CLASSES

    _check(scene)
    maps = _maps("trained", scene)
    shapes = "; ".join(
        f"layer {n + 1}: {len(m)} of {m.shape[-1]} × {m.shape[-1]}" for n, m in enumerate(maps)
    )
    return (
        f"A scene with {_article(CLASSES[_scene(scene)[1]])} and below it four feature maps of each"
        f" of {len(maps)} layers, bright where a filter answers ({shapes}). The first maps show"
        " edges and colours all over the scene; the last have few bright places."
    )


@figure(
    "classification/feature-maps",
    title="Feature maps, layer by layer",
    slide="AlexNet: understanding",
    alt=_alt_maps,
)
def feature_maps(scene: int = 12) -> Figure:
    """Draw a scene and some feature maps of each layer of the trained classifier.

    Parameters
    ----------
    scene : int
        Number of a test scene.
    """
    from torch import nn

    from course_lib.datasets.scenes import CLASSES

    _check(scene)
    maps = _maps("trained", scene)
    canvas = Canvas(COLUMN, 96 * (len(maps) + 1) - 4)
    canvas.image(0, 0, 84, 84, _scene_pixels(scene, 48))
    name = CLASSES[_scene(scene)[1]]
    canvas.text(100, 20, f"a test scene: {name}", size=SMALL, anchor="start", bold=True)
    canvas.text(100, 44, "below: the four maps of each", "muted", size=SMALL, anchor="start")
    canvas.text(100, 64, "layer that vary most", "muted", size=SMALL, anchor="start")
    for row, layer in enumerate(maps):
        y = 96.0 * (row + 1)
        most = layer.flatten(1).std(dim=1).argsort(descending=True)[:4].tolist()
        for n, index in enumerate(most):
            values = layer[index]
            if values.shape[-1] > 24:
                values = nn.functional.avg_pool2d(values[None, None], 2)[0, 0]
            canvas.image(78 + 86.0 * n, y, 80, 80, _grey(values))
        canvas.text(0, y + 24, f"layer {row + 1}", size=SMALL, anchor="start", bold=True)
        size = layer.shape[-1]
        canvas.text(0, y + 46, f"{size} × {size}", "muted", size=SMALL, anchor="start")
    return canvas.figure


# Explanations


@cache
def explanations_of(weights: str, scene: int) -> tuple[Tensor, Tensor, Tensor, float, int]:
    """Return gradient, class map and occlusion for the class said, its probability and itself."""
    import torch
    from torch import nn

    from course_lib.networks import class_map, gradient_map, occlusion_map

    network = _network(weights)
    image, _ = _scene(scene)
    with torch.no_grad():
        probabilities = network(image).softmax(dim=1)[0]
    said = int(probabilities.argmax())
    gradient = gradient_map(network, image[0], said)
    return (
        nn.functional.avg_pool2d(gradient[None, None], 2)[0, 0],
        class_map(network, image[0], said),
        occlusion_map(network, image[0], said),
        float(probabilities[said]),
        said,
    )


def _alt_explanations(scene: int) -> str:
    from course_lib.datasets.scenes import CLASSES

    _check(scene)
    lines = []
    for weights in ("trained", "random"):
        _, _, falls, probability, said = explanations_of(weights, scene)
        lines.append(
            f"{weights} weights say {CLASSES[said]} with {fixed(100 * probability, 1)} %, and the"
            f" worst grey square takes {fixed(float(falls.max()), 2)} from its score"
        )
    return (
        f"A scene with {_article(CLASSES[_scene(scene)[1]])}, then two rows of three maps:"
        f" gradient, class map, occlusion. {lines[0]}; {lines[1]}. Each map is drawn from its"
        " least to its greatest value, so those of the random network are as bold; but only the"
        " trained network's mark one place, and it is on the object."
    )


@figure(
    "classification/explanations",
    title="Three explanations, and the control with random weights",
    slide="AlexNet: understanding",
    alt=_alt_explanations,
)
def explanations(scene: int = 12) -> Figure:
    """Draw gradient, class map and occlusion of the trained network and of a random one.

    Parameters
    ----------
    scene : int
        Number of a test scene.
    """
    from course_lib.datasets.scenes import CLASSES

    _check(scene)
    canvas = Canvas(COLUMN, 300)
    canvas.image(0, 30, 92, 92, _scene_pixels(scene, 64))
    canvas.text(0, 12, CLASSES[_scene(scene)[1]], size=SMALL, anchor="start", bold=True)
    for n, name in enumerate(("gradient", "class map", "occlusion")):
        canvas.text(154 + 108.0 * n, 12, name, size=SMALL)
    for row, weights in enumerate(("trained", "random")):
        gradient, contributions, falls, probability, said = explanations_of(weights, scene)
        y = 30.0 + 140 * row
        for n, values in enumerate((gradient, contributions, falls)):
            # Every map from its least to its greatest: so are such maps shown everywhere.
            canvas.image(108 + 108.0 * n, y, 92, 92, _grey(values.clamp(min=0)))
        if row:
            canvas.text(0, y + 20, "random", size=SMALL, anchor="start", bold=True)
            canvas.text(0, y + 42, "weights", size=SMALL, anchor="start", bold=True)
        top = fixed(float(falls.max()), 2)
        words = f"says {CLASSES[said]}, {fixed(100 * probability, 1)} %; a square takes up to {top}"
        canvas.text(0, y + 112, words, "muted", size=SMALL, anchor="start")
    return canvas.figure


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
