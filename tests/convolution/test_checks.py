"""Wrong kinds of tensors, which every function refuses alike."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

import course_lib.convolution as c

X, IMAGE = torch.zeros(1, 2, 5), torch.zeros(1, 2, 5, 5)
WEIGHT, KERNELS = torch.zeros(2, 2, 3), torch.zeros(2, 2, 3, 3)

LAYERS = [
    (c.convolve1d, X, WEIGHT),
    (c.convolve1d_by_windows, X, WEIGHT),
    (c.convolve_transpose1d, X, WEIGHT),
    (c.convolve_transpose1d_by_matrix, X, WEIGHT),
    (c.convolve2d, IMAGE, KERNELS),
    (c.convolve2d_by_windows, IMAGE, KERNELS),
    (c.convolve_transpose2d, IMAGE, KERNELS),
    (c.convolve_transpose2d_by_matrix, IMAGE, KERNELS),
    (c.convolve1x1, IMAGE, torch.zeros(2, 2)),
]
RESAMPLINGS: list[tuple[Callable[..., Any], torch.Tensor, dict[str, Any]]] = [
    (c.subsample1d, X, {}),
    (c.subsample2d, IMAGE, {}),
    (c.max_pool1d, X, {"kernel_size": 2}),
    (c.max_pool2d, IMAGE, {"kernel_size": 2}),
    (c.mean_pool1d, X, {"kernel_size": 2}),
    (c.mean_pool2d, IMAGE, {"kernel_size": 2}),
    (c.duplicate1d, X, {}),
    (c.duplicate2d, IMAGE, {}),
    (c.interpolate_linear, X, {"length": 3}),
    (c.interpolate_bilinear, IMAGE, {"size": 3}),
]


@pytest.mark.parametrize(("layer", "x", "weight"), LAYERS)
def test_a_layer_refuses_tensors_that_do_not_go_together(
    layer: Callable[..., Any], x: torch.Tensor, weight: torch.Tensor
) -> None:
    with pytest.raises(TypeError, match="x is a list: expected a tensor"):
        layer(x.tolist(), weight)
    with pytest.raises(TypeError, match="weight is a list: expected a tensor"):
        layer(x, weight.tolist())
    with pytest.raises(TypeError, match=r"x has dtype torch\.bool: expected numbers"):
        layer(x.bool(), weight)
    with pytest.raises(TypeError, match=r"weight has dtype torch\.float64: expected torch\.float3"):
        layer(x, weight.double())
    with pytest.raises(
        TypeError, match=r"bias has dtype torch\.int64: expected torch\.float32, as"
    ):
        layer(x, weight, torch.zeros(2, dtype=torch.int64))
    with pytest.raises(TypeError, match="bias is a list: expected a tensor"):
        layer(x, weight, [0.0, 0.0])
    with pytest.raises(ValueError, match=r"bias has shape \(1,\): expected \(2,\)"):
        layer(x, weight, torch.zeros(1))
    with pytest.raises(ValueError, match="weight is on meta: expected cpu, where x is"):
        layer(x, weight.to("meta"))
    with pytest.raises(ValueError, match=r"x has shape \(2, 5\): expected (three|four) axes"):
        layer(torch.zeros(2, 5), weight)
    with pytest.raises(ValueError, match=r"weight has shape .* expected"):
        layer(x, weight[:1, :1])


@pytest.mark.parametrize(("resample", "x", "arguments"), RESAMPLINGS)
def test_resampling_refuses_what_is_no_batch_of_signals_or_images(
    resample: Callable[..., Any], x: torch.Tensor, arguments: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match="x is a list: expected a tensor"):
        resample(x.tolist(), **arguments)
    with pytest.raises(
        ValueError, match=r"x has shape \(2, 5\): expected (three|four) axes \(N, C"
    ):
        resample(torch.zeros(2, 5), **arguments)
    with pytest.raises(ValueError, match="expected at least one channel"):
        resample(x[:, :0], **arguments)


@pytest.mark.parametrize(
    ("resample", "x", "arguments"),
    [r for r in RESAMPLINGS if "mean" in r[0].__name__ or "linear" in r[0].__name__],
)
def test_what_divides_refuses_whole_numbers(
    resample: Callable[..., Any], x: torch.Tensor, arguments: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match=r"x has dtype torch\.int64: expected floating-point numb"):
        resample(x.long(), **arguments)


@pytest.mark.parametrize(("resample", "x", "arguments"), RESAMPLINGS)
def test_an_empty_batch_stays_an_empty_batch(
    resample: Callable[..., Any], x: torch.Tensor, arguments: dict[str, Any]
) -> None:
    full, empty = resample(x, **arguments), resample(x[:0], **arguments)
    if isinstance(full, tuple):
        full, empty = full[0], empty[0]
    assert empty.shape == (0, *full.shape[1:])
