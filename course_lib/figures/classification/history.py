"""Top-5 error on ImageNet by year: what won, what one network reached, and one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

Kind = Literal["before", "ensemble", "single"]


@dataclass(frozen=True)
class Result:
    """A published top-5 error, per cent."""

    year: int
    name: str
    error: float
    kind: Kind
    source: str


RESULTS = (
    Result(2010, "NEC", 28.2, "before", "russakovsky2015"),
    Result(2011, "XRCE", 25.8, "before", "russakovsky2015"),
    Result(2012, "AlexNet", 15.3, "ensemble", "krizhevsky2012"),
    Result(2012, "AlexNet", 18.2, "single", "krizhevsky2012"),
    Result(2013, "Clarifai", 11.7, "ensemble", "russakovsky2015"),
    Result(2014, "GoogLeNet", 6.7, "ensemble", "szegedy2015"),
    Result(2014, "GoogLeNet", 7.9, "single", "simonyan2015"),
    Result(2014, "VGG", 6.8, "ensemble", "simonyan2015"),
    Result(2014, "VGG", 7.0, "single", "simonyan2015"),
    Result(2015, "ResNet", 3.57, "ensemble", "he2016"),
    Result(2015, "ResNet", 4.49, "single", "he2016"),
    Result(2017, "SENet", 2.25, "ensemble", "hu2018"),
)
"""By the year of the competition; VGG's errors were published the year after it."""

OFFSETS = {"GoogLeNet": -0.2, "VGG": 0.25}
"""Two networks of one year stand beside each other, years."""

HUMAN = 5.1
"""One trained person on 1,500 test images (russakovsky2015)."""

LEFT, RIGHT = 40.0, 400.0
TOP, BASE = 56.0, 272.0
"""Of the axes, pixels."""


def _check(largest: float) -> None:
    if not 30 <= largest <= 100:
        raise ValueError(f"largest={largest!r}: expected a number from 30 to 100, per cent")


def _alt(largest: float) -> str:
    _check(largest)
    said = "; ".join(
        f"{result.year} {result.name} {result.error:g}"
        + (" (one network)" if result.kind == "single" else "")
        for result in RESULTS
    )
    return (
        f"Top-5 error in per cent by year, on an axis from 0 to {largest:g}: {said}. A dashed line"
        f" at {HUMAN:g} is one trained person. The error falls most from 2011 to 2012; single"
        " networks lie above the averages of several."
    )


@figure(
    "classification/history",
    title="Top-5 error on ImageNet by year",
    slide="ImageNet History",
    alt=_alt,
)
def history(largest: float = 32) -> Figure:
    """Draw the errors of winners and of single networks by year.

    Parameters
    ----------
    largest : float
        End of the axis, per cent.
    """
    _check(largest)
    canvas = Canvas(COLUMN, BASE + 92)
    step = (RIGHT - LEFT) / 8

    def at(year: float, error: float) -> tuple[float, float]:
        return LEFT + step * (year - 2009.5), BASE - (BASE - TOP) * error / largest

    for tick in range(0, int(largest) + 1, 10):
        y = at(2010, tick)[1]
        canvas.lines([[(LEFT, y), (RIGHT, y)]], "grid")
        canvas.text(LEFT - 8, y, str(tick), "muted", size=SMALL, anchor="end")
    canvas.text(0, 16, "top-5 error, per cent", "muted", size=SMALL, anchor="start")
    person = at(2010, HUMAN)[1]
    canvas.lines([[(LEFT, person), (RIGHT, person)]], "text", dashed=True)
    canvas.text(LEFT + 4, person - 12, f"one person, {HUMAN:g}", size=SMALL, anchor="start")
    above = {"NEC": 16, "XRCE": 16, "AlexNet": 38, "Clarifai": 16, "GoogLeNet": -24, "VGG": 26}
    above |= {"ResNet": 32, "SENet": 34}
    for result in RESULTS:
        x, y = at(result.year + OFFSETS.get(result.name, 0), result.error)
        if result.kind == "single":
            canvas.circle(x, y, 4.5, fill="paper", edge="kernel", width=2)
            continue
        role = "muted" if result.kind == "before" else "kernel"
        canvas.square(x, y, 8, fill=role)
        # Names stand as steps above the marks, one below: the later are close together.
        top = y - above[result.name]
        marks = [at(one.year, one.error)[1] for one in RESULTS if one.name == result.name]
        if top < y:
            canvas.lines([[(x, min(marks) - 7), (x, top + 9)]], "grid")
        else:
            canvas.lines([[(x, max(marks) + 7), (x, top - 9)]], "grid")
        canvas.text(x, top, result.name, size=SMALL)
    for year in range(2010, 2018):
        canvas.text(at(year, 0)[0], BASE + 20, str(year), "muted", size=SMALL)
    y = BASE + 48
    canvas.square(LEFT + 4, y, 8, fill="kernel")
    canvas.text(LEFT + 16, y, "average of several", "kernel-text", size=SMALL, anchor="start")
    canvas.circle(LEFT + 176, y, 4.5, fill="paper", edge="kernel", width=2)
    canvas.text(LEFT + 188, y, "one network", "kernel-text", size=SMALL, anchor="start")
    canvas.square(LEFT + 4, y + 24, 8, fill="muted")
    canvas.text(LEFT + 16, y + 24, "no network", "muted", size=SMALL, anchor="start")
    return canvas.figure
