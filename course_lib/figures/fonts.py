"""The font of an exported SVG, carried inside it: only the letters that the figure uses."""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO
from typing import Literal
from xml.etree import ElementTree

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from matplotlib.font_manager import FontProperties, findfont

FAMILY = "Course Sans"
FALLBACK = "DejaVu Sans, system-ui, sans-serif"

Element = ElementTree.Element
Style = Literal["normal", "italic"]
Face = tuple[Style, str]  # style, weight


def embed_fonts(root: Element) -> None:
    """Add a subset of each face that the drawing uses, and set the drawing in it."""
    rules = [
        f"@font-face{{font-family:'{FAMILY}';font-style:{style};font-weight:{weight};"
        f"src:url(data:font/woff;base64,{_subset(style, weight, letters)})}}"
        for (style, weight), letters in sorted(_letters(root, ("normal", "400")).items())
    ]
    sheet = Element("style")
    sheet.text = "".join(rules) + f"text{{font-family:'{FAMILY}',{FALLBACK}}}"
    root.insert(0, sheet)


def _letters(element: Element, face: Face) -> dict[Face, str]:
    """Collect the letters below an element by the face that they are set in."""
    style, weight = face
    for item in element.get("style", "").split(";"):
        name, _, value = item.partition(":")
        if name == "font-style":
            style = "italic" if value == "italic" else "normal"
        weight = value if name == "font-weight" else weight
    found: dict[Face, set[str]] = {}
    if element.tag in ("text", "tspan") and element.text:
        found[style, weight] = set(element.text)
    for child in element:
        for key, letters in _letters(child, (style, weight)).items():
            found.setdefault(key, set()).update(letters)
    return {key: "".join(sorted(letters)) for key, letters in found.items()}


@lru_cache(maxsize=64)
def _subset(style: Style, weight: str, letters: str) -> str:
    """Return a WOFF of the face that matplotlib measures with, reduced to these letters."""
    properties = FontProperties(family=["DejaVu Sans"], style=style, weight=int(weight))
    # A date of today would change the bytes.
    options = Options(flavor="woff", recalc_timestamp=False, hinting=False, name_IDs=[1, 2])
    options.layout_features = ["kern"]
    # A font editor's time stamp, which has no place in a subset.
    options.drop_tables += ["FFTM"]
    with TTFont(findfont(properties), recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font.flavor = "woff"
        file = BytesIO()
        font.save(file)
    return base64.b64encode(file.getvalue()).decode()
