"""Fewer values and more: what the demo takes and refuses, and that it computes what torch does."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.convolution import (
    convolution_matrix1d,
    convolve2d,
    convolve_transpose2d,
    duplicate2d,
    interpolate_bilinear,
    max_pool2d,
    max_unpool2d,
    mean_pool2d,
    pad2d,
    subsample2d,
)
from course_lib.datasets import load_thumbnail
from course_lib.demos import Resampling
from course_lib.demos.photographs_page import NAMES
from course_lib.demos.resampling import CHECKS, DOWN, INK, MOST_GUESSED, PATTERNS, SPREAD, UP
from tests.demos.frontend import SOURCE, exported, first_frames, run_node
from tests.demos.refusals import assert_refused

TENTHS = st.integers(-50, 50).map(lambda n: n / 10)


def tensor(values: Any) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show."""
    rows, columns = draw(st.integers(4, 8)), draw(st.integers(4, 8))
    flat = draw(st.lists(TENTHS, min_size=rows * columns, max_size=rows * columns))
    return {
        "view": draw(st.sampled_from(["down", "up", "stamps", "checkerboard"])),
        "source": draw(st.sampled_from(["numbers", "pattern", "photograph", "drawing"])),
        "photograph": draw(st.sampled_from(NAMES)),
        "pattern": draw(st.sampled_from(PATTERNS)),
        "numbers": [flat[columns * r : columns * (r + 1)] for r in range(rows)],
        "drawing": [[draw(st.sampled_from([0.0, 0.5, 1.0]))] * 16 for _ in range(16)],
        "size": draw(st.integers(1, 4)),
        "stride": draw(st.integers(1, 4)),
        "shift_down": draw(st.integers(-4, 4)),
        "shift_right": draw(st.integers(-4, 4)),
        "down": draw(st.sampled_from(DOWN)),
        "up": draw(st.sampled_from(UP)),
        "spread": draw(st.sampled_from(SPREAD)),
        "signal": draw(st.lists(TENTHS, min_size=5, max_size=5)),
        "kernel": draw(st.lists(TENTHS, min_size=2, max_size=5)),
        "padding": draw(st.integers(0, 1)),
        "round_trip": draw(st.booleans()),
    }


def oracle(state: dict[str, Any]) -> torch.Tensor:
    """Compute the output with the course's own explicit loops, which torch holds elsewhere."""
    stride, padding = state["stride"], state["padding"]
    if state["view"] == "stamps":
        return _stamped(state)
    x = _image(state)
    if state["view"] == "down":
        x = torch.roll(x, (state["shift_down"], state["shift_right"]), (2, 3))
        if state["down"] == "every other":
            return subsample2d(x, stride)[0, 0]
        if state["down"] == "mean":
            return mean_pool2d(x, state["size"], stride=stride)[0, 0]
        return max_pool2d(x, state["size"], stride=stride).values[0, 0]
    if state["view"] == "up":
        height, width = (n // stride * stride for n in x.shape[2:])
        pooled = max_pool2d(x[:, :, :height, :width], stride)
        if state["up"] == "duplicate":
            return duplicate2d(pooled.values, stride)[0, 0]
        if state["up"] == "bilinear":
            return interpolate_bilinear(pooled.values, (height, width))[0, 0]
        return max_unpool2d(pooled.values, pooled.positions, stride)[0, 0]
    if state["source"] != "numbers":
        x = mean_pool2d(x, x.shape[-1] // 16)
    line = tensor(state["kernel"])
    weight = torch.outer(line, line)[None, None]
    if state["spread"] == "resized":
        large = duplicate2d(x, stride)
        before = (len(line) - 1) // 2
        sides = (before, len(line) - 1 - before)
        return convolve2d(pad2d(large, sides, sides, "replicate"), weight, padding="valid")[0, 0]
    if state["spread"] == "stamps":
        x, weight = torch.ones_like(x), torch.ones_like(weight)
    return convolve_transpose2d(x, weight, stride=stride, padding=padding)[0, 0]


def _image(state: dict[str, Any]) -> torch.Tensor:
    if state["source"] in ("numbers", "own"):
        return tensor(state[state["source"]])[None, None]
    if state["source"] == "drawing":
        return 255 * tensor(state["drawing"])[None, None]
    if state["source"] == "photograph":
        red, green, blue = load_thumbnail(state["photograph"]).double()
        return torch.floor((299 * red + 587 * green + 114 * blue + 500) / 1000)[None, None]
    side = range(32)
    ink = [[255.0 * INK[state["pattern"]](r, c) for c in side] for r in side]
    return tensor(ink)[None, None]


def _stamped(state: dict[str, Any]) -> torch.Tensor:
    signal, kernel = (tensor(state[name]) for name in ("signal", "kernel"))
    stride, padding = state["stride"], state["padding"]
    length = len(signal)
    if not state["round_trip"]:
        length = (length - 1) * stride + len(kernel) - 2 * padding
    steps = {"stride": stride, "padding": padding}
    matrix = convolution_matrix1d(kernel[None, None], length, **steps)
    return (matrix.T @ (matrix @ signal if state["round_trip"] else signal))[None]


@settings(max_examples=100, deadline=None)
@given(states())
def test_the_output_and_the_reference_equal_the_explicit_loops(state: dict[str, Any]) -> None:
    demo = Resampling(**state)
    expected = oracle(state)
    assert torch.allclose(demo.reference(), expected, rtol=0, atol=1e-8)
    assert torch.allclose(tensor(demo.output), expected, rtol=0, atol=1e-8)
    assert {name: getattr(demo, name) for name in state} == state


def test_a_change_computes_the_output_anew_and_keeps_the_pointer_on_one() -> None:
    demo = Resampling(source="numbers", row=2, column=2)
    demo.stride = 4
    assert (demo.row, demo.column) == (1, 1)
    assert torch.equal(tensor(demo.output), demo.reference())
    demo = Resampling(view="stamps", signal=[1] * 6, position=5)
    demo.signal = [1, 2, 3]
    assert demo.position == 2
    assert demo.output == [[1, 2, 3, 4, 5, 6, 3]]


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("view", "sideways", "down, up, stamps, checkerboard"),
        ("source", "film", "photograph, pattern, numbers, drawing, own"),
        ("source", "own", "there is no own image"),
        ("drawing", [[1] * 15] * 16, "16 rows of 16 numbers from 0 to 1"),
        ("own", [[0] * 64] * 63, "64 rows of 64 numbers from 0 to 255"),
        ("photograph", "moon", "camera, astronaut, coffee"),
        ("pattern", "spots", "stripes, dots, ring, flat"),
        ("numbers", [[1, 2], [3, 4]], "4 to 8 rows of 4 to 8"),
        ("numbers", [[1] * 9] * 4, "4 to 8"),
        ("size", 5, "from 1 to 4"),
        ("stride", 0, "from 1 to 4"),
        ("shift_right", 5, "from -4 to 4"),
        ("down", "median", "every other, max, mean"),
        ("up", "bicubic", "duplicate, unpooling, bilinear"),
        ("spread", "inverse", "transposed, stamps, resized"),
        ("show", "both", "output, difference"),
        ("signal", [1] * 13, "1 to 12"),
        ("kernel", [], "1 to 5"),
        ("padding", 3, "from 0 to 2"),
        ("row", 32, "from 0 to 31"),
        ("column", -1, "from 0 to"),
        ("guess", 2e7, "from -1e+07 to 1e+07"),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    assert_refused(Resampling(), trait, value, said)


def test_stamps_without_room_or_without_a_place_are_refused() -> None:
    with pytest.raises(TraitError, match="there would be 35 outputs; expected at most 24"):
        Resampling(view="stamps", signal=[1] * 9, stride=4)
    with pytest.raises(TraitError, match="a kernel of 3 does not fit into a signal of 2"):
        Resampling(view="stamps", signal=[1, 2], round_trip=True)
    with pytest.raises(TraitError, match="takes 4 values off"):
        Resampling(view="stamps", signal=[1], padding=2)


def test_the_page_has_the_limits_the_words_and_the_inputs_of_python() -> None:
    limits = exported("demos/resampling/state.ts", "LIMITS")
    for trait in ("size", "stride", "padding"):
        given_ = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"min": given_["at_least"], "max": given_["at_most"]}
    for trait in ("signal", "kernel"):
        given_ = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"min": given_["at_least"], "max": given_["at_most"]}
        assert limits["value"] == {"min": -given_["bound"], "max": given_["bound"]}
    assert limits["guess"] == {"min": -MOST_GUESSED, "max": MOST_GUESSED}
    for trait in ("numbers", "drawing", "own"):
        given_ = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"most": 64, "low": 0, "high": 255} | given_
    keys = exported("demos/resampling/state.ts", "KEYS")
    assert set(keys) < set(Resampling().page_state())
    assert set(CHECKS) < set(keys)
    operations = exported("demos/resampling/state.ts", "OPERATIONS")
    assert operations == {"down": list(DOWN), "up": list(UP), "checkerboard": list(SPREAD)}
    address = (SOURCE / "demos/resampling/inputs.ts").as_uri()
    code = (
        f"import {{ numbersNamed, PATTERNS, patternNamed }} from {address!r};"
        " console.log(JSON.stringify([numbersNamed('lecture'),"
        " Object.fromEntries(PATTERNS.map((n) => [n, [...patternNamed(n).values]]))]));"
    )
    numbers, patterns = json.loads(run_node("--input-type=module", "--eval", code))
    assert numbers == Resampling().numbers
    drawings = (SOURCE / "core/drawings.ts").as_uri()
    code = (
        f"import {{ drawingNamed }} from {drawings!r};"
        " console.log(JSON.stringify(drawingNamed('ring')));"
    )
    assert json.loads(run_node("--input-type=module", "--eval", code)) == Resampling().drawing
    for name in PATTERNS:
        assert patterns[name] == _image({"source": "pattern", "pattern": name}).flatten().tolist()


@pytest.mark.parametrize(
    ("view", "trait", "operation"),
    [("down", "down", "max"), ("up", "up", "bilinear"), ("checkerboard", "spread", "transposed")],
)
def test_an_own_image_goes_the_way_of_a_photograph(view: str, trait: str, operation: str) -> None:
    own = [[(7.5 * r + 3 * c) % 255 for c in range(64)] for r in range(64)]
    demo = Resampling(view=view, source="own", own=own, stride=3, **{trait: operation})
    state = {name: getattr(demo, name) for name in (*CHECKS, "round_trip")}
    assert torch.allclose(tensor(demo.output), oracle(state), rtol=0, atol=1e-8)


def test_an_own_image_can_be_an_array_and_is_no_input_before_it_is_there() -> None:
    image = torch.arange(64 * 64).reshape(64, 64) % 256
    demo = Resampling(source="own", own=image, down="every other", stride=4)
    assert demo.output[1] == image[4, ::4].tolist()
    with pytest.raises(TraitError, match="there is no own image"):
        demo.own = []
    assert len(demo.own) == 64


def test_the_page_does_not_carry_what_it_computes() -> None:
    state = Resampling().page_state()
    assert "output" not in state
    assert len(str(state)) < 2000


@settings(max_examples=2, deadline=None)
@given(st.lists(states(), min_size=12, max_size=12))
def test_the_first_frame_of_every_state_is_drawn_in_finite_numbers(
    several: list[dict[str, Any]],
) -> None:
    frames = first_frames([Resampling(**one) for one in several])
    for html in frames:
        assert "course-title" in html
        assert not any(word in html for word in ("NaN", "Infinity", "undefined"))
