"""Where kernels come from: gradient descent, from zeros to the hidden kernel."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal, taps
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.channels.settings import check_kernel, check_whole
from course_lib.figures.numbers import bracketed, fixed, listed, number
from course_lib.figures.registry import figure

Numbers = Sequence[float]

# What the demo starts with.
LESSON = (0, 0, 1, 2, 2, 0, -1, -2, -1, 1, 1, 0)
LEAST = 1e-6  # what is smaller is drawn as this small: its logarithm has no place


def _descend(
    signal: Numbers, hidden: Numbers, rate: float, steps: int
) -> tuple[list[list[float]], list[float]]:
    """Return the kernels and the losses before the first step, after it, and so on."""
    if not 3 <= len(signal) <= 24:
        raise ValueError(f"signal has {len(signal)} values: expected from 3 to 24")
    check_kernel("hidden", hidden)
    check_whole("steps", steps, 1, 200)
    if not 0 < rate <= 1:
        raise ValueError(f"rate={rate}: expected a number above 0, at most 1")
    target = convolve_signal(signal, hidden)
    length = len(signal)
    kernel, kernels, losses = [0.0] * 3, [], []
    for _ in range(steps + 1):
        errors = [z - t for z, t in zip(convolve_signal(signal, kernel), target, strict=True)]
        kernels.append(kernel)
        losses.append(sum(error * error for error in errors) / length)
        slope = [0.0] * 3
        for i, error in enumerate(errors):
            for k, (_, source) in enumerate(taps(i, length, 3)):
                slope[k] += 0.0 if source is None else 2 / length * error * signal[source]
        kernel = [w - rate * g for w, g in zip(kernel, slope, strict=True)]
        if max(map(abs, kernel)) > 1e4:
            raise ValueError(f"rate={rate}: expected a smaller one, the weights run away")
    return kernels, losses


def _alt(signal: Numbers, hidden: Numbers, rate: float, steps: int) -> str:
    kernels, losses = _descend(signal, hidden, rate, steps)
    return (
        f"Two curves over {steps} steps of gradient descent with rate {rate:g}. Above, the loss "
        f"falls from {number(losses[0], 3)} to {losses[-1]:.1e}, on a scale of powers of ten. "
        f"Below, three weights start at zero and approach the dashed lines of the hidden kernel "
        f"{bracketed(hidden)}; after {steps // 4} steps they are {listed(kernels[steps // 4])}, in "
        f"the end {listed(kernels[-1])}. The input was {listed(signal)}."
    )


@figure(
    "channels/descent",
    title="A kernel is found, step by step",
    slide="Channels",
    alt=_alt,
)
def descent(
    signal: Numbers = LESSON,
    hidden: Numbers = (0.25, 0.5, -0.75),
    rate: float = 0.1,
    steps: int = 60,
) -> Figure:
    """Draw the loss and the three weights, step by step.

    Parameters
    ----------
    signal : sequence of float, 3 to 24 values
    hidden : sequence of float, length 3
        The kernel that made the target.
    rate : float
    steps : int, 1 to 200
    """
    kernels, losses = _descend(signal, hidden, rate, steps)
    canvas = Canvas(COLUMN, 432)
    left, right = 56.0, COLUMN - 56
    xs = [left + (right - left) * n / steps for n in range(steps + 1)]

    canvas.text(4, 12, "loss", "muted", size=SMALL, anchor="start")
    logs = [log10(max(LEAST, loss)) for loss in losses]
    low, high = floor(min(logs)), ceil(max(logs))
    high = max(high, low + 1)
    every = -(-(high - low) // 4)
    for power in range(low, high + 1, every):
        y = 160 - 128 * (power - low) / (high - low)
        canvas.lines([[(left, y), (right, y)]], "grid")
        words = f"{10.0**power:g}"
        canvas.text(left - 8, y, words.replace("-", "−"), "muted", size=SMALL, anchor="end")
    curve = [(x, 160 - 128 * (log - low) / (high - low)) for x, log in zip(xs, logs, strict=True)]
    canvas.lines([curve], "text", width=1.75)

    canvas.text(4, 200, "weights", "muted", size=SMALL, anchor="start")
    values = [0.0, *hidden, *(w for kernel in kernels for w in kernel)]
    lowest, highest = min(values), max(values)
    span = (highest - lowest) or 1.0

    def place(value: float) -> float:
        return 384 - 152 * (value - lowest) / span

    canvas.lines([[(left, place(0)), (right, place(0))]], "grid")
    labels: list[tuple[float, int]] = []
    for k, goal in enumerate(hidden):
        canvas.lines([[(left, place(goal)), (right, place(goal))]], "text", dashed=True)
        track = [(x, place(kernel[k])) for x, kernel in zip(xs, kernels, strict=True)]
        canvas.lines([track], "kernel", width=1.25 + 0.75 * k)
        labels.append((place(kernels[-1][k]), k))
    # Names that would touch move apart.
    labels.sort()
    at = -1e9
    for height, k in labels:
        at = max(height, at + 20)
        canvas.formula(right + 8, at, f"ω_{k + 1}", "kernel-text", anchor="start")
    for goal in sorted(set(hidden)):
        y = place(goal)
        canvas.text(left - 8, y, fixed(goal, 2), "muted", size=SMALL, anchor="end")
    canvas.text(left, 416, "0", "muted", size=SMALL)
    canvas.text(right, 416, f"step {steps}", "muted", size=SMALL, anchor="end")
    return canvas.figure
