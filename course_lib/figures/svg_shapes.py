"""Shorter words for the shapes that matplotlib writes: rounded numbers, paths, circles."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_NUMBER = re.compile(r"-?\d*\.\d+(?:e[+-]?\d+)?")
_QUARTERS = 8  # matplotlib draws a circle as this many Bézier curves


def rounded(text: str) -> str:
    """Round every decimal fraction in a text to two places."""
    return _NUMBER.sub(lambda match: _short(float(match[0])), text)


def compact_path(data: str) -> str:
    """Write a path's data without needless spaces, numbers rounded."""
    data = rounded(" ".join(data.split()))
    if not re.search(r"[^MLz\d. -]", data):
        data = _along_axes(data)
    return re.sub(r" ?([A-Za-z]) ?", r"\1", data).replace(" -", "-")


def _along_axes(data: str) -> str:
    """Write lines along an axis with one number, and leave out the way back that `z` goes."""
    words: list[str] = []
    start = here = ("", "")
    for letter, x, y in re.findall(r"([MLz])(?: ([-\d.]+) ([-\d.]+))?", data):
        if letter == "z":
            if here == start and words[-1][0] in "HVL":
                words.pop()
            words.append(letter)
            continue
        if letter == "M":
            start = (x, y)
        flat, steep = letter == "L" and y == here[1], letter == "L" and x == here[0]
        words.append(f"H{x}" if flat else f"V{y}" if steep else f"{letter}{x} {y}")
        here = (x, y)
    return "".join(words)


def as_circle(data: str, attributes: dict[str, str]) -> ElementTree.Element | None:
    """Return the `<circle>` that a path draws, or None where it draws something else."""
    if data.count("C") != _QUARTERS or not data.strip().endswith("z"):
        return None
    points = [float(word) for word in re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", data)]
    across, down = points[0::2], points[1::2]
    width, height = max(across) - min(across), max(down) - min(down)
    if abs(width - height) > 1e-3:
        return None
    circle = {
        "cx": _short((max(across) + min(across)) / 2),
        "cy": _short((max(down) + min(down)) / 2),
        "r": _short(width / 2),
    }
    rest = {name: value for name, value in attributes.items() if name != "d"}
    return ElementTree.Element("circle", circle | rest)


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
