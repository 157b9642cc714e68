"""Layers for many networks at once: every parameter has an axis of seeds in front.

The examples stand on the last axis, so that the convolution is K strided views, stacked, and one
matrix product a seed, and every run of numbers in memory is a batch long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

Shape = tuple[int, ...]


class NotTogetherError(ValueError):
    """A network that can be trained, but only alone."""


@dataclass(frozen=True)
class Linear:
    """A fully-connected layer."""

    bias: bool
    """Whether it has biases; a Linear layer's parameters are (S, D_out, D_in) and (S, D_out)."""

    @property
    def parameter_count(self) -> int:
        """Number of parameter tensors."""
        return 1 + self.bias

    def __call__(self, h: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
        """Return the layer's values, (S, D_out, N), for `h` of shape (S, D_in, N)."""
        z = torch.bmm(weight, h)
        return z if bias is None else z + bias[:, :, None]


@dataclass(frozen=True)
class Convolution:
    """A convolution in one dimension, with zeros beyond the ends."""

    stride: int
    dilation: int
    padding: tuple[int, int]
    """Zeros on the left and on the right."""
    bias: bool

    @property
    def parameter_count(self) -> int:
        """Number of parameter tensors."""
        return 1 + self.bias

    def __call__(self, h: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
        """Return the layer's values.

        Parameters
        ----------
        h : Tensor, shape (S, C_in, L, N)
        weight : Tensor, shape (S, C_out, C_in, K)
        bias : Tensor, shape (S, C_out), optional

        Returns
        -------
        z : Tensor, shape (S, C_out, L_out, N)
        """
        seeds, _, _, examples = h.shape
        kernel_size = weight.shape[-1]
        if any(self.padding):
            h = functional.pad(h, (0, 0, *self.padding))
        reach = h.shape[2] - self.dilation * (kernel_size - 1)  # where the first tap may stand
        taps = [
            h[:, :, start : start + reach : self.stride]
            for start in range(0, self.dilation * kernel_size, self.dilation)
        ]
        windows = torch.stack(taps, dim=2)  # (S, C_in, K, L_out, N)
        positions = windows.shape[3]
        columns = windows.reshape(seeds, -1, positions * examples)  # (S, C_in K, L_out N)
        z = torch.bmm(weight.flatten(2), columns)
        if bias is not None:
            z = z + bias[:, :, None]
        return z.reshape(seeds, -1, positions, examples)


@dataclass(frozen=True)
class ReLU:
    """The rectified linear unit."""

    parameter_count = 0

    def __call__(self, h: Tensor) -> Tensor:
        """Return the positive part."""
        return h.relu()


@dataclass(frozen=True)
class Flatten:
    """All features in one row, channel by channel."""

    parameter_count = 0

    def __call__(self, h: Tensor) -> Tensor:
        """Return (S, C L, N) for `h` of shape (S, C, L, N)."""
        return h.flatten(1, -2)


@dataclass(frozen=True)
class MeanPool:
    """The mean over all positions, of which one is left."""

    parameter_count = 0

    def __call__(self, h: Tensor) -> Tensor:
        """Return (S, C, 1, N) for `h` of shape (S, C, L, N)."""
        return h.mean(dim=2, keepdim=True)


Layer = Linear | Convolution | ReLU | Flatten | MeanPool
Layers = tuple[Layer, ...]


def forward(layers: Layers, parameters: Sequence[Tensor], x: Tensor) -> Tensor:
    """Return the outputs of all networks.

    Parameters
    ----------
    layers : tuple of Layer
    parameters : sequence of Tensor, each of shape (S, ...)
        In the order of ``network.parameters()``.
    x : Tensor, shape (S, ..., N)
        The examples of each network, on the last axis.

    Returns
    -------
    z : Tensor, shape (S, ..., N)
    """
    h, first = x, 0
    for layer in layers:
        last = first + layer.parameter_count
        h = layer(h, *parameters[first:last])
        first = last
    return h


def read_layers(network: nn.Module, input_shape: Shape) -> Layers:
    """Return the layers of a network, so that many like it can be computed at once.

    Parameters
    ----------
    network : Sequential
        Of ``Linear``, ``Conv1d`` (without groups; padding with zeros), ``ReLU``, ``Flatten`` and
        ``AdaptiveAvgPool1d(1)``.
    input_shape : tuple of int
        Shape of one example, (C, L) or (D,).

    Returns
    -------
    layers : tuple of Layer

    Raises
    ------
    TypeError
        If the network is no ``Sequential``, or a layer is of another kind.
    ValueError
        If a layer has a setting that is not supported, does not fit what comes before it, has
        frozen weights or shares them with another.
    """
    if not isinstance(network, nn.Sequential):
        raise TypeError(f"network is a {type(network).__name__}: expected an nn.Sequential")
    shape, layers, seen = tuple(input_shape), [], set[nn.Parameter]()
    for i, module in enumerate(network):
        where = f"layer {i} of the network, {module}"
        layer = _read(module, where)
        shape = _shape_after(module, shape, where)
        parameters = list(module.parameters())
        if not all(p.requires_grad for p in parameters):
            raise NotTogetherError(f"{where}: is frozen, expected weights that learn; {_ALONE}")
        if seen.intersection(parameters):
            raise NotTogetherError(f"{where}: shares its weights, expected its own; {_ALONE}")
        seen.update(parameters)
        layers.append(layer)
    if not any(layer.parameter_count for layer in layers):
        raise ValueError("network has no parameters: expected something to train")
    return tuple(layers)


_ALONE = "train() takes every network"


def _read(module: nn.Module, where: str) -> Layer:
    match module:
        case nn.Linear():
            return Linear(module.bias is not None)
        case nn.Conv1d():
            if module.groups != 1 or module.padding_mode != "zeros":
                raise NotTogetherError(
                    f"{where}: expected groups=1 and padding_mode='zeros'; {_ALONE}"
                )
            return Convolution(
                module.stride[0], module.dilation[0], _padding(module), module.bias is not None
            )
        case nn.ReLU():
            return ReLU()
        case nn.Flatten():
            if (module.start_dim, module.end_dim) != (1, -1):
                raise NotTogetherError(f"{where}: expected start_dim=1 and end_dim=-1; {_ALONE}")
            return Flatten()
        case nn.AdaptiveAvgPool1d():
            if module.output_size not in (1, (1,)):
                raise NotTogetherError(
                    f"{where}: expected output_size=1, the mean over all positions; {_ALONE}"
                )
            return MeanPool()
        case _:
            raise TypeError(
                f"{where}: expected Linear, Conv1d, ReLU, Flatten or AdaptiveAvgPool1d(1); {_ALONE}"
            )


def _padding(module: nn.Conv1d) -> tuple[int, int]:
    if module.padding == "valid":
        return 0, 0
    if module.padding == "same":
        total = module.dilation[0] * (module.kernel_size[0] - 1)
        return total // 2, total - total // 2
    amount = int(module.padding[0])
    return amount, amount


def _shape_after(module: nn.Module, shape: Shape, where: str) -> Shape:
    """Return the shape of one example behind a layer; torch itself is asked, without values."""
    rank = {nn.Linear: 1, nn.Conv1d: 2, nn.AdaptiveAvgPool1d: 2}.get(type(module))
    if rank not in (None, len(shape)):
        raise ValueError(f"{where}: expected examples with {rank} axes, got the shape {shape}")
    parameter = next(module.parameters(), None)
    x = torch.empty(1, *shape, dtype=None if parameter is None else parameter.dtype, device="meta")
    meta = {name: p.to("meta") for name, p in module.named_parameters()}
    try:
        z = torch.func.functional_call(module, meta, x)
    except RuntimeError as error:
        raise ValueError(f"{where}: does not take examples of shape {shape}: {error}") from error
    return tuple(z.shape[1:])
