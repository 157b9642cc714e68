"""On a small phone, a tablet, a wide screen and zoomed in, a page fits, and no control is lost."""

from __future__ import annotations

import pytest

from tests.browser.book import page_names
from tests.browser.conftest import Open
from tests.browser.screens import SOME_PAGES, every_page
from tests.browser.watch import lost_controls, overflow, settle

pytestmark = pytest.mark.browser

# Width in CSS pixels, and how many pixels of the screen are one of these. A window of 1280 pixels
# that is zoomed to 200 % is 640 CSS pixels wide.
PLACES = {
    "a small phone, or 400 % zoom": (320, 1),
    "a desk at 200 % zoom": (640, 2),
    "a tablet": (768, 1),
    "a wide screen": (2560, 1),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", every_page())
def test_a_page_neither_scrolls_sideways_nor_loses_a_control(
    open_page: Open, name: str, place: str
) -> None:
    width, scale = PLACES[place]
    page = open_page(name, scheme="file", width=width, device_scale_factor=scale)
    settle(page)
    assert overflow(page) <= 0
    assert lost_controls(page) == []


def test_a_control_that_is_cut_off_is_found(open_page: Open) -> None:
    page = open_page("book/03-convolution-1d.html", scheme="file", width=320)
    settle(page)
    buttons = "document.querySelectorAll('#knobs .course-action')"
    page.evaluate(f"{buttons}[0].style.cssText = 'position: relative; left: 400px'")
    assert len(lost_controls(page)) == 1
    page.evaluate(f"{buttons}[0].parentElement.style.overflow = 'hidden'")
    assert "cuts it" in lost_controls(page)[0]
    page.evaluate(f"{buttons}[0].parentElement.style.overflow = ''")
    page.evaluate(f"{buttons}[0].style.cssText = 'padding: 0; min-width: 0; width: 0; border: 0'")
    assert "no size" in lost_controls(page)[0]


def test_the_pages_of_every_run_are_pages_of_the_book() -> None:
    assert set(SOME_PAGES) < set(page_names())
