"""Random states of the demos."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from course_lib.convolution import PADDINGS, output_length

# Two decimals, as a reader sets them, and now and then a number with all its digits.
VALUES = st.one_of(
    st.integers(-100_000, 100_000).map(lambda n: n / 100),
    st.floats(-1000, 1000, allow_subnormal=False),
)


def outputs(state: dict[str, Any]) -> int:
    """Return how many outputs a state has; 0 where it is impossible."""
    try:
        return output_length(
            len(state["signal"]),
            len(state["kernel"]),
            stride=state["stride"],
            dilation=state["dilation"],
            padding=state["padding"],
        )
    except ValueError:
        return 0


@st.composite
def candidates(draw: st.DrawFn) -> dict[str, Any]:
    """Draw traits that are possible each by itself, though perhaps not together."""
    return {
        "signal": draw(st.lists(VALUES, min_size=1, max_size=draw(st.sampled_from([6, 16, 64])))),
        "kernel": draw(st.lists(VALUES, min_size=1, max_size=9)),
        "stride": draw(st.integers(1, 4)),
        "dilation": draw(st.integers(1, 4)),
        "padding": draw(st.sampled_from(PADDINGS)),
        "shift": draw(st.integers(-8, 8)),
    }


@st.composite
def possible(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show, with a position on an output."""
    state = draw(candidates().filter(outputs))
    return state | {"position": draw(st.integers(0, outputs(state) - 1))}
