"""The command that draws a figure, as it may be typed in a shell."""

from __future__ import annotations

from shlex import quote
from typing import Any

from course_lib.figures.moving import MOVING
from course_lib.figures.registry import FigureEntry
from course_lib.figures.rendering import formats_of


def as_typed(value: Any) -> str:
    """Return a parameter's value as ``--set KEY=VALUE`` reads it."""
    if not isinstance(value, tuple):
        return str(value)
    if not value:
        return "()"
    parts = [f"({as_typed(one)})" if isinstance(one, tuple) else as_typed(one) for one in value]
    return ",".join(parts) + ("," if len(parts) == 1 else "")


def command(entry: FigureEntry) -> str:
    """Return the command that draws a figure, with each of its parameters at its default.

    What it draws is what it would draw without them; they are there to be changed. Of an animation
    it is what moves.
    """
    moves = " --format webp" if set(MOVING) <= set(formats_of(entry)) else ""
    settings = (f"{key}={as_typed(value)}" for key, value in entry.parameters.items())
    return " \\\n  ".join(
        [f"course figures {entry.name}{moves}", *(f"--set {quote(s)}" for s in settings)]
    )
