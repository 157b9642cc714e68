"""The screens that a page is seen on: both themes, a phone and a desk."""

from __future__ import annotations

import pytest

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
