"""A U-Net's skips in a page: by key, by hand, against torch, and with bad input."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course_lib.demos import Skips
from tests.browser.demo_page import Driven, OpenDemos, driven, lines_printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

NAME = "skips"


def opened(page: Page) -> Driven:
    """Return the demo once its networks have started."""
    demo = driven(page, NAME)
    expect(demo.root).to_have_attribute("data-network", "ready", timeout=15_000)
    return demo


def test_random_states_have_torchs_maps_and_measures(open_demos: OpenDemos) -> None:
    demo = opened(open_demos(Skips()))
    random = Random(3)
    for _ in range(6):
        state: dict[str, Any] = {
            "index": random.randrange(2000),
            "skips": [random.random() < 0.6 for _ in range(3)],
        }
        demo.set(**state)
        twin = Skips(**state)
        found = demo.traits("output", "mean_iou", "boundary_f", "accuracy")
        assert found["accuracy"] == pytest.approx(twin.accuracy, abs=2e-3)
        for rows, wanted in zip(found["output"], twin.output, strict=True):
            pairs = zip("".join(rows), "".join(wanted), strict=True)
            # Where two scores are nearly equal, rounding may decide.
            assert sum(a != b for a, b in pairs) <= 5
        if found["output"] == twin.output:
            assert found["mean_iou"] == pytest.approx(twin.mean_iou, abs=1e-6)
            assert found["boundary_f"] == pytest.approx(twin.boundary_f, abs=1e-6)


def test_all_of_it_works_by_keyboard(open_demos: OpenDemos) -> None:
    demo = opened(open_demos(Skips()))
    first = demo.root.get_by_role("switch", name="Skip at 48 × 48")
    demo.tab_to(first)
    demo.press("Space")
    assert demo.get("skips") == [False, True, True]
    expect(first).to_have_attribute("aria-checked", "false")
    demo.press("ArrowDown", "Enter")
    assert demo.get("skips") == [False, False, True]
    expect(demo.root.locator(".result")).to_contain_text("48 and 24 pixels cut")
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Row"))
    demo.press("ArrowUp")
    assert demo.get("pixel") == [49, 48]
    demo.tab_to(demo.root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    assert demo.get("skips") == [True, True, True]


def test_a_press_cuts_a_skip_and_asks_about_a_pixel(open_demos: OpenDemos) -> None:
    demo = opened(open_demos(Skips(), width=360))
    demo.root.get_by_role("switch", name="Skip at 12 × 12").click()
    assert demo.get("skips") == [True, True, False]
    picture = demo.root.locator(".map svg").nth(2)
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    picture.click(position={"x": box["width"] * 0.755, "y": box["height"] * 0.255})
    assert demo.get("pixel") == [24, 72]
    expect(demo.root.locator(".pixel")).to_contain_text("Row 24, column 72 is")
    assert demo.root.locator(".map-pixels").count() == demo.root.locator(".map svg").count()


def test_bad_input_is_refused_beside_its_control(open_demos: OpenDemos) -> None:
    demo = opened(open_demos(Skips()))
    field = demo.root.get_by_role("spinbutton", name="Held-out scene")
    field.fill("many")
    field.press("Enter")
    assert any("Held-out scene" in problem for problem in demo.problems())
    assert demo.get("index") == 52
    demo.set(skips=[True])
    assert any("3 times true or false" in problem for problem in demo.problems())
    assert demo.get("skips") == [True, True, True]


def test_the_snippet_runs_and_gives_the_pages_numbers(open_demos: OpenDemos) -> None:
    demo = opened(open_demos(Skips(skips=[False, True, True])))
    printed = [[float(n) for n in line.split()] for line in lines_printed_by(demo.code())]
    found = demo.traits("mean_iou", "boundary_f")
    for line, iou, f in zip(printed, found["mean_iou"], found["boundary_f"], strict=True):
        assert line == pytest.approx([iou, f], abs=5e-3)


@EVERY_SCREEN
def test_it_is_accessible_and_fits(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(Skips(skips=[True, False, True]), theme=theme, width=width)
    opened(page)
    assert not violations(page)
    assert overflow(page) == 0
