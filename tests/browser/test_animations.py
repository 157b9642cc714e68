"""An animation in a page: side by side until its box is ticked, then in one place, and it ends."""

import pytest
from playwright.sync_api import Browser, Page, expect

from course_lib.figures import show

NAME = "resampling/transposed-animation"  # 4 frames: 2.5 seconds each, the last 5
OPACITIES = "[...document.querySelectorAll('li')].map((li) => +getComputedStyle(li).opacity)"
SEEK = "(time) => document.getAnimations().forEach((one) => { one.currentTime = 1000 * time; })"


def opened(browser: Browser, motion: str = "no-preference") -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    page.set_content(f"<!doctype html>{show(NAME).html}")
    return page


def places(page: Page) -> set[tuple[float, float]]:
    boxes = [item.bounding_box() for item in page.locator("li").all()]
    return {(box["x"], box["y"]) for box in boxes if box}


@pytest.mark.parametrize(
    ("time", "frame"),
    [(0, 0), (2.4, 0), (2.6, 1), (7, 2), (7.6, 3), (12.4, 3), (12.6, 0), (36, 3), (37.6, 3)],
)
def test_a_ticked_box_plays_the_frames_in_one_place_three_times(
    browser: Browser, time: float, frame: int
) -> None:
    page = opened(browser)
    assert len(places(page)) == 4
    assert page.evaluate("document.getAnimations().length") == 0
    page.get_by_role("checkbox", name="Play as an animation").press("Space")
    assert len(places(page)) == 1
    page.evaluate(SEEK, time)
    assert page.evaluate(OPACITIES) == [float(n == frame) for n in range(4)]
    page.get_by_role("checkbox", name="Play as an animation").press("Space")
    assert len(places(page)) == 4
    assert page.evaluate(OPACITIES) == [1, 1, 1, 1]


def test_who_asks_for_less_motion_and_who_prints_sees_all_frames(browser: Browser) -> None:
    page = opened(browser, "reduce")
    expect(page.locator("input")).to_be_hidden()
    expect(page.locator("label")).to_be_hidden()
    assert len(places(page)) == 4
    page = opened(browser)
    page.get_by_role("checkbox").check()
    page.emulate_media(media="print")
    expect(page.locator("label")).to_be_hidden()
    assert len(places(page)) == 4
    assert page.evaluate(OPACITIES) == [1, 1, 1, 1]
