"""Numbers and lists of them as the figures and their alternative texts write them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

MINUS = "\N{MINUS SIGN}"
EXACT = 1e-9  # what counts as no difference


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


def weights(kernel: Iterable[float]) -> list[str]:
    """Write a kernel's weights: as decimals, or as fractions where those alone are exact.

    So ``−0.5, 0, 0.5`` but ``1/3, 1/3, 1/3``.
    """
    values = list(kernel)
    fractions = [Fraction(value).limit_denominator(99) for value in values]
    rounds = all(abs(round(value, 2) - value) < EXACT for value in values)
    divides = all(abs(f - v) < EXACT for f, v in zip(fractions, values, strict=True))
    if rounds or not divides:
        return [number(value) for value in values]
    return [str(fraction).replace("-", MINUS) for fraction in fractions]


def bracketed(kernel: Iterable[float]) -> str:
    """Write a kernel as a list: ``[−0.5, 0, 0.5]``."""
    return f"[{', '.join(weights(kernel))}]"


def counted(count: int, noun: str) -> str:
    """Write a count with its noun: ``1 output``, ``6 outputs``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
