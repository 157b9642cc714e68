"""What every layer of a network reads of its input, along each axis of the map.

`course_lib.convolution` has the mathematics of receptive fields; here torch's layers are
translated for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from course_lib.convolution import Layer, TransposedWindow, Window, layers_of
from course_lib.convolution.receptive_field_interval import (
    INPUT,
    ReceptiveField,
    field_above,
    field_union,
)
from course_lib.networks.layers import Add, ChannelsLast, Concatenate, CropLike

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Reach:
    """What the units of one layer's output read.

    Parameters
    ----------
    fields : tuple of ReceptiveField, one an axis of the network's input
    lengths : tuple of int
        Positions along each axis. They outlive a ``Flatten``, which moves values but mixes none,
        and are 1 after a fully-connected layer, each of whose units reads all there is.
    """

    fields: tuple[ReceptiveField, ...]
    lengths: Shape

    @property
    def sizes(self) -> Shape:
        """Inputs from the first that a unit reads to the last, one number an axis."""
        return tuple(field.size for field in self.fields)


def reach_of_input(shape: Shape) -> Reach:
    """Return the reach of the input itself, of shape (C, H, W), (C, L) or (D,)."""
    lengths = shape[1:] if len(shape) > 1 else shape
    return Reach((INPUT,) * len(lengths), lengths)


def reach_above(layer: nn.Module, below: list[Reach], out_shape: Shape) -> Reach | None:
    """Return what the output of a layer reads, or None if the layer is not known.

    Parameters
    ----------
    layer : Module
    below : list of Reach
        Of its inputs: two for a sum or a concatenation, one for all else.
    out_shape : tuple of int
        Shape of its output without the axis of examples.
    """
    merged = below[0]
    if isinstance(layer, Add | Concatenate):
        if len({(*(field.jump for field in one.fields), *one.lengths) for one in below}) > 1:
            return None
        axes = list(zip(*(one.fields for one in below), strict=True))
        unions = {fields: field_union(fields) for fields in set(axes)}
        merged = Reach(tuple(unions[fields] for fields in axes), merged.lengths)
    lengths = _lengths_above(layer, merged.lengths, out_shape)
    reads = windows(layer, merged.lengths, lengths)
    if reads is None:
        return None
    # Rows and columns are mostly alike: each different pair is worked out once.
    above = {
        pair: pair[1] if pair[0] == Window() else field_above(*pair)
        for pair in set(zip(reads, merged.fields, strict=True))
    }
    fields = tuple(above[pair] for pair in zip(reads, merged.fields, strict=True))
    return Reach(fields, lengths)


def _lengths_above(layer: nn.Module, lengths: Shape, out_shape: Shape) -> Shape:
    if isinstance(layer, nn.Linear):
        return (1,) * len(lengths)
    flat = len(out_shape) <= len(lengths)
    return lengths if flat or isinstance(layer, POINTWISE) else out_shape[-len(lengths) :]


POINTWISE = (nn.LocalResponseNorm, nn.Flatten, nn.Unflatten, Add, ChannelsLast, Concatenate)
"""Layers that move or mix values of one position only, beyond those that `layers_of` knows."""


def windows(layer: nn.Module, lengths: Shape, out_lengths: Shape) -> list[Layer] | None:
    """Return what a layer reads along each axis of the map, or None if that is not known.

    Parameters
    ----------
    layer : Module
    lengths, out_lengths : tuple of int
        Lengths of the axes before and after it.

    Returns
    -------
    windows : list of Layer, one an axis, or None
    """
    if isinstance(layer, POINTWISE):
        return [Window() for _ in lengths]
    if isinstance(layer, nn.Linear):
        # A fully-connected layer reads every position there is.
        return [Window(length) for length in lengths]
    if isinstance(layer, CropLike):
        borders = zip(lengths, out_lengths, strict=True)
        return [Window(padding=-((length - out) // 2)) for length, out in borders]
    if isinstance(layer, nn.MaxUnpool2d):
        sizes = zip(_pair(layer.kernel_size), _pair(layer.stride), strict=True)
        return [TransposedWindow(size, stride) for size, stride in sizes]
    try:
        chains = layers_of(layer, (1, *lengths))
    except (TypeError, ValueError):
        # A kind that it does not know, or one whose units do not all read alike.
        return None
    return [next(iter(chain.values()), Window()) for chain in chains]


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return value if isinstance(value, tuple) else (value, value)
