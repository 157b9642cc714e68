"""The sampler: what it takes, what it refuses, and that page and package make the same samples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.datasets import (
    STAGES,
    Settings,
    draw_mnist1d,
    load_mnist1d,
    standardise,
    template,
    templates,
    transform,
)
from course_lib.demos import MNIST1DSampler
from course_lib.demos.mnist_1d_sampler import CHECKS, EDITS
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused

HUNDREDTHS = st.integers(-200, 200).map(lambda n: n / 100)
STRENGTHS = st.integers(0, 100).map(lambda n: n / 100)


@st.composite
def samples(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show."""
    own = st.lists(HUNDREDTHS, min_size=12, max_size=12)
    return {
        "digit": draw(st.integers(0, 9)),
        "template": draw(st.one_of(st.just([]), own)),
        "seed": draw(st.integers(0, 2**32 - 1)),
        "example": draw(st.one_of(st.none(), st.integers(0, 4999))),
        "padding": draw(st.one_of(st.none(), st.integers(0, 60))),
        "scale": draw(st.one_of(st.none(), HUNDREDTHS)),
        "shift": draw(st.one_of(st.none(), st.integers(0, 71))),
        "shear": draw(st.one_of(st.none(), HUNDREDTHS)),
        "correlated_noise": draw(STRENGTHS),
        "white_noise": draw(STRENGTHS),
        "stage": draw(st.integers(0, 8)),
    }


@settings(deadline=None, max_examples=40)
@given(samples())
def test_the_sample_is_what_the_package_makes_of_the_same_numbers(state: dict[str, Any]) -> None:
    demo = MNIST1DSampler(**state)
    draws = demo.draws()
    for name in EDITS:
        assert state[name] is None or getattr(draws, name) == state[name]
    shape = np.array(state["template"]) if state["template"] else templates()[state["digit"]]
    noise = Settings(correlated_noise=state["correlated_noise"], white_noise=state["white_noise"])
    expected = transform(shape, draws, noise)
    np.testing.assert_array_equal(demo.reference(), expected)
    assert demo.output == expected.tolist()
    assert demo.values == demo.stages()[state["stage"]].values.tolist()


@pytest.mark.parametrize("example", [0, 3999, 4000, 4999])
def test_an_example_of_the_data_set_is_made_anew(example: int) -> None:
    data = load_mnist1d()
    x = np.concatenate([data.x_train, data.x_test])
    y = np.concatenate([data.y_train, data.y_test])
    demo = MNIST1DSampler(example=example)
    assert demo.digit == y[example]
    np.testing.assert_allclose(standardise(demo.reference()), x[example], rtol=0, atol=1e-6)


def test_a_seed_gives_the_first_sample_that_the_package_draws_with_it() -> None:
    [(label, draws)] = draw_mnist1d(1, seed=5)
    demo = MNIST1DSampler(digit=label, seed=5)
    assert demo.output == transform(template(label), draws).tolist()


def test_what_is_set_later_makes_another_sample() -> None:
    demo = MNIST1DSampler()
    before = demo.output
    demo.shift = 40
    assert demo.output != before
    demo.shift = None
    assert demo.output == before
    demo.stage = STAGES.index("pad")
    assert len(demo.values) == 12 + demo.draws().padding


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("digit", 10, "whole number from 0 to 9"),
        ("digit", None, "is None"),
        ("template", [1, 2], "has 2 values"),
        ("template", [3] * 12, "[0] is 3"),
        ("seed", 2**32, "whole number from 0 to 4294967295"),
        ("example", 5000, "whole number from 0 to 4999"),
        ("padding", 61, "whole number from 0 to 60"),
        ("padding", 4.5, "is 4.5"),
        ("scale", 2.1, "a number from -2 to 2"),
        ("scale", float("nan"), "is nan"),
        ("shift", 72, "whole number from 0 to 71"),
        ("shear", "steep", "is 'steep'"),
        ("correlated_noise", None, "is None"),
        ("white_noise", -0.1, "a number from 0 to 1"),
        ("stage", 9, "whole number from 0 to 8"),
        ("guess", 0, "whole number from 1 to 72"),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    demo = MNIST1DSampler()
    assert_refused(demo, trait, value, said)


def test_the_page_has_the_limits_the_traits_and_the_stages_of_python() -> None:
    limits = exported("demos/mnist-1d-sampler/state.ts", "LIMITS")
    for trait in set(CHECKS) - {"template"}:
        given = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"min": given["at_least"], "max": given["at_most"]}, trait
    assert set(limits) == set(CHECKS) - {"template"} | {"value"}
    MNIST1DSampler(template=[limits["value"]["min"], *[limits["value"]["max"]] * 11])
    keys = exported("demos/mnist-1d-sampler/state.ts", "KEYS")
    assert set(keys) == set(CHECKS) | {"predict"}
    assert set(keys) < set(MNIST1DSampler().page_state())
    assert exported("core/sampler.ts", "STAGES") == list(STAGES)


def test_the_ranges_of_the_data_set_are_those_of_the_package() -> None:
    ranges = exported("core/sampler.ts", "DATA_SET")
    ours = Settings()
    assert ranges["padding"] == {"min": ours.padding[0], "max": ours.padding[1]}
    assert ranges["shift"] == {"min": 0, "max": ours.max_shift - 1}
    assert ranges["scale"] == {"min": 1 - ours.scale / 2, "max": 1 + ours.scale / 2}
    assert ranges["shear"] == {"min": -ours.shear / 2, "max": ours.shear / 2}
    noise = {"correlated": ours.correlated_noise, "white": ours.white_noise}
    assert ranges["strengths"] == noise


@settings(max_examples=4, deadline=None)
@given(st.lists(samples(), min_size=15, max_size=15))
def test_the_first_frame_of_every_state_is_drawn_in_finite_numbers(
    states: list[dict[str, Any]],
) -> None:
    for html in first_frames([MNIST1DSampler(**one) for one in states]):
        assert html.count("<svg") == 11  # the picture, and ten templates
        assert not any(word in html for word in ("NaN", "Infinity", "undefined"))
