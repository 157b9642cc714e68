"""The mathematics of convolution, written to be read; torch is the oracle of its tests.

Throughout, "convolution" is what every framework calls so: the kernel is not reversed
(cross-correlation). Dilation is torch's: 1 is an ordinary kernel. A setting of an image is one
number, or a pair: down, then across.

Convolution
    `convolve1d`, `convolve2d`: a batch with channels, the weighted sum visible; `pad1d`, `pad2d`,
    their padding; `convolve1x1`, one fully connected network at each position;
    `convolve_signal`, one plain signal and one plain kernel in pure Python.
As matrices
    `convolution_matrix1d`, `convolution_matrix2d`: the whole operation as one matrix, dense or
    sparse. `windows1d`, `windows2d`, what the kernel sees at each position;
    `convolve1d_by_windows`, `convolve2d_by_windows`, one product of those with the kernels.
Transposed convolution
    `convolve_transpose1d`, `convolve_transpose2d`, stamp by stamp;
    `convolve_transpose1d_by_matrix`, `convolve_transpose2d_by_matrix`, by its definition.
Downsampling
    `subsample1d`, `subsample2d`; `max_pool1d`, `max_pool2d`, which return a `MaxPooled` of values
    and positions; `mean_pool1d`, `mean_pool2d`.
Upsampling
    `duplicate1d`, `duplicate2d`; `max_unpool1d`, `max_unpool2d`; `interpolate_linear`,
    `interpolate_bilinear`.
Composition
    `compose_kernels1d`, `compose_kernels2d`: two convolutions as one.
Receptive fields
    `Layer`: along one axis a `Window`, a `TransposedWindow` or a `LinearInterpolation`. Of a chain
    of them: `receptive_field` and `receptive_fields` (size, jump and start: `ReceptiveField`),
    `Interval`, `units_read`, `units_reached`, `chain_lengths`; `layers_of` reads the chain off a
    network. With branches: `Graph`, `Node`, `chain_graph`, `graph_receptive_fields`,
    `graph_units_read`, `graph_units_reached`, `graph_lengths`. Published networks:
    `alexnet_layers`, `vgg16_layers`, `resnet50_graph`, `unet_graph`, `mnist1d_layers`.
    Of any network, by gradient: `receptive_field_by_gradient`. What counts in it:
    `effective_receptive_field` (an `EffectiveReceptiveField`), `input_gradients`, `he_normal`,
    `profile_widths`; `path_counts` and `path_width` for uniform weights.
Cost
    `LayerCost` (parameters, multiply-adds, activations), of `convolution_cost`,
    `transposed_convolution_cost`, `linear_cost`, `normalisation_cost`; `total_cost`,
    `memory_bytes`, `mebibytes`.
Geometry
    `output_length`, `output_size`; `pooled_length`, `pooled_size`; `unpooled_length`,
    `unpooled_size`; `transposed_length`, `transposed_size`; `kernel_span`; `taps` (what each
    weight reads); `parameter_count`, `parameter_count2d`.
Padding
    `PADDINGS`, `padding_amounts`, `source_index`.
Readings
    `Reading`, `readings`, `draw_reading`, `weight_places`.
The rival
    `dense_weight`, the weights of the fully connected layer that stands beside a convolution.
Kernels
    `KERNELS`, `named_kernel`.

Geometry, padding, kernels and `convolve_signal` are pure Python and are there at once; all else is
imported when it is first asked for, so that these need not wait for torch.
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
from course_lib.convolution.geometry2d import output_size, parameter_count2d
from course_lib.convolution.kernels import KERNELS, named_kernel
from course_lib.convolution.padding import PADDINGS, padding_amounts, source_index
from course_lib.convolution.pooling_geometry import (
    pooled_length,
    pooled_size,
    unpooled_length,
    unpooled_size,
)
from course_lib.convolution.reading import Reading, draw_reading, readings, weight_places
from course_lib.convolution.signal import convolve_signal
from course_lib.convolution.transposed_geometry import transposed_length, transposed_size

if TYPE_CHECKING:
    from course_lib.convolution.composition import compose_kernels1d, compose_kernels2d
    from course_lib.convolution.cost import LayerCost, mebibytes, memory_bytes, total_cost
    from course_lib.convolution.duplication import duplicate1d, duplicate2d
    from course_lib.convolution.effective_receptive_fields import (
        EffectiveReceptiveField,
        effective_receptive_field,
        he_normal,
        input_gradients,
        profile_widths,
    )
    from course_lib.convolution.interpolation import interpolate_bilinear, interpolate_linear
    from course_lib.convolution.layer_costs import (
        convolution_cost,
        linear_cost,
        normalisation_cost,
        transposed_convolution_cost,
    )
    from course_lib.convolution.matrix import convolution_matrix1d, convolution_matrix2d
    from course_lib.convolution.max_pooling import MaxPooled, max_pool1d, max_pool2d
    from course_lib.convolution.mean_pooling import mean_pool1d, mean_pool2d
    from course_lib.convolution.one_dimension import convolve1d, pad1d
    from course_lib.convolution.pointwise import convolve1x1
    from course_lib.convolution.receptive_field_chain import (
        chain_lengths,
        receptive_field,
        receptive_fields,
        units_reached,
        units_read,
    )
    from course_lib.convolution.receptive_field_gradient import receptive_field_by_gradient
    from course_lib.convolution.receptive_field_graph import (
        Graph,
        Node,
        chain_graph,
        graph_lengths,
        graph_receptive_fields,
        graph_units_reached,
        graph_units_read,
    )
    from course_lib.convolution.receptive_field_interval import Interval, ReceptiveField
    from course_lib.convolution.receptive_field_layers import (
        Layer,
        LinearInterpolation,
        TransposedWindow,
        Window,
    )
    from course_lib.convolution.receptive_field_modules import layers_of
    from course_lib.convolution.receptive_field_networks import (
        alexnet_layers,
        mnist1d_layers,
        resnet50_graph,
        unet_graph,
        vgg16_layers,
    )
    from course_lib.convolution.receptive_field_paths import path_counts, path_width
    from course_lib.convolution.subsampling import subsample1d, subsample2d
    from course_lib.convolution.transposed import (
        convolve_transpose1d,
        convolve_transpose1d_by_matrix,
    )
    from course_lib.convolution.transposed2d import (
        convolve_transpose2d,
        convolve_transpose2d_by_matrix,
    )
    from course_lib.convolution.two_dimensions import convolve2d, pad2d
    from course_lib.convolution.unpooling import max_unpool1d, max_unpool2d
    from course_lib.convolution.windows import (
        convolve1d_by_windows,
        convolve2d_by_windows,
        windows1d,
        windows2d,
    )

__all__ = [
    "KERNELS",
    "PADDINGS",
    "EffectiveReceptiveField",
    "Graph",
    "Interval",
    "Layer",
    "LayerCost",
    "LinearInterpolation",
    "MaxPooled",
    "Node",
    "Reading",
    "ReceptiveField",
    "Tap",
    "TransposedWindow",
    "Window",
    "alexnet_layers",
    "chain_graph",
    "chain_lengths",
    "compose_kernels1d",
    "compose_kernels2d",
    "convolution_cost",
    "convolution_matrix1d",
    "convolution_matrix2d",
    "convolve1d",
    "convolve1d_by_windows",
    "convolve1x1",
    "convolve2d",
    "convolve2d_by_windows",
    "convolve_signal",
    "convolve_transpose1d",
    "convolve_transpose1d_by_matrix",
    "convolve_transpose2d",
    "convolve_transpose2d_by_matrix",
    "dense_weight",
    "draw_reading",
    "duplicate1d",
    "duplicate2d",
    "effective_receptive_field",
    "graph_lengths",
    "graph_receptive_fields",
    "graph_units_reached",
    "graph_units_read",
    "he_normal",
    "input_gradients",
    "interpolate_bilinear",
    "interpolate_linear",
    "kernel_span",
    "layers_of",
    "linear_cost",
    "max_pool1d",
    "max_pool2d",
    "max_unpool1d",
    "max_unpool2d",
    "mean_pool1d",
    "mean_pool2d",
    "mebibytes",
    "memory_bytes",
    "mnist1d_layers",
    "named_kernel",
    "normalisation_cost",
    "output_length",
    "output_size",
    "pad1d",
    "pad2d",
    "padding_amounts",
    "parameter_count",
    "parameter_count2d",
    "path_counts",
    "path_width",
    "pooled_length",
    "pooled_size",
    "profile_widths",
    "readings",
    "receptive_field",
    "receptive_field_by_gradient",
    "receptive_fields",
    "resnet50_graph",
    "source_index",
    "subsample1d",
    "subsample2d",
    "taps",
    "total_cost",
    "transposed_convolution_cost",
    "transposed_length",
    "transposed_size",
    "unet_graph",
    "units_reached",
    "units_read",
    "unpooled_length",
    "unpooled_size",
    "vgg16_layers",
    "weight_places",
    "windows1d",
    "windows2d",
]

_LAZY = {
    "EffectiveReceptiveField": "effective_receptive_fields",
    "Graph": "receptive_field_graph",
    "Interval": "receptive_field_interval",
    "Layer": "receptive_field_layers",
    "LayerCost": "cost",
    "LinearInterpolation": "receptive_field_layers",
    "MaxPooled": "max_pooling",
    "Node": "receptive_field_graph",
    "ReceptiveField": "receptive_field_interval",
    "TransposedWindow": "receptive_field_layers",
    "Window": "receptive_field_layers",
    "alexnet_layers": "receptive_field_networks",
    "chain_graph": "receptive_field_graph",
    "chain_lengths": "receptive_field_chain",
    "compose_kernels1d": "composition",
    "compose_kernels2d": "composition",
    "convolution_cost": "layer_costs",
    "convolution_matrix1d": "matrix",
    "convolution_matrix2d": "matrix",
    "convolve1d": "one_dimension",
    "convolve1d_by_windows": "windows",
    "convolve1x1": "pointwise",
    "convolve2d": "two_dimensions",
    "convolve2d_by_windows": "windows",
    "convolve_transpose1d": "transposed",
    "convolve_transpose1d_by_matrix": "transposed",
    "convolve_transpose2d": "transposed2d",
    "convolve_transpose2d_by_matrix": "transposed2d",
    "duplicate1d": "duplication",
    "duplicate2d": "duplication",
    "effective_receptive_field": "effective_receptive_fields",
    "graph_lengths": "receptive_field_graph",
    "graph_receptive_fields": "receptive_field_graph",
    "graph_units_reached": "receptive_field_graph",
    "graph_units_read": "receptive_field_graph",
    "he_normal": "effective_receptive_fields",
    "input_gradients": "effective_receptive_fields",
    "interpolate_bilinear": "interpolation",
    "interpolate_linear": "interpolation",
    "layers_of": "receptive_field_modules",
    "linear_cost": "layer_costs",
    "max_pool1d": "max_pooling",
    "max_pool2d": "max_pooling",
    "max_unpool1d": "unpooling",
    "max_unpool2d": "unpooling",
    "mean_pool1d": "mean_pooling",
    "mean_pool2d": "mean_pooling",
    "mebibytes": "cost",
    "memory_bytes": "cost",
    "mnist1d_layers": "receptive_field_networks",
    "normalisation_cost": "layer_costs",
    "pad1d": "one_dimension",
    "pad2d": "two_dimensions",
    "path_counts": "receptive_field_paths",
    "path_width": "receptive_field_paths",
    "profile_widths": "effective_receptive_fields",
    "receptive_field": "receptive_field_chain",
    "receptive_field_by_gradient": "receptive_field_gradient",
    "receptive_fields": "receptive_field_chain",
    "resnet50_graph": "receptive_field_networks",
    "subsample1d": "subsampling",
    "subsample2d": "subsampling",
    "total_cost": "cost",
    "transposed_convolution_cost": "layer_costs",
    "unet_graph": "receptive_field_networks",
    "units_reached": "receptive_field_chain",
    "units_read": "receptive_field_chain",
    "vgg16_layers": "receptive_field_networks",
    "windows1d": "windows",
    "windows2d": "windows",
}


def __getattr__(name: str) -> Any:
    """Import what is not there at once when it is first asked for (PEP 562)."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
