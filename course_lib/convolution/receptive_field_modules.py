"""From a network in torch to the layers whose receptive field can be computed.

`layers_of` walks through a chain: an ``nn.Sequential``, however nested. A network with branches is
described as a graph by hand (`receptive_field_graph`) or asked by gradient
(`receptive_field_by_gradient`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from torch import nn

from course_lib.convolution.counts import check_count
from course_lib.convolution.padding import padding_amounts
from course_lib.convolution.receptive_field_layers import (
    Layer,
    LinearInterpolation,
    TransposedWindow,
    Window,
)

__all__ = ["layers_of"]

_AXES = (1, 2, 3)


def _kinds(*names: str) -> tuple[type[nn.Module], ...]:
    """Return the modules of these names for one, two and three axes."""
    return tuple(getattr(nn, f"{name}{axes}d") for name in names for axes in _AXES)


_CONVOLUTIONS = _kinds("Conv")
_TRANSPOSED = _kinds("ConvTranspose")
_POOLINGS = _kinds("MaxPool", "AvgPool")
_ADAPTIVE = _kinds("AdaptiveAvgPool", "AdaptiveMaxPool")
_PADS = {
    "zeros": _kinds("ZeroPad"),
    "reflect": _kinds("ReflectionPad"),
    "replicate": _kinds("ReplicationPad"),
    "circular": _kinds("CircularPad"),
}
# Each value of the output reads its own position only, though perhaps all channels of it.
_POINTWISE = (
    nn.Identity,
    nn.ReLU,
    nn.ReLU6,
    nn.LeakyReLU,
    nn.PReLU,
    nn.ELU,
    nn.GELU,
    nn.SiLU,
    nn.Sigmoid,
    nn.Tanh,
    nn.Softplus,
    nn.Hardswish,
    nn.Hardsigmoid,
    nn.Hardtanh,
    nn.Dropout,
    *_kinds("BatchNorm", "Dropout"),
)


def layers_of(module: nn.Module, input_shape: Sequence[int]) -> tuple[dict[str, Layer], ...]:
    """Return the chain of layers of a module, one chain an axis.

    Parameters
    ----------
    module : nn.Module
        One layer, or an ``nn.Sequential`` of convolutions, transposed convolutions, poolings,
        paddings, upsamplings, fully connected layers, and layers that read one position each:
        activations, dropout, batch normalisation (as in evaluation, with its running statistics).
    input_shape : sequence of int
        Shape of one example, ``(C, L)``, ``(C, H, W)`` or ``(C, D, H, W)``.

    Returns
    -------
    chains : tuple of dict from str to Layer, one an axis
        The layers by their names in the module, from the input upwards. Those that read one
        position each are left out. After ``nn.Flatten``, the first fully connected layer is a
        window as wide as its axis, and all later ones have the width of 1.

    Raises
    ------
    TypeError
        If the module, or a layer in it, is of a kind whose reads are not known.
    ValueError
        If a layer does not fit what stands below it; the message names the layer.

    Examples
    --------
    >>> network = nn.Sequential(nn.Conv1d(1, 15, 3, stride=2), nn.ReLU(), nn.MaxPool1d(2))
    >>> list(layers_of(network, (1, 40))[0])
    ['0', '2']
    """
    if not isinstance(module, nn.Module):
        raise TypeError(f"module={module!r}: expected an nn.Module")
    for size in input_shape:
        check_count("input_shape", size)
    if not 2 <= len(input_shape) <= 4:
        raise ValueError(
            f"input_shape={tuple(input_shape)}: expected (C, L), (C, H, W) or (C, D, H, W)"
        )
    walk = _Walk(list(input_shape[1:]))
    for name, part in _parts(module, ""):
        walk.add(name or type(part).__name__, part)
    return tuple(walk.chains)


def _parts(module: nn.Module, prefix: str) -> Iterator[tuple[str, nn.Module]]:
    """Yield the layers of nested sequences with their dotted names."""
    if type(module) is not nn.Sequential:
        yield prefix, module
        return
    for name, child in module.named_children():
        yield from _parts(child, f"{prefix}.{name}" if prefix else name)


class _Walk:
    """The chains so far, and the lengths to which they lead."""

    def __init__(self, lengths: list[int]) -> None:
        self.lengths = lengths
        self.chains: list[dict[str, Layer]] = [{} for _ in lengths]
        self.flat = False

    def add(self, name: str, module: nn.Module) -> None:
        if isinstance(module, _POINTWISE):
            return
        if isinstance(module, nn.Flatten):
            self._flatten(name, module)
            return
        if self.flat != isinstance(module, nn.Linear):
            raise ValueError(
                f"layer {name!r}, {module}: expected "
                + ("a fully connected layer after Flatten" if self.flat else "Flatten before it")
            )
        layers = [self._layer(name, module, axis) for axis in range(len(self.lengths))]
        for axis, layer in enumerate(layers):
            try:
                self.lengths[axis] = layer.output_length(self.lengths[axis])
            except ValueError as error:
                raise ValueError(f"layer {name!r}: {error}") from error
            self.chains[axis][name] = layer

    def _flatten(self, name: str, module: nn.Flatten) -> None:
        if (module.start_dim, module.end_dim) != (1, -1):
            raise ValueError(f"layer {name!r}, {module}: expected start_dim=1, end_dim=-1")
        self.flat = True

    def _layer(self, name: str, module: Any, axis: int) -> Layer:
        """Return what one layer is along one axis."""
        length = self.lengths[axis]
        if isinstance(module, nn.Linear):
            return Window(length)
        if isinstance(module, nn.Upsample):
            return _upsampling(name, module, axis, length)
        self._check_axes(name, module)
        if isinstance(module, _ADAPTIVE):
            return _adaptive_pooling(name, module, axis, length)
        for mode, kinds in _PADS.items():
            if isinstance(module, kinds):
                # Torch lists the last axis first.
                amounts: Any = module.padding
                at = 2 * (len(self.lengths) - 1 - axis)
                return Window(padding=(amounts[at], amounts[at + 1]), padding_mode=mode)

        def of(attribute: str, default: int = 1) -> Any:
            return _along(getattr(module, attribute, default), axis)

        size, stride, dilation = of("kernel_size"), of("stride"), of("dilation")
        if isinstance(module, _TRANSPOSED):
            return TransposedWindow(size, stride, dilation, of("padding"), of("output_padding"))
        if isinstance(module, _POOLINGS):
            return Window(size, stride, dilation, of("padding"), bool(of("ceil_mode")))
        padding = of("padding")
        if isinstance(padding, str):
            padding = padding_amounts(size, dilation, "zeros" if padding == "same" else "valid")
        return Window(size, stride, dilation, padding, padding_mode=module.padding_mode)

    def _check_axes(self, name: str, module: nn.Module) -> None:
        known = (_CONVOLUTIONS, _TRANSPOSED, _POOLINGS, _ADAPTIVE, *_PADS.values())
        axes = {
            _AXES[kinds.index(kind) % len(_AXES)]
            for kinds in known
            for kind in kinds
            if isinstance(module, kind)
        }
        if not axes:
            raise TypeError(
                f"layer {name!r} is {module}: expected a kind whose reads are known; a network "
                "with branches is a Graph, and receptive_field_by_gradient takes any module"
            )
        if len(self.lengths) not in axes:
            raise ValueError(
                f"layer {name!r}, {module}: expected a layer for {len(self.lengths)} axes, as "
                "input_shape has"
            )


def _along(value: Any, axis: int) -> Any:
    """Return a setting along one axis, given for each axis or for all."""
    return value[axis] if isinstance(value, tuple) else value


def _upsampling(name: str, module: nn.Upsample, axis: int, length: int) -> Layer:
    if module.size is not None:
        factor = Fraction(_along(module.size, axis), length)
    else:
        factor = Fraction(_along(module.scale_factor, axis))
    linear = module.mode in ("linear", "bilinear", "trilinear")
    if factor.denominator > 1 or not (linear or module.mode == "nearest"):
        raise ValueError(
            f"layer {name!r}, {module}, above an axis of {length}: expected a whole factor, by "
            "duplication or linear interpolation"
        )
    if linear and module.align_corners:
        raise ValueError(f"layer {name!r}, {module}: expected align_corners=False")
    times = int(factor)
    return LinearInterpolation(times) if linear else TransposedWindow(times, stride=times)


def _adaptive_pooling(name: str, module: Any, axis: int, length: int) -> Layer:
    units = _along(module.output_size, axis)
    units = length if units is None else units
    if length % units:
        raise ValueError(
            f"layer {name!r}, {module}, above an axis of {length}: expected a number of units "
            "that divides it, so that all windows are alike"
        )
    return Window(length // units, stride=length // units)
