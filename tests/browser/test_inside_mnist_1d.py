"""Inside a classifier, in a page: driven by key and by hand, and equal to torch."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, expect

from course_lib.demos import InsideMNIST1D
from course_lib.demos.inside_mnist_1d_network import layer_shapes
from tests.browser.demo_page import Driven, OpenDemos, driven
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

NAME = "inside-mnist-1d"


def random_state(chance: random.Random) -> dict[str, Any]:
    network = chance.choice(["flatten", "pool"])
    layer = chance.randint(1, 5)
    channels, positions = layer_shapes(network)[layer - 1]
    return {
        "source": chance.choice(["template", "template", "sample"]),
        "digit": chance.randint(0, 9),
        "place": chance.randint(0, 53),
        "padding": chance.randint(36, 60),
        "scale": chance.uniform(0, 3),
        "shear": chance.uniform(-1, 1),
        "noise": chance.choice([0, 1, chance.uniform(0, 3)]),
        "seed": chance.randint(0, 999),
        "sample": chance.randint(0, 19),
        "signal": [chance.uniform(-3, 3) for _ in range(40)] if chance.random() < 0.25 else [],
        "shift": chance.randint(-10, 10),
        "network": network,
        "unit": [layer, chance.randrange(channels), chance.randrange(positions)],
    }


def test_probabilities_units_and_gradients_are_torch_s(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(InsideMNIST1D()), NAME)
    chance = random.Random(7)
    for _ in range(24):
        state = random_state(chance)
        demo.set(**state)
        assert demo.problems() == [], state
        reference = InsideMNIST1D(**state)
        output, value, gradient = demo.traits("output", "value", "gradient").values()
        found = torch.tensor(output, dtype=torch.float64)
        assert torch.allclose(found, reference.reference(), rtol=0, atol=1e-5), state
        assert value == pytest.approx(reference.value, abs=1e-5), state
        assert gradient == pytest.approx(reference.gradient, abs=1e-5), state
        assert demo.get("label") == reference.label


def test_the_page_computes_the_errors_over_the_test_set_also_from_disk(
    open_demos: OpenDemos,
) -> None:
    demo = driven(open_demos(InsideMNIST1D(place=51), scheme="file"), NAME)
    known = wait_for_errors(demo)
    for kind, lists in InsideMNIST1D().reference_errors().items():
        for name, expected in lists.items():
            # An example on the border of two classes may fall to either side.
            assert known[kind][name] == pytest.approx(expected, abs=0.0021), (kind, name)
    said = demo.root.get_by_text("flatten errs on 60.5 % of the 1,000 test examples")
    expect(said).to_be_visible()


def wait_for_errors(demo: Driven) -> dict[str, Any]:
    for _ in range(240):
        if errors := demo.get("errors"):
            return dict(errors)
        time.sleep(0.25)
    raise AssertionError("the errors over the test set do not come")


def drag(demo: Driven, target: Locator, dx: float, dy: float = 0) -> None:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x + dx, y + dy, steps=4)
    demo.page.mouse.up()
    demo.painted()


def test_the_template_a_value_a_unit_and_the_curve_are_taken_hold_of(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(InsideMNIST1D()), NAME)
    drag(demo, demo.root.locator(".grip"), dx=200)
    assert 36 <= demo.get("place") <= 41  # 200 pixels are ten positions, or eighteen places
    demo.root.locator(".chart").click(position={"x": 44 + 51.5 * 748 / 54, "y": 100})
    demo.painted()
    assert demo.get("place") == 51
    expect(demo.root.locator(".result")).to_contain_text("Only the network with a mean pool")
    hit = demo.root.locator(".hit")
    hit.scroll_into_view_if_needed()
    box = hit.bounding_box()
    assert box is not None
    hit.click(position={"x": box["width"] - 20, "y": box["height"] - 20})
    assert demo.get("unit") == [5, 9, 0]
    expect(demo.root.locator(".taken-apart")).to_contain_text("The score of 9 hears of inputs")
    demo.root.get_by_role("radio", name="own signal").click()
    demo.painted()
    assert len(demo.get("signal")) == 40
    before = demo.get("signal")[20]
    drag(demo, demo.root.locator(".handles [data-index='20'] .touch"), dx=0, dy=-30)
    assert demo.get("signal")[20] > before + 0.5
    assert demo.get("label") is None


def test_all_is_done_by_keyboard(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(InsideMNIST1D()), NAME)
    demo.tab_to(demo.root.get_by_role("slider", name="The template"))
    demo.press("End", "ArrowLeft", "PageDown", "ArrowRight")
    assert demo.get("place") == 48
    demo.tab_to(demo.root.get_by_role("slider", name="The unit that is taken apart"))
    demo.press("ArrowDown", "ArrowRight")
    assert demo.get("unit") == [2, 9, 4]
    demo.press("PageDown", "PageDown", "PageDown")
    assert demo.get("unit")[0] == 5
    demo.tab_to(demo.root.get_by_role("radio", name="flatten").first)
    demo.press("ArrowRight")
    assert demo.get("network") == "pool"
    demo.tab_to(demo.root.locator(".course-terms summary"))
    demo.press("Enter")
    expect(demo.root.locator(".terms tbody tr")).to_have_count(15)
    demo.tab_to(demo.root.get_by_role("slider", name="Noise"))
    demo.press("ArrowLeft")
    assert demo.get("noise") == pytest.approx(0.95)
    demo.tab_to(demo.root.get_by_role("radio", name="template"))
    demo.press("ArrowRight", "ArrowRight")
    assert len(demo.get("signal")) == 40
    demo.tab_to(demo.root.locator(".handles [tabindex='0']"))
    before = demo.get("signal")
    demo.press("ArrowRight", "ArrowUp")
    assert demo.get("signal")[1] == pytest.approx(before[1] + 0.1)
    demo.root.get_by_role("button", name="Reset").click()
    assert demo.traits("signal", "network", "unit") == {
        "signal": [],
        "network": "flatten",
        "unit": [2, 8, 3],
    }


def test_answers_are_predicted_before_they_are_revealed(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(InsideMNIST1D(place=51)), NAME)
    demo.tab_to(demo.root.get_by_role("checkbox", name="Predict before the networks answer"))
    demo.press("Space")
    said = demo.root.locator(".course-said")
    expect(said.first).to_have_text("Hidden until you have predicted.")
    expect(demo.root.locator(".result")).to_contain_text("Predict.")
    demo.tab_to(demo.root.get_by_role("radio", name="both"))
    demo.press("ArrowRight", "ArrowRight")
    assert demo.get("guess") is None
    demo.tab_to(demo.root.get_by_role("button", name="Reveal"))
    demo.press("Enter")
    assert demo.get("guess") == "pool"
    verdict = demo.root.locator(".course-verdict")
    expect(verdict).to_have_text("You said so: only the network with a mean pool reads it right.")
    expect(verdict).to_be_focused()
    expect(said.last).to_contain_text("✓ right")
    demo.set(place=50)
    expect(said.first).to_have_text("Hidden until you have predicted.")


def test_bad_input_is_refused_in_words_and_the_last_state_stays(open_demos: OpenDemos) -> None:
    page = open_demos(InsideMNIST1D())
    demo = driven(page, NAME)
    before = demo.get("output")
    demo.root.get_by_role("textbox", name="Signal x, 40 values").fill("1, 2, 3")
    demo.press("Enter")
    assert "3 values" in demo.problems()[0]
    demo.root.get_by_role("spinbutton", name="Digit").fill("12")
    demo.press("Enter")
    assert "not between 0 and 9" in demo.problems()[0]
    demo.set(unit=[3, 0, 7])
    assert "layer 3 has 15 channels and 4 positions" in demo.problems()[0]
    page.evaluate("location.hash = '#demo=inside-mnist-1d&place=99'")
    assert "from 0 to 53" in demo.problems()[0]
    assert demo.get("output") == before
    page.evaluate("location.hash = '#demo=inside-mnist-1d&place=51&network=pool&unit=[5,4,0]'")
    demo.painted()
    assert demo.traits("place", "network", "unit") == {
        "place": 51,
        "network": "pool",
        "unit": [5, 4, 0],
    }


@EVERY_SCREEN
def test_it_is_accessible(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(InsideMNIST1D(place=51), theme=theme, width=width)
    demo = driven(page, NAME)
    demo.root.locator(".course-terms summary").click()
    demo.open_code()
    assert violations(page) == []
    assert overflow(page) <= 0
    demo.set(source="sample", sample=14, shift=5, network="pool", unit=[5, 9, 0], predict=True)
    demo.root.get_by_role("spinbutton", name="Shift").fill("many")
    demo.press("Enter")
    assert demo.problems()
    demo.set(signal=[(-1) ** i * 2.5 * i for i in range(40)])
    assert violations(page) == []
    assert overflow(page) <= 0
