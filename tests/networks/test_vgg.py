import pytest
import torch

from course_lib.networks import VGG, parameter_total, summarise
from tests.networks.gradients import images, parameters_without_gradient


def test_every_stage_halves_the_map() -> None:
    with torch.device("meta"):
        layers = summarise(VGG(16), (3, 224, 224))
    pools = [layer.output_shape for layer in layers if layer.kind == "MaxPool2d"]
    assert pools == [(64, 112, 112), (128, 56, 56), (256, 28, 28), (512, 14, 14), (512, 7, 7)]


def test_a_larger_image_costs_parameters_in_the_first_dense_layer_only() -> None:
    with torch.device("meta"):
        small, large = (VGG(11, image_size=size) for size in (224, 448))
    assert parameter_total(small.features) == parameter_total(large.features)
    extra = 512 * (14 * 14 - 7 * 7) * 4096
    assert parameter_total(large) - parameter_total(small) == extra


def test_every_parameter_learns() -> None:
    network = VGG(11, image_size=32, classes=5, dropout=0.0)
    assert parameters_without_gradient(network, images(2, 3, 32, 32)) == []


def test_batch_normalisation_replaces_each_bias_by_a_scale_and_a_shift() -> None:
    with torch.device("meta"):
        without, normalised = (VGG(11, batch_norm=switch) for switch in (False, True))
    biases = sum((64, 128, 256, 256, 512, 512, 512, 512))
    assert parameter_total(normalised) - parameter_total(without) == biases


def test_what_does_not_fit_is_refused_in_words() -> None:
    with torch.device("meta"):
        with pytest.raises(ValueError, match=r"224, 224\); VGG\(image_size=96\) takes this one"):
            VGG(11)(torch.zeros(1, 3, 96, 96))
        with pytest.raises(ValueError, match="depth=13: expected one of 11, 16, 19"):
            VGG(13)
        with pytest.raises(ValueError, match="image_size=100: expected a multiple of 32"):
            VGG(11, image_size=100)
