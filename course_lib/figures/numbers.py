"""Numbers and lists of them as the figures and their alternative texts write them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

MINUS = "\N{MINUS SIGN}"


def number(value: float, places: int = 2) -> str:
    """Write a number with at most `places` decimals, without trailing zeros."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", MINUS)


def fixed(value: float, places: int) -> str:
    """Write a number with just `places` decimals, for columns that align on the point."""
    text = f"{value:.{places}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", MINUS)


def listed(values: Iterable[float], places: int = 2) -> str:
    """Write numbers as running text: ``2, 4 and 6``."""
    words = [number(value, places) for value in values]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def weight(value: float) -> str:
    """Write a kernel's weight: ``0.25``, or ``1/3`` where two decimals would not be exact."""
    fraction = Fraction(value).limit_denominator(99)
    near = abs(float(fraction) - value) < 1e-9
    if abs(round(value, 2) - value) < 1e-9 or not near:
        return number(value)
    return str(fraction).replace("-", MINUS)


def bracketed(kernel: Iterable[float]) -> str:
    """Write a kernel as a list: ``[−0.5, 0, 0.5]``."""
    return f"[{', '.join(weight(value) for value in kernel)}]"


def counted(count: int, noun: str) -> str:
    """Write a count with its noun: ``1 output``, ``6 outputs``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
