"""Permute, retrain, un-permute: which network minds that neighbours are torn apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.demos.checks import Checked, check_whole, check_word
from course_lib.demos.demo import front_end
from course_lib.demos.mnist1d_demo import SAMPLE_CHECKS, Mnist1DDemo
from course_lib.demos.mnist1d_networks import probabilities, signal_of
from course_lib.demos.mnist1d_page import ORDER_SEED, page_network

if TYPE_CHECKING:
    from torch import Tensor

VIEWS = ("plain", "permuted", "un-permuted")
TRAININGS = ("plain", "permuted")
GUESSES = ("both", "fully connected", "convolutional", "neither")

CHECKS: dict[str, Callable[[str, Any], Any]] = SAMPLE_CHECKS | {
    "view": partial(check_word, words=VIEWS),
    "training": partial(check_word, words=TRAININGS),
    "position": partial(check_whole, at_least=0, at_most=18),
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""


class PixelPermutation(Mnist1DDemo):
    """Two networks read a sample of MNIST-1D, its values in order or permuted.

    Every sample is permuted in one and the same order, ``permutation(40, 0)``. The networks were
    trained on plain values or on permuted ones; their weights have 8 bits each, those of the fully
    connected one 5. The fully connected network for permuted values is the other one with its first
    layer's columns permuted.

    Traits
    ------
    sample : int, 0 to 19
        The first two test samples of each class.
    signal : list of float, 0 or 40 values
        The reader's own signal in place of the sample.
    view : {"plain", "permuted", "un-permuted"}
        What is done with the values before the networks read them.
    training : {"plain", "permuted"}
        The values that the networks were trained on.
    position : int, 0 to 18
        The marked window of the first convolution (size 3, stride 2).
    predict : bool
        Whether the answers stay hidden until the reader has committed to a guess.
    guess : {"both", "fully connected", "convolutional", "neither"} or None
        Which networks the reader expects to be right.
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

    name = "pixel-permutation"
    _esm = front_end("pixel-permutation.js")
    _css = front_end("demos.css")

    sample = Checked(10).tag(sync=True)
    view = Checked("plain").tag(sync=True)
    training = Checked("plain").tag(sync=True)
    position = Checked(6).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    title = traitlets.Unicode("Permute, retrain, un-permute").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag the amber window to see which values it reads, or a blue value of the upper row; or"
        " use the arrow keys, and Enter to type a value."
    ).tag(sync=True)

    @traitlets.validate("view", "training", "position")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    @traitlets.validate("guess")
    def _check_guess(self, proposal: dict[str, Any]) -> str | None:
        value = proposal["value"]
        return None if value is None else check_word("guess", value, words=GUESSES)

    @traitlets.observe("view", "training")
    def _set_anew(self, _: object) -> None:
        self._refresh(None)

    def reference(self) -> Tensor:
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (2, 10), float64
        """
        import torch

        from course_lib.datasets import inverse, permutation

        x = signal_of(self.sample, self.signal)
        order = permutation(len(x), ORDER_SEED)
        if self.view != "plain":
            x = x[order]
        if self.view == "un-permuted":
            x = x[inverse(order)]
        dense = page_network("mnist-1d-fully-connected")
        convolutional = page_network("mnist-1d-convolutional")
        if self.training == "permuted":
            first = dense.get_submodule("1")
            first.weight = torch.nn.Parameter(first.get_parameter("weight")[:, order])
            convolutional = page_network("mnist-1d-convolutional-permuted")
        return torch.stack([probabilities(network, x) for network in (dense, convolutional)])
