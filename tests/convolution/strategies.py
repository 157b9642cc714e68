"""Random convolutions for the property tests.

Shapes and options are drawn freely, so that impossible combinations occur as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from torch import Tensor

from course_lib.convolution import PADDINGS


@dataclass(frozen=True)
class Problem:
    """One convolution: tensors in double precision and options."""

    x: Tensor
    weight: Tensor
    bias: Tensor | None
    options: dict[str, Any]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a convolution of signals."""
    x, weight, bias, groups = draw(_layers(length=14, kernel_size=7, dimensions=1))
    return Problem(
        x,
        weight,
        bias,
        options={
            "stride": draw(st.integers(1, 5)),
            "dilation": draw(st.integers(1, 4)),
            "padding": draw(st.sampled_from(PADDINGS)),
            "groups": groups,
        },
    )


@st.composite
def image_problems(draw: st.DrawFn) -> Problem:
    """Draw a convolution of images, whose two axes have settings of their own."""
    x, weight, bias, groups = draw(_layers(length=7, kernel_size=4, dimensions=2))
    return Problem(
        x,
        weight,
        bias,
        options={
            "stride": draw(pairs(1, 4)),
            "dilation": draw(pairs(1, 3)),
            "padding": draw(st.sampled_from(PADDINGS) | pairs(0, 2)),
            "groups": groups,
        },
    )


@st.composite
def transposed_problems(draw: st.DrawFn, dimensions: int) -> Problem:
    """Draw a transposed convolution of signals or images, as torch knows it."""
    x, weight, bias, groups = draw(
        _layers(length=5, kernel_size=4, dimensions=dimensions, transposed=True)
    )
    draw_settings = pairs if dimensions == 2 else st.integers
    return Problem(
        x,
        weight,
        bias,
        options={
            "stride": draw(draw_settings(1, 4)),
            "dilation": draw(draw_settings(1, 3)),
            "padding": draw(draw_settings(0, 3)),
            "output_padding": draw(draw_settings(0, 3)),
            "groups": groups,
        },
    )


@st.composite
def poolings(draw: st.DrawFn, dimensions: int) -> tuple[Tensor, dict[str, Any]]:
    """Draw signals or images with many equal values, and the settings of a pooling."""
    shape = [draw(st.integers(1, 2)) for _ in range(2)]
    shape += [draw(st.integers(1, 9)) for _ in range(dimensions)]
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**32)))
    levels = draw(st.sampled_from([2, 1000]))
    x = torch.randint(-levels, levels + 1, shape, generator=generator).double()
    draw_settings = pairs if dimensions == 2 else st.integers
    return x, {
        "kernel_size": draw(draw_settings(1, 5)),
        "stride": draw(st.none() | draw_settings(1, 4)),
        "padding": draw(draw_settings(0, 2)),
        "ceil_mode": draw(st.booleans()),
    }


def pairs(least: int, most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(least, most), st.integers(least, most))


@st.composite
def _layers(
    draw: st.DrawFn, length: int, kernel_size: int, dimensions: int, transposed: bool = False
) -> tuple[Tensor, Tensor, Tensor | None, int]:
    """Draw input, weights, biases and groups of sizes up to those given."""
    groups = draw(st.integers(1, 3))
    in_per_group, out_per_group = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    size = [draw(st.integers(1, length)) for _ in range(dimensions)]
    kernel = [draw(st.integers(1, kernel_size)) for _ in range(dimensions)]
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**32)))

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    in_channels, out_channels = groups * in_per_group, groups * out_per_group
    x = normal(draw(st.integers(1, 3)), in_channels, *size)
    channels = (in_channels, out_per_group) if transposed else (out_channels, in_per_group)
    bias = normal(out_channels) if draw(st.booleans()) else None
    return x, normal(*channels, *kernel), bias, groups
