"""Build a stack of layers, point at a unit or an input, and see who reads whom."""

from collections.abc import Sequence
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import (
    Window,
    chain_lengths,
    receptive_fields,
    units_reached,
)
from course_lib.demos.checks import Checked, check_whole
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

VIEWS = ("field", "paths", "gradients")

LIMITS = {
    "length": (1, 64),
    "layers": (1, 8),
    "kernel_size": (1, 9),
    "stride": (1, 4),
    "dilation": (1, 8),
    "padding": (0, 16),
    "channels": (1, 32),
    "draws": (1, 1000),
    "seed": (0, 9999),
}
"""The frontend's state.ts holds the same limits."""

SETTINGS = ("kernel_size", "stride", "dilation", "padding")
STATE = ("length", "layers", "channels", "layer", "unit", "input", "view", "draws", "seed")


class ReceptiveField(Demo):
    """A stack of convolutions along one axis, with a unit and an input to point at.

    Traits
    ------
    length : int, 1 to 64
        Number of inputs.
    layers : list of [int, int, int, int], 1 to 8 of them
        Each layer's kernel size (1 to 9), stride (1 to 4), dilation (1 to 8; 1 is an ordinary
        kernel) and zeros on each side (0 to 16).
    channels : int, 1 to 32
        Channels of every layer: they change the parameters, and no receptive field.
    layer : int
        The layer whose settings the controls show, counted from 1.
    unit : list of int
        The unit pointed at: its layer, counted from 1, and its index, from 0; [] for none.
    input : list of int
        The index of the input pointed at, counted from 0; [] for none.
    view : {"field", "paths", "gradients"}
        What stands above the inputs: nothing; the paths from each input to the unit; or the
        unit's gradient over random weights and inputs, squared and signed.
    draws : int, 1 to 1000
        How many weights and inputs are drawn for the gradients.
    seed : int, 0 to 9999
        What the draws begin with.
    lengths, sizes, jumps, starts : list of int
        Computed: each layer's number of units, and the size, jump and start of its fields.
    output : list of int
        Computed: the number of paths from each input to the unit, which is its gradient where all
        weights are 1; `reference` is the same, computed by torch.
    read, reached : list of int
        Computed: the inputs that the unit reads, and the units of the last layer that the input
        reaches.
    squared, signed : list of float
        Written by the page: the mean squared gradient and the mean gradient of each input.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "receptive-field"
    _esm = front_end("receptive-field.js")
    _css = front_end("demos.css")

    length = Checked(15).tag(sync=True)
    layers = Checked([[3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 1, 0]]).tag(sync=True)
    channels = Checked(1).tag(sync=True)
    layer = Checked(1).tag(sync=True)
    unit = Checked([]).tag(sync=True)
    input = Checked([]).tag(sync=True)
    view = Checked("field").tag(sync=True)
    draws = Checked(100).tag(sync=True)
    seed = Checked(0).tag(sync=True)
    lengths = traitlets.List(traitlets.Int()).tag(sync=True)
    sizes = traitlets.List(traitlets.Int()).tag(sync=True)
    jumps = traitlets.List(traitlets.Int()).tag(sync=True)
    starts = traitlets.List(traitlets.Int()).tag(sync=True)
    output = traitlets.List(traitlets.Int()).tag(sync=True)
    read = traitlets.List(traitlets.Int()).tag(sync=True)
    reached = traitlets.List(traitlets.Int()).tag(sync=True)
    squared = traitlets.List(traitlets.Float()).tag(sync=True)
    signed = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("Who reads whom?").tag(sync=True)
    hint = traitlets.Unicode(
        "Press a unit to see what it reads, an input to see whom it reaches; press again to let"
        " go. By key: Tab to the picture, then the arrow keys."
    ).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._refresh(None)

    @traitlets.validate(*STATE)
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in STATE} | {trait: value}
        return check_state(state, trait)[trait]

    @traitlets.observe("length", "layers", "unit", "input")
    def _refresh(self, _: object) -> None:
        # Where there are fewer layers, units or inputs than before, point at the last.
        self._stay_inside()
        windows = self._windows()
        fields = receptive_fields(windows)
        self.lengths = chain_lengths(windows, self.length)[1:]
        self.sizes = [field.size for field in fields]
        self.jumps = [int(field.jump) for field in fields]
        self.starts = [field.start for field in fields]
        self.output = self._paths()
        self.read = [index for index, paths in enumerate(self.output) if paths]
        self.reached = []
        if self.input:
            self.reached = sorted(units_reached(windows, self.input[0], self.length)[-1])

    def _stay_inside(self) -> None:
        count = len(self.layers)
        lengths = chain_lengths(self._windows(), self.length)
        self.layer = min(self.layer, count)
        if self.unit:
            row = min(self.unit[0], count)
            self.unit = [row, min(self.unit[1], lengths[row] - 1)]
        if self.input:
            self.input = [min(self.input[0], self.length - 1)]

    def _windows(self) -> list[Window]:
        return [Window(size, stride, gap, zeros) for size, stride, gap, zeros in self.layers]

    def _paths(self) -> list[int]:
        if not self.unit:
            return []
        row, index = self.unit
        windows = self._windows()[:row]
        lengths = chain_lengths(windows, self.length)
        counts = {index: 1}
        for window, length in zip(reversed(windows), reversed(lengths[:-1]), strict=True):
            below: dict[int, int] = {}
            for unit, paths in counts.items():
                for position in window.sources(unit, length):
                    below[position] = below.get(position, 0) + paths
            counts = below
        return [counts.get(position, 0) for position in range(self.length)]

    def reference(self) -> "Tensor":
        """Compute `output` with torch: the gradient of the unit where all weights are 1.

        Returns
        -------
        Tensor, shape (length,) or (0,) if no unit is pointed at, float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        if not self.unit:
            return torch.zeros(0, dtype=torch.float64)
        row, index = self.unit
        inputs = torch.zeros(1, 1, self.length, dtype=torch.float64, requires_grad=True)
        x = inputs
        for size, stride, dilation, padding in self.layers[:row]:
            ones = torch.ones(1, 1, size, dtype=torch.float64)
            x = functional.conv1d(x, ones, None, stride, padding, dilation)
        (gradient,) = torch.autograd.grad(x[0, 0, index], inputs)
        return gradient.flatten()


def check_state(state: dict[str, Any], trait: str) -> dict[str, Any]:
    """Return the state with plain values, or raise a TraitError about `trait` or its own fault."""
    checked = dict(state)
    for name in ("length", "channels", "draws", "seed"):
        checked[name] = _whole(name, state[name], LIMITS[name])
    checked["layers"] = _check_layers(state["layers"])
    windows = [Window(*layer) for layer in checked["layers"]]
    try:
        lengths = chain_lengths(windows, checked["length"])
    except ValueError as error:
        raise TraitError(f"{trait} is {shown(state[trait])}: {error}") from None
    if state["view"] not in VIEWS:
        raise TraitError(f"view is {shown(state['view'])}; expected one of {', '.join(VIEWS)}")
    # What is pointed at follows when the stack changes; only asking for it is checked.
    if trait == "layer":
        checked["layer"] = _whole("layer", state["layer"], (1, len(windows)))
    if trait == "unit":
        checked["unit"] = _check_unit(state["unit"], lengths)
    if trait == "input":
        checked["input"] = _check_input(state["input"], lengths[0])
    return checked


def _check_layers(layers: Any) -> list[list[int]]:
    allowed = "1 to 8 layers of [kernel size, stride, dilation, padding]"
    if not _is_list(layers) or not LIMITS["layers"][0] <= len(layers) <= LIMITS["layers"][1]:
        raise TraitError(f"layers is {shown(layers)}; expected {allowed}")
    found = []
    for index, layer in enumerate(layers):
        if not _is_list(layer) or len(layer) != len(SETTINGS):
            raise TraitError(f"layers[{index}] is {shown(layer)}; expected {allowed}")
        found.append(
            [
                _whole(f"layers[{index}], {name},", value, LIMITS[name])
                for name, value in zip(SETTINGS, layer, strict=True)
            ]
        )
    return found


def _check_unit(unit: Any, lengths: list[int]) -> list[int]:
    if not _is_list(unit) or len(unit) not in (0, 2):
        raise TraitError(f"unit is {shown(unit)}; expected [layer, index], or [] for none")
    if not unit:
        return []
    row = _whole("unit[0]", unit[0], (1, len(lengths) - 1))
    return [row, _whole("unit[1]", unit[1], (0, lengths[row] - 1))]


def _check_input(position: Any, length: int) -> list[int]:
    if not _is_list(position) or len(position) > 1:
        raise TraitError(f"input is {shown(position)}; expected [index], or [] for none")
    return [_whole("input[0]", index, (0, length - 1)) for index in position]


def _whole(name: str, value: Any, limits: tuple[int, int]) -> int:
    return check_whole(name, value, at_least=limits[0], at_most=limits[1])


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
