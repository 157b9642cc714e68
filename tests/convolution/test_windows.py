import pytest
import torch
from hypothesis import given, settings

from course_lib.convolution import (
    convolve1d,
    convolve1d_by_windows,
    convolve2d,
    convolve2d_by_windows,
    windows1d,
    windows2d,
)
from tests.convolution.agreement import assert_agrees, random_tensor
from tests.convolution.strategies import Problem, image_problems, problems
from tests.convolution.test_two_dimensions import torch_convolution
from tests.golden import torch_oracle


@settings(max_examples=50)
@given(problems())
def test_the_product_of_windows_and_kernels_is_torchs_convolution(p: Problem) -> None:
    assert_agrees(
        lambda x, weight, bias: convolve1d_by_windows(x, weight, bias, **p.options),
        lambda x, weight, bias: torch_oracle.convolution(x, weight, bias, **p.options),
        p.x,
        p.weight,
        p.bias,
    )


@settings(max_examples=50)
@given(image_problems())
def test_the_product_of_windows_and_kernels_is_torchs_convolution_of_images(p: Problem) -> None:
    assert_agrees(
        lambda x, weight, bias: convolve2d_by_windows(x, weight, bias, **p.options),
        lambda x, weight, bias: torch_convolution(Problem(x, weight, bias, p.options)),
        p.x,
        p.weight,
        p.bias,
    )


def test_whole_numbers_come_out_exactly_by_every_way() -> None:
    x = torch.arange(48).reshape(1, 2, 4, 6)
    weight = torch.arange(24).reshape(3, 2, 2, 2)
    assert torch.equal(convolve2d(x, weight), convolve2d_by_windows(x, weight))
    signal, kernel = x[:, :, 0], weight[..., 0]
    assert torch.equal(convolve1d(signal, kernel), convolve1d_by_windows(signal, kernel))


def test_windows_are_views_of_the_signal() -> None:
    signal = torch.arange(8.0)
    windows = windows1d(signal, 3, stride=2, dilation=2)
    assert windows.tolist() == [[0, 2, 4], [2, 4, 6]]
    signal[2] = 100
    assert windows.tolist() == [[0, 100, 4], [100, 4, 6]]
    assert windows.untyped_storage().data_ptr() == signal.untyped_storage().data_ptr()


def test_windows_of_an_image_are_views_of_its_patches() -> None:
    image = random_tensor(2, 3, 7, 8)
    windows = windows2d(image, (2, 3), stride=(3, 1), dilation=(1, 2))
    assert windows.shape == (2, 3, 2, 4, 2, 3)
    for i in range(2):
        for j in range(4):
            patch = image[:, :, [3 * i, 3 * i + 1]][..., [j, j + 2, j + 4]]
            assert torch.equal(windows[:, :, i, j], patch)
    assert windows.untyped_storage().data_ptr() == image.untyped_storage().data_ptr()


def test_windows_that_cannot_be_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="spans 4 values, but the signal has length 3"):
        windows1d(torch.zeros(3), 4)
    with pytest.raises(ValueError, match="width: kernel_size=4 with dilation=1 spans 4 values"):
        windows2d(torch.zeros(4, 3), 4)
    with pytest.raises(ValueError, match=r"x has shape \(\): expected an axis L at its end"):
        windows1d(torch.zeros(()), 4)
    with pytest.raises(ValueError, match=r"x has shape \(3,\): expected two axes \(H, W\)"):
        windows2d(torch.zeros(3), 4)
