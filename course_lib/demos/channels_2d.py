"""A filter is as deep as its input: take one apart, slice by slice, on a photograph in colour."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import PADDINGS, padding_amounts
from course_lib.convolution.geometry2d import output_size
from course_lib.demos.checks import Checked, check_numbers, check_rows, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.photographs_page import NAMES as PHOTOGRAPHS

if TYPE_CHECKING:
    from torch import Tensor

MOST = 4  # output channels
SIDE = 64  # pixels of a photograph
OPPONENTS = (((1.0,), (-1.0,), (0.0,)), ((-0.5,), (-0.5,), (1.0,)))


class Channels2D(Demo):
    """A convolutional layer on red, green and blue, with up to four output channels.

    Each output channel has a filter: one slice of weights for each colour, whose sums are added
    up, and one bias. Stride and dilation are 1.

    Traits
    ------
    photograph : {"camera", "astronaut", "coffee"}
        64 by 64 pixels, red, green and blue from 0 to 255.
    filters : list of 1 to 4 filters, each 3 slices of 1 by 1 or of 3 by 3 weights
        One filter an output channel; its slices are those of red, of green and of blue.
    biases : list of float
        One an output channel.
    relu : bool
        Whether what is negative becomes zero.
    padding : {"zeros", "valid", "reflect", "replicate", "circular"}
        All but "valid" keep the size.
    channel, row, column : int
        The output channel that is taken apart, and the pixel that is pointed at, counted from 0.
    muted : list of int
        Input channels whose slices do not count.
    output : list of lists of lists of float
        What the page computes; `reference` is the same, computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then. Set what
        must change together within ``hold_trait_notifications()``.
    """

    name = "channels-2d"
    data = ("photographs",)
    computed = ("output",)
    _esm = front_end("channels-2d.js")
    _css = front_end("demos.css")

    photograph = Checked("astronaut").tag(sync=True)
    filters = Checked(
        [[[list(row)] for row in one] for one in OPPONENTS],
    ).tag(sync=True)
    biases = Checked([0.0, 0.0]).tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    padding = Checked("zeros").tag(sync=True)
    channel = Checked(0).tag(sync=True)
    row = Checked(0).tag(sync=True)
    column = Checked(0).tag(sync=True)
    muted = Checked([]).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.List(traitlets.Float()))).tag(sync=True)
    title = traitlets.Unicode("One filter, slice by slice").tag(sync=True)
    hint = traitlets.Unicode(
        "Choose an output channel below. Point at its map, or use the arrow keys on it, to see"
        " every product; drag a weight, or press Enter on it to type."
    ).tag(sync=True)

    @traitlets.validate(
        *("photograph", "filters", "biases", "padding", "channel", "row", "column", "muted")
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        filters, biases = len(checked["filters"]), len(checked["biases"])
        if filters != biases:
            raise TraitError(
                f"{trait} does not fit: biases has {biases} values, but there are {filters}"
                " filters; expected one for each"
            )
        limits = _limits(checked)
        if trait in limits:
            return check_whole(trait, checked[trait], at_least=0, at_most=limits[trait])
        return checked[trait]

    @traitlets.default("output")
    def _first_output(self) -> list[list[list[float]]]:
        output: list[list[list[float]]] = self.reference().tolist()
        return output

    @traitlets.observe("photograph", "filters", "biases", "relu", "padding", "muted")
    def _refresh(self, _: object) -> None:
        # Where there are fewer outputs than before, what was pointed at stays on the last.
        for name, last in _limits({name: getattr(self, name) for name in CHECKS}).items():
            setattr(self, name, min(getattr(self, name), last))
        self.output = self._first_output()

    def reference(self) -> "Tensor":
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (C_out, H_out, W_out), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        from course_lib.datasets import load_thumbnail

        x = load_thumbnail(self.photograph).to(torch.float64)[None]
        for c in self.muted:
            x[:, c] = 0
        weight = torch.tensor(self.filters, dtype=torch.float64)
        bias = torch.tensor(self.biases, dtype=torch.float64)
        sides = padding_amounts(weight.shape[-1], 1, self.padding)
        if any(sides):
            mode = "constant" if self.padding == "zeros" else self.padding
            x = functional.pad(x, (*sides, *sides), mode=mode)
        h = functional.conv2d(x, weight, bias)[0]
        return functional.relu(h) if self.relu else h


def _check_filters(trait: str, value: Any) -> list[list[list[list[float]]]]:
    if hasattr(value, "tolist"):
        value = value.tolist()
    allowed = f"a list of 1 to {MOST} filters, each 3 slices of 1 by 1 or of 3 by 3 weights"
    if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= MOST:
        raise TraitError(f"{trait} is {shown(value)}; expected {allowed}")
    checked = []
    for o, one in enumerate(value):
        if not isinstance(one, (list, tuple)) or len(one) != 3:
            raise TraitError(f"{trait}[{o}] is {shown(one)}; expected {allowed}")
        names = [f"{trait}[{o}][{c}]" for c in range(3)]
        checked.append(
            [
                check_rows(name, rows, most=3, low=-100, high=100)
                for name, rows in zip(names, one, strict=True)
            ]
        )
    sizes = {(len(rows), len(rows[0])) for one in checked for rows in one}
    if len(sizes) > 1 or not sizes <= {(1, 1), (3, 3)}:
        raise TraitError(f"{trait} has slices of {sorted(sizes)} weights; expected {allowed}")
    return checked


def _check_muted(trait: str, value: Any) -> list[int]:
    if not isinstance(value, (list, tuple)) or len(value) > 3:
        raise TraitError(f"{trait} is {shown(value)}; expected a list of input channels, 0 to 2")
    return sorted({check_whole(trait, one, at_least=0, at_most=2) for one in value})


def _limits(state: dict[str, Any]) -> dict[str, int]:
    """Return the last of each thing that can be pointed at."""
    rows, columns = output_size(SIDE, len(state["filters"][0][0]), padding=state["padding"])
    return {"channel": len(state["filters"]) - 1, "row": rows - 1, "column": columns - 1}


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "photograph": partial(check_word, words=PHOTOGRAPHS),
    "filters": _check_filters,
    "biases": partial(check_numbers, at_least=1, at_most=MOST, bound=1000),
    "padding": partial(check_word, words=PADDINGS),
    "channel": partial(check_whole, at_least=0, at_most=MOST - 1),
    "row": partial(check_whole, at_least=0, at_most=SIDE - 1),
    "column": partial(check_whole, at_least=0, at_most=SIDE - 1),
    "muted": _check_muted,
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
