import pytest
import torch

from course_lib.convolution import convolve1d, convolve2d, subsample1d, subsample2d
from tests.convolution.agreement import random_tensor


@pytest.mark.parametrize("step", [1, 2, 3, 20])
def test_it_is_what_a_stride_does_to_the_output_of_a_convolution(step: int) -> None:
    x, weight = random_tensor(2, 3, 11), random_tensor(4, 3, 3)
    strided = convolve1d(x, weight, stride=step)
    torch.testing.assert_close(subsample1d(convolve1d(x, weight), step), strided)
    images, kernels = random_tensor(2, 3, 7, 8), random_tensor(4, 3, 3, 2)
    strided = convolve2d(images, kernels, stride=(step, 2))
    torch.testing.assert_close(subsample2d(convolve2d(images, kernels), (step, 2)), strided)


def test_every_other_position_stays() -> None:
    assert subsample1d(torch.arange(5.0)[None, None]).tolist() == [[[0, 2, 4]]]
    assert subsample2d(torch.arange(12.0).reshape(1, 1, 3, 4)).tolist() == [[[[0, 2], [8, 10]]]]


def test_a_gradient_reaches_only_what_stayed() -> None:
    x = torch.zeros(1, 1, 3, 3, requires_grad=True)
    (gradient,) = torch.autograd.grad(subsample2d(x).sum(), x)
    assert gradient.tolist() == [[[[1, 0, 1], [0, 0, 0], [1, 0, 1]]]]


def test_a_step_below_one_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="step=0: expected a whole number of at least 1"):
        subsample1d(torch.zeros(1, 1, 5), 0)
    with pytest.raises(ValueError, match="step=-1: expected a whole number of at least 1"):
        subsample2d(torch.zeros(1, 1, 5, 5), (2, -1))
