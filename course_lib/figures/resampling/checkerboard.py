"""How many stamps cover each output: evenly where the stride divides the kernel's size."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_2d.grids import check_whole
from course_lib.figures.registry import figure

TOP = 40.0
GAP = 24.0
STRENGTH = 0.45  # at most: the number must stay legible on it, in the dark theme too


def _counts(kernel_size: int, stride: int, length: int) -> list[list[int]]:
    """Return how many stamps cover each output of an image of `length` by `length`."""
    import torch

    from course_lib.convolution import convolve_transpose2d

    ones = torch.ones(1, 1, length, length)
    weight = torch.ones(1, 1, kernel_size, kernel_size)
    covered = convolve_transpose2d(ones, weight, stride=stride, padding="valid")
    return [[int(value) for value in row] for row in covered[0, 0].tolist()]


def _pair(kernel_size: int, stride: int, length: int) -> list[list[list[int]]]:
    check_whole("kernel_size", kernel_size, 1, 3)
    check_whole("stride", stride, 1, 3)
    check_whole("length", length, 2, 3)
    # The neighbour that the stride divides, or does not: the two stand side by side.
    return [_counts(size, stride, length) for size in (kernel_size, kernel_size + 1)]


def _alt(kernel_size: int, stride: int, length: int) -> str:
    pair = _pair(kernel_size, stride, length)
    said = [
        f"Kernel {size}, stride {stride}: {len(counts)} by {len(counts)} outputs; along the middle "
        f"row {', '.join(map(str, counts[len(counts) // 2]))} stamps cover them"
        for size, counts in zip((kernel_size, kernel_size + 1), pair, strict=True)
    ]
    return (
        f"The number of stamps on each output, of {length} by {length} inputs. {'. '.join(said)}."
    )


@figure(
    "resampling/checkerboard",
    title="How many stamps cover each output",
    slide="Transposed convolution",
    alt=_alt,
)
def checkerboard(kernel_size: int = 3, stride: int = 2, length: int = 3) -> Figure:
    """Draw the coverage of a kernel, and of one that is larger by one.

    Parameters
    ----------
    kernel_size : int, 1 to 3
    stride : int, 1 to 3
    length : int, 2 or 3
        Of the input's side.
    """
    pair = _pair(kernel_size, stride, length)
    columns = sum(len(counts) for counts in pair)
    cell = min(28.0, (COLUMN - GAP) / columns)
    canvas = Canvas(COLUMN, TOP + cell * max(len(counts) for counts in pair))
    left = 0.0
    for size, counts in zip((kernel_size, kernel_size + 1), pair, strict=True):
        words = f"kernel {size}, stride {stride}"
        canvas.text(left, 14, words, "kernel-text", size=SMALL, anchor="start")
        most = max(map(max, counts))
        for r, row in enumerate(counts):
            for c, count in enumerate(row):
                x, y = left + cell * (c + 0.5), TOP + cell * (r + 0.5)
                alpha = STRENGTH * count / most
                canvas.square(x, y, cell - 2, fill="positive", alpha=alpha)
                canvas.text(x, y, str(count), size=SMALL)
        left += cell * len(counts) + GAP
    return canvas.figure
