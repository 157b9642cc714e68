"""The layers of a network one by one: shape, parameters, multiply-adds, activations and reach.

Nothing is computed but shapes: the network runs once on torch's ``meta`` device, where tensors
have no values, so that VGG-19 takes no longer than LeNet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from typing import Any

import torch
from torch import nn
from torch.nn.modules.conv import _ConvNd, _ConvTransposeNd

from course_lib.networks.layers import Add, Concatenate
from course_lib.networks.reach import Reach, Shape, reach_above, reach_of_input


@dataclass(frozen=True)
class LayerSummary:
    """What one layer is and costs, for one example.

    Parameters
    ----------
    name : str
        Where it stands in the network, such as ``features.3``.
    kind : str
        Its class, such as ``Conv2d``.
    output_shape : tuple of int
        Without the axis of examples: (C, H, W) after a convolution of images.
    parameters : int
        Weights and biases, and what a normalisation learns.
    multiply_adds : int
        Products that a convolution or a fully-connected layer adds up; all else counts as nothing,
        biases too.
    activations : int
        Values of its output.
    receptive_field : tuple of int, or None
        Inputs from the first to the last that a unit reads, one number an axis, the padding
        included; None where it is not known.
    """

    name: str
    kind: str
    output_shape: Shape
    parameters: int
    multiply_adds: int
    activations: int
    receptive_field: Shape | None


def summarise(network: nn.Module, input_shape: Sequence[int]) -> list[LayerSummary]:
    """Return the layers of a network in the order in which an example passes them.

    A layer is a module without modules in it. The network itself is left as it was, on whatever
    device it lies.

    Parameters
    ----------
    network : Module
        Such as ``build("vgg-19", device="meta")``.
    input_shape : sequence of int
        Shape of one example, without the axis of examples: (C, H, W), (C, L) or (D,).

    Returns
    -------
    layers : list of LayerSummary

    Raises
    ------
    ValueError
        If the shape is not one of positive numbers, or not one that the network takes.
    """
    shape = tuple(input_shape)
    if not shape or any(isinstance(n, bool) or not isinstance(n, int) or n < 1 for n in shape):
        raise ValueError(
            f"input_shape={input_shape!r}: expected whole numbers of at least 1, "
            "such as (3, 224, 224)"
        )
    names = {module: name for name, module in network.named_modules()}
    layers: dict[nn.Module, LayerSummary] = {}
    x = torch.empty(1, *shape, device="meta")
    reaches: dict[int, Reach | None] = {id(x): reach_of_input(shape)}
    # Tensors are known by their identity, so none may be freed while the network runs.
    alive: list[Any] = [x]

    def record(layer: nn.Module, inputs: tuple[Any, ...], output: Any) -> None:
        result = output[0] if isinstance(output, tuple) else output  # a pooling and its positions
        # The positions that an unpooling takes are not values that it reads.
        read = inputs if isinstance(layer, Add | Concatenate) else inputs[:1]
        below = [reaches.get(id(tensor)) for tensor in read]
        out_shape = tuple(result.shape[1:])
        known = [reach for reach in below if reach is not None]
        reach = reach_above(layer, known, out_shape) if len(known) == len(below) else None
        reaches[id(result)] = reach
        alive.append((inputs, output))
        again = layer in layers
        products = multiply_adds(layer, tuple(inputs[0].shape[1:]), out_shape)
        layers[layer] = LayerSummary(
            name=names[layer],
            kind=type(layer).__name__,
            output_shape=out_shape,
            parameters=sum(p.numel() for p in layer.parameters(recurse=False)),
            multiply_adds=products + (layers[layer].multiply_adds if again else 0),
            activations=prod(out_shape) + (layers[layer].activations if again else 0),
            receptive_field=None if reach is None else reach.sizes,
        )

    with _hooked(network, record), _evaluating(network), torch.no_grad():
        values = {**dict(network.named_parameters()), **dict(network.named_buffers())}
        on_meta = {name: torch.empty_like(v, device="meta") for name, v in values.items()}
        torch.func.functional_call(network, on_meta, (x,))
    return list(layers.values())


def multiply_adds(layer: nn.Module, in_shape: Shape, out_shape: Shape) -> int:
    r"""Return how many products a layer adds up for one example; biases are not counted.

    A convolution has :math:`K \cdots K \cdot C_i/G` for each of its outputs; transposed, the same
    with :math:`C_o/G` for each of its inputs. All else than convolutions and fully-connected layers
    counts as nothing: sums, poolings, normalisations.

    Parameters
    ----------
    layer : Module
    in_shape, out_shape : tuple of int
        Shapes of its input and output without the axis of examples.

    Returns
    -------
    count : int
    """
    if isinstance(layer, _ConvTransposeNd):
        return prod(in_shape) * prod(layer.weight.shape[1:])
    if isinstance(layer, _ConvNd):
        return prod(out_shape) * prod(layer.weight.shape[1:])
    if isinstance(layer, nn.Linear):
        return prod(out_shape) * layer.in_features
    return 0


def parameter_total(network: nn.Module) -> int:
    """Return how many parameters a network has."""
    return sum(parameter.numel() for parameter in network.parameters())


def summary_table(layers: Iterable[LayerSummary]) -> str:
    """Return the layers as a table of text, with the totals below it.

    Parameters
    ----------
    layers : iterable of LayerSummary

    Returns
    -------
    table : str
    """
    layers = list(layers)
    head = ("layer", "kind", "output", "parameters", "multiply-adds", "activations", "reads")
    rows = [head, *(_cells(layer) for layer in layers)]
    totals = [
        sum(getattr(layer, key) for layer in layers)
        for key in ("parameters", "multiply_adds", "activations")
    ]
    rows.append(("total", "", "", *(f"{total:,}" for total in totals), ""))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    rule = "-" * max(len(line) for line in lines)
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])


def _cells(layer: LayerSummary) -> tuple[str, ...]:
    field = layer.receptive_field
    return (
        layer.name,
        layer.kind,
        "×".join(map(str, layer.output_shape)),
        f"{layer.parameters:,}",
        f"{layer.multiply_adds:,}",
        f"{layer.activations:,}",
        "" if field is None else "×".join(map(str, field)),
    )


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """Pad the cells of a row: words to the left, numbers to the right."""
    return [
        cell.ljust(width) if column < 3 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _is_layer(module: nn.Module) -> bool:
    """Tell whether a module does work of its own: it holds parameters, or no other module."""
    if isinstance(module, nn.Sequential):  # even an empty one, a shortcut that changes nothing
        return False
    return not any(True for _ in module.children()) or any(
        True for _ in module.parameters(recurse=False)
    )


@contextmanager
def _hooked(
    network: nn.Module, record: Callable[[nn.Module, tuple[Any, ...], Any], None]
) -> Iterator[None]:
    """Call `record` after each layer's forward pass."""
    layers = [module for module in network.modules() if _is_layer(module)]
    inside = {child for layer in layers for child in layer.modules() if child is not layer}
    hooks = [layer.register_forward_hook(record) for layer in layers if layer not in inside]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


@contextmanager
def _evaluating(network: nn.Module) -> Iterator[None]:
    """Put every module into evaluation mode for a while: a single example has no variance."""
    modes = {module: module.training for module in network.modules()}
    network.eval()
    try:
        yield
    finally:
        for module, mode in modes.items():
            module.training = mode
