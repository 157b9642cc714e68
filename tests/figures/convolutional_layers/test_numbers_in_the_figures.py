"""The numbers that the figures show, against torch."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from course_lib.figures import load, show
from course_lib.figures.numbers import number
from course_lib.figures.rendering import page_svg


def words(name: str, **params: object) -> list[str]:
    """Return what stands in the drawing, formulas in one piece."""
    root = page_svg(load(f"convolutional-layers/{name}"), params)
    return ["".join(text.itertext()) for text in root.iter("text")]


@pytest.mark.parametrize("position", [2, 3, 5])
def test_the_unit_ends_in_what_torch_makes_of_its_sum(position: int) -> None:
    signal, kernel, bias = [3.0, -1.0, 4.0, 1.0, -5.0, 2.0], [2.0, -1.0, 0.5], -2.0
    x = torch.tensor([[signal]])
    z = functional.conv1d(x, torch.tensor([[kernel]]), torch.tensor([bias]), padding=1)[0, 0]
    total, output = float(z[position - 1]), float(functional.relu(z)[position - 1])
    said = words("unit", signal=signal, kernel=kernel, bias=bias, position=position)
    ending = f"= a[{number(total)}] = {number(output)}"
    assert any(line.endswith(ending) for line in said)
    assert f"β = {number(bias)}" in said


@pytest.mark.parametrize(
    ("name", "params"),
    [("size-3", {}), ("stride-2", {}), ("size-3", {"dilation": 2, "padding": "circular"})],
)
def test_a_matrix_shows_each_entry_as_often_as_torch_s_has_it(
    name: str, params: dict[str, object]
) -> None:
    options = {"stride": 2 if name == "stride-2" else 1, "dilation": params.get("dilation", 1)}
    side = int(options["dilation"])
    mode = "circular" if "padding" in params else "constant"
    units = functional.pad(torch.eye(6)[:, None], (side, side), mode)
    matrix = functional.conv1d(units, torch.tensor([[[0.5, 1, -0.5]]]), **options)
    said = words(name, **params)
    for weight in (0.5, 1.0, -0.5):
        assert said.count(number(weight)) == int((matrix == weight).sum())
    assert "3 weights, 1 bias" in said


def test_the_fully_connected_matrix_is_full() -> None:
    alt = show("convolutional-layers/fully-connected", length=4).alt
    assert "16 weights" in alt
    assert "16 weights, 4 biases" in words("fully-connected", length=4)


def test_the_parameters_are_those_that_torch_counts() -> None:
    said = words("parameters", inputs=(6, 40), kernel_size=5)
    for width in (6, 40):
        layer = nn.Linear(width, width)
        assert f"{sum(p.numel() for p in layer.parameters()):,}" in said
    conv = sum(p.numel() for p in nn.Conv1d(1, 1, 5).parameters())
    assert f"convolution, size 5: {conv}" in said


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("unit", {"kernel": [1, 2]}, "expected 3 weights"),
        ("unit", {"position": 1}, "position=1: expected a whole number from 2 to 5"),
        ("unit", {"signal": [1, 2]}, "expected from 3 to 7"),
        ("fully-connected", {"length": 9}, "length=9: expected from 2 to 8"),
        ("size-3", {"stride": 0}, "stride=0"),
        ("stride-2", {"padding": "same"}, "padding='same'"),
        ("parameters", {"inputs": [3]}, "inputs has 1 values"),
        ("parameters", {"inputs": [1, 5]}, "expected numbers from 2"),
    ],
)
def test_a_value_that_cannot_be_drawn_is_refused_in_words(
    name: str, params: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        show(f"convolutional-layers/{name}", **params)


def test_a_unit_s_sum_has_the_weights_of_its_window() -> None:
    drawn = "".join(words("unit", kernel=(0.125, 1, -0.125)))
    assert "(\N{MINUS SIGN}1/8)·" in drawn
    assert "0.12" not in drawn
