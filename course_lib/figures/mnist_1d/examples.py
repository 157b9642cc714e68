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


def _all() -> list[int]:
    """Return the numbers of examples that both networks were trained on."""
    has = mnist1d_results().has
    return [n for n in COUNTS if all(has(net.key, "notebook", n) for net in (DENSE, FLAT))]


def _errors(counts: Sequence[int]) -> dict[Network, dict[int, list[float]]]:
    """Return for each network and number the test errors of all seeds, per cent."""
    counts = counts or _all()
    if len(counts) < 2 or sorted(set(counts)) != list(counts) or not set(counts) <= set(COUNTS):
        raise ValueError(f"counts={tuple(counts)}: expected two or more of {COUNTS}, rising")
    results = mnist1d_results()
    return {
        network: {
            count: [100 * e for e in results.run(network.key, "notebook", count).test_error]
            for count in counts
        }
        for network in NETWORKS
        if all(results.has(network.key, "notebook", count) for count in counts)
    }


def _alt(counts: Sequence[int]) -> str:
    said = "; ".join(
        f"{network.name}: {', '.join(fixed(mean(e), 1) for e in errors.values())}"
        for network, errors in _errors(counts).items()
    )
    numbers = ", ".join(f"{count:,}" for count in counts or _all())
    return (
        f"Test error in per cent against the number of training examples, {numbers}, mean over 20 "
        f"seeds with bars of one standard deviation. {said}. All curves fall; the fully connected "
        "network's lies highest at every number."
    )


@figure(
    "mnist-1d/data-efficiency",
    title="Test error against the number of training examples",
    slide="Why?",
    alt=_alt,
)
def data_efficiency(counts: Sequence[int] = ()) -> Figure:
    """Draw the test error of the networks against the number of training examples.

    Parameters
    ----------
    counts : sequence of int
        Two or more of 250, 500, 1000, 2000, 4000; none stands for all that there are results of.
    """
    counts = counts or _all()
    runs = _errors(counts)
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
        means = [mean(found) for found in errors.values()]
        spreads = [stdev(found) for found in errors.values()]
        bars = [
            [chart.at(x, middle - spread), chart.at(x, middle + spread)]
            for x, middle, spread in zip(xs, means, spreads, strict=True)
        ]
        chart.line(xs, means, network.role, width=1.5)
        canvas.lines(bars, network.role, width=1.5)
        chart.marks(xs, means, network)
    return canvas.figure
