"""The chapter's curves, of networks that have just been trained."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure

from course_lib.figures.canvas import SMALL
from course_lib.figures.mnist_1d.chart import DENSE, FLAT
from course_lib.figures.mnist_1d.curves import curves_alt, draw_curves
from course_lib.figures.registry import FigureEntry
from course_lib.networks import MNIST1DRun

Band = tuple[float, float]


def reproduction(runs: Mapping[str, MNIST1DRun], stated: Mapping[str, Band]) -> FigureEntry:
    """Return the figure of some runs, which no registry holds: `render_entry` draws it.

    Parameters
    ----------
    runs : mapping of str to MNIST1DRun
        By network, "convolutional" and "fully-connected", or one of them.
    stated : mapping of str to (float, float)
        Where the lecture has each network's test error, as fractions.
    """
    networks = [network for network in (DENSE, FLAT) if network.key in runs]
    chosen = [runs[network.key] for network in networks]

    def draw() -> Figure:
        chart = draw_curves(chosen, networks)
        x = chart.right + 10
        for network in networks:
            low, high = (chart.at(0, 100 * bound)[1] for bound in stated[network.key])
            strokes = [[(x, low), (x, high)], *([(x - 3, y), (x + 3, y)] for y in (low, high))]
            chart.canvas.lines(strokes, network.role, width=1.75)
        chart.canvas.text(
            chart.canvas.width, 8, "bars: the lecture's", "muted", size=SMALL, anchor="end"
        )
        return chart.canvas.figure

    said = " and ".join(
        f"{100 * stated[network.key][0]:g} to {100 * stated[network.key][1]:g} per cent for the "
        f"{network.name} network"
        for network in networks
    )
    alt = f"{curves_alt(chosen, networks)} Bars at the right edge mark the lecture's: {said}."
    return FigureEntry(
        "mnist-1d/reproduction",
        "Errors while both networks learn, trained anew",
        "MNIST-1D convolutional network",
        {},
        draw,
        alt,
    )
