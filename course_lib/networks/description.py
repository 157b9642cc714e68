"""Networks as plain rows: what a demo or a table shows, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from course_lib.convolution.cost import memory_bytes
from course_lib.convolution.layer_costs import convolution_cost, linear_cost
from course_lib.networks.checks import check_choice, check_whole
from course_lib.networks.registry import build, find, input_shape
from course_lib.networks.summary import LayerSummary, summarise

SORT_KEYS = ("order", "parameters", "multiply_adds", "activations", "receptive_field")
SUMS = ("parameters", "multiply_adds", "activations")

Row = dict[str, Any]


def describe(name: str, **settings: Any) -> dict[str, Any]:
    """Return a network and its layers as plain values: strings, numbers and lists.

    Parameters
    ----------
    name : str
        One of ``NETWORKS``.
    **settings
        As for `build`.

    Returns
    -------
    description : dict
        ``name``, ``title``, ``source``, ``input_shape``; ``totals`` of parameters, multiply-adds
        and activations; and ``layers``, one dict a layer with the fields of `LayerSummary`, its
        place as ``order``, and its ``share`` of each total from 0 to 1.

    Raises
    ------
    UnknownNetworkError
        If no network has this name.
    TypeError, ValueError
        If a setting is not one of the builder's, or not allowed.
    """
    shape = input_shape(name, **settings)
    layers = summarise(build(name, device="meta", **settings), shape)
    totals = {key: sum(getattr(layer, key) for layer in layers) for key in SUMS}
    network = find(name)
    return {
        "name": name,
        "title": network.title,
        "source": network.source,
        "input_shape": list(shape),
        "totals": totals,
        "layers": [_row(order, layer, totals) for order, layer in enumerate(layers)],
    }


def sort_layers(layers: Iterable[Row], by: str) -> list[Row]:
    """Return the layers of a description sorted, the greatest first; ``"order"`` restores it.

    Layers of equal value keep their order, and those without a receptive field come last.

    Raises
    ------
    ValueError
        If `by` is not one of ``SORT_KEYS``.
    """
    check_choice(SORT_KEYS, by=by)
    if by == "order":
        return sorted(layers, key=lambda row: row["order"])
    if by == "receptive_field":
        return sorted(layers, key=lambda row: max(row[by] or [0]), reverse=True)
    return sorted(layers, key=lambda row: row[by], reverse=True)


@dataclass(frozen=True)
class ImageSizeCost:
    """A fully-connected and a convolutional layer on one image, side by side.

    Parameters
    ----------
    image_size : int
        Pixels of one side.
    values : int
        Numbers in the image: side times side times channels.
    dense_parameters, convolution_parameters : int
    dense_bytes, convolution_bytes : int
        Memory of those parameters in float32.
    dense_multiply_adds, convolution_multiply_adds : int
    convolution_activations : int
        Outputs of the convolution; the dense layer has as many as hidden units.
    """

    image_size: int
    values: int
    dense_parameters: int
    dense_bytes: int
    dense_multiply_adds: int
    convolution_parameters: int
    convolution_bytes: int
    convolution_multiply_adds: int
    convolution_activations: int


def cost_by_image_size(
    sizes: Sequence[int],
    *,
    channels: int = 3,
    hidden_units: int | None = None,
    out_channels: int = 64,
    kernel_size: int = 3,
) -> list[ImageSizeCost]:
    """Return what a first layer costs as the image grows: fully connected, and convolutional.

    The dense layer's weights grow with the fourth power of the side if it is as wide as the image,
    and with the square if its width is given; the convolution's do not grow.

    Parameters
    ----------
    sizes : sequence of int
        Pixels of one side.
    channels : int
    hidden_units : int, optional
        Width of the dense layer; by default as many as the image has values (slides, "Networks for
        images": 150,528² = 22.7 billion weights for 224×224 pixels).
    out_channels, kernel_size : int
        Of the convolution, which is padded to keep the size; the kernel's size is odd.

    Returns
    -------
    costs : list of ImageSizeCost, one a size

    Raises
    ------
    ValueError
        If a number is impossible.
    """
    check_whole(channels=channels, out_channels=out_channels, kernel_size=kernel_size)
    if kernel_size % 2 == 0:
        raise ValueError(f"kernel_size={kernel_size}: expected an odd number, to keep the size")
    costs = []
    for size in sizes:
        check_whole(sizes=size)
        values = size * size * channels
        dense = linear_cost(values, values if hidden_units is None else hidden_units)
        convolution = convolution_cost(
            channels, out_channels, kernel_size, (size, size), padding=kernel_size // 2
        )
        costs.append(
            ImageSizeCost(
                image_size=size,
                values=values,
                dense_parameters=dense.parameters,
                dense_bytes=memory_bytes(dense.parameters),
                dense_multiply_adds=dense.multiply_adds,
                convolution_parameters=convolution.parameters,
                convolution_bytes=memory_bytes(convolution.parameters),
                convolution_multiply_adds=convolution.multiply_adds,
                convolution_activations=convolution.activations,
            )
        )
    return costs


def _row(order: int, layer: LayerSummary, totals: dict[str, int]) -> Row:
    fields = asdict(layer)
    for key in ("output_shape", "receptive_field"):
        fields[key] = None if fields[key] is None else list(fields[key])
    share = {key: fields[key] / total if total else 0.0 for key, total in totals.items()}
    return {"order": order, **fields, "share": share}
