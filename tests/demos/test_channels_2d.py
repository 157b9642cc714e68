"""The layer on colours: what it takes and refuses, and that it computes what torch does."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from course_lib.convolution import PADDINGS
from course_lib.datasets import load_thumbnail
from course_lib.demos import Channels2D
from course_lib.demos.channels_2d import CHECKS, MOST
from course_lib.demos.photographs_page import NAMES
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused

WEIGHTS = st.integers(-50, 50).map(lambda n: n / 10)


@st.composite
def layers(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show."""
    outputs, size = draw(st.integers(1, MOST)), draw(st.sampled_from([1, 3]))
    count = outputs * 3 * size * size
    flat = draw(st.lists(WEIGHTS, min_size=count, max_size=count))
    filters = torch.tensor(flat, dtype=torch.float64).reshape(outputs, 3, size, size)
    return {
        "photograph": draw(st.sampled_from(NAMES)),
        "filters": filters.tolist(),
        "biases": draw(st.lists(WEIGHTS, min_size=outputs, max_size=outputs)),
        "relu": draw(st.booleans()),
        "padding": draw(st.sampled_from(PADDINGS)),
        "channel": draw(st.integers(0, outputs - 1)),
        "row": draw(st.integers(0, 61)),
        "column": draw(st.integers(0, 61)),
        "muted": sorted(draw(st.sets(st.integers(0, 2)))),
    }


def oracle(state: dict[str, Any]) -> torch.Tensor:
    x = load_thumbnail(state["photograph"]).double()
    w, b = (torch.tensor(state[key], dtype=torch.float64) for key in ("filters", "biases"))
    heard = torch.tensor([float(c not in state["muted"]) for c in range(3)]).double()
    x = (x * heard[:, None, None])[None]
    if state["padding"] != "valid":
        side = w.shape[-1] // 2
        mode = "constant" if state["padding"] == "zeros" else state["padding"]
        x = functional.pad(x, (side,) * 4, mode=mode)
    h = functional.conv2d(x, w)[0] + b[:, None, None]
    return h.clamp(min=0) if state["relu"] else h


@settings(max_examples=30, deadline=None)
@given(layers())
def test_the_output_and_the_reference_equal_torch(state: dict[str, Any]) -> None:
    demo = Channels2D(**state)
    assert torch.allclose(demo.reference(), oracle(state), rtol=0, atol=1e-8)
    assert torch.equal(torch.tensor(demo.output, dtype=torch.float64), demo.reference())
    assert {name: getattr(demo, name) for name in state} == state


def test_what_is_pointed_at_stays_on_the_last_where_there_are_fewer() -> None:
    demo = Channels2D(row=63, channel=1)
    with demo.hold_trait_notifications():
        demo.filters, demo.biases, demo.channel = [[[[1]], [[1]], [[1]]]], [2], 0
    assert len(demo.output) == 1
    demo.filters = [[[[1] * 3] * 3] * 3]
    with demo.hold_trait_notifications():
        demo.padding, demo.row = "valid", 61
    assert demo.row == 61


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("photograph", "moon", "camera, astronaut, coffee"),
        ("filters", [], "a list of 1 to 4 filters"),
        ("filters", [[[[1]]]], "each 3 slices"),
        ("filters", [[[[1, 2], [3, 4]]] * 3] * 2, "1 by 1 or of 3 by 3"),
        ("filters", [[[[101]], [[1]], [[1]]]] * 2, "[0][0][0][0] is 101"),
        ("filters", [[[[1]], [[1]], [[1]]]], "biases has 2 values, but there are 1 filters"),
        ("biases", [0], "biases has 1 values"),
        ("biases", [0, float("inf")], "[1] is inf"),
        ("padding", "same", "zeros, valid"),
        ("channel", 2, "whole number from 0 to 1"),
        ("row", 64, "whole number from 0 to 63"),
        ("muted", [3], "whole number from 0 to 2"),
        ("muted", "red", "expected a list of input channels"),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    demo = Channels2D()
    assert_refused(demo, trait, value, said)


def test_the_page_has_the_limits_and_the_traits_of_python() -> None:
    limits = exported("demos/channels-2d/state.ts", "LIMITS")
    assert limits["channels"] == {"min": 1, "max": MOST}
    keys = exported("demos/channels-2d/state.ts", "KEYS")
    assert set(CHECKS) < set(keys) < set(Channels2D().page_state())


@settings(max_examples=2, deadline=None)
@given(st.lists(layers(), min_size=6, max_size=6))
def test_the_first_frame_of_every_state_is_drawn_in_finite_numbers(
    states: list[dict[str, Any]],
) -> None:
    for state, html in zip(states, first_frames([Channels2D(**s) for s in states]), strict=True):
        assert html.count('src="data:image/png;base64,') == 8 + len(state["filters"])
        assert not any(word in html for word in ("NaN", "Infinity", "undefined"))
