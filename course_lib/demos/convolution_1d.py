"""Slide a kernel along a signal: every product, every option, exactly."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import PADDINGS, convolve_signal, output_length, padding_amounts
from course_lib.demos.checks import Checked, check_finite, check_numbers, check_whole, check_word
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

# The example that the lecture works through.
LECTURE_SIGNAL = (5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1)


class Convolution1D(Demo):
    """A signal, a kernel that slides along it, and the output, with every number.

    Traits
    ------
    signal : list of float, 1 to 64 values
    kernel : list of float, 1 to 9 weights
    stride : int, 1 to 4
    dilation : int, 1 to 4
        As in PyTorch: 1 is an ordinary kernel.
    padding : {"zeros", "valid", "reflect", "replicate", "circular"}
        All but "valid" pad so that stride 1 keeps the length.
    position : int
        The output that the window stands at, counted from 0.
    shift : int, -8 to 8
        How far the signal is moved to the right before it is convolved; zeros move in, or with
        "circular" padding the values that leave at the other end.
    predict : bool
        Whether an output stays hidden until the reader has committed to a guess.
    guess : float or None, -10,000,000 to 10,000,000
        The reader's guess of the present output.
    output : list of float
        What the page computes; `reference` is the same, computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "convolution-1d"
    _esm = front_end("convolution-1d.js")
    _css = front_end("demos.css")

    signal = Checked(list(LECTURE_SIGNAL)).tag(sync=True)
    kernel = Checked([1 / 3, 1 / 3, 1 / 3]).tag(sync=True)
    stride = Checked(1).tag(sync=True)
    dilation = Checked(1).tag(sync=True)
    padding = Checked("zeros").tag(sync=True)
    position = Checked(0).tag(sync=True)
    shift = Checked(0).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = traitlets.Float(None, allow_none=True).tag(sync=True)
    output = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("Slide the kernel").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag a blue point, an amber weight or the window; or use the arrow keys, and Enter"
        " to type a value."
    ).tag(sync=True)

    @traitlets.validate("signal", "kernel", "stride", "dilation", "padding", "shift", "position")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        positions = _positions(checked, trait)
        if trait == "position":
            return check_whole("position", value, at_least=0, at_most=positions - 1)
        return checked[trait]

    @traitlets.validate("guess")
    def _check_guess(self, proposal: dict[str, Any]) -> float | None:
        return check_finite(
            "guess", proposal["value"], at_least=-MOST_GUESSED, at_most=MOST_GUESSED
        )

    @traitlets.default("output")
    def _first_output(self) -> list[float]:
        return self._computed()

    @traitlets.observe("signal", "kernel", "stride", "dilation", "padding", "shift")
    def _refresh(self, _: object) -> None:
        output = self._computed()
        # Where there are fewer outputs than before, the window stays on the last.
        self.position = min(self.position, len(output) - 1)
        self.output = output

    def _computed(self) -> list[float]:
        return convolve_signal(
            self._shifted(),
            self.kernel,
            stride=self.stride,
            dilation=self.dilation,
            padding=self.padding,
        )

    def _shifted(self) -> list[float]:
        count = len(self.signal)
        if self.padding == "circular":
            return [self.signal[(i - self.shift) % count] for i in range(count)]
        moved = (i - self.shift for i in range(count))
        return [self.signal[i] if 0 <= i < count else 0.0 for i in moved]

    def reference(self) -> "Tensor":
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (L_out,), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        modes = {"zeros": "constant"}
        x = torch.tensor([[self._shifted()]], dtype=torch.float64)
        weight = torch.tensor([[self.kernel]], dtype=torch.float64)
        sides = padding_amounts(len(self.kernel), self.dilation, self.padding)
        if any(sides):
            x = functional.pad(x, sides, mode=modes.get(self.padding, self.padding))
        return functional.conv1d(x, weight, stride=self.stride, dilation=self.dilation).flatten()


def _positions(state: dict[str, Any], trait: str) -> int:
    try:
        return output_length(
            len(state["signal"]),
            len(state["kernel"]),
            stride=state["stride"],
            dilation=state["dilation"],
            padding=state["padding"],
        )
    except ValueError as error:
        raise TraitError(f"{trait} is {shown(state[trait])}: {error}") from None


MOST_GUESSED = 1e7
"""Nine weights and nine values of at most 1000 make no larger output."""

CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "signal": partial(check_numbers, at_least=1, at_most=64, bound=1000),
    "kernel": partial(check_numbers, at_least=1, at_most=9, bound=1000),
    "stride": partial(check_whole, at_least=1, at_most=4),
    "dilation": partial(check_whole, at_least=1, at_most=4),
    "padding": partial(check_word, words=PADDINGS),
    "shift": partial(check_whole, at_least=-8, at_most=8),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
