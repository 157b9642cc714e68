import pytest
from hypothesis import given, settings
from torch import nn

from course_lib.convolution import output_size, parameter_count, parameter_count2d
from tests.convolution.strategies import Problem, image_problems
from tests.convolution.test_two_dimensions import torch_convolution


@settings(max_examples=50)
@given(image_problems())
def test_the_output_size_is_that_of_torchs_output(p: Problem) -> None:
    options = {k: v for k, v in p.options.items() if k != "groups"}
    try:
        expected = torch_convolution(p).shape[2:]
    except RuntimeError:
        with pytest.raises(ValueError, match=r"^(height|width): .*expected"):
            output_size(p.x.shape[2:], p.weight.shape[2:], **options)
    else:
        assert output_size(p.x.shape[2:], p.weight.shape[2:], **options) == expected


def test_the_sizes_of_well_known_layers_come_out() -> None:
    # AlexNet's first layer; VGG's; the first of a ResNet.
    assert output_size(227, 11, stride=4, padding="valid") == (55, 55)
    assert output_size(224, 3) == (224, 224)
    assert output_size(224, 7, stride=2, padding=3) == (112, 112)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("channels", "groups"), [((1, 1), 1), ((3, 5), 1), ((6, 4), 2)])
@pytest.mark.parametrize("kernel_size", [3, (2, 5)])
def test_parameters_are_counted_as_torch_counts_them(
    channels: tuple[int, int], groups: int, bias: bool, kernel_size: int | tuple[int, int]
) -> None:
    layer = nn.Conv2d(*channels, kernel_size=kernel_size, groups=groups, bias=bias)
    expected = sum(p.numel() for p in layer.parameters())
    assert parameter_count2d(*channels, kernel_size, groups=groups, bias=bias) == expected


def test_the_slides_count_a_filter_for_each_output_channel_and_a_bias() -> None:
    # Slides, "How many parameters?": C_i × K × K + 1, then C_i × C_o × K × K + C_o.
    assert parameter_count2d(3, 1, 5) == 3 * 5 * 5 + 1
    assert parameter_count2d(3, 64, 5) == 3 * 64 * 5 * 5 + 64
    assert parameter_count2d(3, 64, (5, 1)) == parameter_count(3, 64, 5)


def test_parameters_of_an_impossible_layer_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="kernel_size=-2: expected a whole number of at least 1"):
        parameter_count2d(1, 1, (-2, -2))
    with pytest.raises(ValueError, match="groups=2: expected a divisor of both in_channels=3"):
        parameter_count2d(3, 4, 3, groups=2)
    with pytest.raises(ValueError, match=r"kernel_size=\(1, 2, 3\): expected a whole number, or a"):
        parameter_count2d(3, 4, (1, 2, 3))
