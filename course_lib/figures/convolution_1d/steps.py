"""One signal and one kernel, drawn at several positions, one panel below the other."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.convolution import convolve_signal, source_index
from course_lib.figures.canvas import COLUMN, Canvas
from course_lib.figures.convolution_1d.positions import middles, reads
from course_lib.figures.convolution_1d.settings import check_position, check_room
from course_lib.figures.language import (
    RADIUS,
    State,
    equation,
    gather,
    input_value,
    missing_value,
    output_value,
    padded_value,
    weights,
    window,
)
from course_lib.figures.numbers import number

PITCH = 44.0
CLOSEST = 2 * RADIUS + 2  # the least pitch at which values stand apart
PANEL = 216.0  # height of one position
LEFT = 20.0  # room for the panel's letter
LETTERS = "abcdefgh"


class Steps:
    """The outputs of a convolution one by one.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    padding : str
        What stands beyond the ends.
    inner : bool
        Leave padding out of the picture, and with it the outputs that need it.
    stride, dilation : int
        The convolution's.
    left : float
        Room at the left for the panels' letters, pixels.
    """

    def __init__(
        self,
        signal: Sequence[float],
        kernel: Sequence[float],
        padding: str,
        inner: bool = False,
        *,
        stride: int = 1,
        dilation: int = 1,
        left: float = LEFT,
    ) -> None:
        check_room("signal", len(signal), 7)
        check_room("kernel", len(kernel), 3)
        self.signal, self.kernel, self.padding = signal, kernel, padding
        self._crossed = padding == "valid" and stride == 1
        self.output = convolve_signal(
            signal, kernel, stride=stride, dilation=dilation, padding=padding
        )
        self._reads = reads(
            len(signal), len(kernel), stride=stride, dilation=dilation, padding=padding
        )
        self._middles = middles(self._reads)
        inside = range(len(signal))
        self.shown = [
            n
            for n, taps in enumerate(self._reads, start=1)
            if not inner or all(at in inside for at, _ in taps)
        ]
        at = [place for n in self.shown for place, _ in self._reads[n - 1]]
        self._places = range(min([0, *at]), max([len(signal) - 1, *at]) + 1)
        self._middle = (left + COLUMN) / 2
        self._pitch = min(PITCH, (COLUMN - left) / len(self._places))
        if self._pitch < CLOSEST:
            raise ValueError(
                f"{len(self._places)} positions: expected at most {int((COLUMN - left) / CLOSEST)}"
            )

    def draw(self, positions: Sequence[int]) -> Canvas:
        """Draw a panel for each output in `positions`, counted from 1."""
        check_room("positions", len(positions), len(LETTERS))
        canvas = Canvas(COLUMN, PANEL * len(positions) - 24)
        for row, position in enumerate(positions):
            check_position(position, len(self.output))
            if len(positions) > 1:
                canvas.text(0, PANEL * row + 28, f"{LETTERS[row]})", "muted", anchor="start")
            self.panel(canvas, PANEL * row, position)
        return canvas

    def describe(self, positions: Sequence[int]) -> str:
        """Say what each panel shows, in one sentence."""
        check_room("positions", len(positions), len(LETTERS))
        return "; ".join(
            f"{letter}) {self.sentence(n)}" for letter, n in zip(LETTERS, positions, strict=False)
        )

    def _values(self, position: int) -> tuple[list[float], list[bool]]:
        check_position(position, len(self.output))
        taps = self._reads[position - 1]
        inside = range(len(self.signal))
        return [self._value(source) for _, source in taps], [at not in inside for at, _ in taps]

    def _value(self, source: int | None) -> float:
        return 0.0 if source is None else self.signal[source]

    def sentence(self, position: int) -> str:
        """Say what happens at an output, counted from 1."""
        read = zip(*self._values(position), strict=True)
        what = [number(value) + (" (padding)" if beyond else "") for value, beyond in read]
        return (
            f"at output {position} the kernel lies on {', '.join(what)} and gives "
            f"{number(self.output[position - 1])}"
        )

    def _x(self, place: float) -> float:
        middle = (self._places[0] + self._places[-1]) / 2
        return self._middle + self._pitch * (place - middle)

    def panel(self, canvas: Canvas, top: float, position: int) -> None:
        """Draw an output, counted from 1, with what it reads and the outputs before it."""
        taps = [self._x(at) for at, _ in self._reads[position - 1]]
        middle = self._x(self._middles[position - 1])
        window(canvas, taps, top + 4, 72, self._pitch)
        for place in self._places:
            if 0 <= place < len(self.signal):
                input_value(canvas, self._x(place), top + 28, self.signal[place])
            else:
                source = source_index(place, len(self.signal), self.padding)
                padded_value(canvas, self._x(place), top + 28, self._value(source))
        weights(canvas, taps, top + 60, self.kernel)
        gather(canvas, taps, top + 76, (middle, top + 120))
        for n in self.shown:
            state: State = "current" if n == position else "plain" if n < position else "faint"
            x = self._x(self._middles[n - 1])
            output_value(canvas, x, top + 136, self.output[n - 1], state)
        if self._crossed:
            there = {self._middles[n - 1] for n in self.shown}
            for place in set(range(len(self.signal))) - there:
                missing_value(canvas, self._x(place), top + 136)
        products = equation(str(position), self.kernel, *self._values(position))
        total = number(self.output[position - 1])
        canvas.formula(self._middle, top + 176, f"{products} = {{output:{total}}}")
