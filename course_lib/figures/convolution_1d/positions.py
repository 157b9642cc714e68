"""Where outputs stand and which of them read what lies beyond the ends of the input."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.convolution import output_length, taps


def reads(
    length: int, kernel_size: int, *, stride: int = 1, dilation: int = 1, padding: str = "zeros"
) -> list[list[tuple[int, int | None]]]:
    """Return, for each output, each tap's place and the input that stands there, if any."""
    positions = output_length(
        length, kernel_size, stride=stride, dilation=dilation, padding=padding
    )
    return [
        list(taps(n, length, kernel_size, stride=stride, dilation=dilation, padding=padding))
        for n in range(positions)
    ]


def middles(places: Sequence[Sequence[tuple[int, int | None]]]) -> list[float]:
    """Return the middle of each output's window, in input positions from 0."""
    return [(taps[0][0] + taps[-1][0]) / 2 for taps in places]


def touched(
    places: Sequence[Sequence[tuple[int, int | None]]], kernel: Sequence[float], length: int
) -> list[int]:
    """Return the indices of the outputs that something beyond the ends of the input goes into."""
    return [
        n
        for n, taps in enumerate(places)
        if any(w != 0 and not 0 <= at < length for w, (at, _) in zip(kernel, taps, strict=True))
    ]
