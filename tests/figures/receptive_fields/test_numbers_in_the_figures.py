"""The numbers that the figures show, against torch."""

from xml.etree import ElementTree

import pytest
import torch
from torch import nn

from course_lib.convolution import receptive_field_by_gradient
from course_lib.figures import load, show
from course_lib.figures.numbers import number
from course_lib.figures.rendering import page_svg


def words(name: str, **params: object) -> list[str]:
    """Return what stands in the drawing, formulas in one piece."""
    root: ElementTree.Element = page_svg(load(f"receptive-fields/{name}"), params)
    return ["".join(text.itertext()) for text in root.iter("text")]


def measured(kernel_sizes: list[int], strides: list[int], dilations: list[int]) -> list[int]:
    """Return how many inputs a unit of each layer spans, by gradient."""
    layers: list[nn.Module] = []
    found = []
    for size, stride, dilation in zip(kernel_sizes, strides, dilations, strict=True):
        layers.append(nn.Conv1d(1, 1, size, stride=stride, dilation=dilation))
        read = receptive_field_by_gradient(nn.Sequential(*layers), (1, 64), 0).nonzero()
        found.append(int(read.max() - read.min()) + 1)
    return found


@pytest.mark.parametrize(
    ("kernel_sizes", "strides", "dilations"),
    [
        ([3, 3, 3], [1, 1, 1], [1, 1, 1]),
        ([3, 2], [2, 1], [1, 3]),
        ([5, 3, 3], [1, 2, 1], [1, 1, 2]),
    ],
)
def test_compound_brackets_the_fields_that_gradients_measure(
    kernel_sizes: list[int], strides: list[int], dilations: list[int]
) -> None:
    sizes = measured(kernel_sizes, strides, dilations)
    given = {"kernel_sizes": kernel_sizes, "strides": strides, "dilations": dilations}
    said = words("compound", **given, length=21)
    assert f"layer {len(sizes)} sees {sizes[-1]}" in said
    assert all(str(size) in said for size in sizes[:-1])
    assert any(line.endswith(f" = {sizes[-1]} inputs") for line in said)


def test_stride_and_dilation_say_what_gradients_measure() -> None:
    said = words("stride-and-dilation", kernel_size=3, stride=3, length=31)
    for strides, dilations in (([1] * 3, [1] * 3), ([3] * 3, [1] * 3), ([1] * 3, [1, 2, 4])):
        sizes = measured([3] * 3, strides, dilations)
        assert f"sees {', '.join(map(str, sizes))}" in said


def test_channels_change_the_parameters_that_torch_counts_and_not_the_field() -> None:
    said = words("channels", channels=3)
    for channels in (1, 3):
        network = nn.Sequential(nn.Conv1d(1, channels, 3), nn.Conv1d(channels, 1, 3))
        count = sum(parameter.numel() for parameter in network.parameters())
        assert f"{count} parameters" in said
        size = int(receptive_field_by_gradient(network, (1, 9), 2).sum())
        assert said.count(f"still {size} inputs") == 2


def test_composition_multiplies_polynomials_as_torch_convolves() -> None:
    first, second, third = [2.0, -1.0, 3.0], [1.0, 0.5], [1.0, 0.0, -2.0]
    composed = torch.tensor(first)[None, None]
    said = words("composition", first=first, second=second, third=third)
    for kernel in (second, third):
        room = len(kernel) - 1
        weight = torch.tensor(kernel).flip(0)[None, None]
        composed = nn.functional.conv1d(composed, weight, padding=room)
        assert f"{composed.numel()} taps" in said
        assert all(number(float(weight)) in said for weight in composed.flatten())


def test_the_networks_end_at_the_published_sizes() -> None:
    said = words("networks")
    assert {"AlexNet 195", "VGG-16 212", "ResNet-50 483"} <= set(said)


def test_the_effective_field_is_narrower_than_the_field_and_signs_cancel() -> None:
    alt = show("receptive-fields/effective", depths=(6,), draws=100).alt
    spread = float(alt.split("a spread of ")[1].split(". ")[0])
    # Six random steps of −1, 0 or 1 spread by two; a hundred draws come near.
    assert spread == pytest.approx(2, rel=0.2)
    assert "13 inputs" in alt


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("compound", {"length": 40}, "at most 31"),
        ("compound", {"length": 5}, "spans"),
        ("compound", {"strides": [1]}, "one number a layer"),
        ("channels", {"channels": 1}, "from 2 to 6"),
        ("composition", {"first": [1]}, "2 or 3 weights"),
        ("effective", {"depths": [17]}, "from 1 to 16"),
        ("effective", {"draws": 0}, "from 1 to 2000"),
        ("networks", {"image": 0}, "from 1 to 500"),
    ],
)
def test_what_there_is_no_room_for_is_refused(
    name: str, params: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        show(f"receptive-fields/{name}", **params)
