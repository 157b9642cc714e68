"""The convolutional network, every unit above the middle of what it reads."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.convolution import (
    ReceptiveField,
    Window,
    chain_lengths,
    receptive_fields,
    units_read,
)
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

LENGTH, CLASSES = 40, 10  # of the data set
LEFT = 8.0
PITCH = 10.25  # between inputs, pixels
WIDTH = 7.0  # of a unit's column, pixels
INPUT = 56.0  # height of the inputs' row
LINES = 44.0  # from a layer's foot to the next one's top
LAYERS = 3


def _windows(kernel_size: int, stride: int) -> list[Window]:
    return [Window(kernel_size, stride)] * LAYERS


def _counts(channels: int, kernel_size: int, stride: int) -> tuple[list[int], list[int]]:
    """Return the lengths from the input on, and the parameters of each layer."""
    if not 1 <= channels <= 15:
        raise ValueError(f"channels={channels}: expected from 1 to 15")
    if stride < 2:
        raise ValueError(f"stride={stride}: expected at least 2, for there is room for 60 numbers")
    lengths = list(chain_lengths(_windows(kernel_size, stride), LENGTH))
    into = [1, *[channels] * (LAYERS - 1)]
    parameters = [channels * (size * kernel_size + 1) for size in into]
    return lengths, [*parameters, CLASSES * (channels * lengths[-1] + 1)]


def _alt(channels: int, kernel_size: int, stride: int) -> str:
    lengths, parameters = _counts(channels, kernel_size, stride)
    layers = "; ".join(
        f"{channels} channels of {length} positions, {count} parameters"
        for length, count in zip(lengths[1:], parameters[:-1], strict=True)
    )
    return (
        f"The network from top to bottom. {LENGTH} inputs. Three convolutions of kernel size "
        f"{kernel_size} and stride {stride}, each followed by a ReLU: {layers}. Each position is a "
        "column that stands below the middle of the inputs it reads; one position of the last "
        "convolution is filled, and so is all that it reads. Then all values in one row, "
        f"{channels * lengths[-1]} of them; a fully connected layer with {parameters[-1]} "
        f"parameters to {CLASSES} scores; and a softmax, which turns these into "
        f"{CLASSES} probabilities. {sum(parameters):,} parameters in all."
    )


@figure(
    "mnist-1d/network",
    title="The convolutional network for MNIST-1D",
    slide="Convolutional network",
    alt=_alt,
)
def network(channels: int = 15, kernel_size: int = 3, stride: int = 2) -> Figure:
    """Draw the network with its shapes and parameters.

    Parameters
    ----------
    channels : int
        Of each convolution, 1 to 15.
    kernel_size, stride : int
        Of each convolution.
    """
    lengths, parameters = _counts(channels, kernel_size, stride)
    fields = receptive_fields(_windows(kernel_size, stride))
    tall = 4.0 * channels
    step = tall + LINES
    tops = [INPUT + LINES - 8 + step * n for n in range(LAYERS)]
    flat = tops[-1] + tall + LINES
    scores = flat + LINES + 4
    canvas = Canvas(COLUMN, scores + 96)

    chosen = lengths[-1] // 2
    read = [*units_read(_windows(kernel_size, stride), chosen, LENGTH), frozenset({chosen})]
    canvas.text(0, 12, f"1 × {LENGTH}", size=SMALL, anchor="start", bold=True)
    canvas.text(72, 12, "input", "input", size=SMALL, anchor="start")
    ends = [LEFT + PITCH * i for i in (min(read[0]), max(read[0]))]
    wide = ends[1] - ends[0] + 14
    canvas.box(ends[0] - 7, INPUT - 30, wide, 20, fill="window", edge="kernel", line=1, radius=4)
    for i in range(LENGTH):
        canvas.circle(LEFT + PITCH * i, INPUT - 20, 3.5, fill="input")
    for n, top in enumerate(tops):
        words = f"kernel {kernel_size}, stride {stride}, ReLU"
        _label(canvas, top - 16, f"{channels} × {lengths[n + 1]}", words, parameters[n])
        for unit in range(lengths[n + 1]):
            left = LEFT + PITCH * _place(fields[n], unit) - WIDTH / 2
            fill = "kernel" if unit in read[n + 1] else "paper"
            canvas.box(left, top, WIDTH, tall, fill=fill, edge="kernel", line=1, radius=1)
    count = channels * lengths[-1]
    canvas.text(0, flat - 16, str(count), size=SMALL, anchor="start", bold=True)
    canvas.text(72, flat - 16, "flatten: one row of numbers", "muted", size=SMALL, anchor="start")
    pitch = min(6.8, (COLUMN - 8) / count)
    for mine in (False, True):  # the flattened row goes channel by channel
        ones = [4 + pitch * i for i in range(count) if (i % lengths[-1] == chosen) == mine]
        strokes = [[(x, flat - 1), (x, flat + 5)] for x in ones]
        canvas.lines(strokes, "kernel" if mine else "padding", width=4.5 if mine else 2)
    _label(canvas, scores - 16, str(CLASSES), "fully connected", parameters[-1])
    for i in range(CLASSES):
        x = 12 + 43.5 * i
        canvas.square(x, scores + 8, 16, fill="paper", edge="output")
        canvas.square(x, scores + 64, 16, fill="output")
        canvas.text(x, scores + 86, str(i), "muted", size=SMALL)
    canvas.text(0, scores + 38, str(CLASSES), size=SMALL, anchor="start", bold=True)
    words = "softmax: probabilities"
    canvas.text(72, scores + 38, words, "output", size=SMALL, anchor="start")
    total = f"{sum(parameters):,} in all"
    canvas.text(COLUMN, scores + 38, total, "kernel-text", size=SMALL, anchor="end", bold=True)
    return canvas.figure


def _place(field: ReceptiveField, unit: int) -> float:
    """Return the middle of what a unit reads, in inputs."""
    return field.start + unit * float(field.jump) + (field.size - 1) / 2


def _label(canvas: Canvas, y: float, shape: str, words: str, parameters: int) -> None:
    """Write a layer's shape, what it does, and its parameters."""
    canvas.text(0, y, shape, "text", size=SMALL, anchor="start", bold=True)
    canvas.text(72, y, words, "muted", size=SMALL, anchor="start")
    canvas.text(COLUMN, y, f"{parameters} parameters", "kernel-text", size=SMALL, anchor="end")
