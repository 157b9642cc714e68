from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from torch import Tensor, nn

from course_lib.convolution import (
    convolution_matrix1d,
    convolution_matrix2d,
    convolve1d,
    convolve2d,
)
from tests.convolution.agreement import random_tensor
from tests.convolution.strategies import Problem, image_problems, problems
from tests.convolution.test_two_dimensions import torch_convolution
from tests.golden import torch_oracle


@settings(deadline=None, max_examples=50)
@given(problems())
def test_the_matrix_times_the_signal_is_the_convolution(p: Problem) -> None:
    length = p.x.shape[-1]
    try:
        expected = torch_oracle.convolution(p.x, p.weight, None, **p.options)
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            convolution_matrix1d(p.weight, length, **p.options)
        return
    matrix = convolution_matrix1d(p.weight, length, **p.options)
    for x, z in zip(p.x, expected, strict=True):
        torch.testing.assert_close(matrix @ x.flatten(), z.flatten(), rtol=0, atol=1e-12)
    torch.testing.assert_close(
        matrix, torch_oracle.matrix(p.weight, length, **p.options), rtol=0, atol=1e-12
    )


@settings(deadline=None, max_examples=20)
@given(problems())
def test_the_transposed_matrix_is_the_gradient_with_respect_to_the_signal(p: Problem) -> None:
    options = p.options | {"padding": "zeros"}
    x = p.x[:1].clone().requires_grad_()
    z = convolve1d(x, p.weight, **options)
    upstream = torch.randn(z.shape, generator=torch.Generator().manual_seed(0), dtype=z.dtype)
    (gradient,) = torch.autograd.grad(z, x, upstream)
    matrix = convolution_matrix1d(p.weight, x.shape[-1], **options)
    torch.testing.assert_close(matrix.T @ upstream.flatten(), gradient.flatten())


def test_a_plain_kernel_gives_one_diagonal_a_weight() -> None:
    assert convolution_matrix1d([1, 2, 3], 4).tolist() == [
        [2, 3, 0, 0],
        [1, 2, 3, 0],
        [0, 1, 2, 3],
        [0, 0, 1, 2],
    ]


def test_a_tap_on_a_padded_value_adds_to_the_column_it_reads() -> None:
    assert convolution_matrix1d([1, 2, 3], 3, padding="circular").tolist() == [
        [2, 3, 1],
        [1, 2, 3],
        [3, 1, 2],
    ]
    assert convolution_matrix1d([1, 2, 3], 3, padding="replicate")[0].tolist() == [3, 3, 0]
    assert convolution_matrix1d([1, 2, 3], 3, padding="reflect")[0].tolist() == [2, 4, 0]


def test_a_kernel_may_be_a_tensor_with_one_axis_and_keeps_its_precision() -> None:
    kernel = torch.tensor([1.0, 2.0], dtype=torch.float64)
    assert convolution_matrix1d(kernel, 3).dtype == torch.float64


def test_gradients_flow_to_the_weights() -> None:
    kernel = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    (gradient,) = torch.autograd.grad(convolution_matrix1d(kernel, 5).sum(), kernel)
    assert gradient.tolist() == [4, 5, 4]


def test_a_weight_of_another_shape_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"weight has shape \(2, 2\): expected \(C_out"):
        convolution_matrix1d(torch.zeros(2, 2), 5)
    with pytest.raises(ValueError, match=r"groups=2: expected a divisor"):
        convolution_matrix1d(torch.zeros(3, 1, 3), 5, groups=2)
    with pytest.raises(ValueError, match=r"groups=0: expected a whole number"):
        convolution_matrix1d(torch.zeros(3, 1, 3), 5, groups=0)


@settings(max_examples=50)
@given(image_problems())
def test_the_matrix_times_the_image_is_the_convolution(p: Problem) -> None:
    size = p.x.shape[2:]
    try:
        expected = torch_convolution(Problem(p.x, p.weight, None, p.options))
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            convolution_matrix2d(p.weight, size, **p.options)
        return
    matrix = convolution_matrix2d(p.weight, size, **p.options)
    torch.testing.assert_close(
        (matrix @ p.x.flatten(1).T).T, expected.flatten(1), rtol=0, atol=1e-12
    )
    # The columns are the responses to every unit image: no entry is left to chance.
    units = torch.eye(matrix.shape[1], dtype=torch.float64).reshape(-1, *p.x.shape[1:])
    responses = torch_convolution(Problem(units, p.weight, None, p.options)).flatten(1).T
    torch.testing.assert_close(matrix, responses, rtol=0, atol=1e-12)


@settings(max_examples=30)
@given(problems(), image_problems())
def test_the_sparse_matrix_is_the_dense_one(p: Problem, q: Problem) -> None:
    builds: list[tuple[Callable[..., Tensor], Problem, Any]] = [
        (convolution_matrix1d, p, p.x.shape[2]),
        (convolution_matrix2d, q, q.x.shape[2:]),
    ]
    for build, problem, size in builds:
        try:
            dense = build(problem.weight, size, **problem.options)
        except ValueError:
            continue
        sparse = build(problem.weight, size, sparse=True, **problem.options)
        assert sparse.layout == torch.sparse_coo
        assert sparse.is_coalesced()
        assert torch.equal(sparse.to_dense(), dense)


def test_a_sparse_matrix_stores_a_weight_for_each_tap_that_reads_a_value() -> None:
    matrix = convolution_matrix2d(torch.ones(3, 3), 100, sparse=True)
    assert matrix.shape == (10_000, 10_000)
    # Three taps a row and a column, but two at either end.
    assert matrix.values().numel() == (3 * 100 - 2) ** 2


@pytest.mark.parametrize("padding", ["zeros", "valid", "reflect", "replicate", "circular", 1])
@pytest.mark.parametrize("stride", [1, 2])
def test_a_fully_connected_layer_with_the_matrix_is_the_convolutional_layer(
    padding: str | int, stride: int
) -> None:
    x, weight, bias = random_tensor(4, 2, 9), random_tensor(3, 2, 3), random_tensor(3)
    z = convolve1d(x, weight, bias, stride=stride, padding=padding)
    linear = nn.Linear(18, z[0].numel(), dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(convolution_matrix1d(weight, 9, stride=stride, padding=padding))
        linear.bias.copy_(bias.repeat_interleave(z.shape[2]))
    torch.testing.assert_close(linear(x.flatten(1)), z.flatten(1), rtol=0, atol=1e-12)

    images, kernels = random_tensor(4, 2, 5, 6), random_tensor(3, 2, 3, 2)
    z = convolve2d(images, kernels, bias, stride=stride, padding=padding)
    linear = nn.Linear(60, z[0].numel(), dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(convolution_matrix2d(kernels, (5, 6), stride=stride, padding=padding))
        linear.bias.copy_(bias.repeat_interleave(z.shape[2] * z.shape[3]))
    torch.testing.assert_close(linear(images.flatten(1)), z.flatten(1), rtol=0, atol=1e-12)


def test_the_matrix_of_an_image_is_made_of_matrices_of_signals() -> None:
    kernel = random_tensor(2, 3)
    matrix = convolution_matrix2d(kernel, (3, 4), padding="valid").reshape(2, 2, 3, 4)
    for i in range(2):
        for s in range(3):
            block = matrix[i, :, s]
            expected = (
                convolution_matrix1d(kernel[s - i], 4, padding="valid")
                if 0 <= s - i < 2
                else torch.zeros_like(block)
            )
            assert torch.equal(block, expected)


def test_the_three_matrices_of_the_slides_have_six_inputs() -> None:
    # Slides, "Special case of fully-connected network": size 3, strides 1 and 2, zero padding.
    first = convolution_matrix1d([1, 2, 3], 6)
    assert first.tolist() == [
        [2, 3, 0, 0, 0, 0],
        [1, 2, 3, 0, 0, 0],
        [0, 1, 2, 3, 0, 0],
        [0, 0, 1, 2, 3, 0],
        [0, 0, 0, 1, 2, 3],
        [0, 0, 0, 0, 1, 2],
    ]
    assert torch.equal(convolution_matrix1d([1, 2, 3], 6, stride=2), first[::2])


@pytest.mark.parametrize("sparse", [False, True])
def test_gradients_flow_to_the_weights_of_images(sparse: bool) -> None:
    x, weight = random_tensor(2, 5, 4), random_tensor(3, 2, 3, 3).requires_grad_()
    z = convolution_matrix2d(weight, (5, 4), sparse=sparse) @ x.flatten()[:, None]
    (ours,) = torch.autograd.grad(z.square().sum(), weight)
    (torchs,) = torch.autograd.grad(
        nn.functional.conv2d(x, weight, padding=1).square().sum(), weight
    )
    torch.testing.assert_close(ours, torchs, rtol=0, atol=1e-10)


def test_a_weight_for_images_of_another_shape_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"shape \(2,\): expected .* or \(K_h, K_w\)"):
        convolution_matrix2d([1.0, 2.0], 5)  # type: ignore[list-item]
    with pytest.raises(ValueError, match=r"shape \(0, 1, 3, 3\): expected at least one channel"):
        convolution_matrix2d(torch.zeros(0, 1, 3, 3), 5)
    with pytest.raises(ValueError, match=r"width: kernel_size=3 with dilation=1 spans 3"):
        convolution_matrix2d(torch.zeros(3, 3), (3, 2), padding="valid")
