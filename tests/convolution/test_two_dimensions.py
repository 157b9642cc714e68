from typing import Any

import pytest
import torch
from hypothesis import given, settings
from torch import Tensor, nn
from torch.nn import functional

from course_lib.convolution import PADDINGS, convolve1d, convolve2d, pad2d
from tests.convolution.agreement import assert_agrees, pad_as_torch, random_tensor
from tests.convolution.strategies import Problem, image_problems


def torch_convolution(p: Problem) -> Tensor:
    options = dict(p.options)
    padding, dilation = options.pop("padding"), options["dilation"]
    x = pad_as_torch(p.x, p.weight.shape[2:], dilation, padding)
    return functional.conv2d(x, p.weight, p.bias, **options)


@settings(max_examples=70)
@given(image_problems())
def test_the_explicit_convolution_is_torchs_in_values_gradients_and_refusals(p: Problem) -> None:
    assert_agrees(
        lambda x, weight, bias: convolve2d(x, weight, bias, **p.options),
        lambda x, weight, bias: torch_convolution(Problem(x, weight, bias, p.options)),
        p.x,
        p.weight,
        p.bias,
    )


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize("kernel_size", [(1, 1), (3, 3), (2, 5), (4, 1)])
@pytest.mark.parametrize("dilation", [(1, 1), (1, 2), (3, 1)])
def test_the_padding_is_that_of_torchs_own_layer(
    padding: Any, kernel_size: tuple[int, int], dilation: tuple[int, int]
) -> None:
    layer = nn.Conv2d(
        2,
        3,
        kernel_size,
        dilation=dilation,
        padding=0 if padding == "valid" else "same",
        padding_mode="zeros" if padding == "valid" else padding,
        dtype=torch.float64,
    )
    x = random_tensor(2, 2, 11, 10)
    actual = convolve2d(x, layer.weight, layer.bias, dilation=dilation, padding=padding)
    torch.testing.assert_close(actual, layer(x), rtol=0, atol=1e-12)


def test_a_three_by_three_kernel_weighs_the_nine_pixels_round_each_one() -> None:
    # The slide's formula, with its indices from 1: h_ij = sum of w_mn x_(i+m-2, j+n-2).
    x, weight = random_tensor(5, 6), random_tensor(3, 3, seed=1)
    z = convolve2d(x[None, None], weight[None, None])[0, 0]
    for i in range(1, 6):
        for j in range(1, 7):
            expected = 0.0
            for m in range(1, 4):
                for n in range(1, 4):
                    row, column = i + m - 2, j + n - 2
                    if 1 <= row <= 5 and 1 <= column <= 6:
                        expected += float(weight[m - 1, n - 1] * x[row - 1, column - 1])
            assert float(z[i - 1, j - 1]) == pytest.approx(expected, abs=1e-12)


def test_the_first_number_of_a_pair_goes_down_and_the_second_across() -> None:
    x = torch.arange(20.0).reshape(1, 1, 4, 5)
    one = torch.ones(1, 1, 1, 1)
    assert convolve2d(x, one, stride=(3, 2)).tolist() == [[[[0, 2, 4], [15, 17, 19]]]]
    difference = torch.tensor([[[[-1.0], [1.0]]]])
    slopes = convolve2d(x, difference, dilation=(2, 1), padding="valid")
    assert slopes.tolist() == [[[[10] * 5] * 2]]


def test_a_kernel_of_one_row_is_the_one_dimensional_convolution_of_every_row() -> None:
    x, weight = random_tensor(2, 3, 4, 9), random_tensor(2, 3, 1, 4, seed=1)
    for padding in PADDINGS:
        rows = [convolve1d(x[:, :, i], weight[:, :, 0], padding=padding) for i in range(4)]
        torch.testing.assert_close(
            convolve2d(x, weight, padding=padding), torch.stack(rows, dim=2), rtol=0, atol=1e-12
        )


def test_single_precision_is_kept() -> None:
    x, weight = random_tensor(1, 2, 9, 9).float(), random_tensor(3, 2, 3, 3).float()
    expected = functional.conv2d(x, weight, padding=1)
    torch.testing.assert_close(convolve2d(x, weight), expected, rtol=0, atol=1e-5)


def test_an_empty_batch_stays_an_empty_batch() -> None:
    assert convolve2d(torch.zeros(0, 2, 5, 4), torch.zeros(3, 2, 3, 3)).shape == (0, 3, 5, 4)
    assert convolve1d(torch.zeros(0, 2, 5), torch.zeros(3, 2, 3)).shape == (0, 3, 5)


@pytest.mark.parametrize("padding", PADDINGS[2:])
def test_padding_alone_is_torchs_with_any_amounts(padding: str) -> None:
    x = random_tensor(2, 3, 3, 4)
    for vertical in [(0, 0), (1, 2), (2, 0)]:
        for horizontal in [(0, 0), (3, 1), (0, 2)]:
            expected = functional.pad(x, (*horizontal, *vertical), mode=padding)
            assert torch.equal(pad2d(x, vertical, horizontal, padding), expected)


def test_zeros_stand_on_the_sides_that_were_asked_for() -> None:
    x = torch.ones(1, 2)
    assert pad2d(x, (1, 0), (0, 2), "zeros").tolist() == [[0, 0, 0, 0], [1, 1, 0, 0]]


@pytest.mark.parametrize(
    ("x", "weight", "options", "message"),
    [
        ((3, 5, 5), (1, 3, 3, 3), {}, r"x has shape \(3, 5, 5\): expected four axes \(N, C_in, H"),
        ((1, 3, 5, 5), (3, 3), {}, r"weight has shape \(3, 3\): expected four axes \(C_out, C_in"),
        ((1, 3, 5, 5), (1, 2, 3, 3), {}, r"expected C_in/groups = 3/1 = 3 on its second axis"),
        ((1, 3, 5, 5), (2, 3, 3, 3), {"groups": 2}, r"groups=2: expected a divisor of both"),
        ((1, 0, 5, 5), (2, 0, 3, 3), {}, r"expected at least one channel of each kind"),
        ((1, 1, 0, 5), (1, 1, 1, 1), {}, r"height: length=0: the signal has no values, expected"),
        ((1, 1, 5, 5), (1, 1, 3, 0), {}, r"width: kernel_size=0: the kernel has no weights"),
        ((1, 1, 5, 2), (1, 1, 3, 3), {"padding": "valid"}, r"width: kernel_size=3 with dilation=1"),
        ((1, 1, 5, 2), (1, 1, 3, 9), {"padding": (0, 2)}, r"padding=2 adds 4: expected a span of"),
        ((1, 1, 2, 5), (1, 1, 5, 3), {"padding": "reflect"}, r"height: padding='reflect' needs 2"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"stride": (1, 0)}, r"width: stride=0: expected a whole"),
        (
            (1, 1, 5, 5),
            (1, 1, 3, 3),
            {"stride": (1, 1, 1)},
            r"stride=\(1, 1, 1\): expected a whole",
        ),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"dilation": 1.5}, r"dilation=1\.5: expected a whole number"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"padding": -1}, r"padding=-1: expected no negative number"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"padding": "same"}, r"padding='same': expected one of zeros"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    x: tuple[int, ...], weight: tuple[int, ...], options: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        convolve2d(torch.zeros(x), torch.zeros(weight), **options)  # type: ignore[arg-type]


def test_padding_refuses_what_is_no_image() -> None:
    with pytest.raises(ValueError, match=r"x has shape \(3,\): expected two axes"):
        pad2d(torch.zeros(3), (1, 1), (1, 1), "zeros")
