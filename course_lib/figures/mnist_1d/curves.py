"""Training and test error while both networks learn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import DENSE, FLAT, Chart, Network
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.networks import MNIST1DRun, mnist1d_results

NETWORKS = (DENSE, FLAT)
LARGEST = 100.0
NEAR = 8.0  # per cent between two ends whose names would stand on each other


def _runs(setting: str, networks: Sequence[Network]) -> list[MNIST1DRun]:
    if setting not in ("lecture", "notebook"):
        raise ValueError(f"setting={setting!r}: expected 'lecture' or 'notebook'")
    return [mnist1d_results().run(network.key, setting) for network in networks]


def _per_cent(run: MNIST1DRun, metric: str, part: str = "mean") -> list[float]:
    assert run.curves is not None
    return [100 * value for value in getattr(run.curves[metric], part)]


def _alt(setting: str) -> str:
    return _curves_alt(setting, NETWORKS)


def _alone_alt(network: Network) -> Callable[[str], str]:
    return lambda setting: _curves_alt(setting, (network,))


def _curves_alt(setting: str, networks: Sequence[Network]) -> str:
    return curves_alt(_runs(setting, networks), networks)


def curves_alt(runs: Sequence[MNIST1DRun], networks: Sequence[Network]) -> str:
    """Return what there is to see in the curves of some runs."""
    said = " ".join(
        f"{network.name.capitalize()}: the training error falls to "
        f"{fixed(_per_cent(run, 'train_error')[-1], 1)} per cent, the test error to "
        f"{fixed(min(_per_cent(run, 'test_error')), 1)} at its lowest and "
        f"{fixed(_per_cent(run, 'test_error')[-1], 1)} at the end."
        for network, run in zip(networks, runs, strict=True)
    )
    return (
        f"Error in per cent against steps, 0 to {runs[0].steps[-1]:,}, the mean over "
        f"{len(runs[0].seeds)} seeds; the test error with a band that holds four of five seeds. "
        f"{said}"
    )


@figure(
    "mnist-1d/curves",
    title="Errors while both networks learn",
    slide="MNIST-1D convolutional network",
    alt=_alt,
)
def curves(setting: str = "lecture") -> Figure:
    """Draw the errors against the step.

    Parameters
    ----------
    setting : {"lecture", "notebook"}
    """
    return _curves(setting, NETWORKS)


@figure(
    "mnist-1d/fully-connected-curves",
    title="Errors while the fully connected network learns",
    slide="MNIST-1D results for fully-connected network",
    alt=_alone_alt(DENSE),
)
def fully_connected_curves(setting: str = "lecture") -> Figure:
    """Draw the errors of the fully connected network alone; parameters as for `curves`."""
    return _curves(setting, (DENSE,))


@figure(
    "mnist-1d/convolutional-curves",
    title="Errors while the convolutional network learns",
    slide="MNIST-1D convolutional network",
    alt=_alone_alt(FLAT),
)
def convolutional_curves(setting: str = "lecture") -> Figure:
    """Draw the errors of the convolutional network alone; parameters as for `curves`."""
    return _curves(setting, (FLAT,))


def _curves(setting: str, networks: Sequence[Network]) -> Figure:
    return draw_curves(_runs(setting, networks), networks).canvas.figure


def draw_curves(runs: Sequence[MNIST1DRun], networks: Sequence[Network]) -> Chart:
    """Draw the errors of some runs, one a network, against the step."""
    steps = runs[0].steps
    canvas = Canvas(COLUMN, 336)
    chart = Chart(canvas, 40, COLUMN - 32, 32, 280, 0, steps[-1], LARGEST)
    canvas.text(0, 8, "error, per cent", "muted", size=SMALL, anchor="start")
    chart.grid(20)
    chart.ticks([steps[-1] * n // 4 for n in range(5)], "steps")
    ends = [_per_cent(run, "test_error")[-1] for run in runs]
    for network, run in zip(networks, runs, strict=True):
        low, high = (_per_cent(run, "test_error", part) for part in ("low", "high"))
        chart.band(run.steps, low, high, network.role)
        test, train = (_per_cent(run, f"{split}_error") for split in ("test", "train"))
        chart.line(run.steps, train, network.role, width=1.5, dashed=True)
        chart.line(run.steps, test, network.role)
        _, y = chart.at(0, test[-1])
        words = f"{network.name}, test"
        below = any(0 <= other - test[-1] < NEAR for other in ends if other != test[-1])
        canvas.text(
            chart.right,
            y + (22 if below else -22),
            words,
            network.text_role,
            size=SMALL,
            anchor="end",
        )
    _, y = chart.at(0, 0)
    words = "training: both, dashed" if len(networks) > 1 else "training: dashed"
    canvas.text(chart.right, y - 16, words, "muted", size=SMALL, anchor="end")
    return chart
