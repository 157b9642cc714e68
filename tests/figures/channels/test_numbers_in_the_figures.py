"""The numbers that the figures show, against torch."""

from xml.etree import ElementTree

import pytest
import torch
from torch.nn import functional

from course_lib.figures import load
from course_lib.figures.numbers import fixed, number
from course_lib.figures.rendering import page_svg

SIGNAL = (3.0, -1.0, 4.0, 1.0, -5.0, 9.0, 2.0)
SECOND = (1.0, 0.0, 2.0, -2.0, 4.0, 1.0, 1.0)


def words(name: str, **params: object) -> list[str]:
    """Return what stands in the drawing, formulas in one piece."""
    root: ElementTree.Element = page_svg(load(f"channels/{name}"), params)
    return ["".join(text.itertext()) for text in root.iter("text")]


def layer(
    signals: list[tuple[float, ...]], slices: list[tuple[float, ...]], bias: float = 0.0
) -> tuple[list[float], list[float]]:
    """Return the sums and what ReLU leaves of them, with zeros beyond the ends."""
    x, w = torch.tensor([signals]).double(), torch.tensor([slices]).double()
    z = functional.conv1d(x, w, torch.tensor([bias]).double(), padding=1)
    return z.flatten().tolist(), functional.relu(z).flatten().tolist()


@pytest.mark.parametrize("position", [1, 4, 7])
def test_two_channels_from_one_show_both_sums_and_what_relu_leaves(position: int) -> None:
    first, second = (1.0, 2.0, -1.0), (-2.0, 0.0, 1.0)
    params = {"signal": SIGNAL, "first": first, "second": second, "position": position}
    shown = words("two-from-one", **params)
    alt = load("channels/two-from-one").describe(**params)
    for kernel in (first, second):
        z, h = layer([SIGNAL], [kernel])
        assert all(number(value) in shown for value in h)
        end = f"= {number(z[position - 1])},  ReLU: {number(h[position - 1])}"
        assert any(one.endswith(end) for one in shown), end
        assert number(z[position - 1]) in alt


def test_one_channel_from_two_shows_each_slice_s_part_and_the_sum() -> None:
    slices, bias = [(1.0, -1.0, 0.5), (0.0, 2.0, 1.0)], -3.0
    shown = words(
        "one-from-two",
        signal=SIGNAL,
        second=SECOND,
        first_slice=slices[0],
        second_slice=slices[1],
        bias=bias,
        position=4,
    )
    z, h = layer([SIGNAL, SECOND], slices, bias)
    assert all(number(value) in shown for value in h)
    for signal, weights in zip((SIGNAL, SECOND), slices, strict=True):
        part = layer([signal], [weights])[0][3]
        assert any(one.endswith(f"= {number(part)}") for one in shown)
    assert any(f"= {number(z[3])},  ReLU: {number(h[3])}" in one for one in shown)


@pytest.mark.parametrize(("inputs", "outputs", "size"), [(1, 1, 1), (3, 4, 3), (4, 2, 5)])
def test_the_general_case_counts_what_torch_counts(inputs: int, outputs: int, size: int) -> None:
    params = {"in_channels": inputs, "out_channels": outputs, "kernel_size": size, "marked": 1}
    conv = torch.nn.Conv1d(inputs, outputs, size)
    count = sum(parameter.numel() for parameter in conv.parameters())
    assert any(one.endswith(f"= {count} parameters") for one in words("general", **params))
    assert f"together {count}." in load("channels/general").describe(**params)


def test_the_two_inputs_differ_and_their_means_do_not() -> None:
    shown = words("lost", signal=SIGNAL, amount=1.5)
    other = [value + 1.5 * (1, -1, 0)[i % 3] for i, value in enumerate(SIGNAL)]
    for signal in (list(SIGNAL), other):
        x = torch.tensor([[signal]], dtype=torch.float64)
        for mean in functional.avg_pool1d(x, 3, stride=1).flatten().tolist():
            assert fixed(mean, 2) in shown
        assert all(f"{value:g}".replace("-", "−") in shown for value in signal)


def test_the_descent_ends_where_torch_s_optimizer_does() -> None:
    signal, hidden = (1.0, -2.0, 0.5, 3.0, 1.0), (0.5, 0.0, -1.0)
    alt = load("channels/descent").describe(signal=signal, hidden=hidden, rate=0.05, steps=20)
    x = functional.pad(torch.tensor([[signal]]).double(), (1, 1))
    target = functional.conv1d(x, torch.tensor([[hidden]]).double())
    weight = torch.zeros(1, 1, 3, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.05)
    for _ in range(20):
        optimizer.zero_grad()
        functional.mse_loss(functional.conv1d(x, weight), target).backward()
        optimizer.step()
    for w in weight.flatten().tolist():
        assert number(w) in alt.rpartition("in the end")[2]


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("two-from-one", {"signal": (1, 2)}, "signal has 2 values: expected 7"),
        ("two-from-one", {"position": 8}, "position=8: expected a whole number from 1 to 7"),
        ("one-from-two", {"first_slice": (1, 2)}, "first_slice=.* expected 3 weights"),
        ("general", {"marked": 5}, "marked=5: expected a whole number from 1 to 4"),
        ("lost", {"signal": (1,)}, "signal has 1 values"),
        ("descent", {"rate": 0.9, "hidden": (1, 1, 1), "steps": 200}, "the weights run away"),
        ("descent", {"rate": -1.0}, "rate=-1"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(
    name: str, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        load(f"channels/{name}").draw(**wrong)
