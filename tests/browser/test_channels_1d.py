"""The layer with channels in a page: by key, by hand, against torch, and with bad input."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from course_lib.demos import Channels1D
from tests.browser.demo_page import OpenDemos, centre, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations
from tests.demos.test_channels_1d import oracle

pytestmark = pytest.mark.browser

NAME = "channels-1d"
RISE, FALL, MEAN = [-0.5, 0, 0.5], [0.5, 0, -0.5], [1 / 3, 1 / 3, 1 / 3]

SQUARES = '{ squares: root.querySelectorAll(".outputs .output").length }'


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(5)

    def numbers(how_many: int) -> list[float]:
        return [random.choice([0.0, round(random.uniform(-9, 9), 2)]) for _ in range(how_many)]

    states = []
    for n in range(count):
        inputs, outputs = random.randint(1, 4), random.randint(1, 4)
        length, size = random.randint(5, 16), random.randint(1, 5)
        states.append(
            {
                "position": 0,
                "channel": 0,
                "source": 0,
                "muted": [],
                "rebuild": n % 5 == 0,
                "signals": [numbers(length) for _ in range(inputs)],
                "kernels": [[numbers(size) for _ in range(inputs)] for _ in range(outputs)],
                "biases": numbers(outputs),
                "relu": random.random() < 0.5,
                "padding": random.choice(["zeros", "valid"]),
            }
        )
    return states


def test_the_output_equals_torch_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels1D(), scheme="file"), NAME)
    states = random_states(80)
    for state, seen in zip(states, demo.in_each(states, "output", also=SQUARES), strict=True):
        expected = oracle(state)
        output = torch.tensor(seen["output"], dtype=torch.float64)
        assert torch.allclose(output, expected, rtol=0, atol=1e-6), state
        assert seen["squares"] == expected.numel(), state
        assert seen["whole"], state
        assert seen["complaints"] == "", state


def test_an_output_is_pointed_at_and_an_input_dragged_by_hand(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels1D()), NAME)
    demo.page.mouse.click(*centre(demo.root.locator("[data-channel='1'][data-position='3'] .hit")))
    assert demo.traits("channel", "position") == {"channel": 1, "position": 3}
    expect(demo.root.locator(".course-equation")).to_contain_text(
        "(−0.5)·5.4 + 0·5.1 + 0.5·10.1 = 2.35"
    )
    x, y = centre(demo.root.locator(".inputs [data-index='2'] .point"))
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y - 12, steps=3)
    demo.page.mouse.up()
    demo.painted()
    raised = demo.get("signals")[0][2]
    assert raised > 5.4
    assert demo.get("output")[1][3] == pytest.approx(max(0, (10.1 - raised) / 2))
    x, y = centre(demo.root.locator(".window"))
    demo.page.mouse.move(x, y - 70)
    demo.page.mouse.down()
    demo.page.mouse.move(x + 160, y - 70, steps=3)
    demo.page.mouse.up()
    assert demo.get("position") > 4


def test_everything_goes_by_key_alone(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels1D(position=4)), NAME)
    demo.tab_to(demo.root.get_by_role("slider", name="input channel 1, value 1", exact=True))
    demo.press("ArrowRight", "ArrowUp")
    assert demo.get("signals")[0][1] == pytest.approx(5.4)
    demo.tab_to(demo.root.get_by_role("slider", name="bias of filter 1"))
    demo.press("PageUp")
    assert demo.get("biases") == [1, 0]
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Output channel", exact=True))
    demo.press("ArrowUp")
    assert demo.get("channel") == 1
    demo.tab_to(demo.root.get_by_role("slider", name="filter 2, slice 1, weight 1").first)
    demo.press("Enter")
    demo.page.keyboard.type("-1/4")
    demo.press("Enter")
    assert demo.get("kernels")[1][0][0] == -0.25
    demo.tab_to(demo.root.get_by_role("checkbox", name="One filter, slice by slice"))
    demo.press("Space")
    expect(demo.root.locator(".axes")).to_contain_text("x₁ through its slice")
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Input channels"))
    demo.press("ArrowUp")
    assert len(demo.get("signals")) == len(demo.get("kernels")[0]) == 2
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Output channels"))
    demo.press("ArrowUp", "ArrowUp", "ArrowUp")
    assert len(demo.get("biases")) == 4
    demo.tab_to(demo.root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    assert demo.get("signals") == [Channels1D().signals[0]]
    assert demo.problems() == []


def test_muted_channels_change_what_can_be_rebuilt(open_demos: OpenDemos) -> None:
    layer = Channels1D(
        kernels=[[MEAN], [RISE], [FALL]], biases=[0, 0, 0], padding="valid", rebuild=True
    )
    demo = driven(open_demos(layer), NAME)
    sentence = demo.root.locator(".course-body > .course-sentence")
    expect(sentence).to_contain_text("the input is rebuilt exactly")
    rebuilt, signal = demo.get("reconstruction")[0], demo.get("signals")[0]
    assert rebuilt == pytest.approx(signal, abs=1e-6)
    demo.root.get_by_role("checkbox", name="h₁").uncheck()
    expect(sentence).to_contain_text("misses the true one by 6.22")
    assert demo.get("muted") == [0]
    expect(demo.root.locator(".ghosts > g")).to_have_count(12)
    demo.root.get_by_role("checkbox", name="Rebuild the input").uncheck()
    assert demo.get("reconstruction") == []


def test_bad_input_is_refused_in_words_and_the_last_state_stays(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels1D()), NAME)
    before = demo.get("output")
    field = demo.root.get_by_role("textbox", name="Values of the input channel")
    for typed, said in (("1, x, 3", "“x” is not a number"), ("1, 2", "give 3 to 16")):
        field.fill(typed)
        demo.press("Enter")
        assert any(said in problem for problem in demo.problems())
    demo.set(kernels=[[[1, 2]], [[1, 2, 3]]])
    assert any("slices differ in size" in problem for problem in demo.problems())
    demo.page.evaluate("location.hash = '#demo=channels-1d&muted=7'")
    assert any("output channels" in problem for problem in demo.problems())
    assert demo.get("output") == before


def test_a_copied_link_opens_the_same_state_elsewhere(open_demos: OpenDemos) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    demo = driven(open_demos(Channels1D(), permissions=permissions), NAME)
    demo.root.get_by_role("button", name="colours").click()
    demo.set(channel=2, explode=True, muted=[1, 3])
    demo.root.get_by_role("button", name="Copy link").click()
    expect(demo.root.get_by_role("button", name="Copied")).to_be_visible()
    link = demo.page.evaluate("navigator.clipboard.readText()")
    other = driven(open_demos(Channels1D(), fragment=link[link.index("#") :]), NAME)
    names = ("signals", "kernels", "biases", "channel", "explode", "muted", "output")
    assert other.traits(*names) == demo.traits(*names)
    assert other.problems() == []


def test_the_snippet_runs_and_prints_the_demo_s_numbers(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels1D()), NAME)
    demo.root.get_by_role("button", name="one from two").click()
    demo.set(kernels=[[[0, 1], [1 / 3, -1]], [[1, 0], [0, 0]]], biases=[-2, 0.5])
    [printed] = printed_by(demo.code())
    assert torch.allclose(torch.tensor(printed), torch.tensor(demo.get("output")))


@EVERY_SCREEN
def test_it_is_accessible_with_all_that_it_can_show(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    demo = driven(open_demos(Channels1D(), theme=theme, width=width), NAME)
    demo.root.get_by_role("button", name="colours").click()
    demo.set(rebuild=True, muted=[0], channel=3, source=1, explode=theme == "dark")
    demo.root.get_by_role("textbox", name="Values of the input channel").fill("x")
    demo.press("Enter")
    demo.open_code()
    assert violations(demo.page) == []
    assert overflow(demo.page) <= 0
