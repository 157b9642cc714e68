"""The demo's traits: what they take, what they refuse, and what follows from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.demos import Convolution1D
from tests.demos.states import candidates, outputs, possible
from tests.golden.torch_oracle import convolution

TRAITS = ("signal", "kernel", "stride", "dilation", "padding", "shift", "position", "output")


def traits(demo: Convolution1D) -> dict[str, Any]:
    return {name: getattr(demo, name) for name in TRAITS}


def oracle(state: dict[str, Any]) -> torch.Tensor:
    """Shift by roll or by zeros moving in, then convolve, all in torch."""
    x = torch.tensor(state["signal"], dtype=torch.float64)
    shift = state["shift"]
    x = torch.roll(x, shift)
    if state["padding"] != "circular" and shift > 0:
        x[:shift] = 0
    elif state["padding"] != "circular" and shift < 0:
        x[shift:] = 0
    return convolution(
        x[None, None],
        torch.tensor([[state["kernel"]]], dtype=torch.float64),
        None,
        groups=1,
        **{name: state[name] for name in ("stride", "dilation", "padding")},
    ).flatten()


def assert_refused(demo: Convolution1D, trait: str, value: Any, *words: str) -> None:
    """Assert that a value is refused in words, and that nothing has changed."""
    before = traits(demo)
    with pytest.raises(TraitError) as refusal:
        setattr(demo, trait, value)
    for word in (trait, *words):
        assert word in str(refusal.value)
    assert len(str(refusal.value)) < 400
    assert traits(demo) == before


def test_a_new_demo_shows_the_lecture_s_example_smoothed() -> None:
    demo = Convolution1D()
    assert len(demo.signal) == 12
    assert demo.signal[:3] == [5.2, 5.3, 5.4]
    assert demo.output[1] == pytest.approx((5.2 + 5.3 + 5.4) / 3)


@given(possible())
def test_the_output_and_the_reference_equal_torch(state: dict[str, Any]) -> None:
    demo = Convolution1D(**state)
    expected = oracle(state)
    # What the sum is made of, not what is left of it, sets how far rounding can reach.
    size = max(1.0, max(map(abs, state["signal"])) * sum(map(abs, state["kernel"])))
    assert demo.reference().dtype == torch.float64
    assert torch.allclose(demo.reference(), expected, rtol=0, atol=1e-12 * size)
    output = torch.tensor(demo.output, dtype=torch.float64)
    assert torch.allclose(output, demo.reference(), rtol=0, atol=1e-12 * size)


@given(possible(), possible())
def test_the_output_follows_each_trait_as_it_is_set(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    demo = Convolution1D(**first)
    with demo.hold_trait_notifications():
        for name, value in second.items():
            setattr(demo, name, value)
    assert torch.allclose(
        torch.tensor(demo.output, dtype=torch.float64), oracle(second), rtol=1e-12, atol=1e-6
    )
    assert demo.position == second["position"]


@given(candidates())
def test_exactly_the_combinations_without_an_output_are_refused(state: dict[str, Any]) -> None:
    if outputs(state):
        assert len(Convolution1D(**state).output) == outputs(state)
    else:
        with pytest.raises(TraitError):
            Convolution1D(**state)


@given(
    possible(), st.sampled_from(["stride", "dilation", "padding", "kernel", "signal"]), st.data()
)
def test_a_refused_change_leaves_everything_as_it_was(
    state: dict[str, Any], trait: str, data: st.DataObject
) -> None:
    demo = Convolution1D(**state)
    before = traits(demo)
    value = data.draw(candidates())[trait]
    if outputs(state | {trait: value}):
        setattr(demo, trait, value)
        assert 0 <= demo.position < len(demo.output)
    else:
        with pytest.raises(TraitError, match=trait):
            setattr(demo, trait, value)
        assert traits(demo) == before


@pytest.mark.parametrize(
    "values",
    [(1, 2, 3), np.array([1, 2, 3]), np.array([1, 2, 3], dtype=np.float32), torch.arange(1, 4)],
    ids=["tuple", "array", "float32", "tensor"],
)
def test_a_signal_may_be_any_sequence_of_numbers_and_becomes_a_list_of_floats(values: Any) -> None:
    demo = Convolution1D(signal=values)
    assert demo.signal == [1.0, 2.0, 3.0]
    assert all(type(value) is float for value in demo.signal)


def test_a_stride_may_be_numpy_s_whole_number_and_becomes_python_s() -> None:
    demo = Convolution1D(stride=np.int64(2))
    assert demo.stride == 2
    assert type(demo.stride) is int


@pytest.mark.parametrize("trait", ["signal", "kernel"])
@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "has 0 values"),
        ([1.0] * 10_000, "has 10000 values"),
        ("1, 2", "'1, 2'"),
        (None, "None"),
        (3, "is 3"),
        ([1, float("nan")], "[1] is nan"),
        ([float("inf")], "[0] is inf"),
        ([1, "two"], "[1] is 'two'"),
        ([True], "[0] is True"),
        ([1j], "[0] is 1j"),
        ([1000.5], "[0] is 1000.5"),
        ([[1, 2]], "[0] is [1, 2]"),
        (torch.tensor(2.0), "is 2.0"),
    ],
    ids=str,
)
def test_a_bad_list_is_refused_by_name_value_and_what_is_allowed(
    trait: str, value: Any, said: str
) -> None:
    most = {"signal": "64", "kernel": "9"}[trait]
    assert_refused(Convolution1D(), trait, value, said, f"1 to {most} numbers", "-1000 and 1000")


def test_a_whole_number_of_any_size_is_refused_in_words() -> None:
    assert_refused(Convolution1D(), "signal", [10**40], "[0] is 1000", "-1000 and 1000")
    assert_refused(Convolution1D(), "kernel", [-(10**400)], "-1000 and 1000")


@pytest.mark.parametrize(
    ("trait", "allowed"),
    [("stride", "1 to 4"), ("dilation", "1 to 4"), ("shift", "-8 to 8"), ("position", "0 to 11")],
)
@pytest.mark.parametrize("value", [-9, 99, 1.0, "1", None, True, [1], float("nan")], ids=repr)
def test_a_bad_whole_number_is_refused_by_name_value_and_range(
    trait: str, allowed: str, value: Any
) -> None:
    assert_refused(Convolution1D(), trait, value, repr(value), f"whole number from {allowed}")


@pytest.mark.parametrize("value", ["same", "", None, 1, ["zeros"]], ids=repr)
def test_an_unknown_padding_is_refused_with_those_there_are(value: Any) -> None:
    assert_refused(
        Convolution1D(),
        "padding",
        value,
        repr(value),
        "zeros, valid, reflect, replicate, circular",
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e8, "5", [5]], ids=repr)
def test_a_guess_that_is_no_finite_number_is_refused(value: Any) -> None:
    demo = Convolution1D(predict=True)
    with pytest.raises(TraitError, match="guess"):
        demo.guess = value
    assert demo.guess is None


def test_an_impossible_combination_is_refused_with_the_reason() -> None:
    demo = Convolution1D(signal=[1, 2, 3], kernel=[1, 1, 1], padding="valid")
    assert_refused(demo, "kernel", [1, 1, 1, 1], "4", "3", "valid")
    assert_refused(demo, "dilation", 2, "5", "3", "valid")
    demo.padding = "zeros"
    demo.dilation = 3
    assert_refused(demo, "padding", "reflect", "3")


def test_a_bad_trait_is_refused_in_the_constructor_too() -> None:
    with pytest.raises(TraitError, match=r"stride is 5; expected a whole number from 1 to 4"):
        Convolution1D(stride=5)


def test_the_window_stays_on_the_last_output_when_there_are_fewer() -> None:
    demo = Convolution1D(position=11)
    demo.stride = 4
    assert demo.position == 2
    demo.signal = [1, 2]
    assert demo.position == 0


def test_a_position_beyond_the_outputs_is_refused() -> None:
    assert_refused(Convolution1D(stride=4), "position", 3, "whole number from 0 to 2")


def test_observers_and_links_hear_of_the_output() -> None:
    demo = Convolution1D(kernel=[1.0])
    heard: list[list[float]] = []
    demo.observe(lambda change: heard.append(change["new"]), "output")
    demo.stride = 4
    assert heard == [[5.2, 10.1, 3.2]]


def test_a_list_that_is_changed_in_place_does_not_change_the_next_demo() -> None:
    Convolution1D().signal[0] = 99
    assert Convolution1D().signal[0] == 5.2
