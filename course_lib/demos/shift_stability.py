"""Move a signal, and see which network keeps its prediction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.demos.checks import Checked, check_whole, check_word
from course_lib.demos.demo import front_end
from course_lib.demos.mnist1d_demo import SAMPLE_CHECKS, Mnist1DDemo
from course_lib.demos.mnist1d_networks import probabilities, signal_of
from course_lib.demos.mnist1d_page import page_network

if TYPE_CHECKING:
    from torch import Tensor

GUESSES = ("fully connected", "convolutional", "both alike")

CHECKS: dict[str, Callable[[str, Any], Any]] = SAMPLE_CHECKS | {
    "shift": partial(check_whole, at_least=-10, at_most=10),
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""


class ShiftStability(Mnist1DDemo):
    """Two networks, trained on plain MNIST-1D, read a sample that is moved.

    Traits
    ------
    sample : int, 0 to 19
        The first two test samples of each class.
    signal : list of float, 0 or 40 values
        The reader's own signal in place of the sample.
    shift : int, -10 to 10
        Positions to the right; the end value is repeated where nothing comes in.
    predict : bool
        Whether the answers stay hidden until the reader has committed to a guess.
    guess : {"fully connected", "convolutional", "both alike"} or None
        Which network the reader expects to be right at more shifts.
    output : list of two lists of ten float
        The probabilities, of the fully connected network first; the page computes them, `reference`
        does so by torch.
    label : int or None
        The sample's class, written by the page.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "shift-stability"
    _esm = front_end("shift-stability.js")
    _css = front_end("demos.css")

    sample = Checked(4).tag(sync=True)
    shift = Checked(0).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    title = traitlets.Unicode("Move the signal").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag the signal sideways, or move it with the arrow keys; or press a square."
    ).tag(sync=True)

    @traitlets.validate("shift")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    @traitlets.validate("guess")
    def _check_guess(self, proposal: dict[str, Any]) -> str | None:
        value = proposal["value"]
        return None if value is None else check_word("guess", value, words=GUESSES)

    @traitlets.observe("shift")
    def _moved(self, _: object) -> None:
        self._refresh(None)

    def reference(self) -> Tensor:
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (2, 10), float64
        """
        import torch

        from course_lib.datasets import shift_samples

        x = shift_samples(signal_of(self.sample, self.signal), self.shift)
        networks = (
            page_network(name) for name in ("mnist-1d-fully-connected", "mnist-1d-convolutional")
        )
        return torch.stack([probabilities(network, x) for network in networks])
