import pytest
import torch
from hypothesis import given, settings

from course_lib.convolution import convolution_matrix1d, convolve1d
from tests.convolution.strategies import Problem, problems
from tests.golden import torch_oracle


@settings(deadline=None, max_examples=100)
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
    z.backward(upstream)
    matrix = convolution_matrix1d(p.weight, x.shape[-1], **options)
    assert x.grad is not None
    torch.testing.assert_close(matrix.T @ upstream.flatten(), x.grad.flatten())


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
    convolution_matrix1d(kernel, 5).sum().backward()
    assert kernel.grad is not None
    assert kernel.grad.tolist() == [4, 5, 4]


def test_a_weight_of_another_shape_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"weight has shape \(2, 2\): expected \(C_out"):
        convolution_matrix1d(torch.zeros(2, 2), 5)
    with pytest.raises(ValueError, match=r"groups=2: expected a divisor"):
        convolution_matrix1d(torch.zeros(3, 1, 3), 5, groups=2)
    with pytest.raises(ValueError, match=r"groups=0: expected a whole number"):
        convolution_matrix1d(torch.zeros(3, 1, 3), 5, groups=0)
