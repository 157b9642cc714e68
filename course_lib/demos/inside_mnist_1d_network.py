"""What torch makes of the signal of `InsideMNIST1D`: every unit's value, and gradients."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from course_lib.demos.mnist1d_page import page_network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor, nn

NETWORKS = {"flatten": "mnist-1d-convolutional", "pool": "mnist-1d-pooled"}
"""The demo's name of each network, by what follows its convolutions, and the package's."""

SHIFTS = tuple(range(-10, 11))
PLACES = tuple(range(54))


@lru_cache(maxsize=2)
def network(name: str) -> nn.Sequential:
    """Return one of `NETWORKS` with the page's weights, of 8 bits, in double precision."""
    return page_network(NETWORKS[name]).double()


def layer_shapes(name: str) -> list[tuple[int, int]]:
    """Return channels and positions of the five layers: three convolutions, the rest, the scores.

    The fourth is the flattened one, which has the third one's units, or the mean over positions.
    """
    return [(15, 19), (15, 9), (15, 4), (15, 4 if name == "flatten" else 1), (10, 1)]


def look(name: str, x: Tensor, unit: Sequence[int]) -> tuple[float, list[float]]:
    """Return a unit's value and its gradient.

    Parameters
    ----------
    name : {"flatten", "pool"}
    x : Tensor, shape (40,), float64
    unit : (int, int, int)
        Layer from 1 to 5, channel and position from 0.

    Returns
    -------
    value : float
        After the ReLU, where one follows.
    gradient : list of float, length 40
        By the input: of the sum before the ReLU in a convolution, else of the value.
    """
    import torch

    layer, channel, position = unit
    x = x.detach().clone().requires_grad_()
    found = _layers(network(name), x[None, None])[layer - 1]
    target = found.reshape(layer_shapes(name)[layer - 1])[channel, position]
    (gradient,) = torch.autograd.grad(target, x)
    value = target.relu() if layer <= 3 else target
    return value.item(), gradient.tolist()


def _layers(sequence: nn.Sequential, x: Tensor) -> list[Tensor]:
    """Return the five layers' values: of the convolutions, before their ReLU."""
    from torch import nn

    found: list[Tensor] = []
    for module in sequence:
        x = module(x)
        # Of the mean and the flattening that follows it, one is enough.
        pooled = isinstance(module, nn.AdaptiveAvgPool1d)
        flattened = isinstance(module, nn.Flatten) and len(found) == 3
        if isinstance(module, nn.Conv1d | nn.Linear) or pooled or flattened:
            found.append(x)
    return found


@lru_cache(maxsize=1)
def errors() -> dict[str, dict[str, list[float]]]:
    """Return both networks' errors over the 1,000 test examples, as the page computes them.

    Returns
    -------
    errors : dict
        ``shift``: at each of `SHIFTS` of the finished example; ``place``: with every template at
        each of `PLACES`, all else as it was. In each, a list for each network, in [0, 1].
    """
    import numpy as np
    import torch

    from course_lib.datasets import load_mnist1d, shift_samples

    data = load_mnist1d()
    moved = {
        "shift": [shift_samples(data.x_test, shift).double() for shift in SHIFTS],
        "place": [torch.tensor(np.stack(_placed(place))) for place in PLACES],
    }
    with torch.no_grad():
        return {
            kind: {
                name: [
                    (network(name)(x[:, None]).argmax(1) != data.y_test).double().mean().item()
                    for x in examples
                ]
                for name in NETWORKS
            }
            for kind, examples in moved.items()
        }


def _placed(place: int) -> list[NDArray[np.float64]]:
    from dataclasses import replace

    from course_lib.datasets import published_draw, standardise, templates, transform

    rows = templates()
    drawn = [published_draw(index) for index in range(4000, 5000)]
    return [
        standardise(transform(rows[label], replace(draws, shift=place))) for label, draws in drawn
    ]
