"""One colour a role, read from `palette.json`, which the frontend reads too.

A role says what a mark *is* (an input, a weight, an output), so that a reader who has met blue
circles once knows them in every figure and demo. Nothing else in `course_lib` names a colour.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Theme = Literal["light", "dark", "print", "page"]
THEMES: tuple[Theme, ...] = get_args(Theme)


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as `#rrggbb`, by role."""

    paper: str
    surface: str
    text: str
    muted: str
    grid: str
    input: str
    kernel: str
    kernel_text: str
    window: str
    output: str
    padding: str
    positive: str
    negative: str
    right: str
    wrong: str

    def colour(self, role: str) -> str:
        """Return the colour of a role such as ``"input"`` or ``"kernel-text"``.

        Raises
        ------
        ValueError
            If no such role exists.
        """
        if role not in ROLES:
            raise ValueError(f"role is {role!r}; the palette has {', '.join(ROLES)}")
        return str(getattr(self, role.replace("-", "_")))

    def signed(self, value: float, largest: float) -> tuple[str, float]:
        """Return the role and the opacity that show a signed value on neutral paper.

        Parameters
        ----------
        value : float
            What is shown.
        largest : float
            The magnitude drawn at full strength, greater than zero.
        """
        if not largest > 0:
            raise ValueError(f"largest is {largest}; a magnitude greater than zero is expected")
        return ("positive" if value >= 0 else "negative"), min(abs(value) / largest, 1.0)


ROLES: tuple[str, ...] = tuple(field.name.replace("_", "-") for field in fields(Palette))


@cache
def palette(theme: Theme = "light") -> Palette:
    """Return the palette of a theme.

    Parameters
    ----------
    theme : {"light", "dark", "print", "page"}
        ``"page"`` is for one drawing that follows the page's theme: its colours are stand-ins, one
        for each role, which :func:`page_colours` turns into CSS variables. (The light colours
        would not do: two roles may share one.)

    Raises
    ------
    ValueError
        If the theme is not one of these.
    """
    if theme not in THEMES:
        raise ValueError(f"theme is {theme!r}; expected one of {', '.join(THEMES)}")
    if theme == "page":
        colours = {role: f"#fe{index:02x}fd" for index, role in enumerate(ROLES)}
    else:
        colours = {role: values[theme] for role, values in _roles().items()}
    return Palette(**{role.replace("-", "_"): colour for role, colour in colours.items()})


@cache
def page_colours() -> dict[str, str]:
    """Map each stand-in of the page's palette to its CSS variable, the light colour behind it."""
    page, light = palette("page"), palette("light")
    return {page.colour(r): f"var(--course-{r},{light.colour(r)})" for r in ROLES}


@cache
def _roles() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("palette.json").read_text(encoding="utf-8")
    roles: dict[str, dict[str, str]] = json.loads(text)["roles"]
    if set(roles) != set(ROLES):
        odd = ", ".join(sorted(set(roles) ^ set(ROLES)))
        raise ValueError(f"palette.json and Palette differ in the roles {odd}")
    return roles
