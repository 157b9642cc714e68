import pytest
import torch
from torch import nn
from torch.nn import functional

from course_lib.convolution import convolve1d, convolve1x1, convolve2d
from tests.convolution.agreement import assert_agrees, random_tensor


@pytest.mark.parametrize("with_bias", [True, False])
def test_values_and_gradients_are_those_of_torchs_convolution_of_size_one(with_bias: bool) -> None:
    bias = random_tensor(4, seed=2) if with_bias else None
    assert_agrees(
        convolve1x1,
        lambda x, weight, bias: functional.conv2d(x, weight[:, :, None, None], bias),
        random_tensor(2, 3, 5, 6),
        random_tensor(4, 3, seed=1),
        bias,
    )
    assert_agrees(
        convolve1x1,
        lambda x, weight, bias: functional.conv1d(x, weight[:, :, None], bias),
        random_tensor(2, 3, 7),
        random_tensor(4, 3, seed=1),
        bias,
    )


def test_it_is_one_fully_connected_layer_at_each_position() -> None:
    layer = nn.Linear(3, 5, dtype=torch.float64)
    image = random_tensor(2, 3, 4, 6)
    z = convolve1x1(image, layer.weight, layer.bias)
    assert z.shape == (2, 5, 4, 6)
    for i in range(4):
        for j in range(6):
            torch.testing.assert_close(z[:, :, i, j], layer(image[:, :, i, j]))


def test_the_explicit_convolutions_say_the_same() -> None:
    x, weight, bias = random_tensor(2, 3, 4, 6), random_tensor(5, 3), random_tensor(5)
    z = convolve1x1(x, weight, bias)
    torch.testing.assert_close(convolve2d(x, weight[:, :, None, None], bias), z)
    torch.testing.assert_close(convolve1d(x[:, :, 0], weight[:, :, None], bias), z[:, :, 0])


def test_a_weight_for_other_channels_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"weight has shape \(5, 4\): expected .* C_in = 3 as x"):
        convolve1x1(torch.zeros(1, 3, 7), torch.zeros(5, 4))
    with pytest.raises(ValueError, match=r"expected two axes \(C_out, C_in\)"):
        convolve1x1(torch.zeros(1, 3, 7), torch.zeros(5, 3, 1))
    with pytest.raises(ValueError, match="at least one channel of each kind"):
        convolve1x1(torch.zeros(1, 3, 7), torch.zeros(0, 3))
