"""The layer's traits: what they take, what they refuse, and what follows from them."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional
from traitlets import TraitError

from course_lib.convolution import PADDINGS, dense_weight
from course_lib.demos import WeightMatrix
from course_lib.demos.weight_matrix import ACTIVATIONS, CHECKS, KINDS
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused
from tests.demos.states import outputs
from tests.golden.convolutional_layers import ACTIVATIONS as FUNCTIONS
from tests.golden.torch_oracle import convolution

NUMBERS = st.integers(-1000, 1000).map(lambda n: n / 100)


@st.composite
def possible(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show."""
    state = draw(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(KINDS),
                "signal": st.lists(NUMBERS, min_size=2, max_size=10),
                "kernel": st.lists(NUMBERS, min_size=1, max_size=7),
                "bias": NUMBERS,
                "stride": st.integers(1, 4),
                "dilation": st.integers(1, 4),
                "padding": st.sampled_from(PADDINGS),
                "activation": st.sampled_from(ACTIVATIONS),
            }
        ).filter(outputs)
    )
    count = len(state["signal"])
    if draw(st.booleans()):
        for name, wanted in (("weights", count * count), ("biases", count)):
            state[name] = draw(st.lists(NUMBERS, min_size=wanted, max_size=wanted))
    units = count if state["kind"] == "fully connected" else outputs(state)
    return state | {"unit": draw(st.integers(0, units - 1))}


def oracle(state: dict[str, Any]) -> torch.Tensor:
    """Compute the layer in torch."""
    x = torch.tensor(state["signal"], dtype=torch.float64)
    if state["kind"] == "convolution":
        z = convolution(
            x[None, None],
            torch.tensor([[state["kernel"]]], dtype=torch.float64),
            torch.tensor([state["bias"]], dtype=torch.float64),
            groups=1,
            **{name: state[name] for name in ("stride", "dilation", "padding")},
        ).flatten()
    else:
        count = len(x)
        table = [dense_weight(r, c) for r in range(count) for c in range(count)]
        weight = torch.tensor(state.get("weights") or table, dtype=torch.float64)
        ends = state.get("biases") or [dense_weight(r, 12) for r in range(count)]
        biases = torch.tensor(ends, dtype=torch.float64)
        z = functional.linear(x, weight.reshape(count, count), biases)
    return FUNCTIONS[state["activation"]](z)


@given(possible())
def test_the_output_and_the_reference_equal_torch(state: dict[str, Any]) -> None:
    demo = WeightMatrix(**state)
    expected = oracle(state)
    assert torch.allclose(demo.reference(), expected, rtol=0, atol=1e-9)
    output = torch.tensor(demo.output, dtype=torch.float64)
    assert torch.allclose(output, expected, rtol=0, atol=1e-9)
    assert demo.unit == state["unit"]


def test_a_new_demo_shows_a_convolution_with_silent_units() -> None:
    assert WeightMatrix().output == [0, 1, 6, 3.5, 0, 2.5]


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("kind", "dense", "fully connected, convolution"),
        ("signal", [1], "2 to 10 numbers"),
        ("signal", [1] * 11, "2 to 10 numbers"),
        ("kernel", [11], "between -10 and 10"),
        ("kernel", [], "1 to 7 numbers"),
        ("bias", float("nan"), "expected a number from -100 to 100"),
        ("bias", True, "expected a number from -100 to 100"),
        ("stride", 0, "whole number from 1 to 4"),
        ("padding", "same", "zeros, valid, reflect"),
        ("activation", "gelu", "none, ReLU, tanh, sigmoid"),
        ("weights", [1, 2], "expected 36 for 6 inputs"),
        ("biases", [1, 2], "expected 6 for 6 inputs"),
        ("unit", 6, "whole number from 0 to 5"),
    ],
)
def test_a_bad_value_is_refused_by_name_value_and_what_is_allowed(
    trait: str, value: Any, said: str
) -> None:
    demo = WeightMatrix()
    assert_refused(demo, trait, value, said)


def test_an_impossible_combination_is_refused_with_the_reason() -> None:
    demo = WeightMatrix(padding="valid")
    with pytest.raises(TraitError, match="spans 7 values"):
        demo.dilation = 3
    assert demo.dilation == 1


def test_the_last_unit_is_chosen_when_there_are_fewer() -> None:
    demo = WeightMatrix(unit=5)
    demo.stride = 2
    assert demo.unit == 2


def test_the_limits_and_the_traits_of_the_page_are_those_of_python() -> None:
    limits = exported("demos/weight-matrix/state.ts", "LIMITS")
    for trait in ("stride", "dilation", "signal", "kernel"):
        given = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"min": given["at_least"], "max": given["at_most"]}, trait
    for limit, trait in (("value", "signal"), ("weight", "kernel")):
        bound = CHECKS[trait].keywords["bound"]  # type: ignore[attr-defined]
        assert limits[limit] == {"min": -bound, "max": bound}
    assert exported("demos/weight-matrix/state.ts", "KINDS") == list(KINDS)
    assert exported("core/activation.ts", "ACTIVATIONS") == list(ACTIVATIONS)
    keys = exported("demos/weight-matrix/state.ts", "KEYS")
    assert set(keys) == {*CHECKS, "unit"}
    assert set(keys) < set(WeightMatrix().page_state())


def test_the_first_frame_is_drawn_in_finite_numbers_in_many_states() -> None:
    states = [
        {"kind": kind, "signal": signal, "padding": padding, "stride": stride, "unit": 0}
        for kind in KINDS
        for signal in ([0.0] * 3, [-100.0, 99.99] * 5)
        for padding in PADDINGS
        for stride in (1, 4)
    ]
    for state, html in zip(states, first_frames([WeightMatrix(**s) for s in states]), strict=True):
        assert 'class="picture"' in html
        assert "h₁" in html
        for word in ("NaN", "Infinity", "undefined"):
            assert word not in html, state
