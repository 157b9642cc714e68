"""Styles in the small SVG: read, painted, and shared between neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

from course_lib.figures.svg_shapes import rounded

Element = ElementTree.Element
Style = dict[str, str]
Paint = Callable[[str], str]  # from a colour, `#rrggbb`, to what is written for it

_DEFAULTS = {
    ("text-anchor", "start"),
    ("font-weight", "400"),
    ("font-style", "normal"),
    ("stroke-dashoffset", "0"),
    ("opacity", "1"),
}
_INHERITED = re.compile(r"fill|stroke|font|text-anchor")


def parse_style(text: str, paint: Paint) -> Style:
    """Read a style, painted, rounded, without what is the default anyway."""
    style: Style = {}
    for item in text.split(";"):
        name, _, value = (part.strip() for part in item.partition(":"))
        if re.fullmatch(r"#[0-9a-f]{6}", value):
            style[name] = paint(value)
        elif name and (name, value) not in _DEFAULTS:
            style[name] = rounded(value) if not name.startswith("font-family") else value
    if style.get("stroke", "none") == "none":
        style = {n: v for n, v in style.items() if not n.startswith("stroke")}
    elif style.get("stroke-width") == "1":
        del style["stroke-width"]
    return style


def write_style(style: Style) -> str:
    """Join a style's declarations."""
    return ";".join(f"{name}:{value}" for name, value in style.items())


def read_style(element: Element) -> Style:
    """Read an element's style as written by `write_style`."""
    items = element.get("style", "").split(";")
    return {name: value for name, _, value in (item.partition(":") for item in items) if name}


def invisible(element: Element) -> bool:
    """Say whether a shape leaves no mark and nothing refers to it."""
    style = read_style(element)
    return (
        element.tag in ("path", "circle")
        and "id" not in element.attrib
        and "clip-path" not in element.attrib
        and style.get("fill") == "none"
        and "stroke" not in style
    )


def sort_text(root: Element) -> None:
    """Bring plain text of one style together: it lies on top of all else and never overlaps."""
    plain = [child for child in root if child.tag == "text" and not len(child)]
    for child in plain:
        root.remove(child)
    root.extend(sorted(plain, key=lambda child: child.get("style", "")))


def share_styles(parent: Element) -> None:
    """Put neighbours of one style into a group that carries it."""
    children = list(parent)
    for child in children:
        parent.remove(child)
    run: list[Element] = []
    ended: list[Element | None] = [*children, None]
    for following in ended:
        if following is not None and run and following.get("style") == run[0].get("style"):
            run.append(following)
            continue
        style = run[0].get("style", "") if run else ""
        if len(run) > 1 and style and all(_INHERITED.match(item) for item in style.split(";")):
            group = ElementTree.SubElement(parent, "g", {"style": style})
            for member in run:
                del member.attrib["style"]
            group.extend(run)
        else:
            parent.extend(run)
        run = [following] if following is not None else []
