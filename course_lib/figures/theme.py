"""The theme that figures are being drawn in, and matplotlib's settings while they are.

A figure function takes numbers only. Which colours it draws with is a matter of where it will be
shown, so it asks :func:`current_palette`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import matplotlib

from course_lib.figures.palette import Palette, Theme, palette

# Text stays text in SVG; the salt makes generated ids the same in each run; PDF embeds TrueType.
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "course",
    "pdf.fonttype": 42,
    "font.family": ["DejaVu Sans"],
    "axes.unicode_minus": True,
    "path.simplify": False,
    "lines.scale_dashes": False,
}

MARGIN = 16.0  # round a drawing that stands by itself, pixels; a page has its own

_theme: ContextVar[Theme] = ContextVar("theme", default="light")


def current_theme() -> Theme:
    """Return the name of the theme being drawn in."""
    return _theme.get()


def current_margin() -> float:
    """Return the empty space round a drawing, pixels."""
    return 0.0 if _theme.get() == "page" else MARGIN


def current_palette() -> Palette:
    """Return the colours being drawn with."""
    return palette(_theme.get())


@contextmanager
def drawing(theme: Theme) -> Iterator[Palette]:
    """Draw in `theme`, with the course's settings and none of the user's."""
    colours = palette(theme)
    token = _theme.set(theme)
    try:
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(SETTINGS)
            yield colours
    finally:
        _theme.reset(token)
