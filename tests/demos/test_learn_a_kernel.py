"""The descent: what it takes, what it refuses, and that it goes where torch goes."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from course_lib.demos import LearnAKernel
from course_lib.demos.learn_a_kernel import CHECKS, MOST_STEPS, NOISE, RUNAWAY, scatter
from tests.demos.frontend import SOURCE, exported, first_frames, run_node
from tests.demos.refusals import assert_refused

TENTHS = st.integers(-30, 30).map(lambda n: n / 10)


@st.composite
def lessons(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show; the rate is small enough not to run away."""
    size = draw(st.integers(1, 5))
    weights = st.lists(TENTHS, min_size=size, max_size=size)
    return {
        "signal": draw(st.lists(TENTHS, min_size=3, max_size=24)),
        "hidden": draw(weights),
        "start": draw(weights),
        "rate": draw(st.sampled_from([0.001, 0.01, 0.02])),
        "noise": draw(st.booleans()),
        "seed": draw(st.integers(0, 9999)),
        "step": draw(st.integers(0, 25)),
        "weight": draw(st.integers(0, size - 1)),
    }


@settings(deadline=None, max_examples=40)
@given(lessons())
def test_the_kernel_the_gradient_and_the_loss_are_torch_s(state: dict[str, Any]) -> None:
    demo = LearnAKernel(**state)
    kernel = demo.reference().requires_grad_()
    assert demo.kernel == pytest.approx(kernel.tolist(), abs=1e-9)
    total = len(state["start"]) - 1
    x = torch.tensor([[state["signal"]]], dtype=torch.float64)
    x = functional.pad(x, (total // 2, total - total // 2))
    exact = functional.conv1d(x, torch.tensor([[state["hidden"]]], dtype=torch.float64))
    if state["noise"]:
        noise = scatter(len(state["signal"]), state["seed"])
        exact = exact + NOISE * torch.tensor(noise, dtype=torch.float64)
    output = functional.conv1d(x, kernel[None, None])
    loss = functional.mse_loss(output, exact)
    loss.backward()  # type: ignore[no-untyped-call]
    assert demo.loss == pytest.approx(loss.item(), abs=1e-8)
    assert demo.output == pytest.approx(output.flatten().tolist(), abs=1e-8)
    assert kernel.grad is not None
    assert demo.gradient == pytest.approx(kernel.grad.tolist(), abs=1e-7)


def test_the_default_lesson_finds_its_hidden_kernel() -> None:
    demo = LearnAKernel()
    demo.step = 150
    assert demo.kernel == pytest.approx([-0.5, 0, 0.5], abs=1e-3)
    assert demo.loss < 1e-5


def test_weights_that_run_away_end_the_descent() -> None:
    demo = LearnAKernel(rate=2, step=200)
    demo.step = 200
    assert demo.step < 200
    assert max(map(abs, demo.kernel)) > RUNAWAY


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("signal", [1, 2], "has 2 values; expected a list of 3 to 24"),
        ("signal", None, "is None"),
        ("hidden", [1], "hidden has 1 weights and start 3"),
        ("start", [1, 2], "expected as many"),
        ("start", [1, 2, 101], "[2] is 101"),
        ("rate", 0, "expected a number from 0.0001 to 2"),
        ("rate", 3, "[0] is 3"),
        ("step", 201, "whole number from 0 to 200"),
        ("weight", 3, "whole number from 0 to 2"),
        ("seed", -1, "whole number from 0 to 9999"),
        ("guess", "up", '"raise" or "lower"'),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    demo = LearnAKernel()
    assert_refused(demo, trait, value, said)


def test_the_noise_is_the_page_s_to_the_last_digit() -> None:
    address = (SOURCE / "core/learning.ts").as_uri()
    code = (
        f"import {{ scatter }} from {address!r};"
        " console.log(JSON.stringify([0, 1, 9999].map((seed) => scatter(24, seed))));"
    )
    rows = json.loads(run_node("--input-type=module", "--eval", code))
    assert rows == [scatter(24, seed) for seed in (0, 1, 9999)]


def test_the_page_has_the_limits_and_the_traits_of_python() -> None:
    limits = exported("demos/learn-a-kernel/state.ts", "LIMITS")
    for trait, name in (("signal", "length"), ("hidden", "size"), ("start", "size")):
        given = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[name] == {"min": given["at_least"], "max": given["at_most"]}
        assert limits["value"] == {"min": -given["bound"], "max": given["bound"]}
    assert limits["step"] == {"min": 0, "max": MOST_STEPS}
    assert exported("core/learning.ts", "RUNAWAY") == RUNAWAY
    assert exported("demos/learn-a-kernel/state.ts", "NOISE") == NOISE
    keys = exported("demos/learn-a-kernel/state.ts", "KEYS")
    assert set(CHECKS) < set(keys) < set(LearnAKernel().page_state())
    signal = exported("demos/learn-a-kernel/signals.ts", "SIGNALS")
    assert signal[0] == "mixed"


@settings(max_examples=3, deadline=None)
@given(st.lists(lessons(), min_size=15, max_size=15))
def test_the_first_frame_of_every_state_is_drawn_in_finite_numbers(
    states: list[dict[str, Any]],
) -> None:
    for html in first_frames([LearnAKernel(**one) for one in states]):
        assert html.count("<svg") == 3
        assert not any(word in html for word in ("NaN", "Infinity", "undefined"))
