"""What this chapter's charts share: the networks' names and marks, axes, curves with bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from course_lib.figures.canvas import SMALL, Canvas, Point
from course_lib.figures.numbers import MINUS


@dataclass(frozen=True)
class Network:
    """How a network is called and drawn, in every chart and in the demo that trains it."""

    key: str
    name: str
    role: str

    @property
    def text_role(self) -> str:
        """The role of words in its colour."""
        return "kernel-text" if self.role == "kernel" else self.role


DENSE = Network("fully-connected", "fully connected", "negative")
FLAT = Network("convolutional", "convolutional", "kernel")
POOLED = Network("pooled", "pooled", "output")
"""Convolutional too, with a global mean pool where the other flattens."""


@dataclass(frozen=True)
class Chart:
    """Axes on a canvas: from values to pixels."""

    canvas: Canvas
    left: float
    right: float
    top: float
    base: float
    lowest: float
    highest: float
    largest: float
    """The value at the top; that at the base is zero."""

    def at(self, x: float, y: float) -> Point:
        """Return the place of a value."""
        across = (x - self.lowest) / (self.highest - self.lowest)
        up = y / self.largest
        return self.left + (self.right - self.left) * across, self.base - up * (
            self.base - self.top
        )

    def grid(self, step: float) -> None:
        """Draw a line at every so many units of the upright axis, with its number."""
        for n in range(int(self.largest / step + 1e-9) + 1):
            _, y = self.at(self.lowest, n * step)
            self.canvas.lines([[(self.left, y), (self.right, y)]], "grid")
            self.canvas.text(self.left - 8, y, f"{n * step:g}", "muted", size=SMALL, anchor="end")

    def ticks(self, values: Sequence[float], words: str) -> None:
        """Write numbers below the level axis, and what they are."""
        for value in values:
            x, _ = self.at(value, 0)
            text = f"{value:,.0f}".replace("-", MINUS)
            self.canvas.text(x, self.base + 20, text, "muted", size=SMALL)
        middle = (self.left + self.right) / 2
        self.canvas.text(middle, self.base + 42, words, "muted", size=SMALL)

    def band(
        self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], role: str
    ) -> None:
        """Fill the space between two curves."""
        upper = [self.at(x, y) for x, y in zip(xs, high, strict=True)]
        lower = [self.at(x, y) for x, y in zip(xs, low, strict=True)]
        self.canvas.area([*upper, *reversed(lower)], role, alpha=0.22)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        role: str,
        *,
        width: float = 2.0,
        dashed: bool = False,
    ) -> None:
        """Draw a curve."""
        points = [self.at(x, y) for x, y in zip(xs, ys, strict=True)]
        self.canvas.lines([points], role, width=width, dashed=dashed)

    def marks(self, xs: Sequence[float], ys: Sequence[float], network: Network) -> None:
        """Draw a network's marks: discs, squares, or rings for the pooled one."""
        for x, y in zip(xs, ys, strict=True):
            mark(self.canvas, *self.at(x, y), network)


def mark(canvas: Canvas, x: float, y: float, network: Network) -> None:
    """Draw a network's mark."""
    if network is FLAT:
        canvas.circle(x, y, 3.5, fill=network.role)
    elif network is DENSE:
        canvas.square(x, y, 6.5, fill=network.role)
    else:
        canvas.circle(x, y, 3.75, fill="paper", edge=network.role)


def key(canvas: Canvas, y: float, networks: Sequence[Network], *, left: float = 0) -> None:
    """Write the networks' names behind their marks, in a line."""
    x = left + 6
    for network in networks:
        mark(canvas, x, y, network)
        canvas.text(x + 10, y, network.name, network.text_role, size=SMALL, anchor="start")
        x += 32 + 7.6 * len(network.name)
