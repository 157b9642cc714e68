"""Error against shift: the finished sample moved, and the template put elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from matplotlib.figure import Figure

from course_lib.datasets import Settings
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import DENSE, FLAT, POOLED, Chart, Network, key
from course_lib.figures.numbers import fixed, number
from course_lib.figures.registry import figure
from course_lib.networks import mnist1d_results
from course_lib.networks.mnist_1d_results import outer_tenths

NETWORKS = (DENSE, FLAT, POOLED)


def _networks(setting: str) -> list[Network]:
    """Return the networks that were trained in a setting."""
    if setting not in ("lecture", "notebook"):
        raise ValueError(f"setting={setting!r}: expected 'lecture' or 'notebook'")
    return [network for network in NETWORKS if mnist1d_results().has(network.key, setting)]


def _curves(network: Network, setting: str, which: str) -> tuple[list[float], ...]:
    """Return mean, first and last tenth over seeds, per cent, at each shift or position."""
    rows = getattr(mnist1d_results().run(network.key, setting), which)
    columns = list(zip(*rows, strict=True))
    tenths = [outer_tenths(column) for column in columns]
    return (
        [100 * fmean(column) for column in columns],
        [100 * low for low, _ in tenths],
        [100 * high for _, high in tenths],
    )


def _said(setting: str, which: str, xs: Sequence[int], at: Sequence[int]) -> str:
    return "; ".join(
        f"{network.name} " + ", ".join(f"{fixed(means[xs.index(x)], 1)} at {number(x)}" for x in at)
        for network in _networks(setting)
        for means in [_curves(network, setting, which)[0]]
    )


def _shift_alt(setting: str) -> str:
    shifts = mnist1d_results().shifts
    said = _said(setting, "shift_error", shifts, (-10, -5, 0, 5, 10))
    return (
        f"Test error in per cent against the shift of the finished samples, {number(shifts[0])} to "
        f"{shifts[-1]} positions, mean over seeds with a band that holds four of five. {said}. "
        "All curves are valleys, and not symmetric."
    )


def _position_alt(setting: str) -> str:
    said = _said(setting, "position_error", mnist1d_results().positions, (0, 24, 46, 50, 54))
    return (
        "Error in per cent on new samples against the place where the template begins, mean over "
        "seeds with a band that holds four of five. A shaded stretch marks the places of the "
        f"training samples, 0 to 47. {said}. Within the stretch all curves are roughly "
        "level. Beyond it the fully connected network's and the convolutional one's rise steeply."
    )


@figure(
    "mnist-1d/shift-errors",
    title="Test error against shift",
    slide="MNIST-1D convolutional network",
    alt=_shift_alt,
)
def shift_errors(setting: str = "notebook") -> Figure:
    """Draw the test error of the three networks as finished samples move.

    Parameters
    ----------
    setting : {"lecture", "notebook"}
    """
    shifts = mnist1d_results().shifts
    chart = _chart(setting, "shift_error", shifts)
    chart.ticks([-10, -5, 0, 5, 10], "shift, positions (the ends repeated)")
    return chart.canvas.figure


@figure(
    "mnist-1d/position-errors",
    title="Error against the template's place",
    slide="MNIST-1D convolutional network",
    alt=_position_alt,
)
def position_errors(setting: str = "notebook") -> Figure:
    """Draw the error of the three networks against the place of the template.

    Parameters
    ----------
    setting : {"lecture", "notebook"}
    """
    positions = mnist1d_results().positions
    chart = _chart(setting, "position_error", positions, learnt=Settings().max_shift - 1)
    chart.ticks([0, 10, 20, 30, 40, 50], "where the template begins")
    return chart.canvas.figure


def _chart(setting: str, which: str, xs: Sequence[int], *, learnt: int | None = None) -> Chart:
    """Draw the three curves with their bands."""
    canvas = Canvas(COLUMN, 368)
    chart = Chart(canvas, 40, COLUMN - 16, 56, 312, xs[0], xs[-1], 100 if learnt else 80)
    networks = _networks(setting)
    key(canvas, 8, networks)
    canvas.text(0, 36, "error, per cent", "muted", size=SMALL, anchor="start")
    if learnt is not None:
        (left, top), (right, base) = chart.at(0, chart.largest), chart.at(learnt, 0)
        canvas.box(left, top, right - left, base - top, fill="surface", radius=0.01)
        canvas.lines([[(right, top), (right, base)]], "padding", dashed=True)
        canvas.text(right - 8, top + 14, "seen in training", "muted", size=SMALL, anchor="end")
    chart.grid(20)
    for network in networks:
        means, low, high = _curves(network, setting, which)
        chart.band(xs, low, high, network.role)
        chart.line(xs, means, network.role, width=1.5)
        chart.marks(xs, means, network)
    return chart
