"""Receptive fields by gradient: ask the network itself which inputs a unit depends on.

An input belongs to the receptive field of a unit where the gradient of the unit with respect to it
is not zero. That takes any module, with branches, skips or what not, and needs no description of
it; but a gradient can also be zero by accident, where a ReLU is off, a maximum is taken elsewhere
or two paths cancel. So the network is asked in a state where none of this happens.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from course_lib.convolution.counts import check_count
from course_lib.convolution.geometry import kernel_span
from course_lib.convolution.receptive_field_layers import Window

__all__ = ["receptive_field_by_gradient"]


def receptive_field_by_gradient(
    module: nn.Module,
    input_shape: Sequence[int],
    unit: int | tuple[int, ...],
    *,
    draws: int = 2,
    seed: int = 0,
) -> Tensor:
    """Return which inputs a unit of a module's output depends on.

    A copy of the module, in double precision and evaluation mode, gets random positive weights and
    inputs, so that no paths cancel. While it runs, a ReLU passes everything and a maximum is the
    mean of its window, so that every input counts which could; only a maximum whose position is
    asked for, as for unpooling, stays one. What is found in any of several draws is taken together.

    Parameters
    ----------
    module : nn.Module
        Takes x of shape (N, C, *axes) and gives (N, D) or (N, D, *axes).
    input_shape : sequence of int
        Shape (C, *axes) of one example.
    unit : int or tuple of int
        Position on the output's axes, over all channels; ``()`` for an output of shape (N, D).
    draws : int
        Number of random weights and inputs.
    seed : int
        Of the random weights and inputs.

    Returns
    -------
    mask : Tensor of bool, shape ``axes`` of the input
        True where any channel of the input counts.

    Raises
    ------
    TypeError
        If `module` is none.
    ValueError
        If the output has no such unit, a number is impossible, or the output has no gradient.

    Examples
    --------
    >>> network = nn.Sequential(nn.Conv1d(1, 4, 3, stride=2), nn.ReLU(), nn.Conv1d(4, 1, 3))
    >>> receptive_field_by_gradient(network, (1, 12), 1).nonzero().flatten().tolist()
    [2, 3, 4, 5, 6, 7, 8]
    """
    check_module_and_shape(module, input_shape)
    check_count("draws", draws)
    generator = Generator().manual_seed(seed)
    module = copy.deepcopy(module).to("cpu", torch.float64).eval()
    mask = torch.zeros(tuple(input_shape[1:]), dtype=torch.bool)
    for _ in range(draws):
        for parameter in module.parameters():
            _fill_with_positives(parameter, generator)
        x = _positives((1, *input_shape), generator).requires_grad_()
        with _EveryInputCounts():
            values = values_of_unit(module(x), unit)
        if not values.requires_grad:
            raise ValueError(
                f"module={type(module).__name__}: its output has no gradient with respect to its "
                "input; expected a differentiable one"
            )
        # Different weights for the channels: the sum of a softmax, say, is constant.
        weights = _positives(tuple(values.shape), generator)
        (gradient,) = torch.autograd.grad(values, x, weights, allow_unused=True)
        if gradient is not None:
            mask |= (gradient[0] != 0).any(dim=0)
    return mask


def values_of_unit(output: Tensor, unit: int | tuple[int, ...]) -> Tensor:
    """Return the values of one unit, shape (N, D), of an output of shape (N, D, *axes).

    Raises
    ------
    ValueError
        If the output has no such unit.
    """
    position: tuple[int, ...] = unit if isinstance(unit, tuple) else (unit,)
    for index in position:
        check_count("unit", index, least=0)
    axes = tuple(output.shape[2:])
    inside = len(position) == len(axes) and all(i < n for i, n in zip(position, axes, strict=True))
    if output.ndim < 2 or not inside:
        raise ValueError(
            f"unit={unit!r}: the output has shape {tuple(output.shape)}; expected a position on "
            f"axes of the lengths {axes}"
        )
    for index in position:
        output = output.select(2, index)
    return output


def check_module_and_shape(module: nn.Module, input_shape: Sequence[int]) -> None:
    """Raise unless these are a module with weights in memory and the shape (C, *axes)."""
    if not isinstance(module, nn.Module):
        raise TypeError(f"module={module!r}: expected an nn.Module")
    if any(tensor.is_meta for tensor in module.parameters()):
        raise ValueError("module: its parameters are on the meta device; expected real ones")
    for size in input_shape:
        check_count("input_shape", size)
    if len(input_shape) < 2:
        raise ValueError(f"input_shape={tuple(input_shape)}: expected (C, *axes)")


def _positives(shape: tuple[int, ...], generator: Generator) -> Tensor:
    return 0.5 + torch.rand(shape, generator=generator, dtype=torch.float64)


def _fill_with_positives(parameter: Tensor, generator: Generator) -> None:
    """Fill a parameter with positive numbers such that a sum over them is about 1."""
    # Means of values near 1 stay near 1 through any depth: nothing saturates or underflows.
    shape = tuple(parameter.shape)
    inputs = parameter[0].numel() if parameter.ndim > 1 else 1
    with torch.no_grad():
        parameter.copy_(_positives(shape, generator) / inputs)


class _EveryInputCounts(TorchFunctionMode):
    """While active, a ReLU is the identity and a maximum over a window its mean."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        name = getattr(func, "__name__", "")
        if name in ("relu", "relu_", "relu6", "hardtanh", "threshold"):
            return args[0]
        if name in ("max_pool1d", "max_pool2d", "max_pool3d"):
            return _mean_of_windows(int(name[-2]), *args, **(kwargs or {}))
        if name in ("adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d"):
            mean = getattr(functional, name.replace("max", "avg"))
            return mean(args[0], args[1])
        return func(*args, **(kwargs or {}))


def _mean_of_windows(
    axes: int,
    x: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor:
    """Return the means over the windows of a max pooling of x, shape (N, C, *axes) or (C, *axes).

    Takes what torch's max poolings take; the indices are never asked for here.
    """
    if x.ndim == axes + 1:
        options = (kernel_size, stride, padding, dilation, ceil_mode)
        return _mean_of_windows(axes, x[None], *options)[0]
    sizes, paddings, dilations = (_each(v, axes) for v in (kernel_size, padding, dilation))
    strides = _each(stride, axes) if stride not in (None, []) else sizes
    amounts: list[int] = []
    # Torch lists the amounts of the last axis first.
    for axis in reversed(range(axes)):
        size, step, left, gap = (v[axis] for v in (sizes, strides, paddings, dilations))
        length = x.shape[2 + axis]
        window = Window(size, step, gap, left, ceil_mode=ceil_mode)
        covered = (window.output_length(length) - 1) * step + kernel_span(size, gap)
        amounts += [left, max(covered - length - left, 0)]
    # Torch's mean poolings know no dilation, so one kernel of equal weights for each channel.
    weight = x.new_full((x.shape[1], 1, *sizes), 1 / prod(sizes))
    convolution: Callable[..., Tensor] = getattr(functional, f"conv{axes}d")
    padded = functional.pad(x, amounts)
    return convolution(padded, weight, None, strides, 0, dilations, groups=x.shape[1])


def _each(value: Any, axes: int) -> tuple[int, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * axes
