"""The kernel at one position after another: sliding, at the ends with zeros, and valid."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.convolution_1d.settings import KERNEL, SIGNAL
from course_lib.figures.convolution_1d.steps import Steps
from course_lib.figures.numbers import bracketed, counted, listed
from course_lib.figures.registry import figure

Numbers = Sequence[float]


def _inner(signal: Numbers, kernel: Numbers, positions: Sequence[int]) -> Steps:
    """Return the steps that lie inside the signal; positions beside them are refused."""
    steps = Steps(signal, kernel, "zeros", inner=True)
    if any(position not in steps.shown for position in positions):
        raise ValueError(
            f"positions={list(positions)}: expected numbers from {steps.shown}, "
            "where the kernel lies inside the signal"
        )
    return steps


def _sliding_alt(signal: Numbers, kernel: Numbers, positions: Sequence[int]) -> str:
    panels = _inner(signal, kernel, positions).describe(positions)
    return f"The kernel {bracketed(kernel)} slides along the inputs {listed(signal)}. {panels}."


@figure(
    "convolution-1d/sliding",
    title="The kernel slides, position by position",
    slide="Convolution with kernel size 3",
    alt=_sliding_alt,
)
def sliding(
    signal: Numbers = SIGNAL, kernel: Numbers = KERNEL, positions: Sequence[int] = (2, 3, 4)
) -> Figure:
    """Draw the kernel at several positions, with the products and the sum of each.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    positions : sequence of int
        Outputs, counted from 1, whose windows lie inside the signal.
    """
    return _inner(signal, kernel, positions).draw(positions).figure


def _zeros_alt(signal: Numbers, kernel: Numbers, positions: Sequence[int]) -> str:
    steps = Steps(signal, kernel, "zeros")
    return (
        f"Zeros stand beyond both ends of the inputs {listed(signal)}; the kernel is "
        f"{bracketed(kernel)}. {steps.describe(positions)}. There are as many outputs as inputs, "
        f"{len(steps.output)}."
    )


@figure(
    "convolution-1d/zero-padding",
    title="Zeros beyond the ends of the input",
    slide="Zero padding",
    alt=_zeros_alt,
)
def zero_padding(
    signal: Numbers = SIGNAL, kernel: Numbers = KERNEL, positions: Sequence[int] = (1, 4, 7)
) -> Figure:
    """Draw the kernel at the first, an inner and the last position, with zeros beyond the ends.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    positions : sequence of int
        Outputs, counted from 1.
    """
    return Steps(signal, kernel, "zeros").draw(positions).figure


def _valid_alt(signal: Numbers, kernel: Numbers, positions: Sequence[int]) -> str:
    steps = Steps(signal, kernel, "valid")
    lost = len(signal) - len(steps.output)
    return (
        f"The kernel {bracketed(kernel)} stands only where all of it lies on the inputs "
        f"{listed(signal)}. {steps.describe(positions)}. {counted(len(signal), 'input')} give "
        f"{counted(len(steps.output), 'output')}; crosses mark the {lost} that are missing."
    )


@figure(
    "convolution-1d/valid",
    title="“Valid”: only where the kernel falls inside the input",
    slide="“Valid” convolutions",
    alt=_valid_alt,
)
def valid(
    signal: Numbers = SIGNAL, kernel: Numbers = KERNEL, positions: Sequence[int] = (1, 5)
) -> Figure:
    """Draw the first and the last position at which the whole kernel lies on the input.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    positions : sequence of int
        Outputs, counted from 1.
    """
    return Steps(signal, kernel, "valid").draw(positions).figure
