r"""Receptive fields of a chain of layers: size, jump and start, and the exact inputs.

Along one axis, unit :math:`u` of a layer reads inputs between :math:`\text{start} + u\,
\text{jump}` and :math:`\text{start} + u\,\text{jump} + \text{size} - 1`. Negative positions lie in
the padding. Slides, "Receptive fields"; Araujo, Norris and Sim, "Computing receptive fields of
convolutional neural networks", Distill 2019, whose closed form `receptive_field` is.

To ask about a layer in the middle, pass the layers up to it: ``layers[:2]``.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Iterable

from course_lib.convolution.counts import check_count
from course_lib.convolution.receptive_field_interval import (
    INPUT,
    Interval,
    ReceptiveField,
    field_above,
)
from course_lib.convolution.receptive_field_layers import Layer, Window, check_whole

__all__ = [
    "chain_lengths",
    "receptive_field",
    "receptive_fields",
    "units_reached",
    "units_read",
]


def receptive_field(layers: Iterable[Window]) -> ReceptiveField:
    r"""Return the receptive field of the last of a chain of windows, in closed form.

    .. math::

        \text{size} = 1 + \sum_l d_l (K_l - 1) \prod_{i<l} s_i, \qquad
        \text{jump} = \prod_l s_l, \qquad
        \text{start} = - \sum_l P_l \prod_{i<l} s_i

    Parameters
    ----------
    layers : iterable of Window
        From the input upwards.

    Returns
    -------
    field : ReceptiveField

    Raises
    ------
    TypeError
        If a layer is not a Window; `receptive_fields` knows the others.

    Examples
    --------
    Three convolutions with kernel size 3 and stride 2, those of the slides' network for MNIST-1D:

    >>> print(receptive_field([Window(3, stride=2)] * 3))
    size 15, jump 8, start 0
    """
    size, jump, start = 1, 1, 0
    for layer in layers:
        if not isinstance(layer, Window):
            raise TypeError(
                f"layers holds {layer!r}: the closed form is for Window only; expected windows, "
                "or receptive_fields() instead"
            )
        size += layer.dilation * (layer.kernel_size - 1) * jump
        start -= layer.left * jump
        jump *= layer.stride
    return ReceptiveField(jump, (Interval(start, start + size - 1),))


def receptive_fields(layers: Iterable[Layer]) -> list[ReceptiveField]:
    """Return the receptive field of every layer of a chain, from the first upwards.

    Parameters
    ----------
    layers : iterable of Layer
        From the input upwards; upsampling layers too.

    Returns
    -------
    fields : list of ReceptiveField, one a layer

    Examples
    --------
    >>> [field.size for field in receptive_fields([Window(3, stride=2)] * 3)]
    [3, 7, 15]
    """
    fields = []
    below = INPUT
    for layer in layers:
        below = field_above(layer, below)
        fields.append(below)
    return fields


def chain_lengths(layers: Iterable[Layer], length: int) -> list[int]:
    """Return the number of inputs and then of the units of every layer.

    Parameters
    ----------
    layers : iterable of Layer
    length : int
        Number of inputs.

    Returns
    -------
    lengths : list of int, one more than there are layers

    Raises
    ------
    ValueError
        If a layer has no units, as its window is wider than the axis below.

    Examples
    --------
    >>> chain_lengths([Window(3, stride=2)] * 3, 40)
    [40, 19, 9, 4]
    """
    check_count("length", length)
    lengths = [length]
    for layer in layers:
        lengths.append(layer.output_length(lengths[-1]))
    return lengths


def units_read(
    layers: Iterable[Layer], unit: int, length: int | None = None
) -> list[frozenset[int]]:
    """Return exactly the units of every layer that a unit of the last layer reads.

    Parameters
    ----------
    layers : iterable of Layer
    unit : int
        Index of the unit in the last layer.
    length : int, optional
        Number of inputs. With it, only units that exist are listed, and what a layer pads with
        is not passed on: zeros read nothing, a repeated value reads what it repeats. Without it,
        the axes have no ends, and negative positions stand for padding.

    Returns
    -------
    levels : list of frozenset of int, one more than there are layers
        ``levels[0]`` holds the inputs, ``levels[k]`` the units of layer ``k``, and ``levels[-1]``
        the unit alone.

    Raises
    ------
    ValueError
        If the last layer has no such unit, or a layer has none at all.

    Examples
    --------
    >>> chain = [Window(2, dilation=2, padding=1), Window(2, padding=1)]
    >>> [sorted(level) for level in units_read(chain, 0)]
    [[-2, -1, 0, 1], [-1, 0], [0]]
    >>> [sorted(level) for level in units_read(chain, 0, length=5)]
    [[1], [0], [0]]
    """
    check_whole("unit", unit)
    layers = list(layers)
    lengths = None if length is None else chain_lengths(layers, length)
    if lengths is not None:
        check_index("unit", unit, lengths[-1])
    levels = [frozenset({unit})]
    for depth in reversed(range(len(layers))):
        below = None if lengths is None else lengths[depth]
        levels.append(read_by(layers[depth], levels[-1], below))
    return levels[::-1]


def units_reached(layers: Iterable[Layer], position: int, length: int) -> list[frozenset[int]]:
    """Return exactly the units of every layer that an input reaches.

    Parameters
    ----------
    layers : iterable of Layer
    position : int
        Index of the input.
    length : int
        Number of inputs.

    Returns
    -------
    levels : list of frozenset of int, one more than there are layers
        ``levels[0]`` holds the input alone, ``levels[k]`` the units of layer ``k``; a level is
        empty where the input reaches no unit.

    Raises
    ------
    ValueError
        If there is no such input, or a layer has no units.

    Examples
    --------
    The last of the 40 values of MNIST-1D reaches no unit of the slides' network:

    >>> [sorted(level) for level in units_reached([Window(3, stride=2)] * 3, 39, 40)]
    [[39], [], [], []]
    >>> [sorted(level) for level in units_reached([Window(3, stride=2)] * 3, 14, 40)]
    [[14], [6, 7], [2, 3], [0, 1]]
    """
    layers = list(layers)
    lengths = chain_lengths(layers, length)
    check_index("position", position, length)
    levels = [frozenset({position})]
    for layer, below, above in zip(layers, lengths, lengths[1:], strict=False):
        levels.append(readers_of(layer, levels[-1], below, above))
    return levels


def read_by(layer: Layer, units: Iterable[int], length: int | None) -> frozenset[int]:
    """Return what some units of a layer read together."""
    if length is None:
        return frozenset(p for unit in units for p in layer.reads(unit))
    return frozenset(p for unit in units for p in layer.sources(unit, length))


def readers_of(layer: Layer, positions: frozenset[int], below: int, above: int) -> frozenset[int]:
    """Return which of the `above` units of a layer read any of some positions."""
    return frozenset(u for u in range(above) if not positions.isdisjoint(layer.sources(u, below)))


def check_index(name: str, index: int, length: int) -> None:
    """Raise a ValueError unless the index is one of an axis of a length."""
    check_whole(name, index)
    if not 0 <= index < length:
        raise ValueError(f"{name}={index}: expected an index from 0 to {length - 1}")
