"""A demo in which two trained networks read a sample of MNIST-1D, or a signal of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.demos.checks import Checked, check_whole
from course_lib.demos.demo import Demo
from course_lib.demos.mnist1d_networks import check_signal, label_of

if TYPE_CHECKING:
    from torch import Tensor

SAMPLE_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "sample": partial(check_whole, at_least=0, at_most=19),
    "signal": check_signal,
}
"""How these traits are checked; the frontend's mnist-1d/sample.ts holds the same limits."""


class Mnist1DDemo(Demo):
    """What the demos share that read one sample with two networks.

    A demo of this kind computes its `output` in `reference`; it calls `_refresh` when a trait of
    its own changes that.

    Traits
    ------
    sample : int, 0 to 19
        The first two test samples of each class.
    signal : list of float, 0 or 40 values
        The reader's own signal in place of the sample.
    output : list of two lists of ten float
        The probabilities, of the fully connected network first; the page computes them, `reference`
        does so by torch.
    label : int or None
        The sample's class, written by the page; that of a reader's own signal is not known.
    """

    data = ("mnist1d",)

    # Computes `output` with torch: shape (2, 10), float64.
    reference: Callable[[], Tensor]

    sample = Checked(0).tag(sync=True)
    signal = Checked([]).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    label = traitlets.Int(None, allow_none=True).tag(sync=True)

    @traitlets.validate("sample", "signal")
    def _check_sample(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return SAMPLE_CHECKS[trait](trait, proposal["value"])

    @traitlets.default("output")
    def _first_output(self) -> list[list[float]]:
        answer: list[list[float]] = self.reference().tolist()
        return answer

    @traitlets.default("label")
    def _first_label(self) -> int | None:
        return label_of(self.sample, self.signal)

    @traitlets.observe("sample", "signal")
    def _refresh(self, _: object) -> None:
        self.output = self._first_output()
        self.label = self._first_label()
