"""The layer on colours in a page: by key, by hand, against torch, and with bad input."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from course_lib.convolution import PADDINGS
from course_lib.demos import Channels2D
from course_lib.demos.photographs_page import NAMES
from tests.browser.demo_page import OpenDemos, centre, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations
from tests.demos.test_channels_2d import oracle

pytestmark = pytest.mark.browser

NAME = "channels-2d"


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(9)
    states = []
    for n in range(count):
        outputs, size = random.randint(1, 4), random.choice([1, 3])
        shape = (outputs, 3, size, size)
        weights = [random.randint(-20, 20) / 10 for _ in range(outputs * 3 * size * size)]
        states.append(
            {
                **{"channel": 0, "row": 0, "column": 0},
                "photograph": random.choice(NAMES),
                "filters": torch.tensor(weights).reshape(shape).double().tolist(),
                "biases": [random.randint(-90, 90) for _ in range(outputs)],
                "relu": random.random() < 0.5,
                "padding": PADDINGS[n % 5],
                "muted": sorted(random.sample(range(3), random.choice([0, 0, 1, 2]))),
            }
        )
    return states


def test_the_output_equals_torch_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels2D(), scheme="file"), NAME)
    states = random_states(20)
    for state, seen in zip(states, demo.in_each(states, "output"), strict=True):
        assert seen["complaints"] == "", state
        assert seen["whole"], state
        output = torch.tensor(seen["output"], dtype=torch.float64)
        assert torch.allclose(output, oracle(state), rtol=0, atol=1e-6), state


def test_a_filter_is_taken_apart_by_hand(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels2D(row=40, column=12)), NAME)
    lines = demo.root.locator(".course-equation p")
    expect(lines).to_have_text(
        [
            "red: 1·225 = 225",
            "green: (\N{MINUS SIGN}1)·110 = \N{MINUS SIGN}110",
            "blue: 0·72 = 0",
            "h₁(41, 13) = 225 + (\N{MINUS SIGN}110) + 0 + 0 = 115",
        ]
    )
    demo.root.get_by_role("checkbox", name="green").uncheck()
    assert demo.get("muted") == [1]
    expect(lines.nth(1)).to_have_text("green: muted, counts as 0")
    demo.root.get_by_role("button", name="Output channel 2").click()
    assert demo.get("channel") == 1
    demo.page.mouse.move(*centre(demo.root.locator(".result .raster-overlay")))
    demo.painted()
    assert demo.traits("row", "column") == {"row": 32, "column": 32}
    x, y = centre(demo.root.get_by_role("slider", name="red slice, row 1, column 1"))
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y - 50, steps=3)
    demo.page.mouse.up()
    demo.painted()
    assert demo.get("filters")[1][0] == [[0.5]]
    demo.root.get_by_role("button", name="Gabor").click()
    assert len(demo.root.locator(".slice .cell").all()) == 27
    expect(demo.root.get_by_text("= 56 parameters")).to_be_visible()


def test_everything_goes_by_key_alone(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels2D(row=4, column=4)), NAME)
    demo.tab_to(demo.root.get_by_role("slider", name="green slice, row 1, column 1"))
    demo.press("ArrowUp", "Enter")
    demo.page.keyboard.type("-1/2")
    demo.press("Enter")
    assert demo.get("filters")[0][1] == [[-0.5]]
    demo.tab_to(demo.root.get_by_role("application", name="Output channel 1"))
    demo.press("ArrowDown", "ArrowRight")
    assert demo.traits("row", "column") == {"row": 5, "column": 5}
    demo.tab_to(demo.root.get_by_role("button", name="Output channel 2"))
    demo.press("Enter")
    demo.tab_to(demo.root.get_by_role("textbox", name="Bias"))
    demo.page.keyboard.press("Control+a")
    demo.page.keyboard.type("12")
    demo.press("Enter")
    assert demo.get("biases") == [0, 12]
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Output channels"))
    demo.press("ArrowUp")
    assert len(demo.get("filters")) == len(demo.get("output")) == 3
    demo.tab_to(demo.root.get_by_role("checkbox", name="ReLU"))
    demo.press("Space")
    assert demo.get("relu") is True
    demo.tab_to(demo.root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    assert demo.get("biases") == [0, 0]
    assert demo.problems() == []


def test_bad_input_is_refused_and_the_snippet_prints_the_numbers(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Channels2D()), NAME)
    before = demo.get("output")
    demo.root.get_by_role("textbox", name="Bias").fill("much")
    demo.press("Enter")
    assert any("“much” is not a number" in problem for problem in demo.problems())
    demo.set(filters=[[[[1]], [[1]]]])
    assert any("3 slices: one for red" in problem for problem in demo.problems())
    demo.page.evaluate("location.hash = '#demo=channels-2d&muted=[7]'")
    assert any("0 is red, 1 green, 2 blue" in problem for problem in demo.problems())
    assert demo.get("output") == before
    demo.root.get_by_role("button", name="Gabor").click()
    demo.set(muted=[2], relu=True)
    [found] = printed_by(demo.code())
    assert torch.allclose(torch.tensor(found).double(), torch.tensor(demo.get("output")).double())


@EVERY_SCREEN
def test_it_is_accessible_with_all_that_it_can_show(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    demo = driven(open_demos(Channels2D(), theme=theme, width=width), NAME)
    demo.root.get_by_role("button", name="Gabor").click()
    demo.set(muted=[1], channel=1)
    demo.open_code()
    assert violations(demo.page) == []
    assert overflow(demo.page) <= 0
