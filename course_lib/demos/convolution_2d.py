"""Slide a kernel over an image: every product, every option, exactly, with its sign."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import PADDINGS, padding_amounts
from course_lib.convolution.geometry2d import output_size
from course_lib.demos.checks import Checked, check_finite, check_rows, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.own_images import RING, check_own
from course_lib.demos.photographs_page import NAMES as PHOTOGRAPHS

if TYPE_CHECKING:
    from torch import Tensor

SOURCES = ("photograph", "drawing", "numbers", "own")
SIZE = 64  # pixels of a photograph

STEP = (
    (2, 1, 2, 8, 9, 8),
    (1, 2, 1, 9, 8, 9),
    (2, 2, 1, 8, 8, 9),
    (1, 2, 2, 9, 9, 8),
    (2, 1, 1, 8, 9, 9),
    (1, 1, 2, 9, 8, 8),
)
SOBEL_X = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))


class Convolution2D(Demo):
    """An image, a kernel that slides over it, and the output, with every number.

    Traits
    ------
    source : {"photograph", "drawing", "numbers", "own"}
        Which of the next four is the input.
    photograph : {"camera", "astronaut", "coffee"}
        64 by 64 pixels, in grey levels from 0 to 255.
    drawing : list of rows, 1 to 32 of 1 to 32 numbers from 0 to 1
    numbers : list of rows, 1 to 10 of 1 to 10 numbers from -100 to 100
    own : list of rows, 1 to 64 of 1 to 64 numbers from 0 to 255
        An image of the reader's own; empty where there is none.
    kernel : list of 1, 3, 5 or 7 rows, as many weights in each, from -100 to 100
    bias : float, -1000 to 1000
    activation : {"none", "ReLU"}
    stride, dilation : int, 1 to 4
        As in PyTorch: dilation 1 is an ordinary kernel.
    padding : {"zeros", "valid", "reflect", "replicate", "circular"}
        All but "valid" pad so that stride 1 keeps the size.
    row, column : int
        The output that the window stands at, counted from 0.
    view : {"signed", "grey"}
        Whether the output is drawn with its signs, or as grey levels, which have none.
    predict : bool
        Whether outputs of numbers stay hidden until the reader has committed to a guess.
    guess : float or None, -10,000,000 to 10,000,000
        The reader's guess of the present output.
    output : list of lists of float
        What the page computes; `reference` is the same, computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "convolution-2d"
    data = ("photographs",)
    computed = ("output",)
    _esm = front_end("convolution-2d.js")
    _css = front_end("demos.css")

    source = Checked("photograph").tag(sync=True)
    photograph = Checked("camera").tag(sync=True)
    drawing = Checked([list(row) for row in RING]).tag(sync=True)
    numbers = Checked([list(row) for row in STEP]).tag(sync=True)
    own = Checked([]).tag(sync=True)
    kernel = Checked([list(row) for row in SOBEL_X]).tag(sync=True)
    bias = Checked(0.0).tag(sync=True)
    activation = Checked("none").tag(sync=True)
    stride = Checked(1).tag(sync=True)
    dilation = Checked(1).tag(sync=True)
    padding = Checked("zeros").tag(sync=True)
    row = Checked(0).tag(sync=True)
    column = Checked(0).tag(sync=True)
    view = Checked("signed").tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = traitlets.Float(None, allow_none=True).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    title = traitlets.Unicode("Slide the kernel over an image").tag(sync=True)
    hint = traitlets.Unicode(
        "Point at the output, or use the arrow keys on it, to see what a pixel is made of. Drag a"
        " weight, or press Enter on it to type."
    ).tag(sync=True)

    @traitlets.validate(
        *("source", "photograph", "drawing", "numbers", "own", "kernel", "bias", "activation"),
        *("stride", "dilation", "padding", "row", "column", "view"),
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        rows, columns = _output_size(checked, trait)
        if trait in ("row", "column"):
            last = (rows if trait == "row" else columns) - 1
            return check_whole(trait, value, at_least=0, at_most=last)
        return checked[trait]

    @traitlets.validate("guess")
    def _check_guess(self, proposal: dict[str, Any]) -> float | None:
        return check_finite(
            "guess", proposal["value"], at_least=-MOST_GUESSED, at_most=MOST_GUESSED
        )

    @traitlets.default("output")
    def _first_output(self) -> list[list[float]]:
        output: list[list[float]] = self.reference().tolist()
        return output

    @traitlets.observe(
        *("source", "photograph", "drawing", "numbers", "own", "kernel", "bias", "activation"),
        *("stride", "dilation", "padding"),
    )
    def _refresh(self, _: object) -> None:
        # Where there are fewer outputs than before, the window stays on the last.
        rows, columns = _output_size({name: getattr(self, name) for name in CHECKS}, "padding")
        self.row, self.column = min(self.row, rows - 1), min(self.column, columns - 1)
        self.output = self._first_output()

    def reference(self) -> "Tensor":
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (H_out, W_out), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        modes = {"zeros": "constant"}
        x = self._image()[None, None]
        weight = torch.tensor(self.kernel, dtype=torch.float64)[None, None]
        bias = torch.tensor([self.bias], dtype=torch.float64)
        sides = padding_amounts(len(self.kernel), self.dilation, self.padding)
        if any(sides):
            x = functional.pad(x, (*sides, *sides), mode=modes.get(self.padding, self.padding))
        steps = {"stride": self.stride, "dilation": self.dilation}
        z = functional.conv2d(x, weight, bias, **steps)[0, 0]
        return functional.relu(z) if self.activation == "ReLU" else z

    def _image(self) -> "Tensor":
        import torch

        if self.source == "photograph":
            from course_lib.datasets import grey_bytes, load_thumbnail

            return grey_bytes(load_thumbnail(self.photograph)).to(torch.float64)
        return torch.tensor(getattr(self, self.source), dtype=torch.float64)


def _output_size(state: dict[str, Any], trait: str) -> tuple[int, int]:
    source = state["source"]
    rows: list[list[float]] = state.get(source, [])
    if source == "own" and not rows:
        raise TraitError(
            f"{trait} is {shown(state[trait])}: there is no own image; expected rows in `own`"
        )
    size = (SIZE, SIZE) if source == "photograph" else (len(rows), len(rows[0]))
    try:
        return output_size(
            size,
            len(state["kernel"]),
            stride=state["stride"],
            dilation=state["dilation"],
            padding=state["padding"],
        )
    except ValueError as error:
        raise TraitError(f"{trait} is {shown(state[trait])}: {error}") from None


def _check_kernel(trait: str, value: Any) -> list[list[float]]:
    kernel = check_rows(trait, value, most=7, low=-100, high=100)
    if len(kernel) % 2 == 0 or len(kernel[0]) != len(kernel):
        raise TraitError(
            f"{trait} has {len(kernel)} rows of {len(kernel[0])} weights; expected 1, 3, 5 or 7"
            " rows of as many"
        )
    return kernel


def _check_bias(trait: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TraitError(f"{trait} is {shown(value)}; expected a number from -1000 to 1000")
    return float(check_finite(trait, value, at_least=-1000, at_most=1000) or 0)


MOST_GUESSED = 1e7

CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "source": partial(check_word, words=SOURCES),
    "photograph": partial(check_word, words=PHOTOGRAPHS),
    "drawing": partial(check_rows, most=32, low=0, high=1),
    "numbers": partial(check_rows, most=10, low=-100, high=100),
    "own": check_own,
    "kernel": _check_kernel,
    "bias": _check_bias,
    "activation": partial(check_word, words=("none", "ReLU")),
    "stride": partial(check_whole, at_least=1, at_most=4),
    "dilation": partial(check_whole, at_least=1, at_most=4),
    "padding": partial(check_word, words=PADDINGS),
    "view": partial(check_word, words=("signed", "grey")),
    "row": partial(check_whole, at_least=0, at_most=SIZE - 1),
    "column": partial(check_whole, at_least=0, at_most=SIZE - 1),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
