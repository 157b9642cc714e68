"""The convolution of images: what it takes and refuses, and that it computes what torch does."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional
from traitlets import TraitError

from course_lib.convolution import PADDINGS
from course_lib.datasets import load_thumbnail
from course_lib.demos import Convolution2D
from course_lib.demos.convolution_2d import CHECKS, MOST_GUESSED
from course_lib.demos.photographs_page import NAMES
from tests.demos.frontend import SOURCE, exported, first_frames, run_node
from tests.demos.refusals import assert_refused

WEIGHTS = st.integers(-50, 50).map(lambda n: n / 10)


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show; small inputs, but every source."""
    size = draw(st.sampled_from([1, 3, 5, 7]))
    dilation = draw(st.integers(1, 3))
    least = dilation * (size - 1) + 1
    source = draw(st.sampled_from(["numbers", "drawing", "own", "photograph"]))
    most = {"numbers": 10, "drawing": 32, "own": 30, "photograph": 64}[source]
    padding = draw(st.sampled_from(PADDINGS)) if least <= most else "zeros"
    fewest = 1 if padding in ("zeros", "replicate") else min(least, most)
    rows, columns = (draw(st.integers(fewest, most)) for _ in range(2))
    values = {
        "numbers": st.integers(-100, 100).map(float),
        "drawing": st.sampled_from([0.0, 1.0]),
        "own": st.integers(0, 255).map(float),
    }

    def grid(of: st.SearchStrategy[float], tall: int, wide: int) -> list[list[float]]:
        flat = draw(st.lists(of, min_size=tall * wide, max_size=tall * wide))
        return [flat[wide * r : wide * (r + 1)] for r in range(tall)]

    state: dict[str, Any] = {
        "source": source,
        "kernel": grid(WEIGHTS, size, size),
        "bias": draw(WEIGHTS),
        "activation": draw(st.sampled_from(["none", "ReLU"])),
        "stride": draw(st.integers(1, 4)),
        "dilation": dilation,
        "padding": padding,
    }
    if source == "photograph":
        state["photograph"] = draw(st.sampled_from(NAMES))
    else:
        state[source] = grid(values[source], rows, columns)
    return state


def oracle(state: dict[str, Any]) -> torch.Tensor:
    if state["source"] == "photograph":
        red, green, blue = load_thumbnail(state["photograph"]).double()
        x = torch.floor((299 * red + 587 * green + 114 * blue + 500) / 1000)
    else:
        x = torch.tensor(state[state["source"]], dtype=torch.float64)
    w = torch.tensor(state["kernel"], dtype=torch.float64)[None, None]
    x = x[None, None]
    if state["padding"] != "valid":
        side = state["dilation"] * (w.shape[-1] - 1) // 2
        mode = "constant" if state["padding"] == "zeros" else state["padding"]
        x = functional.pad(x, (side,) * 4, mode=mode)
    z = functional.conv2d(x, w, stride=state["stride"], dilation=state["dilation"])[0, 0]
    z = z + state["bias"]
    return z.clamp(min=0) if state["activation"] == "ReLU" else z


@settings(max_examples=60, deadline=None)
@given(states())
def test_the_output_and_the_reference_equal_torch(state: dict[str, Any]) -> None:
    demo = Convolution2D(**state)
    expected = oracle(state)
    assert torch.allclose(demo.reference(), expected, rtol=0, atol=1e-8)
    assert torch.tensor(demo.output).shape == expected.shape
    assert {name: getattr(demo, name) for name in state} == state


def test_a_change_computes_the_output_anew_and_keeps_the_window_on_one() -> None:
    demo = Convolution2D(source="numbers", row=5, column=5)
    demo.padding = "valid"
    assert (demo.row, demo.column) == (3, 3)
    assert torch.allclose(torch.tensor(demo.output).double(), demo.reference())


def test_an_own_image_can_be_an_array() -> None:
    image = torch.arange(12).reshape(3, 4)
    demo = Convolution2D(source="own", own=image, kernel=[[2]])
    assert demo.output == (2.0 * image).tolist()


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("source", "film", "photograph, drawing, numbers, own"),
        ("source", "own", "there is no own image"),
        ("photograph", "moon", "camera, astronaut, coffee"),
        ("numbers", [], "has 0 rows"),
        ("numbers", [[1, 2], [3]], "expected rows of one length"),
        ("numbers", [[1, float("nan")]], "[0][1] is nan"),
        ("numbers", [[0] * 11], "1 to 10 rows of 1 to 10"),
        ("drawing", [[2]], "numbers from 0 to 1"),
        ("own", [[256]], "numbers from 0 to 255"),
        ("kernel", [[1, 2], [3, 4]], "1, 3, 5 or 7"),
        ("kernel", [[1, 2, 3]], "1, 3, 5 or 7"),
        ("kernel", [[101]], "from -100 to 100"),
        ("bias", "1", "a number from -1000 to 1000"),
        ("bias", 1001, "from -1000 to 1000"),
        ("activation", "tanh", "none, ReLU"),
        ("stride", 5, "from 1 to 4"),
        ("padding", "same", "zeros, valid"),
        ("view", "heat", "signed, grey"),
        ("row", 64, "whole number from 0 to 63"),
        ("column", -1, "whole number from 0 to 63"),
        ("guess", 2e7, "from -1e+07 to 1e+07"),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    demo = Convolution2D()
    assert_refused(demo, trait, value, said)


def test_a_kernel_without_a_place_is_refused() -> None:
    with pytest.raises(TraitError, match="spans 7 values, but the signal has length 6"):
        Convolution2D(source="numbers", kernel=[[1] * 7] * 7, padding="valid")


def test_the_page_has_the_limits_and_the_traits_of_python() -> None:
    limits = exported("demos/convolution-2d/state.ts", "LIMITS")
    for trait in ("drawing", "numbers"):
        assert limits[trait] == CHECKS[trait].keywords  # type: ignore[attr-defined]
    for trait in ("stride", "dilation"):
        given = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"min": given["at_least"], "max": given["at_most"]}
    assert limits["guess"] == {"min": -MOST_GUESSED, "max": MOST_GUESSED}
    keys = exported("demos/convolution-2d/state.ts", "KEYS")
    assert set(keys) < set(Convolution2D().page_state())
    assert set(CHECKS) < set(keys)
    assert exported("data/photographs.ts", "PHOTOGRAPHS") == list(NAMES)


def test_the_page_s_first_drawing_and_numbers_are_python_s() -> None:
    address = (SOURCE / "demos/convolution-2d/inputs.ts").as_uri()
    drawings = (SOURCE / "core/drawings.ts").as_uri()
    code = (
        f"import {{ drawingNamed }} from {drawings!r}; import {{ numbersNamed }} from {address!r};"
        " console.log(JSON.stringify([drawingNamed('ring'), numbersNamed('step')]));"
    )
    drawing, numbers = json.loads(run_node("--input-type=module", "--eval", code))
    assert drawing == Convolution2D().drawing
    assert numbers == Convolution2D().numbers


def test_the_page_does_not_carry_what_it_computes() -> None:
    state = Convolution2D().page_state()
    assert "output" not in state
    assert len(str(state)) < 3000


@settings(max_examples=2, deadline=None)
@given(st.lists(states(), min_size=12, max_size=12))
def test_the_first_frame_of_every_state_is_drawn_in_finite_numbers(
    several: list[dict[str, Any]],
) -> None:
    frames = first_frames([Convolution2D(**one) for one in several])
    for state, html in zip(several, frames, strict=True):
        pictures = 0 if state["source"] == "numbers" else 2
        assert html.count('src="data:image/png;base64,') == pictures
        assert not any(word in html for word in ("NaN", "Infinity", "undefined"))
