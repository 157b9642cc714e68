"""The first values of weights and biases, drawn from a generator that the caller names."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import nn
from torch.nn.modules.conv import _ConvNd

Layer = _ConvNd | nn.Linear
"""What holds weights and biases; a transposed convolution is a `_ConvNd` too."""


def torch_default(layer: Layer, generator: torch.Generator | None = None) -> None:
    r"""Draw weights and biases uniformly from :math:`\pm 1/\sqrt{D}`, as a new layer of torch has.

    :math:`D` is the number of values that one output reads ("fan-in").
    """
    fan_in, _ = nn.init._calculate_fan_in_and_fan_out(layer.weight)
    bound = 1 / math.sqrt(fan_in)
    # Torch's own call, so that equal seeds give bit for bit equal weights.
    nn.init.kaiming_uniform_(layer.weight, a=math.sqrt(5), generator=generator)
    if layer.bias is not None:
        nn.init.uniform_(layer.bias, -bound, bound, generator=generator)


def he(layer: Layer, generator: torch.Generator | None = None) -> None:
    r"""Draw weights uniformly with variance :math:`2/D`, and set biases to zero.

    The variance keeps the size of signals from layer to layer when every layer is followed by a
    ReLU, which loses half of it (He et al. 2015; Prince, *Understanding Deep Learning*,
    section 7.5).
    """
    nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu", generator=generator)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)


def he_where_dense(layer: Layer, generator: torch.Generator | None = None) -> None:
    """Take `he` for fully-connected layers and `torch_default` for convolutions.

    It is what the book's notebook 10.2 does, whose function looks for ``nn.Linear`` alone.
    """
    draw = he if isinstance(layer, nn.Linear) else torch_default
    draw(layer, generator)


INITIALISATIONS: dict[str, Callable[[Layer, torch.Generator | None], None]] = {
    "torch": torch_default,
    "he": he,
    "notebook-10.2": he_where_dense,
}


@torch.no_grad()
def initialise(
    network: nn.Module, initialisation: str = "he", generator: torch.Generator | None = None
) -> None:
    """Draw the weights and biases of every convolution and fully-connected layer anew, in place.

    Parameters
    ----------
    network : Module
        Its other parameters (those of batch normalisation) stay as they are.
    initialisation : str
        One of ``INITIALISATIONS``.
    generator : torch.Generator, optional
        Where the numbers come from; without one, torch's global generator, as in every layer of
        torch. On the ``meta`` device there are no values, and nothing is drawn.

    Raises
    ------
    ValueError
        If there is no such initialisation.
    """
    if initialisation not in INITIALISATIONS:
        raise ValueError(
            f"initialisation={initialisation!r}: expected one of {', '.join(INITIALISATIONS)}"
        )
    for layer in network.modules():
        if isinstance(layer, _ConvNd | nn.Linear) and not layer.weight.is_meta:
            INITIALISATIONS[initialisation](layer, generator)
