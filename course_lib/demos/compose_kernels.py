"""Two or three convolutions in a row, and the one kernel that they amount to."""

from collections.abc import Callable
from functools import partial, reduce
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import convolve_signal, padding_amounts
from course_lib.demos.checks import Checked, check_numbers, check_whole
from course_lib.demos.convolution_1d import LECTURE_SIGNAL
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

PADDINGS = ("valid", "zeros")
STAGES = ("first", "second", "third")


class ComposeKernels(Demo):
    """A signal through two or three stages, and through the one kernel that they compose to.

    Traits
    ------
    signal : list of float, 1 to 32 values
    first, second : list of float, 1 to 5 weights
        The kernels of the stages.
    third : list of float, at most 5 weights
        Empty where there are two stages.
    padding : {"valid", "zeros"}
        What each stage does at the ends; the one kernel gets as many zeros as all stages together.
    relu : bool
        Whether a ReLU stands between the stages.
    position : int
        The output that is looked at, counted from 0.
    tap : int
        The weight of the composed kernel whose making is written out, counted from 0.
    composed : list of float
        Computed: the true convolution of the kernels.
    output, direct : list of float
        Computed: what the stages and what the one kernel give; `reference` and `direct_reference`
        are the same, computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "compose-kernels"
    _esm = front_end("compose-kernels.js")
    _css = front_end("demos.css")

    signal = Checked(list(LECTURE_SIGNAL)).tag(sync=True)
    first = Checked([1.0, 2.0, 3.0]).tag(sync=True)
    second = Checked([4.0, 5.0, 6.0]).tag(sync=True)
    third = Checked([]).tag(sync=True)
    padding = Checked("valid").tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    position = Checked(0).tag(sync=True)
    tap = Checked(0).tag(sync=True)
    composed = traitlets.List(traitlets.Float()).tag(sync=True)
    output = traitlets.List(traitlets.Float()).tag(sync=True)
    direct = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("One kernel against two stages").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag a blue point or an amber weight; press a weight of the one kernel to see how it is"
        " made, or an output to compare. Or use the arrow keys, and Enter to type a value."
    ).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._refresh(None)

    @traitlets.validate("signal", "first", "second", "third", "padding", "position", "tap")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        kernels = [checked[name] for name in STAGES if checked[name]]
        taps = _taps(kernels)
        outputs = len(checked["signal"]) + sum(_added(kernels, checked["padding"])) - taps + 1
        if outputs < 1:
            raise TraitError(
                f"{trait} is {shown(value)}: together the kernels span {taps} values, but the"
                f" signal has {len(checked['signal'])} and valid adds none; expected fewer weights,"
                " more values, or zeros"
            )
        counts = {"position": outputs, "tap": taps}
        if trait in counts:
            return check_whole(trait, value, at_least=0, at_most=counts[trait] - 1)
        return checked[trait]

    @traitlets.observe("signal", "first", "second", "third", "padding", "relu")
    def _refresh(self, _: object) -> None:
        self.composed = reduce(_convolved, self._kernels())
        output, direct = self._through_stages(), self._through_one()
        # Where there are fewer outputs or weights than before, look at the last.
        self.position = min(self.position, len(output) - 1)
        self.tap = min(self.tap, len(self.composed) - 1)
        self.output, self.direct = output, direct

    def _kernels(self) -> list[list[float]]:
        return [kernel for kernel in (self.first, self.second, self.third) if kernel]

    def _through_stages(self) -> list[float]:
        *others, last = self._kernels()
        x = self.signal
        for kernel in others:
            x = convolve_signal(x, kernel, padding=self.padding)
            if self.relu:
                x = [max(0.0, value) for value in x]
        return convolve_signal(x, last, padding=self.padding)

    def _through_one(self) -> list[float]:
        left, right = _added(self._kernels(), self.padding)
        padded = [0.0] * left + self.signal + [0.0] * right
        return convolve_signal(padded, self.composed, padding="valid")

    def reference(self) -> "Tensor":
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (L_out,), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        kernels = self._kernels()
        x = torch.tensor([[self.signal]], dtype=torch.float64)
        for index, kernel in enumerate(kernels):
            weight = torch.tensor([[kernel]], dtype=torch.float64)
            x = functional.pad(x, padding_amounts(len(kernel), 1, self.padding))
            x = functional.conv1d(x, weight)
            if self.relu and index < len(kernels) - 1:
                x = x.relu()
        return x.flatten()

    def direct_reference(self) -> "Tensor":
        """Compute `direct` with torch, by the product of the kernels' polynomials.

        Returns
        -------
        Tensor, shape (L_out,), float64
        """
        import torch
        from torch.nn import functional

        composed = torch.ones(1, 1, 1, dtype=torch.float64)
        for kernel in self._kernels():
            weight = torch.tensor([[kernel]], dtype=torch.float64)
            room = len(kernel) - 1
            composed = functional.conv1d(functional.pad(composed, (room, room)), weight.flip(-1))
        x = torch.tensor([[self.signal]], dtype=torch.float64)
        x = functional.pad(x, _added(self._kernels(), self.padding))
        return functional.conv1d(x, composed).flatten()


def _convolved(first: list[float], second: list[float]) -> list[float]:
    """Return the true convolution of two kernels, the product of two polynomials."""
    product = [0.0] * (len(first) + len(second) - 1)
    for a, weight in enumerate(first):
        for b, other in enumerate(second):
            product[a + b] += weight * other
    return product


def _taps(kernels: list[list[float]]) -> int:
    return sum(len(kernel) - 1 for kernel in kernels) + 1


def _added(kernels: list[list[float]], padding: str) -> tuple[int, int]:
    """Return the zeros that all stages together add on the left and on the right."""
    amounts = [padding_amounts(len(kernel), 1, padding) for kernel in kernels]
    return sum(left for left, _ in amounts), sum(right for _, right in amounts)


def _check_padding(trait: str, value: Any) -> str:
    if value not in PADDINGS:
        raise TraitError(f"{trait} is {shown(value)}; expected one of {', '.join(PADDINGS)}")
    return str(value)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "signal": partial(check_numbers, at_least=1, at_most=32, bound=1000),
    "first": partial(check_numbers, at_least=1, at_most=5, bound=1000),
    "second": partial(check_numbers, at_least=1, at_most=5, bound=1000),
    "third": partial(check_numbers, at_least=0, at_most=5, bound=1000),
    "padding": _check_padding,
    "position": partial(check_whole, at_least=0, at_most=10**9),
    "tap": partial(check_whole, at_least=0, at_most=10**9),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
