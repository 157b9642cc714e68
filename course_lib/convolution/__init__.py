"""The mathematics of convolution, written to be read; torch is the oracle of its tests.

Throughout, "convolution" is what every framework calls so: the kernel is not reversed
(cross-correlation). Dilation is torch's: 1 is an ordinary kernel.

One dimension
    `convolve1d`, a batch of signals with channels, the weighted sum visible; `pad1d`, its padding;
    `convolve_signal`, one plain signal and one plain kernel in pure Python.
The matrix
    `convolution_matrix1d`, the same operation as one matrix.
Geometry
    `output_length`, `kernel_span`, `taps` (what each weight reads), `parameter_count`.
Padding
    `PADDINGS`, `padding_amounts`, `source_index`.
Readings
    `Reading`, `readings`, `draw_reading`, `weight_places`.
The rival
    `dense_weight`, the weights of the fully connected layer that stands beside a convolution.
Kernels
    `KERNELS`, `named_kernel`.

Only `convolve1d`, `pad1d` and `convolution_matrix1d` need torch; they are imported when first
asked for, so that all else is there at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.convolution.dense import dense_weight
from course_lib.convolution.geometry import (
    Tap,
    kernel_span,
    output_length,
    parameter_count,
    taps,
)
from course_lib.convolution.kernels import KERNELS, named_kernel
from course_lib.convolution.padding import PADDINGS, padding_amounts, source_index
from course_lib.convolution.reading import Reading, draw_reading, readings, weight_places
from course_lib.convolution.signal import convolve_signal

if TYPE_CHECKING:
    from course_lib.convolution.matrix import convolution_matrix1d
    from course_lib.convolution.one_dimension import convolve1d, pad1d

__all__ = [
    "KERNELS",
    "PADDINGS",
    "Reading",
    "Tap",
    "convolution_matrix1d",
    "convolve1d",
    "convolve_signal",
    "dense_weight",
    "draw_reading",
    "kernel_span",
    "named_kernel",
    "output_length",
    "pad1d",
    "padding_amounts",
    "parameter_count",
    "readings",
    "source_index",
    "taps",
    "weight_places",
]

_NEEDS_TORCH = {
    "convolution_matrix1d": "matrix",
    "convolve1d": "one_dimension",
    "pad1d": "one_dimension",
}


def __getattr__(name: str) -> Any:
    """Import what needs torch when it is first asked for (PEP 562)."""
    if name not in _NEEDS_TORCH:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_NEEDS_TORCH[name]}"), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
