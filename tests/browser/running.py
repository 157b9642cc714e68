"""Chromium for the tests: one for all of them, started anew should it die or stand still.

A page whose process the machine has stopped, or which waits for a frame that never comes, answers
nothing, and Playwright waits for its answer for ever. So a browser that has been at one test for
minutes is killed: that test fails at once, is tried again with a new browser, and the rest go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import psutil
from playwright.sync_api import Browser, Playwright

from tests.browser import chromium

PATIENCE_SECONDS = 240
"""Many times what the longest test takes."""


class Running:
    """A browser that is there whenever one is asked for.

    Parameters
    ----------
    playwright : Playwright
    path : Path
        Of the browser.
    """

    def __init__(self, playwright: Playwright, path: Path) -> None:
        self._playwright, self._path = playwright, path
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        """Return the browser, or a new one where the last is gone."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(
                executable_path=self._path, args=chromium.FLAGS
            )
        return self._browser

    @contextmanager
    def watched(self, seconds: float = PATIENCE_SECONDS) -> Iterator[Browser]:
        """Give the browser, and kill it unless it is given back in time."""
        browser = self.browser()
        timer = Timer(seconds, _kill_browsers)
        timer.daemon = True
        timer.start()
        try:
            yield browser
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the browser."""
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()


def _kill_browsers() -> None:
    """Kill the browsers that this process has started, by way of Playwright's driver."""
    for process in psutil.Process().children(recursive=True):
        try:
            if "--remote-debugging-pipe" in process.cmdline():
                process.kill()
        except psutil.NoSuchProcess:
            continue
