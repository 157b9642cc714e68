"""The screens that a page is seen on: both themes, a phone and a desk; and which pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.book import page_names

# Each theme and each width once in every run; their other pairings, which seldom tell more, in the
# slow tests.
EVERY_SCREEN = pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("light", 1280),
        ("dark", 360),
        pytest.param("light", 360, marks=pytest.mark.slow),
        pytest.param("dark", 1280, marks=pytest.mark.slow),
    ],
)

# Of what is tried on every page, each run tries these: signals, depth, images with a network.
SOME_PAGES = (
    "book/03-convolution-1d.html",
    "book/11-residual-networks.html",
    "book/12-detection.html",
)


def every_page() -> list[Any]:
    """Return all pages, for `parametrize`: all but a few of them for the slow tests."""
    return [
        name if name in SOME_PAGES else pytest.param(name, marks=pytest.mark.slow)
        for name in page_names()
    ]
