"""Channels: several signals in, several out, each out of all, and what they still say together."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import convolve_signal
from course_lib.demos.checks import Checked, check_numbers, check_whole
from course_lib.demos.convolution_1d import LECTURE_SIGNAL
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

PADDINGS = ("zeros", "valid")
MOST_CHANNELS = 4


class Channels1D(Demo):
    """A convolutional layer with up to four input and four output channels, with every number.

    Each output channel has a filter: one slice of weights for every input channel, whose sums are
    added up, and one bias. Stride and dilation are 1.

    Traits
    ------
    signals : list of 1 to 4 lists of float, 3 to 16 values each
        The input channels, all of one length.
    kernels : list of 1 to 4 filters, each a list of slices, each a list of 1 to 5 weights
        One filter an output channel, one slice an input channel.
    biases : list of float
        One an output channel.
    relu : bool
        Whether what is negative becomes zero.
    padding : {"zeros", "valid"}
        What stands beyond the ends; "zeros" keeps the length.
    channel, position : int
        The output that is pointed at, both counted from 0.
    source : int
        The input channel whose slice the named kernels go to, counted from 0.
    explode : bool
        Whether the filter pointed at is shown slice by slice.
    rebuild : bool
        Whether the input is rebuilt from the outputs.
    muted : list of int
        Output channels that do not help to rebuild it.
    output : list of lists of float
        What the page computes; `reference` is the same, computed by torch.
    reconstruction : list of lists of float
        The shortest input that would have given the same outputs, computed by the page; empty
        unless `rebuild`.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then. Set what
        must change together within ``hold_trait_notifications()``.
    """

    name = "channels-1d"
    _esm = front_end("channels-1d.js")
    _css = front_end("demos.css")

    signals = Checked([list(LECTURE_SIGNAL)]).tag(sync=True)
    kernels = Checked([[[1 / 3, 1 / 3, 1 / 3]], [[-0.5, 0.0, 0.5]]]).tag(sync=True)
    biases = Checked([0.0, 0.0]).tag(sync=True)
    relu = traitlets.Bool(True).tag(sync=True)
    padding = Checked("zeros").tag(sync=True)
    channel = Checked(0).tag(sync=True)
    position = Checked(0).tag(sync=True)
    source = Checked(0).tag(sync=True)
    explode = traitlets.Bool(False).tag(sync=True)
    rebuild = traitlets.Bool(False).tag(sync=True)
    muted = Checked([]).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    reconstruction = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    title = traitlets.Unicode("One signal, several channels").tag(sync=True)
    hint = traitlets.Unicode(
        "Press an output to see what it is made of. Drag a blue point or an amber weight; or use"
        " the arrow keys, and Enter to type a value."
    ).tag(sync=True)

    @traitlets.validate(
        *("signals", "kernels", "biases", "padding", "channel", "position", "source", "muted")
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        _check_together(checked, trait)
        limits = _limits(checked)
        if trait in limits:
            return check_whole(trait, checked[trait], at_least=0, at_most=limits[trait])
        return checked[trait]

    @traitlets.default("output")
    def _first_output(self) -> list[list[float]]:
        return self._computed()

    @traitlets.observe("signals", "kernels", "biases", "relu", "padding")
    def _refresh(self, _: object) -> None:
        # Where there are fewer outputs than before, what was pointed at stays on the last.
        limits = _limits({name: getattr(self, name) for name in CHECKS})
        for name, last in limits.items():
            setattr(self, name, min(getattr(self, name), last))
        self.muted = [channel for channel in self.muted if channel <= limits["channel"]]
        self.output = self._computed()

    def _computed(self) -> list[list[float]]:
        outputs = []
        for slices, bias in zip(self.kernels, self.biases, strict=True):
            parts = [
                convolve_signal(signal, weights, padding=self.padding)
                for signal, weights in zip(self.signals, slices, strict=True)
            ]
            sums = [bias + sum(column) for column in zip(*parts, strict=True)]
            outputs.append([max(0.0, z) for z in sums] if self.relu else sums)
        return outputs

    def reference(self) -> "Tensor":
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (C_out, L_out), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        x = torch.tensor([self.signals], dtype=torch.float64)
        weight = torch.tensor(self.kernels, dtype=torch.float64)
        bias = torch.tensor(self.biases, dtype=torch.float64)
        if self.padding == "zeros":
            total = weight.shape[-1] - 1
            x = functional.pad(x, (total // 2, total - total // 2))
        z = functional.conv1d(x, weight, bias)[0]
        return functional.relu(z) if self.relu else z


def _list(trait: str, value: Any, most: int, of: str) -> list[Any]:
    if hasattr(value, "tolist"):
        value = value.tolist()
    allowed = f"a list of 1 to {most} {of}"
    if not isinstance(value, (list, tuple)):
        raise TraitError(f"{trait} is {shown(value)}; expected {allowed}")
    if not 1 <= len(value) <= most:
        raise TraitError(f"{trait} has {len(value)} entries; expected {allowed}")
    return list(value)


def _check_signals(trait: str, value: Any) -> list[list[float]]:
    channels = _list(trait, value, MOST_CHANNELS, "channels")
    check = partial(check_numbers, at_least=3, at_most=16, bound=100)
    checked = [check(f"{trait}[{c}]", channel) for c, channel in enumerate(channels)]
    if len({len(channel) for channel in checked}) > 1:
        lengths = [len(channel) for channel in checked]
        raise TraitError(f"{trait} has channels of lengths {lengths}; expected one length for all")
    return checked


def _check_kernels(trait: str, value: Any) -> list[list[list[float]]]:
    filters = [
        _list(f"{trait}[{o}]", one, MOST_CHANNELS, "slices")
        for o, one in enumerate(_list(trait, value, MOST_CHANNELS, "filters"))
    ]
    check = partial(check_numbers, at_least=1, at_most=5, bound=100)
    checked = [
        [check(f"{trait}[{o}][{c}]", weights) for c, weights in enumerate(slices)]
        for o, slices in enumerate(filters)
    ]
    sizes = {len(weights) for slices in checked for weights in slices}
    if len(sizes) > 1:
        raise TraitError(
            f"{trait} has slices of {sorted(sizes)} weights; expected one size for all"
        )
    return checked


def _check_padding(trait: str, value: Any) -> str:
    if value not in PADDINGS:
        raise TraitError(f"{trait} is {shown(value)}; expected one of {', '.join(PADDINGS)}")
    return str(value)


def _check_muted(trait: str, value: Any) -> list[int]:
    if not isinstance(value, (list, tuple)) or len(value) > MOST_CHANNELS:
        raise TraitError(f"{trait} is {shown(value)}; expected a list of output channels")
    last = MOST_CHANNELS - 1
    return sorted({check_whole(trait, one, at_least=0, at_most=last) for one in value})


def _check_together(state: dict[str, Any], trait: str) -> None:
    """Raise unless the shapes of signals, kernels and biases fit each other."""
    inputs, outputs = len(state["signals"]), len(state["kernels"])
    for o, slices in enumerate(state["kernels"]):
        if len(slices) != inputs:
            raise TraitError(
                f"{trait} does not fit: kernels[{o}] has {len(slices)} slices, but there are"
                f" {inputs} input channels; expected one slice for each"
            )
    if len(state["biases"]) != outputs:
        raise TraitError(
            f"{trait} does not fit: biases has {len(state['biases'])} values, but there are"
            f" {outputs} filters; expected one for each"
        )
    length, size = len(state["signals"][0]), len(state["kernels"][0][0])
    if state["padding"] == "valid" and size > length:
        raise TraitError(
            f"{trait} does not fit: a slice of {size} weights has no place in a signal of {length}"
            ' values; expected padding "zeros", or fewer weights'
        )
    if any(one >= outputs for one in state["muted"]) and trait == "muted":
        raise TraitError(
            f"muted is {state['muted']}; expected output channels from 0 to {outputs - 1}"
        )


def _limits(state: dict[str, Any]) -> dict[str, int]:
    """Return the last of each thing that can be pointed at."""
    length, size = len(state["signals"][0]), len(state["kernels"][0][0])
    positions = length if state["padding"] == "zeros" else length - size + 1
    return {
        "channel": len(state["kernels"]) - 1,
        "position": positions - 1,
        "source": len(state["signals"]) - 1,
    }


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "signals": _check_signals,
    "kernels": _check_kernels,
    "biases": partial(check_numbers, at_least=1, at_most=MOST_CHANNELS, bound=100),
    "padding": _check_padding,
    "channel": partial(check_whole, at_least=0, at_most=MOST_CHANNELS - 1),
    "position": partial(check_whole, at_least=0, at_most=15),
    "source": partial(check_whole, at_least=0, at_most=MOST_CHANNELS - 1),
    "muted": _check_muted,
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
