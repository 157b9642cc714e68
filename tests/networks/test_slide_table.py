import pytest
import torch
import torchinfo

from course_lib.networks import (
    convolutional_mnist1d,
    fully_connected_mnist1d,
    layer_table,
    summarise,
)

SLIDE = """
Sequential [100, 10] --
Conv1d: 1-1 [100, 15, 19] 60
ReLU: 1-2 [100, 15, 19] --
Conv1d: 1-3 [100, 15, 9] 690
ReLU: 1-4 [100, 15, 9] --
Conv1d: 1-5 [100, 15, 4] 690
ReLU: 1-6 [100, 15, 4] --
Flatten: 1-7 [100, 60] --
Linear: 1-8 [100, 10] 610
"""
SUMS = """
Total params: 2,050
Trainable params: 2,050
Non-trainable params: 0
Total mult-adds (Units.MEGABYTES): 1.07
Input size (MB): 0.02
Forward/backward pass size (MB): 0.39
Params size (MB): 0.01
Estimated Total Size (MB): 0.42
"""


def test_the_table_is_the_slides() -> None:
    table = layer_table(convolutional_mnist1d(), (100, 1, 40))
    lines = [
        f"{line.label} {list(line.output_shape)} {line.parameters or '--'}" for line in table.lines
    ]
    assert lines == SLIDE.strip().splitlines()
    printed = table.text.splitlines()
    assert all(line in printed for line in SUMS.strip().splitlines())
    numbers = (
        table.input_megabytes,
        table.activation_megabytes,
        table.parameter_megabytes,
        table.total_megabytes,
    )
    assert [round(number, 2) for number in numbers] == [0.02, 0.39, 0.01, 0.42]
    assert table.parameters == 2050


def test_its_multiply_adds_are_ours_and_one_more_for_every_bias() -> None:
    network = convolutional_mnist1d()
    layers = summarise(network, (1, 40))
    products = sum(layer.multiply_adds for layer in layers)
    biases = sum(layer.activations for layer in layers if layer.kind == "Conv1d")
    table = layer_table(network, (100, 1, 40))
    assert table.multiply_adds == 1_072_000
    # torchinfo counts a dense layer's parameters once an example, so its biases too.
    assert table.multiply_adds == 100 * (products + biases + 10)
    assert 100 * products == 1_023_000


def test_the_network_is_left_in_training_mode_and_unchanged() -> None:
    network = convolutional_mnist1d()
    before = [parameter.clone() for parameter in network.parameters()]
    layer_table(network, (5, 1, 40))
    assert network.training
    assert all(torch.equal(a, b) for a, b in zip(before, network.parameters(), strict=True))


def test_it_is_torchinfos_own_table_for_another_network() -> None:
    network = fully_connected_mnist1d()
    theirs = torchinfo.summary(network, (7, 40), verbose=0, device="cpu")
    ours = layer_table(network, (7, 40))
    assert ours.text == str(theirs)
    assert ours.parameters == 59_065


def test_an_input_that_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"input_shape=\(100, 2, 40\): "):
        layer_table(convolutional_mnist1d(), (100, 2, 40))
