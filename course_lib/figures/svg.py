"""From matplotlib's SVG to a small one: no ids but needed ones, no font, rounded numbers.

What comes out is the same drawing. Colours pass through a function, so that a drawing made with
stand-ins for the page's theme takes its CSS variables here.
"""

from __future__ import annotations

import re
from io import StringIO
from xml.etree import ElementTree

from matplotlib.figure import Figure

from course_lib.figures.formula import GROUP, SUBSCRIPT_DROP
from course_lib.figures.svg_pictures import SHARP, smaller_picture
from course_lib.figures.svg_shapes import as_circle, compact_path, rounded
from course_lib.figures.svg_style import (
    Paint,
    invisible,
    parse_style,
    share_styles,
    sort_text,
    write_style,
)

Element = ElementTree.Element

# One rule for the whole drawing stands on its root, as matplotlib has it for every element.
ROOT_STYLE = "stroke-linejoin:round;font-variant-numeric:tabular-nums"
_REFERENCE = re.compile(r"#([\w.-]+)")


def to_svg(figure: Figure, *, key: str, paint: Paint) -> Element:
    """Write a figure as a tidy SVG tree.

    Parameters
    ----------
    figure : Figure
        Drawn at 72 dots an inch, so that its units are pixels.
    key : str
        Begins every id, so that two figures on one page never share one.
    paint : Callable[[str], str]
        Takes a colour ``#rrggbb`` and returns what to write for it.

    Returns
    -------
    Element
        The ``<svg>``, with a viewBox and no fixed size.
    """
    sheet = StringIO()
    figure.savefig(sheet, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    raw = ElementTree.fromstring(sheet.getvalue())
    for element in raw.iter():
        element.tag = element.tag.rpartition("}")[2]
        for name in [n for n in element.attrib if n.startswith("{")]:
            element.set(f"xlink:{name.rpartition('}')[2]}", element.attrib.pop(name))
    used = {ref for el in raw.iter() for v in el.attrib.values() for ref in _REFERENCE.findall(v)}
    used &= {el.get("id", "") for el in raw.iter()}
    root = Element("svg", {"viewBox": raw.get("viewBox", ""), "style": ROOT_STYLE})
    for child in raw:
        root.extend(_tidy(child, used, key, paint))
    sort_text(root)
    share_styles(root)
    return root


def write(root: Element) -> str:
    """Serialise a tree with no declaration and no white space between elements."""
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _tidy(element: Element, used: set[str], key: str, paint: Paint) -> list[Element]:
    """Return what stands for an element in the tidy tree: nothing, itself, or its children."""
    name = element.get("id", "")
    if element.tag in ("metadata", "style"):
        return []
    if element.tag == "g" and name.startswith(GROUP):
        return [_one_line(element, name, paint)]
    children = [new for child in element for new in _tidy(child, used, key, paint)]
    if element.tag in ("g", "defs") and not children:
        return []
    attributes = _attributes(element, used, key, paint)
    if element.tag == "g" and not attributes:
        return children
    if element.tag == "defs":
        attributes = {}
    new = as_circle(element.get("d", ""), attributes) if element.tag == "path" else None
    new = Element(element.tag, attributes) if new is None else new
    new.text = element.text if element.tag == "text" else None
    new.extend(children)
    return [] if invisible(new) else [new]


def _attributes(element: Element, used: set[str], key: str, paint: Paint) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in element.attrib.items():
        if name == "id":
            if value in used:
                kept[name] = f"{key}-{value}"
        elif name == "style":
            style = parse_style(value, paint)
            if element.tag == "text":
                style.pop("font-family", None)
            if element.tag not in ("g", "image") and element.get("id", "") not in used:
                # matplotlib leaves black out, since it is SVG's own default.
                style = {"fill": paint("#000000")} | style if "fill" not in style else style
            kept[name] = write_style(style)
        elif name == "d":
            kept[name] = compact_path(value)
        elif name == "xlink:href" and value.startswith("data:"):
            # The newer name needs no namespace, which a figure in a page could not declare.
            kept["href"] = smaller_picture(value)
        elif name == "transform":
            turn = rounded(value)
            if not re.match(r"rotate\(-?0 ", turn):
                kept[name] = turn
        else:
            kept[name] = rounded(value)
        if name in kept and name != "id":
            kept[name] = re.sub(
                r"#([\w.-]+)", lambda m: f"#{key}-{m[1]}" if m[1] in used else m[0], kept[name]
            )
    if element.tag == "image":
        kept["style"] = SHARP
    return {name: value for name, value in kept.items() if value}


def _one_line(group: Element, name: str, paint: Paint) -> Element:
    """Make one `<text>` of a formula's pieces, so that the page's own font sets the spacing."""
    _, anchor, x, y = name.split()
    pieces = list(group.iter("text"))
    styles = [parse_style(piece.get("style", ""), paint) for piece in pieces]
    sizes = [float(style["font-size"].removesuffix("px")) for style in styles]
    size = max(sizes)
    whole = {"font-size": f"{size:g}px", "text-anchor": anchor}
    if all(style.get("font-weight") == "700" for style in styles):
        whole["font-weight"] = "700"
    if anchor == "start":
        del whole["text-anchor"]
    line = Element("text", {"x": rounded(x), "y": rounded(y), "style": write_style(whole)})
    below = False
    for piece, style, own in zip(pieces, styles, sizes, strict=True):
        style = {n: v for n, v in style.items() if n in ("fill", "font-style")}
        span = ElementTree.SubElement(line, "tspan")
        if (own < size) != below:
            below = own < size
            span.set("dy", rounded(f"{SUBSCRIPT_DROP * size * (1 if below else -1):.2f}"))
        if below:
            style["font-size"] = f"{own:g}px"
        span.set("style", write_style(style))
        span.text = piece.text
    return line
