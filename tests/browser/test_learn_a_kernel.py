"""The descent in a page: by key, by hand, against torch, and with bad input."""

from __future__ import annotations

import re
from random import Random

import pytest
from playwright.sync_api import expect

from course_lib.demos import LearnAKernel
from tests.browser.demo_page import OpenDemos, centre, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

NAME = "learn-a-kernel"


def test_the_kernel_is_torch_s_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    random = Random(6)
    demo = driven(open_demos(LearnAKernel(), scheme="file"), NAME)
    for _ in range(12):
        size = random.randint(1, 5)
        state = {
            "step": 0,
            "weight": 0,
            "signal": [round(random.uniform(-3, 3), 1) for _ in range(random.randint(3, 24))],
            "hidden": [round(random.uniform(-1, 1), 2) for _ in range(size)],
            "start": [round(random.uniform(-1, 1), 2) for _ in range(size)],
            "noise": random.random() < 0.5,
            "seed": random.randint(0, 9999),
            "rate": random.choice([0.001, 0.01, 0.02]),
        }
        demo.set(**state)
        state["step"] = random.randint(0, 40)
        demo.set(step=state["step"])
        other = LearnAKernel(**state)
        assert demo.get("kernel") == pytest.approx(other.reference().tolist(), abs=1e-6)
        assert demo.get("gradient") == pytest.approx(other.gradient, abs=1e-6)
        assert demo.get("loss") == pytest.approx(other.loss, abs=1e-6)
        assert demo.problems() == []
        html = demo.root.locator(".course-body").inner_html()
        assert not any(word in html for word in ("NaN", "Infinity", "undefined"))


def test_a_step_is_predicted_then_revealed_by_key_alone(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(LearnAKernel(weight=2)), NAME)
    demo.tab_to(demo.root.get_by_role("checkbox", name="Predict each step before it shows"))
    demo.press("Space")
    expect(demo.root.locator(".bars > g")).to_have_count(0)
    expect(demo.root.locator(".course-equation")).to_contain_text("= ?")
    expect(demo.root.locator(".weights .goal")).to_have_count(0)
    demo.tab_to(demo.root.get_by_role("button", name="raise it"))
    demo.press("Enter")
    verdict = demo.root.locator(".course-verdict")
    expect(verdict).to_contain_text("You said raise ω₃: right")
    assert verdict.evaluate("(e) => e === document.activeElement")
    expect(demo.root.locator(".bars > g")).to_have_count(13)
    expect(demo.root.locator(".bars .total .number")).to_have_text("−1.583")
    demo.tab_to(demo.root.get_by_role("button", name="One step on"))
    demo.press("Enter")
    assert demo.traits("step", "guess") == {"step": 1, "guess": ""}
    assert demo.get("kernel")[2] == pytest.approx(0.1583, abs=1e-3)


def test_a_weight_is_dragged_and_the_descent_begins_anew_from_there(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(LearnAKernel(step=20)), NAME)
    x, y = centre(demo.root.locator(".weights [data-index='1'] .box"))
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y - 30, steps=3)
    demo.page.mouse.up()
    demo.painted()
    assert demo.traits("step", "weight") == {"step": 0, "weight": 1}
    assert demo.get("start")[1] > 0.1
    assert demo.get("kernel") == demo.get("start")


def test_the_rate_is_typed_and_one_that_is_too_large_is_told_in_words(
    open_demos: OpenDemos,
) -> None:
    demo = driven(open_demos(LearnAKernel(start=[0.3, -0.1, 0.2])), NAME)
    field = demo.root.get_by_role("textbox", name="Learning rate η")
    field.fill("5")
    demo.press("Enter")
    assert any("is not between 0.0001 and 2" in problem for problem in demo.problems())
    assert demo.get("rate") == 0.1
    field.fill("0.9")
    demo.press("Enter")
    assert demo.get("rate") == 0.9
    expect(demo.root.locator(".course-facts")).to_contain_text("each step overshoots")
    slider = demo.root.get_by_role("slider", name="Step of the descent")
    demo.tab_to(slider)
    demo.press("End")
    assert demo.get("step") < 200
    expect(demo.root.locator(".course-body > .course-sentence").last).to_contain_text("run away")
    hidden = demo.root.get_by_role("textbox", name="Hidden weights")
    hidden.fill("1, 2, 3, 4")
    demo.press("Enter")
    assert demo.traits("hidden", "start", "step") == {
        "hidden": [1, 2, 3, 4],
        "start": [0.3, -0.1, 0.2, 0],
        "step": 0,
    }


def test_it_plays_and_stops_and_finds_the_kernel(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(LearnAKernel()), NAME)
    demo.root.get_by_role("button", name="Play").click()
    expect(demo.root.locator(".course-counter")).to_have_text(
        re.compile(r"step [1-9]\d* of 200"), timeout=20_000
    )
    demo.root.get_by_role("button", name="Pause").click()
    demo.set(step=150)
    expect(demo.root.locator(".course-body > .course-sentence").last).to_contain_text(
        "within 0.005 of the hidden one"
    )


def test_the_snippet_runs_and_prints_the_learnt_kernel(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(LearnAKernel(noise=True, seed=3, step=17, start=[1, 0, -1])), NAME)
    [printed] = printed_by(demo.code())
    assert printed == pytest.approx(demo.get("kernel"), abs=1e-9)


@EVERY_SCREEN
def test_it_is_accessible_before_a_prediction_and_after(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    demo = driven(open_demos(LearnAKernel(step=3, predict=True), theme=theme, width=width), NAME)
    if theme == "dark":
        demo.set(guess="lower", noise=True, hidden=[0.2] * 5, start=[9] * 5, weight=4)
    demo.root.get_by_role("textbox", name="Learning rate η").fill("x")
    demo.press("Enter")
    demo.open_code()
    assert violations(demo.page) == []
    assert overflow(demo.page) <= 0
