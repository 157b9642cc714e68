"""The composition's demo from Python's side: what it computes, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from traitlets import TraitError

from course_lib.convolution import compose_kernels1d
from course_lib.demos import ComposeKernels
from course_lib.demos.compose_kernels import CHECKS
from tests.demos.frontend import exported, first_frames
from tests.demos.stacks import kernels


@given(kernels())
def test_both_ways_are_torch_s(state: dict[str, Any]) -> None:
    demo = ComposeKernels(**state)
    output = torch.tensor(demo.output, dtype=torch.float64)
    direct = torch.tensor(demo.direct, dtype=torch.float64)
    assert torch.allclose(output, demo.reference(), rtol=1e-9, atol=1e-9)
    assert torch.allclose(direct, demo.direct_reference(), rtol=1e-9, atol=1e-9)
    if state["padding"] == "valid" and not state["relu"]:
        assert torch.allclose(output, direct, rtol=1e-9, atol=1e-9)


def test_six_digits_compose_to_five_weights() -> None:
    demo = ComposeKernels()
    assert demo.composed == [4, 13, 28, 27, 18]
    first, second = torch.tensor(demo.first), torch.tensor(demo.second)
    assert compose_kernels1d(first, second).tolist() == demo.composed
    demo.third = [1, 1, 1]
    assert len(demo.composed) == 7


def test_where_it_looks_stays_on_what_exists() -> None:
    demo = ComposeKernels(padding="zeros", position=11, tap=4)
    demo.padding = "valid"
    assert demo.position == 7
    demo.second = [1.0]
    assert demo.tap == 2


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("signal", [1, 2, 3, 4], "span 5 values"),
        ("signal", [], "1 to 32 numbers"),
        ("first", [], "1 to 5 numbers"),
        ("second", [1] * 6, "has 6 values"),
        ("third", [float("nan")], r"third\[0\] is nan"),
        ("padding", "reflect", "valid, zeros"),
        ("position", 8, "0 to 7"),
        ("tap", 5, "0 to 4"),
        ("relu", "yes", "relu"),
    ],
)
def test_a_bad_trait_is_refused_and_changes_nothing(trait: str, value: Any, said: str) -> None:
    demo = ComposeKernels()
    before = demo.page_state()
    with pytest.raises(TraitError, match=said):
        setattr(demo, trait, value)
    assert demo.page_state() == before


def test_the_page_has_python_s_limits_and_traits() -> None:
    limits = exported("demos/compose-kernels/state.ts", "LIMITS")
    for name in ("signal", "first", "second", "third"):
        given_here = CHECKS[name].keywords  # type: ignore[attr-defined]
        assert limits[name] == {"min": given_here["at_least"], "max": given_here["at_most"]}
    keys = exported("demos/compose-kernels/state.ts", "KEYS")
    assert set(keys) == {*CHECKS, "relu"}


def test_the_first_frame_shows_both_kernels() -> None:
    (frame,) = first_frames([ComposeKernels(tap=2)])
    assert "= one kernel of 5" in frame
    assert "28" in frame
    assert "NaN" not in frame
