"""Weights in a few bits each: at 8, a quarter of float32's size and nearly the same network."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

FEWEST, MOST = 2, 8
"""Bits that a weight may have."""


@dataclass(frozen=True, eq=False)
class QuantisedLayer:
    """The parameters of one layer.

    Attributes
    ----------
    codes : Tensor, shape (C_out, ...), int8
        Each weight in units of its row's step.
    steps : Tensor, shape (C_out,), float32
        One for each output.
    bias : Tensor, shape (C_out,), float32
        As it was.
    """

    codes: Tensor
    steps: Tensor
    bias: Tensor

    @property
    def weight(self) -> Tensor:
        """The weights that the codes stand for, shape (C_out, ...), float32."""
        shape = (-1, *[1] * (self.codes.ndim - 1))
        return (self.codes.double() * self.steps.double().reshape(shape)).float()


def quantise_layer(layer: nn.Conv1d | nn.Linear, bits: int = MOST) -> QuantisedLayer:
    """Return a layer's parameters with each row's largest weight at the largest whole number.

    With 8 bits that is 127; −128 stays unused, so that 0 is in the middle.

    Parameters
    ----------
    layer : Conv1d or Linear
        With biases.
    bits : int, 2 to 8
        Of each weight.

    Raises
    ------
    ValueError
        If the layer has no biases, or the bits are too few or too many.
    """
    if bits not in range(FEWEST, MOST + 1):
        raise ValueError(f"bits={bits!r}: expected {FEWEST} to {MOST}")
    if layer.bias is None:
        raise ValueError(f"layer={layer!r}: expected one with biases")
    weight = layer.weight.detach()
    steps = weight.abs().flatten(1).amax(1) / (2 ** (bits - 1) - 1)
    # A row of zeros has no step of its own; any will do.
    steps = torch.where(steps > 0, steps, torch.ones_like(steps))
    codes = (weight / steps.reshape(-1, *[1] * (weight.ndim - 1))).round().to(torch.int8)
    return QuantisedLayer(codes, steps, layer.bias.detach().clone())


@torch.no_grad()
def quantise_weights(network: nn.Module, bits: int = MOST) -> None:
    """Replace the weights of a network's layers by the nearest that so many bits can say.

    Parameters
    ----------
    network : Module
        Changed in place; its biases are kept, as is its dtype.
    bits : int, 2 to 8
    """
    for layer in network.modules():
        if isinstance(layer, nn.Conv1d | nn.Linear):
            layer.weight.copy_(quantise_layer(layer, bits).weight)
