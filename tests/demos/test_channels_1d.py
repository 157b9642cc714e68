"""The layer with channels: what it takes, what it refuses, and that it computes what torch does."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.demos import Channels1D
from course_lib.demos.channels_1d import CHECKS
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused
from tests.golden.torch_oracle import convolution

VALUES = st.integers(-10_000, 10_000).map(lambda n: n / 100)


@st.composite
def layers(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show."""
    inputs, outputs = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    length, size = draw(st.integers(3, 16)), draw(st.integers(1, 5))
    paddings = ["zeros", "valid"] if size <= length else ["zeros"]
    padding = draw(st.sampled_from(paddings))
    last = (length if padding == "zeros" else length - size + 1) - 1

    def numbers(count: int) -> st.SearchStrategy[list[float]]:
        return st.lists(VALUES, min_size=count, max_size=count)

    def several(what: st.SearchStrategy[Any], count: int) -> st.SearchStrategy[list[Any]]:
        return st.lists(what, min_size=count, max_size=count)

    return {
        "signals": draw(several(numbers(length), inputs)),
        "kernels": draw(several(several(numbers(size), inputs), outputs)),
        "biases": draw(numbers(outputs)),
        "relu": draw(st.booleans()),
        "padding": padding,
        "channel": draw(st.integers(0, outputs - 1)),
        "position": draw(st.integers(0, last)),
        "source": draw(st.integers(0, inputs - 1)),
        "muted": sorted(draw(st.sets(st.integers(0, outputs - 1)))),
    }


def oracle(state: dict[str, Any]) -> torch.Tensor:
    x, w, b = (
        torch.tensor(state[key], dtype=torch.float64) for key in ("signals", "kernels", "biases")
    )
    z = convolution(x[None], w, b, stride=1, dilation=1, padding=state["padding"], groups=1)[0]
    return z.clamp(min=0) if state["relu"] else z


@given(layers())
def test_the_output_and_the_reference_equal_torch(state: dict[str, Any]) -> None:
    demo = Channels1D(**state)
    expected = oracle(state)
    assert torch.allclose(demo.reference(), expected, rtol=0, atol=1e-8)
    output = torch.tensor(demo.output, dtype=torch.float64)
    assert torch.allclose(output, expected, rtol=0, atol=1e-8)
    assert {name: getattr(demo, name) for name in state} == state


@given(layers(), layers())
def test_a_whole_state_can_be_set_at_once(first: dict[str, Any], second: dict[str, Any]) -> None:
    demo = Channels1D(**first)
    with demo.hold_trait_notifications():
        for name, value in second.items():
            setattr(demo, name, value)
    assert torch.allclose(
        torch.tensor(demo.output, dtype=torch.float64), oracle(second), rtol=0, atol=1e-8
    )


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("signals", [], "has 0 entries; expected a list of 1 to 4 channels"),
        ("signals", "1, 2", "is '1, 2'"),
        ("signals", [[1, 2]], "[0] has 2 values; expected a list of 3 to 16"),
        ("signals", [[1, 2, float("nan")]], "[0][2] is nan"),
        ("signals", [[1, 2, 3], [1, 2, 3, 4]], "lengths [3, 4]"),
        ("signals", [[1, 2, 3]] * 2, "1 slices, but there are 2 input channels"),
        ("kernels", [[[1, 2, 3]]] * 5, "has 5 entries"),
        ("kernels", [[[]]], "[0][0] has 0 values"),
        ("kernels", [[[1]], [[1, 2]]], "expected one size for all"),
        ("kernels", [[[1]]], "biases has 2 values, but there are 1 filters"),
        ("biases", [0], "biases has 1 values"),
        ("biases", [0, 101], "[1] is 101"),
        ("padding", "same", "zeros, valid"),
        ("channel", 2, "whole number from 0 to 1"),
        ("position", 12, "whole number from 0 to 11"),
        ("source", 1, "whole number from 0 to 0"),
        ("muted", [2], "output channels from 0 to 1"),
        ("muted", "1", "expected a list of output channels"),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    demo = Channels1D()
    assert_refused(demo, trait, value, said)


def test_a_slice_without_a_place_is_refused() -> None:
    with pytest.raises(TraitError, match="a slice of 5 weights has no place"):
        Channels1D(signals=[[1, 2, 3]], kernels=[[[1] * 5]], biases=[0], padding="valid")


def test_what_is_pointed_at_stays_on_the_last_where_there_are_fewer() -> None:
    demo = Channels1D(channel=1, position=11, muted=[1])
    with demo.hold_trait_notifications():
        demo.kernels, demo.biases, demo.padding, demo.channel = [[[1, 1, 1]]], [0], "valid", 0
        demo.position, demo.muted = 9, []
    assert demo.position == 9
    demo.signals = [[1, 2, 3, 4]]
    assert demo.position == 1


def test_the_page_has_the_limits_and_the_traits_of_python() -> None:
    limits = exported("demos/channels-1d/state.ts", "LIMITS")
    biases = CHECKS["biases"].keywords  # type: ignore[attr-defined]
    assert limits["channels"] == {"min": biases["at_least"], "max": biases["at_most"]}
    assert limits["value"] == {"min": -biases["bound"], "max": biases["bound"]}
    keys = exported("demos/channels-1d/state.ts", "KEYS")
    assert set(CHECKS) < set(keys) < set(Channels1D().page_state())


@settings(max_examples=3, deadline=None)
@given(st.lists(layers(), min_size=20, max_size=20))
def test_the_first_frame_of_every_state_is_drawn_in_finite_numbers(
    states: list[dict[str, Any]],
) -> None:
    demos = [Channels1D(**one, rebuild=True, explode=i % 2 == 0) for i, one in enumerate(states)]
    for html in first_frames(demos):
        assert html.count("<svg") == 2
        assert not any(word in html for word in ("NaN", "Infinity", "undefined"))
