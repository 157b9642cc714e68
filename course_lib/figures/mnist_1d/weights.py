"""What the fully connected network's first layer has learnt, against shared weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import DENSE, Chart
from course_lib.figures.numbers import fixed, listed
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from torch import Tensor


MOVES = (2, 4, 6, 8, 10, 12)
# Even ones: the convolution moves by its stride of two.
SIDE = 192.0  # width of a panel, pixels
TOP = 72.0
ROW = 26.0
SCALE = 30.0  # pixels a unit of the fully connected weights
KERNEL = 11.0  # of the convolution's


def first_layers() -> tuple[Tensor, Tensor, Tensor]:
    """Return first-layer weights, of seed 0 in the lecture's setting.

    Returns
    -------
    learnt, before : Tensor, shape (285, 40)
        The fully connected network's, after training and before.
    kernels : Tensor, shape (15, 3)
        The convolutional one's.
    """
    import torch

    from course_lib.networks import fully_connected_mnist1d, trained_network

    before = fully_connected_mnist1d(generator=torch.Generator().manual_seed(0))
    dense = trained_network("mnist-1d-fully-connected-lecture")
    flat = trained_network("mnist-1d-convolutional-lecture")
    layers = (dense.get_parameter("1.weight"), before.get_parameter("1.weight"))
    kernels = flat.get_parameter("0.weight")[:, 0]
    return layers[0].detach(), layers[1].detach(), kernels.detach()


def _likeness(moves: Sequence[int]) -> tuple[list[float], list[float]]:
    """Return likeness at each move, of what was learnt and by chance."""
    from course_lib.networks import chance_weights, moved_likeness

    if (
        len(moves) < 2
        or sorted(set(moves)) != list(moves)
        or not set(moves) <= set(range(2, 21, 2))
    ):
        raise ValueError(f"moves={tuple(moves)}: expected rising even numbers from 2 to 20")
    learnt, _, _ = first_layers()
    chance = chance_weights(learnt)
    return tuple([moved_likeness(rows, m) for m in moves] for rows in (learnt, chance))  # type: ignore[return-value]


def _alt(rows: int, moves: Sequence[int]) -> str:
    from course_lib.networks import neighbour_correlation

    found, chance = _likeness(moves)
    learnt, before, _ = first_layers()
    return (
        f"Left, what training added to the weights of {rows} units of the fully connected first "
        "layer: curves over 40 inputs that wiggle from end to end, no two alike. Right, the same "
        f"number of units of the convolution: one kernel of three weights, {rows} times, each time "
        "two inputs further on. Below, how much a unit's weights are like the best of all others "
        f"moved by {listed(moves)} positions: {', '.join(fixed(f, 2) for f in found)}; by chance "
        f"{', '.join(fixed(c, 2) for c in chance)}; for the convolution 1. Correlation of "
        f"neighbouring weights: {fixed(neighbour_correlation(before), 2)} before training, "
        f"{fixed(neighbour_correlation(learnt), 2)} after."
    )


@figure(
    "mnist-1d/learnt-weights",
    title="Learnt weights against shared weights",
    slide="Why?",
    alt=_alt,
)
def learnt_weights(rows: int = 8, moves: Sequence[int] = MOVES) -> Figure:
    """Draw rows of both first layers, and how much the dense one's are like each other, moved.

    Parameters
    ----------
    rows : int
        How many units of each network, 4 to 8.
    moves : sequence of int
        Even numbers of positions, rising, from 2 to 20: the convolution moves by two.
    """
    import torch

    if not 4 <= rows <= 8:
        raise ValueError(f"rows={rows}: expected from 4 to 8")
    found, chance = _likeness(moves)
    learnt, before, kernels = first_layers()
    added = learnt - before
    most = added.square().sum(1).argsort(descending=True)[:rows]
    foot = TOP + ROW * rows
    canvas = Canvas(COLUMN, foot + 304)
    for left, title, note in (
        (0.0, "fully connected", "added by training"),
        (COLUMN - SIDE, "convolutional", "one kernel of 15"),
    ):
        canvas.text(left + SIDE / 2, 12, title, bold=True, size=SMALL)
        canvas.text(left + SIDE / 2, 34, note, "muted", size=SMALL)
    strongest = int(kernels.square().sum(1).argmax())
    for n, unit in enumerate(most.tolist()):
        y = TOP + ROW * n
        _row(canvas, 0, y, added[unit], DENSE.role, SCALE)
        shared = torch.zeros(added.shape[1])
        shared[10 + 2 * n : 13 + 2 * n] = kernels[strongest] / kernels[strongest].abs().max()
        _row(canvas, COLUMN - SIDE, y, shared, "kernel", KERNEL)
    chart = Chart(canvas, 40, COLUMN - 16, foot + 56, foot + 248, 0.5, moves[-1] + 0.5, 1)
    words = "likeness of a unit's weights to the best other's, moved"
    canvas.text(0, foot + 28, words, "muted", size=SMALL, anchor="start")
    chart.grid(0.25)
    chart.line([0.5, moves[-1] + 0.5], [1, 1], "kernel")
    chart.line(moves, chance, "padding", dashed=True, width=1.5)
    chart.marks(moves, found, DENSE)
    right = chart.right - 4
    for value, text, role in (
        (0.92, "convolutional: every unit has moved twins", "kernel-text"),
        (max(found) + 0.1, "fully connected (squares)", "negative"),
        (min(chance) - 0.09, "by chance (dashed)", "muted"),
    ):
        _, y = chart.at(1, value)
        canvas.text(right, y, text, role, size=SMALL, anchor="end")
    chart.ticks(moves, "moved by, positions")
    return canvas.figure


def _row(canvas: Canvas, left: float, y: float, weights: Tensor, role: str, scale: float) -> None:
    """Draw one unit's weights over the inputs."""
    pitch = SIDE / (len(weights) - 1)
    canvas.lines([[(left, y), (left + SIDE, y)]], "grid")
    points = [(left + pitch * i, y - scale * w) for i, w in enumerate(weights.tolist())]
    canvas.lines([points], role, width=1.5)
