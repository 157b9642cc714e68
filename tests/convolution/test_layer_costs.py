from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from course_lib.convolution.cost import LayerCost, mebibytes, memory_bytes, total_cost
from course_lib.convolution.layer_costs import (
    convolution_cost,
    linear_cost,
    normalisation_cost,
    transposed_convolution_cost,
)


class Counter:
    """Counts the products and sums of the numbers that it makes."""

    def __init__(self) -> None:
        self.products = self.bias_additions = self.made = 0

    def number(self) -> Number:
        return Number(self)


class Number:
    """A number without a value: multiplying it is counted, adding to it is not."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    def __mul__(self, other: Number) -> Number:
        self.counter.products += 1
        return Number(self.counter)

    def __add__(self, other: Number) -> Number:
        return Number(self.counter)

    def plus_bias(self, bias: Number) -> Number:
        self.counter.bias_additions += 1
        return Number(self.counter)


def convolve_and_count(
    c_in: int,
    c_out: int,
    kernel: Sequence[int],
    size: Sequence[int],
    stride: int,
    groups: int,
    bias: bool,
) -> tuple[Counter, int]:
    """Run a convolution without padding, one product at a time; return counts and outputs."""
    counter = Counter()
    weight = {
        key: counter.number()
        for key in product(range(c_out), range(c_in // groups), *map(range, kernel))
    }
    x = {key: counter.number() for key in product(range(c_in), *map(range, size))}
    positions = [range((n - k) // stride + 1) for n, k in zip(size, kernel, strict=True)]
    outputs = 0
    for o, *position in product(range(c_out), *positions):
        group = o // (c_out // groups)
        z = counter.number()
        for c, *tap in product(range(c_in // groups), *map(range, kernel)):
            at = (stride * p + k for p, k in zip(position, tap, strict=True))
            z = z + weight[o, c, *tap] * x[group * (c_in // groups) + c, *at]
        if bias:
            z = z.plus_bias(counter.number())
        outputs += 1
    return counter, outputs


small = st.integers(1, 3)


@st.composite
def settings_of_a_layer(draw: st.DrawFn) -> dict[str, Any]:
    axes, groups = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    each = st.tuples(*[small] * axes)
    return {
        "in_channels": groups * draw(small),
        "out_channels": groups * draw(small),
        "kernel_size": draw(each),
        "input_size": draw(st.tuples(*[st.integers(1, 8)] * axes)),
        "stride": draw(small),
        "dilation": draw(each),
        "padding": draw(st.integers(0, 2)),
        "groups": groups,
        "bias": draw(st.booleans()),
        "batch": draw(small),
    }


def on_meta(kind: str, s: dict[str, Any], **more: Any) -> tuple[nn.Module, torch.Tensor]:
    names = ("in_channels", "out_channels", "kernel_size", "stride", "dilation", "padding")
    arguments = {name: s[name] for name in (*names, "groups", "bias")}
    layer = getattr(nn, f"{kind}{len(s['input_size'])}d")(**arguments, **more, device="meta")
    return layer, torch.empty(s["batch"], s["in_channels"], *s["input_size"], device="meta")


def check_against_torch(cost: LayerCost, layer: nn.Module, x: torch.Tensor) -> None:
    with FlopCounterMode(display=False) as flops:
        output = layer(x)
    assert cost.output_shape == tuple(output.shape)
    assert cost.activations == output.numel()
    assert cost.parameters == sum(p.numel() for p in layer.parameters())
    # Torch counts a multiply-add as two operations, and no biases.
    assert 2 * cost.multiply_adds == flops.get_total_flops()


@settings(max_examples=60)
@given(settings_of_a_layer())
def test_a_convolution_costs_what_torch_counts(s: dict[str, Any]) -> None:
    layer, x = on_meta("Conv", s)
    try:
        layer(x)
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            convolution_cost(**s)
        return
    cost = convolution_cost(**s)
    check_against_torch(cost, layer, x)
    assert cost.bias_additions == (cost.activations if s["bias"] else 0)


@settings(max_examples=60)
@given(settings_of_a_layer(), st.integers(0, 2))
def test_a_transposed_convolution_costs_what_torch_counts(s: dict[str, Any], extra: int) -> None:
    assume(extra < max(s["stride"], min(s["dilation"])))
    layer, x = on_meta("ConvTranspose", s, output_padding=extra)
    try:
        empty = layer(x).numel() == 0
    except RuntimeError:
        empty = True
    if empty:
        with pytest.raises(ValueError, match="expected"):
            transposed_convolution_cost(**s, output_padding=extra)
        return
    check_against_torch(transposed_convolution_cost(**s, output_padding=extra), layer, x)


@settings(max_examples=20)
@given(settings_of_a_layer())
def test_a_convolution_costs_what_its_loops_do(s: dict[str, Any]) -> None:
    s |= {"padding": 0, "dilation": 1, "batch": 1}
    assume(all(k <= n for k, n in zip(s["kernel_size"], s["input_size"], strict=True)))
    cost = convolution_cost(**s)
    counter, outputs = convolve_and_count(
        s["in_channels"],
        s["out_channels"],
        s["kernel_size"],
        s["input_size"],
        s["stride"],
        s["groups"],
        s["bias"],
    )
    assert (cost.multiply_adds, cost.bias_additions) == (counter.products, counter.bias_additions)
    assert cost.activations == outputs


def test_a_transposed_convolution_costs_what_its_stamps_do() -> None:
    counter = Counter()
    output: dict[tuple[int, ...], Number] = {}
    for _, row, column in product(range(2), range(4), range(5)):
        value = counter.number()
        for o, m, n in product(range(3), range(3), range(2)):
            at = (o, 2 * row + m, 2 * column + n)
            output[at] = output.get(at, counter.number()) + value * counter.number()
    cost = transposed_convolution_cost(2, 3, (3, 2), (4, 5), stride=2)
    assert cost.multiply_adds == counter.products
    assert cost.activations == len(output)


def test_a_fully_connected_layer_costs_what_torch_counts() -> None:
    for bias, batch in ((True, 1), (False, 7)):
        layer = nn.Linear(60, 10, bias=bias, device="meta")
        x = torch.empty(batch, 60, device="meta")
        check_against_torch(linear_cost(60, 10, bias=bias, batch=batch), layer, x)


@pytest.mark.parametrize(
    ("kind", "layer"),
    [
        ("batch", nn.BatchNorm2d(6, device="meta")),
        ("group", nn.GroupNorm(3, 6, device="meta")),
        ("instance", nn.InstanceNorm2d(6, affine=True, device="meta")),
        ("layer", nn.LayerNorm((6, 4, 5), device="meta")),
    ],
)
def test_a_normalisation_layer_has_the_parameters_that_torch_gives_it(
    kind: Any, layer: nn.Module
) -> None:
    cost = normalisation_cost(6, (4, 5), kind=kind, batch=2)
    assert cost.parameters == sum(p.numel() for p in layer.parameters())
    assert cost.output_shape == (2, 6, 4, 5)
    assert normalisation_cost(6, (4, 5), kind=kind, affine=False).parameters == 0


def test_a_normalisation_layer_costs_what_its_loops_do() -> None:
    size = (6, 4, 5)
    evaluation, statistics = Counter(), Counter()
    for _ in product(*map(range, size)):
        evaluation.number() * evaluation.number() + evaluation.number()  # scale, shift
        deviation = statistics.number()
        deviation * deviation + statistics.number()  # the sum of squares
        deviation * statistics.number() + statistics.number()  # scale, shift
    assert normalisation_cost(6, (4, 5)).multiply_adds == evaluation.products
    for kind in ("group", "instance", "layer"):
        cost = normalisation_cost(6, (4, 5), kind=kind)
        assert cost.multiply_adds == statistics.products


MNIST_1D = [
    convolution_cost(1, 15, 3, (40,), stride=2, batch=100),
    convolution_cost(15, 15, 3, (19,), stride=2, batch=100),
    convolution_cost(15, 15, 3, (9,), stride=2, batch=100),
    linear_cost(60, 10, batch=100),
]


def test_the_network_for_mnist_1d_costs_what_the_slide_says() -> None:
    assert [cost.parameters for cost in MNIST_1D] == [60, 690, 690, 610]
    shapes = [(100, 15, 19), (100, 15, 9), (100, 15, 4), (100, 10)]
    assert [cost.output_shape for cost in MNIST_1D] == shapes
    total = total_cost(MNIST_1D)
    assert total.parameters == 2_050
    assert total.multiply_adds == 1_023_000
    assert f"{total.multiply_adds_with_biases / 1e6:.2f}" == "1.07"


def test_the_memory_of_the_network_for_mnist_1d_is_the_slides() -> None:
    total = total_cost(MNIST_1D)
    inputs, parameters = memory_bytes(100 * 40), total.parameter_bytes()
    forward_and_backward = 2 * total.activation_bytes()
    parts = (inputs, forward_and_backward, parameters, inputs + forward_and_backward + parameters)
    assert [f"{part / 1e6:.2f}" for part in parts] == ["0.02", "0.39", "0.01", "0.42"]


def test_the_tool_of_the_slide_counts_the_same() -> None:
    torchinfo = pytest.importorskip("torchinfo")
    network = nn.Sequential(
        nn.Conv1d(1, 15, 3, stride=2),
        nn.Conv1d(15, 15, 3, stride=2),
        nn.Conv1d(15, 15, 3, stride=2),
        nn.Flatten(),
        nn.Linear(60, 10),
    )
    summary = torchinfo.summary(network, (100, 1, 40), verbose=0)
    total = total_cost(MNIST_1D)
    assert summary.total_params == total.parameters
    assert summary.total_mult_adds == total.multiply_adds_with_biases
    assert summary.total_output_bytes == 2 * total.activation_bytes()


def test_one_hidden_layer_as_wide_as_an_image_has_22_7_billion_weights() -> None:
    width = 224 * 224 * 3
    assert width == 150_528
    layer = linear_cost(width, width)
    assert layer.weights == 150_528**2
    assert f"{layer.weights / 1e9:.1f}" == "22.7"
    assert f"{mebibytes(memory_bytes(layer.weights)) / 1024:.1f} GiB" == "84.4 GiB"
    assert f"{memory_bytes(layer.weights) / 1e9:.1f} GB" == "90.6 GB"


@given(st.integers(3, 200))
def test_a_fully_connected_layer_has_d_squared_weights_where_a_convolution_has_3(d: int) -> None:
    full, shared = linear_cost(d, d), convolution_cost(1, 1, 3, (d,), padding=1)
    assert (full.weights, full.biases) == (d**2, d)
    assert (shared.weights, shared.biases) == (3, 1)
    assert full.activations == shared.activations == d


@given(small, small, small, small)
def test_parameters_are_the_formulas_of_the_slides(c_in: int, c_out: int, k: int, d: int) -> None:
    one = convolution_cost(c_in, 1, k, (30,), dilation=d)
    assert one.parameters == c_in * k + 1
    assert convolution_cost(c_in, c_out, k, (30,)).parameters == c_in * c_out * k + c_out
    assert convolution_cost(c_in, 1, k, (30, 30)).parameters == c_in * k * k + 1
    two = convolution_cost(c_in, c_out, k, (30, 30))
    assert two.parameters == c_in * c_out * k * k + c_out


def test_parameters_are_not_compute() -> None:
    # VGG-16 at 224×224: its second convolution against its first fully connected layer.
    convolution = convolution_cost(64, 64, 3, (224, 224), padding=1)
    full = linear_cost(512 * 7 * 7, 4096)
    assert full.parameters > 2_700 * convolution.parameters
    assert convolution.multiply_adds > 17 * full.multiply_adds


def test_a_depthwise_and_a_1x1_layer_cost_less_than_the_layer_they_stand_for() -> None:
    whole = convolution_cost(64, 64, 3, (32, 32), padding=1)
    depthwise = convolution_cost(64, 64, 3, (32, 32), padding=1, groups=64)
    pointwise = convolution_cost(64, 64, 1, (32, 32))
    share = total_cost([depthwise, pointwise]).multiply_adds / whole.multiply_adds
    assert share == pytest.approx(1 / 64 + 1 / 9)


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (convolution_cost, (0, 1, 3, (9,)), r"in_channels=0: expected"),
        (convolution_cost, (1, 0, 3, (9,)), r"out_channels=0: expected"),
        (convolution_cost, (1, 1, 0, (9,)), r"kernel_size=0: expected"),
        (convolution_cost, (1, 1, (3, 3), (9,)), r"kernel_size=\(3, 3\): expected one number or 1"),
        (convolution_cost, (1, 1, 3, (2,)), r"length=2: .* spans 3 values"),
        (convolution_cost, (1, 1, 3, ()), r"input_size=\(\): expected the length"),
        (convolution_cost, (1, 1, 3, (0,)), r"input_size=0: expected"),
        (transposed_convolution_cost, (0, 1, 3, (9,)), r"in_channels=0: expected"),
        (linear_cost, (0, 1), r"in_features=0: expected"),
        (linear_cost, (1, 0.5), r"out_features=0\.5: expected"),
        (normalisation_cost, (0,), r"channels=0: expected"),
        (normalisation_cost, (1, (0,)), r"input_size=0: expected"),
    ],
)
def test_impossible_numbers_are_refused_in_words(
    function: Any, arguments: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        function(*arguments)


def test_impossible_options_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"groups=2: expected a divisor of both in_channels=3"):
        convolution_cost(3, 4, 3, (9,), groups=2)
    with pytest.raises(ValueError, match=r"padding=-1: expected a whole number of at least 0"):
        convolution_cost(1, 1, 3, (9,), padding=-1)
    with pytest.raises(ValueError, match=r"batch=0: expected"):
        linear_cost(1, 1, batch=0)
    with pytest.raises(ValueError, match=r"kind='spectral': expected one of batch, group"):
        normalisation_cost(1, kind="spectral")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"output_padding=2: expected less"):
        transposed_convolution_cost(1, 1, 3, (9,), stride=2, output_padding=2)
