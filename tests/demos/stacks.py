"""Random stacks of layers, and random kernels to compose."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from course_lib.convolution import Window, chain_lengths

LAYERS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 4), st.integers(0, 4)).map(list),
    min_size=1,
    max_size=5,
)


def lengths_of(state: dict[str, Any]) -> list[int]:
    """Return the number of units of every row; [] where a layer has none."""
    try:
        return chain_lengths([Window(*layer) for layer in state["layers"]], state["length"])
    except ValueError:
        return []


@st.composite
def stacks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a possible state of the receptive field's demo."""
    state = draw(
        st.fixed_dictionaries({"layers": LAYERS, "length": st.integers(1, 32)}).filter(lengths_of)
    )
    lengths = lengths_of(state)
    row = draw(st.integers(1, len(lengths) - 1))
    unit = draw(st.sampled_from([[], [row, draw(st.integers(0, lengths[row] - 1))]]))
    position = draw(st.sampled_from([[], [draw(st.integers(0, state["length"] - 1))]]))
    return state | {"unit": unit, "input": position, "channels": draw(st.integers(1, 32))}


WEIGHTS = st.integers(-300, 300).map(lambda n: n / 100)


@st.composite
def kernels(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a possible state of the composition's demo."""
    state: dict[str, Any] = {
        "first": draw(st.lists(WEIGHTS, min_size=1, max_size=5)),
        "second": draw(st.lists(WEIGHTS, min_size=1, max_size=5)),
        "third": draw(st.lists(WEIGHTS, max_size=5)),
        "padding": draw(st.sampled_from(["valid", "zeros"])),
        "relu": draw(st.booleans()),
    }
    span = sum(max(0, len(state[name]) - 1) for name in ("first", "second", "third")) + 1
    return state | {"signal": draw(st.lists(WEIGHTS, min_size=span, max_size=span + 10))}
