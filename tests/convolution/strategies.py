"""Random convolutions for the property tests."""

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
    """Draw shapes and options freely, so that impossible combinations occur as well."""
    groups = draw(st.integers(1, 3))
    in_per_group, out_per_group = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    length, kernel_size = draw(st.integers(1, 14)), draw(st.integers(1, 7))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**32)))

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    out_channels = groups * out_per_group
    return Problem(
        x=normal(draw(st.integers(1, 3)), groups * in_per_group, length),
        weight=normal(out_channels, in_per_group, kernel_size),
        bias=normal(out_channels) if draw(st.booleans()) else None,
        options={
            "stride": draw(st.integers(1, 5)),
            "dilation": draw(st.integers(1, 4)),
            "padding": draw(st.sampled_from(PADDINGS)),
            "groups": groups,
        },
    )
