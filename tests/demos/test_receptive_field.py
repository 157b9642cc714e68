"""The receptive field's demo from Python's side: what it computes, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
from hypothesis import given
from torch.nn import functional
from traitlets import TraitError

from course_lib.demos import ReceptiveField
from course_lib.demos.receptive_field import LIMITS, STATE, VIEWS
from tests.demos.frontend import exported, first_frames
from tests.demos.stacks import lengths_of, stacks

MNIST = {"length": 40, "layers": [[3, 2, 1, 0]] * 3}


@given(stacks())
def test_paths_are_torch_s_gradient_and_whom_an_input_reaches_is_torch_s(
    state: dict[str, Any],
) -> None:
    demo = ReceptiveField(**state)
    assert torch.equal(torch.tensor(demo.output, dtype=torch.float64), demo.reference())
    assert demo.read == demo.reference().nonzero().flatten().tolist()
    assert demo.lengths == lengths_of(state)[1:]
    if not state["input"]:
        assert demo.reached == []
        return
    x = functional.one_hot(torch.tensor(state["input"]), state["length"]).double()[None]
    for size, stride, dilation, padding in state["layers"]:
        ones = torch.ones(1, 1, size, dtype=torch.float64)
        x = functional.conv1d(x, ones, None, stride, padding, dilation)
    assert demo.reached == x.flatten().nonzero().flatten().tolist()


def test_the_network_for_mnist_1d_reads_3_7_15_and_drops_the_last_input() -> None:
    demo = ReceptiveField(**MNIST, unit=[3, 3], input=[39])
    assert demo.sizes == [3, 7, 15]
    assert demo.jumps == [2, 4, 8]
    assert demo.reached == []
    assert demo.read == list(range(24, 39))


def test_channels_change_nothing() -> None:
    demo = ReceptiveField(unit=[3, 4], input=[6])
    names = ("sizes", "jumps", "starts", "output", "read", "reached")
    before = [getattr(demo, name) for name in names]
    demo.channels = 32
    assert [getattr(demo, name) for name in names] == before


def test_what_is_pointed_at_follows_a_smaller_stack() -> None:
    demo = ReceptiveField(unit=[3, 8], input=[14], layer=3)
    demo.layers = [[3, 2, 1, 0]] * 2
    assert demo.unit == [2, 2]
    assert demo.layer == 2
    demo.length = 9
    assert demo.input == [8]
    assert demo.unit == [2, 0]


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("length", 0, "1 to 64"),
        ("length", 6.0, "6.0"),
        ("layers", [], "1 to 8 layers"),
        ("layers", [[3, 1, 1]], r"layers\[0\]"),
        ("layers", [[3, 5, 1, 0]], r"layers\[0\], stride, is 5; .* 1 to 4"),
        ("layers", "3", "1 to 8 layers"),
        ("layers", [[9, 1, 8, 0]], "spans 65"),
        ("channels", 33, "1 to 32"),
        ("layer", 4, "1 to 3"),
        ("unit", [3, 9], "0 to 8"),
        ("unit", [3], r"\[layer, index\]"),
        ("unit", None, "None"),
        ("input", [15], "0 to 14"),
        ("input", 3, r"\[index\]"),
        ("view", "all", "field, paths, gradients"),
        ("draws", 0, "1 to 1000"),
        ("seed", -1, "0 to 9999"),
    ],
)
def test_a_bad_trait_is_refused_and_changes_nothing(trait: str, value: Any, said: str) -> None:
    demo = ReceptiveField(unit=[3, 4], input=[6])
    before = demo.page_state()
    with pytest.raises(TraitError, match=said):
        setattr(demo, trait, value)
    assert demo.page_state() == before


def test_the_page_has_python_s_limits_views_and_traits() -> None:
    limits = exported("demos/receptive-field/state.ts", "LIMITS")
    assert {name: (each["min"], each["max"]) for name, each in limits.items()} == LIMITS
    assert tuple(exported("demos/receptive-field/state.ts", "VIEWS")) == VIEWS
    assert set(exported("demos/receptive-field/state.ts", "KEYS")) == set(STATE)


def test_the_first_frame_shows_the_stack_and_a_state_is_json() -> None:
    demo = ReceptiveField(**MNIST, unit=[3, 3], view="gradients", draws=3)
    (frame,) = first_frames([demo])
    assert "field of 15" in frame
    assert "After 3 draws" in frame
    assert "NaN" not in frame
    json.dumps(demo.page_state(), allow_nan=False)
