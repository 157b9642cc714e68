"""The puzzle's traits: what they take, what they refuse, and what counts as right."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.convolution import PADDINGS
from course_lib.demos import GuessTheConvolution
from course_lib.demos.guess_the_convolution import CHECKS
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused
from tests.golden.convolutional_layers import signature


@given(
    st.integers(6, 10),
    st.integers(1, 99_999),
    st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 4), st.sampled_from(PADDINGS)),
)
def test_a_guess_is_right_exactly_if_torch_makes_the_target_s_matrix_of_it(
    length: int, seed: int, guess: tuple[int, int, int, str]
) -> None:
    made = signature(length, guess)
    names = ("size", "stride", "dilation", "padding")
    given = dict(zip(names, guess, strict=True))
    if made is None:
        with pytest.raises(TraitError):
            GuessTheConvolution(length=length, seed=seed, **given)
        return
    demo = GuessTheConvolution(length=length, seed=seed, **given)
    size, stride, dilation, padding = demo.answers[0].split("/")
    target = (int(size), int(stride), int(dilation), padding)
    assert demo.matches == (signature(length, target) == made)
    assert torch.equal(torch.tensor(demo.output, dtype=torch.float64), demo.reference())


def test_every_answer_to_the_third_question_counts() -> None:
    demo = GuessTheConvolution(target=[1, 1, 1], size=1)
    assert len(demo.answers) == 20
    for answer in demo.answers:
        _, _, dilation, padding = answer.split("/")
        demo.dilation, demo.padding = int(dilation), padding
        assert demo.matches
    demo.stride = 2
    assert not demo.matches


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("length", 5, "6 to 10"),
        ("seed", 0, "1 to 99999"),
        ("target", [3, 1], "expected kernel size"),
        ("target", [3, 1.5, 1], "expected kernel size"),
        ("target", [3, 5, 1], "expected kernel size"),
        ("target_padding", "same", "zeros, valid"),
        ("size", 6, "1 to 5"),
        ("padding", None, "zeros, valid"),
        ("solved", -1, "whole number"),
    ],
)
def test_a_bad_value_is_refused_by_name_value_and_what_is_allowed(
    trait: str, value: Any, said: str
) -> None:
    demo = GuessTheConvolution()
    assert_refused(demo, trait, value, said)


def test_a_guess_without_an_output_is_refused_with_the_reason() -> None:
    demo = GuessTheConvolution(size=5, padding="valid")
    with pytest.raises(TraitError, match="spans 9 values"):
        demo.dilation = 2


def test_the_limits_and_the_traits_of_the_page_are_those_of_python() -> None:
    limits = exported("demos/guess-the-convolution/state.ts", "LIMITS")
    for trait in ("length", "seed", "size", "stride", "dilation"):
        given = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"min": given["at_least"], "max": given["at_most"]}, trait
    keys = exported("demos/guess-the-convolution/state.ts", "KEYS")
    assert set(keys) == {*CHECKS, "checked", "done"}
    linkable = exported("demos/guess-the-convolution/state.ts", "LINKABLE")
    assert not {"solved", "first_try", "misses", "done"} & set(linkable)


def test_the_first_frame_shows_the_matrix_and_not_the_answer() -> None:
    [html] = first_frames([GuessTheConvolution(target=[3, 1, 1], target_padding="valid", size=1)])
    assert html.count(">c</text>") == 6
    assert "Right" not in html
    assert "NaN" not in html
