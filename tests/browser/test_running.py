"""A browser that stands still ends one test, not all of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.browser.running import Running

pytestmark = pytest.mark.browser


def test_a_browser_that_answers_nothing_is_killed_and_the_next_one_works(running: Running) -> None:
    with running.watched(seconds=3) as browser:
        page = browser.new_page()
        with pytest.raises(Error, match="closed"):
            page.evaluate("() => new Promise(() => {})")
    assert not browser.is_connected()
    with running.watched() as browser:
        page = browser.new_page()
        assert page.evaluate("1 + 1") == 2
        page.close()
