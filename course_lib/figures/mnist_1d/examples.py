"""Test error against the number of training examples."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from statistics import mean, stdev

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import DENSE, FLAT, POOLED, Chart, Network, key
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.networks import mnist1d_results

NETWORKS = (DENSE, FLAT, POOLED)
COUNTS = (250, 500, 1000, 2000, 4000)
LARGEST = 80.0


def _checked(counts: Sequence[int]) -> Sequence[int]:
    if len(counts) < 2 or sorted(set(counts)) != list(counts) or not set(counts) <= set(COUNTS):
        raise ValueError(f"counts={tuple(counts)}: expected two or more of {COUNTS}, rising")
    return counts


def _errors(network: Network, counts: Sequence[int]) -> list[list[float]]:
    """Return for each count the test errors of all seeds, per cent."""
    results = mnist1d_results()
    return [
        [100 * error for error in results.run(network.key, "notebook", count).test_error]
        for count in counts
    ]


def _networks(counts: Sequence[int]) -> list[Network]:
    """Return the networks that were trained on all these numbers of examples."""
    has = mnist1d_results().has
    wanted = _checked(counts)
    return [n for n in NETWORKS if all(has(n.key, "notebook", count) for count in wanted)]


def _alt(counts: Sequence[int]) -> str:
    said = "; ".join(
        f"{network.name}: " + ", ".join(fixed(mean(e), 1) for e in _errors(network, counts))
        for network in _networks(counts)
    )
    return (
        "Test error in per cent against the number of training examples, "
        f"{', '.join(f'{count:,}' for count in counts)}, mean over 20 seeds with bars of one "
        f"standard deviation. {said}. All curves fall; the fully connected network's lies highest "
        "at every number."
    )


@figure(
    "mnist-1d/data-efficiency",
    title="Test error against the number of training examples",
    slide="Why?",
    alt=_alt,
)
def data_efficiency(counts: Sequence[int] = COUNTS) -> Figure:
    """Draw the test error of the networks against the number of training examples.

    Parameters
    ----------
    counts : sequence of int
        Two or more of 250, 500, 1000, 2000, 4000.
    """
    runs = {network: _errors(network, counts) for network in _networks(counts)}
    canvas = Canvas(COLUMN, 352)
    low, high = log2(counts[0]), log2(counts[-1])
    chart = Chart(canvas, 40, COLUMN - 20, 56, 296, low - 0.2, high, LARGEST)
    key(canvas, 8, list(runs))
    canvas.text(0, 36, "test error, per cent", "muted", size=SMALL, anchor="start")
    chart.grid(20)
    for count in counts:
        x, _ = chart.at(log2(count), 0)
        canvas.text(x, chart.base + 20, f"{count:,}", "muted", size=SMALL)
    middle = (chart.left + chart.right) / 2
    canvas.text(middle, chart.base + 42, "training examples", "muted", size=SMALL)
    xs = [log2(count) for count in counts]
    for network, errors in runs.items():
        means = [mean(e) for e in errors]
        bars = [
            [chart.at(x, mean(e) - stdev(e)), chart.at(x, mean(e) + stdev(e))]
            for x, e in zip(xs, errors, strict=True)
        ]
        chart.line(xs, means, network.role, width=1.5)
        canvas.lines(bars, network.role, width=1.5)
        chart.marks(xs, means, network)
    return canvas.figure
