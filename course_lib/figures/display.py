"""A figure in a notebook or a page of the book: one inline SVG that follows the page's theme."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, inf
from typing import Any

from course_lib.figures.animation import AnimationEntry
from course_lib.figures.display_film import film_html
from course_lib.figures.registry import FigureEntry, load
from course_lib.figures.rendering import instance_key, page_frames, page_svg
from course_lib.figures.svg import Element, write
from course_lib.figures.svg_style import read_style, write_style

LEGIBLE = 10.5  # the smallest that text may shrink to on a narrow screen, CSS pixels
NARROW = 320.0  # a column that a phone has room for: what fits it never scrolls, CSS pixels
GROWTH = 1.2  # how far a drawing may be enlarged where there is room


@dataclass(frozen=True)
class Displayed:
    """What :func:`show` returns; a notebook displays it.

    Attributes
    ----------
    name : str
        The figure's name in the registry.
    alt : str
        Its alternative text.
    html : str
        A ``<figure class="course-figure">``.
    """

    name: str
    alt: str
    html: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.alt}


def show(name: str, *, caption: str | None = None, **params: Any) -> Displayed:
    """Draw a registered figure for the page; of an animation, its frames and what plays them.

    Parameters
    ----------
    name : str
        ``chapter/figure``.
    caption : str, optional
        Plain text that says what to notice.
    **params
        The figure's own parameters.

    Raises
    ------
    UnknownFigureError
        If no figure has this name.
    TypeError, ValueError
        If a parameter is not the figure's, or its value is not allowed.

    Examples
    --------
    >>> show("convolution-1d/connections", kernel_size=3, stride=2).alt[:15]
    'Size 3, stride '
    """
    entry = load(name)
    alt = entry.describe(**params)
    drawn, least = _drawn(entry, params, alt)
    # A drawing too wide for a phone scrolls, and what scrolls must be reachable by keyboard.
    scroll = f' tabindex="0" role="group" aria-label="{escape(entry.title)}"'
    html = (
        f'<figure class="course-figure" data-figure="{escape(name)}">'
        f'<div class="course-figure-sheet"{scroll if least > NARROW else ""} '
        f'style="overflow-x:auto;background:var(--course-paper,#fff)">{drawn}</div>'
        + (f"<figcaption>{escape(caption)}</figcaption>" if caption else "")
        + "</figure>"
    )
    return Displayed(name, alt, html)


def _drawn(entry: FigureEntry, params: dict[str, Any], alt: str) -> tuple[str, float]:
    """Return what stands on the sheet, and the least width that it needs."""
    if not isinstance(entry, AnimationEntry):
        svg = page_svg(entry, params)
        least = _fit(svg, alt, skippable=True)
        return write(svg), least
    film = entry.film(**params)
    svgs = page_frames(entry, params)
    least = max(
        _fit(svg, frame.says[0].upper() + frame.says[1:] + ".")
        for svg, frame in zip(svgs, film.frames, strict=True)
    )
    key = instance_key(entry.name, entry.check(params))
    return film_html(film, list(map(write, svgs)), alt, key=key, least=least), least


def _fit(svg: Element, alt: str, *, skippable: bool = False) -> float:
    """Let the drawing fill its column within limits; return the least that it shrinks to.

    The book draws what is `skippable` only when the reader comes near it, so its style says
    what room to keep; the frames of an animation, many and small, are always drawn.
    """
    width, height = map(float, svg.get("viewBox", "").split()[2:])
    least = min(width, ceil(width * LEGIBLE / _smallest_text(svg)))
    style = {
        "display": "block",
        "width": "100%",
        "min-width": f"{least:g}px",
        "max-width": f"{GROWTH * width:g}px",
        "height": "auto",
        "font-family": "var(--course-font,system-ui,sans-serif)",
    }
    if skippable:
        style["aspect-ratio"] = f"{width:.9g}/{height:.9g}"
    svg.set("style", f"{svg.get('style')};{write_style(style)}")
    svg.set("role", "img")
    svg.set("aria-label", alt)
    return least


def _smallest_text(element: Element) -> float:
    """Return the size of the smallest text below an element, subscripts apart, pixels."""
    own = read_style(element).get("font-size")
    sizes = [float(own.removesuffix("px"))] if own and element.tag != "tspan" else []
    return min([*sizes, *map(_smallest_text, element)], default=inf)
