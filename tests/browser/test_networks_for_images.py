"""The first chapter's demos in a page: driven by key and by hand, and equal to torch."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, expect

from course_lib.demos import Architecture, PixelPermutation, ShiftStability
from tests.browser.demo_page import Driven, OpenDemos, driven
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser


def assert_equals_torch(demo: Driven, states: list[dict[str, Any]], kind: type[Any]) -> None:
    for state in states:
        demo.set(**state)
        assert demo.problems() == []
        found = torch.tensor(demo.get("output"), dtype=torch.float64)
        assert torch.allclose(found, kind(**state).reference(), rtol=0, atol=1e-5), state


def drag(demo: Driven, target: Locator, dx: float, start: float = 0.5) -> None:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + start * box["width"], box["y"] + box["height"] / 2
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x + dx, y, steps=4)
    demo.page.mouse.up()
    demo.painted()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_both_demos_on_networks_say_what_torch_says_and_share_their_data(
    open_demos: OpenDemos, scheme: str
) -> None:
    page = open_demos(PixelPermutation(), ShiftStability(), scheme=scheme)
    chance = random.Random(7)
    permuted = driven(page, "pixel-permutation")
    views, trainings = ("plain", "permuted", "un-permuted"), ("plain", "permuted")
    states = [
        {
            "sample": chance.randrange(20),
            "view": chance.choice(views),
            "training": chance.choice(trainings),
            "signal": [chance.uniform(-2, 2) for _ in range(40)] if n % 4 == 3 else [],
        }
        for n in range(8)
    ]
    assert_equals_torch(permuted, states, PixelPermutation)
    moved = driven(page, "shift-stability")
    states = [{"sample": chance.randrange(20), "shift": chance.randint(-10, 10)} for _ in range(6)]
    assert_equals_torch(moved, states, ShiftStability)


def test_the_permutation_is_walked_through_by_keyboard(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(PixelPermutation()), "pixel-permutation")
    demo.tab_to(demo.root.get_by_role("slider", name="Window of the first convolution"))
    demo.press("ArrowRight", "ArrowRight")
    assert demo.get("position") == 8
    expect(demo.root.locator(".course-facts")).to_contain_text("Window 9 of the first convolution")
    demo.tab_to(demo.root.get_by_role("checkbox", name="Predict before the networks answer"))
    demo.press("Space")
    demo.tab_to(demo.root.get_by_role("button", name="3 retrained"))
    demo.press("Enter")
    said = demo.root.locator(".course-said")
    expect(said.first).to_have_text("Hidden until you have predicted.")
    demo.tab_to(demo.root.get_by_role("radio", name="both"))
    demo.press("ArrowRight")
    demo.tab_to(demo.root.get_by_role("button", name="Reveal"))
    demo.press("Enter")
    assert demo.get("guess") == "fully connected"
    verdict = demo.root.locator(".course-verdict")
    expect(verdict).to_have_text("Only the fully connected network reads it right. You said so.")
    expect(verdict).to_be_focused()
    expect(said.first).to_contain_text("✓ right")
    expect(said.last).to_contain_text("✗ wrong: it is a 5")
    demo.root.get_by_role("button", name="Reset").click()
    assert demo.traits("view", "training", "predict", "guess", "position") == {
        "view": "plain",
        "training": "plain",
        "predict": False,
        "guess": None,
        "position": 6,
    }


def test_the_window_the_signal_and_the_size_are_dragged(open_demos: OpenDemos) -> None:
    page = open_demos(PixelPermutation(), ShiftStability(), Architecture())
    permuted = driven(page, "pixel-permutation")
    drag(permuted, permuted.root.locator(".window"), dx=-120)
    assert permuted.get("position") < 6
    moved = driven(page, "shift-stability")
    drag(moved, moved.root.locator(".grip"), dx=80)
    assert 3 <= moved.get("shift") <= 5
    moved.root.locator(".strip").first.locator("[data-shift='-7'] rect").click()
    assert moved.get("shift") == -7
    sized = driven(page, "architecture")
    drag(sized, sized.root.locator(".grip"), dx=-200)
    assert sized.get("size") < 100


def test_a_value_of_the_signal_is_moved_by_hand_and_by_key(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(PixelPermutation(view="permuted")), "pixel-permutation")
    value = demo.root.get_by_role("slider", name="x 4", exact=True)
    before = float(value.get_attribute("aria-valuenow") or "nan")
    box = value.locator(".hit").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y - 40, steps=3)
    demo.page.mouse.up()
    demo.painted()
    signal = demo.get("signal")
    assert len(signal) == 40
    assert signal[3] > before + 0.5
    assert demo.get("label") is None
    expected = PixelPermutation(view="permuted", signal=signal).reference()
    found = torch.tensor(demo.get("output"), dtype=torch.float64)
    assert torch.allclose(found, expected, rtol=0, atol=1e-5)
    demo.tab_to(demo.root.get_by_role("slider", name="x 4", exact=True))
    demo.press("ArrowRight", "PageUp")
    assert demo.get("signal")[4] == pytest.approx(signal[4] + 1, abs=0.01)
    demo.press("Enter")
    demo.page.keyboard.type("-0.25")
    demo.press("Enter")
    assert demo.get("signal")[4] == -0.25
    demo.root.get_by_role("button", name="Reset").click()
    assert demo.traits("signal", "label") == {"signal": [], "label": 5}


def test_which_network_holds_on_is_predicted_by_keyboard(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(ShiftStability()), "shift-stability")
    demo.tab_to(demo.root.get_by_role("checkbox", name="Predict before the networks answer"))
    demo.press("Space")
    assert set(demo.root.locator(".strip text").all_text_contents()) == {"?"}
    expect(demo.root.locator(".course-said").first).to_have_text("Hidden until you have predicted.")
    demo.tab_to(demo.root.get_by_role("radio", name="fully connected"))
    demo.press("ArrowRight")
    demo.tab_to(demo.root.get_by_role("button", name="Reveal"))
    demo.press("Enter")
    assert demo.get("guess") == "convolutional"
    verdict = demo.root.locator(".course-verdict")
    expect(verdict).to_contain_text("You said so.")
    expect(verdict).to_be_focused()
    assert demo.root.locator(".strip .right").count() > 20
    demo.root.get_by_role("button", name="More: Sample").click()
    assert demo.traits("sample", "predict", "guess") == {
        "sample": 5,
        "predict": True,
        "guess": None,
    }


def test_the_other_two_are_driven_by_keyboard(open_demos: OpenDemos) -> None:
    page = open_demos(ShiftStability(), Architecture())
    moved = driven(page, "shift-stability")
    moved.tab_to(moved.root.get_by_role("slider", name="The signal"))
    moved.press("ArrowLeft", "ArrowLeft", "ArrowRight")
    assert moved.get("shift") == -1
    moved.press("End", "ArrowRight")
    assert moved.get("shift") == 10
    sized = driven(page, "architecture")
    sized.tab_to(sized.root.get_by_role("slider", name="Side of the image in pixels"))
    sized.press("PageUp", "ArrowLeft")
    assert sized.get("size") == 447
    more = sized.root.get_by_role("button", name="More: Kernel size")
    sized.tab_to(more)
    sized.press("Enter")
    assert sized.get("kernel_size") == 5
    reference = Architecture(size=447, kernel_size=5)
    assert sized.get("output") == reference.output
    expect(sized.root.locator(".course-costs")).to_contain_text(f"{(447 * 447 * 3) ** 2:,}")


def test_bad_input_is_refused_in_words_and_the_last_state_stays(open_demos: OpenDemos) -> None:
    page = open_demos(PixelPermutation(), Architecture(), ShiftStability())
    permuted = driven(page, "pixel-permutation")
    before = permuted.get("output")
    field = permuted.root.get_by_role("textbox", name="Signal x, 40 values")
    field.fill("1, 2, 3")
    permuted.press("Enter")
    assert (
        permuted.problems() == ["⚠ Signal x, 40 values: 3 values: give 40, apart by commas."]
        or "3 values" in permuted.problems()[0]
    )
    permuted.set(view="sideways")
    assert permuted.problems()[0].endswith("it is one of plain, permuted, un-permuted.")
    assert permuted.get("output") == before
    sized = driven(page, "architecture")
    sized.root.get_by_role("spinbutton", name="Kernel size").fill("4")
    # One step from 3 goes on to the next odd size; anything else even is refused.
    sized.press("Enter")
    assert sized.get("kernel_size") == 5
    sized.root.get_by_role("spinbutton", name="Kernel size").fill("8")
    sized.press("Enter")
    assert "it is odd" in sized.problems()[0]
    assert sized.get("kernel_size") == 5
    page.evaluate("location.hash = '#demo=shift-stability&shift=40'")
    moved = driven(page, "shift-stability")
    assert "from -10 to 10" in moved.problems()[0]
    assert moved.get("shift") == 0


def test_a_link_opens_its_state(open_demos: OpenDemos) -> None:
    fragment = "#demo=shuffle&sample=3&view=permuted&training=permuted&position=2"
    page = open_demos(PixelPermutation(anchor="shuffle"), fragment=fragment)
    demo = driven(page, "pixel-permutation")
    assert demo.traits("sample", "view", "training", "position") == {
        "sample": 3,
        "view": "permuted",
        "training": "permuted",
        "position": 2,
    }


@EVERY_SCREEN
def test_they_are_accessible(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(
        PixelPermutation(view="permuted"),
        ShiftStability(shift=3),
        Architecture(),
        theme=theme,
        width=width,
    )
    demos = [
        driven(page, name) for name in ("pixel-permutation", "shift-stability", "architecture")
    ]
    demos[0].set(predict=True, training="permuted")
    demos[1].set(sample=8, shift=-10, predict=True)
    demos[2].set(size=1024, channels=4, maps=64, quantity="memory")
    assert overflow(page) <= 0
    for demo in demos:
        demo.open_code()
    demos[0].set(guess="both")
    demos[1].set(guess="both alike")
    demos[1].root.get_by_role("spinbutton", name="Shift").fill("many")
    demos[1].press("Enter")
    assert demos[1].problems()
    demos[2].set(size=2)
    assert violations(page) == []
    assert overflow(page) <= 0
