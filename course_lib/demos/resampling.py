"""Fewer values and more: three ways down, three ways up, and the transposed convolution."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import pooled_length, transposed_length
from course_lib.demos.checks import (
    Checked,
    check_finite,
    check_numbers,
    check_rows,
    check_whole,
    check_word,
)
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.own_images import RING, check_own
from course_lib.demos.photographs_page import NAMES as PHOTOGRAPHS

if TYPE_CHECKING:
    from torch import Tensor

VIEWS = ("down", "up", "stamps", "checkerboard")
SOURCES = ("photograph", "pattern", "numbers", "drawing", "own")
PATTERNS = ("stripes", "dots", "ring", "flat")
DOWN = ("every other", "max", "mean")
UP = ("duplicate", "unpooling", "bilinear")
SPREAD = ("transposed", "stamps", "resized")
SIDES = {"photograph": 64, "pattern": 32, "drawing": 16, "own": 64}
SMALL = 16  # pixels of a picture that a transposed convolution enlarges
MOST_OUTPUTS = 24  # that a signal's stamps have room for
MOST_GUESSED = 1e7

GRID = (
    (1, 3, 5, 3, 6, 2),
    (6, 2, 0, 8, 4, 8),
    (1, 4, 6, 2, 2, 0),
    (2, 9, 3, 7, 5, 5),
    (0, 8, 4, 3, 2, 3),
    (3, 1, 7, 6, 9, 4),
)


class Resampling(Demo):
    """An image made smaller or larger in three ways at once, or a signal stamp by stamp.

    Traits
    ------
    view : {"down", "up", "stamps", "checkerboard"}
        Downsampling; upsampling of what max pooling has left; a transposed convolution of a
        signal, stamp by stamp; or of an image, with how many stamps cover each output.
    source : {"photograph", "pattern", "numbers", "drawing", "own"}
        Which of the next five is the image.
    photograph : {"camera", "astronaut", "coffee"}
        64 by 64 pixels, in grey levels from 0 to 255.
    pattern : {"stripes", "dots", "ring", "flat"}
        32 by 32 pixels, 0 or 255.
    numbers : list of 4 to 8 rows of 4 to 8 numbers from -100 to 100
    drawing : list of 16 rows of 16 numbers from 0 to 1
        As an image 1 becomes 255, a photograph's white.
    own : list of 64 rows of 64 numbers from 0 to 255
        An image of the reader's own, in grey; empty where there is none.
    size : int, 1 to 4
        Of a pooling's window.
    stride : int, 1 to 4
        Of a pooling and of a transposed convolution; the factor by which "up" enlarges.
    shift_down, shift_right : int, -4 to 4
        How far "down" moves its input; what leaves on one side comes in on the other.
    down : {"every other", "max", "mean"}
    up : {"duplicate", "unpooling", "bilinear"}
    spread : {"transposed", "stamps", "resized"}
        Of the three outputs in a view, the one that is pointed at.
    row, column : int
        The output that is pointed at, counted from 0.
    show : {"output", "difference"}
        The difference is to the output before the shift, or to the image before the pooling.
    signal : list of 1 to 12 numbers from -100 to 100
        What is stamped; or what is convolved first.
    kernel : list of 1 to 5 numbers from -100 to 100
        Of an image's kernel both the column and the row, of which it is the product.
    padding : int, 0 to 2
        As in PyTorch: how many outputs a transposed convolution cuts off at either end.
    position : int
        The newest stamp, counted from 0.
    round_trip : bool
        Whether the signal is convolved first, and its convolution is stamped.
    predict : bool
        Whether outputs of numbers, and what a stamp makes of the sum, stay hidden until the
        reader has committed to a guess.
    guess : float or None, -10,000,000 to 10,000,000
        The reader's guess of the present output; of a stamp, of the first output that it reaches.
    output : list of lists of float
        What the page computes for the operation that is pointed at; for a signal one row.
        `reference` is the same, computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then. Set what
        must change together within ``hold_trait_notifications()``.
    """

    name = "resampling"
    data = ("photographs",)
    computed = ("output",)
    _esm = front_end("resampling.js")
    _css = front_end("demos.css")

    view = Checked("down").tag(sync=True)
    source = Checked("photograph").tag(sync=True)
    photograph = Checked("camera").tag(sync=True)
    pattern = Checked("stripes").tag(sync=True)
    numbers = Checked([list(row) for row in GRID]).tag(sync=True)
    drawing = Checked([list(row) for row in RING]).tag(sync=True)
    own = Checked([]).tag(sync=True)
    size = Checked(2).tag(sync=True)
    stride = Checked(2).tag(sync=True)
    shift_down = Checked(0).tag(sync=True)
    shift_right = Checked(0).tag(sync=True)
    down = Checked("max").tag(sync=True)
    up = Checked("duplicate").tag(sync=True)
    spread = Checked("transposed").tag(sync=True)
    row = Checked(0).tag(sync=True)
    column = Checked(0).tag(sync=True)
    show = Checked("output").tag(sync=True)
    signal = Checked([3, 1, 4, 2]).tag(sync=True)
    kernel = Checked([1, 2, 1]).tag(sync=True)
    padding = Checked(0).tag(sync=True)
    position = Checked(0).tag(sync=True)
    round_trip = traitlets.Bool(False).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = traitlets.Float(None, allow_none=True).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    title = traitlets.Unicode("Fewer values, and more").tag(sync=True)
    hint = traitlets.Unicode(
        "Point at an output, or use the arrow keys on it, to see what it is made of."
    ).tag(sync=True)

    @traitlets.validate(
        *("view", "source", "photograph", "pattern", "numbers", "drawing", "own", "size"),
        *("stride", "shift_down", "shift_right", "down", "up", "spread", "row", "column"),
        *("show", "signal", "kernel", "padding", "position", "round_trip"),
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        names = (*CHECKS, "round_trip")
        state = {name: getattr(self, name) for name in names} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        if checked["source"] == "own" and not checked["own"]:
            raise TraitError(
                f"{trait} is {shown(value)}: there is no own image; expected rows in `own`"
            )
        limits = _limits(checked | {"round_trip": state["round_trip"]}, trait)
        if trait in limits:
            return check_whole(trait, checked[trait], at_least=0, at_most=limits[trait])
        return checked.get(trait, value)

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
        *("view", "source", "photograph", "pattern", "numbers", "drawing", "own", "size"),
        *("stride", "shift_down", "shift_right", "down", "up", "spread", "signal", "kernel"),
        *("padding", "round_trip"),
    )
    def _refresh(self, _: object) -> None:
        # Where there are fewer outputs than before, what is pointed at is the last.
        state = {name: getattr(self, name) for name in (*CHECKS, "round_trip")}
        for name, last in _limits(state, "stride").items():
            setattr(self, name, min(getattr(self, name), last))
        self.output = self._first_output()

    def reference(self) -> "Tensor":
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (H_out, W_out), float64
            Of a signal one row.
        """
        if self.view == "stamps":
            return self._stamped()
        make = {"down": self._smaller, "up": self._larger, "checkerboard": self._spread_out}
        return make[self.view](self._image()[None, None])[0, 0]

    def _smaller(self, x: "Tensor") -> "Tensor":
        import torch  # only the reference needs it, and it takes a second to import
        from torch.nn import functional

        x = torch.roll(x, (self.shift_down, self.shift_right), (2, 3))
        if self.down == "every other":
            return x[:, :, :: self.stride, :: self.stride]
        pool = functional.max_pool2d if self.down == "max" else functional.avg_pool2d
        return pool(x, self.size, stride=self.stride)

    def _larger(self, x: "Tensor") -> "Tensor":
        from torch.nn import functional

        height, width = (n // self.stride * self.stride for n in x.shape[2:])
        y, places = functional.max_pool2d(
            x[:, :, :height, :width], self.stride, return_indices=True
        )
        if self.up == "unpooling":
            return functional.max_unpool2d(y, places, self.stride)
        mode = "nearest" if self.up == "duplicate" else "bilinear"
        return functional.interpolate(y, scale_factor=self.stride, mode=mode)

    def _spread_out(self, x: "Tensor") -> "Tensor":
        import torch
        from torch.nn import functional

        if self.source != "numbers":
            x = functional.avg_pool2d(x, SIDES[self.source] // SMALL)
        line = torch.tensor(self.kernel, dtype=torch.float64)
        weight = torch.outer(line, line)[None, None]
        if self.spread == "stamps":
            x, weight = torch.ones_like(x), torch.ones_like(weight)
        if self.spread != "resized":
            steps = {"stride": self.stride, "padding": self.padding}
            return functional.conv_transpose2d(x, weight, **steps)
        before = (len(line) - 1) // 2
        sides = (before, len(line) - 1 - before) * 2
        large = functional.interpolate(x, scale_factor=self.stride)
        return functional.conv2d(functional.pad(large, sides, mode="replicate"), weight)

    def _stamped(self) -> "Tensor":
        import torch
        from torch.nn import functional

        y = torch.tensor([[self.signal]], dtype=torch.float64)
        weight = torch.tensor([[self.kernel]], dtype=torch.float64)
        steps = {"stride": self.stride, "padding": self.padding}
        if self.round_trip:
            y = functional.conv1d(y, weight, **steps)
        whole = transposed_length(y.shape[-1], len(self.kernel), **steps)
        extra = len(self.signal) - whole if self.round_trip else 0
        return functional.conv_transpose1d(y, weight, output_padding=extra, **steps)[0]

    def _image(self) -> "Tensor":
        import torch

        if self.source == "photograph":
            from course_lib.datasets import grey_bytes, load_thumbnail

            return grey_bytes(load_thumbnail(self.photograph)).to(torch.float64)
        if self.source == "drawing":
            return 255 * torch.tensor(self.drawing, dtype=torch.float64)
        if self.source in ("numbers", "own"):
            return torch.tensor(getattr(self, self.source), dtype=torch.float64)
        side = range(SIDES["pattern"])
        ink = [[255.0 * INK[self.pattern](r, c) for c in side] for r in side]
        return torch.tensor(ink, dtype=torch.float64)


INK: dict[str, Callable[[int, int], bool]] = {
    "stripes": lambda _, c: c % 2 == 0,
    "dots": lambda r, c: r % 4 == 0 and c % 4 == 0,
    "ring": lambda r, c: 81 <= (r - 15.5) ** 2 + (c - 15.5) ** 2 < 144,
    "flat": lambda *_: True,
}
"""Where each pattern is white."""


def _limits(state: dict[str, Any], trait: str) -> dict[str, int]:
    """Return the last of each thing that can be pointed at.

    Raises
    ------
    TraitError
        If there is nothing, or more than there is room for.
    """
    try:
        if state["view"] == "stamps":
            return {"position": _stamp_count(state) - 1}
        rows, columns = _output_size(state)
    except ValueError as error:
        raise TraitError(f"{trait} is {shown(state[trait])}: {error}") from None
    return {"row": rows - 1, "column": columns - 1}


def _output_size(state: dict[str, Any]) -> tuple[int, int]:
    if state["source"] == "numbers":
        whole = (len(state["numbers"]), len(state["numbers"][0]))
    else:
        whole = (SIDES[state["source"]],) * 2
    stride = state["stride"]
    if state["view"] == "down":
        size = 1 if state["down"] == "every other" else state["size"]
        rows, columns = (pooled_length(n, size, stride=stride) for n in whole)
        return rows, columns
    if state["view"] == "up":
        return whole[0] // stride * stride, whole[1] // stride * stride
    small = whole if state["source"] == "numbers" else (SMALL, SMALL)
    rows, columns = (_stamped_length(n, state) for n in small)
    if state["spread"] == "resized":
        return small[0] * stride, small[1] * stride
    return rows, columns


def _stamped_length(length: int, state: dict[str, Any]) -> int:
    return transposed_length(
        length, len(state["kernel"]), stride=state["stride"], padding=state["padding"]
    )


def _stamp_count(state: dict[str, Any]) -> int:
    length, size = len(state["signal"]), len(state["kernel"])
    if state["round_trip"]:
        count: int = (length + 2 * state["padding"] - size) // state["stride"] + 1
        if count < 1:
            raise ValueError(f"a kernel of {size} does not fit into a signal of {length}")
        return count
    outputs = _stamped_length(length, state)
    if outputs > MOST_OUTPUTS:
        raise ValueError(f"there would be {outputs} outputs; expected at most {MOST_OUTPUTS}")
    return length


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "view": partial(check_word, words=VIEWS),
    "source": partial(check_word, words=SOURCES),
    "photograph": partial(check_word, words=PHOTOGRAPHS),
    "pattern": partial(check_word, words=PATTERNS),
    "numbers": partial(check_rows, least=4, most=8, low=-100, high=100),
    "drawing": partial(check_rows, least=SIDES["drawing"], most=SIDES["drawing"], low=0, high=1),
    "own": partial(check_own, least=SIDES["own"]),
    "size": partial(check_whole, at_least=1, at_most=4),
    "stride": partial(check_whole, at_least=1, at_most=4),
    "shift_down": partial(check_whole, at_least=-4, at_most=4),
    "shift_right": partial(check_whole, at_least=-4, at_most=4),
    "down": partial(check_word, words=DOWN),
    "up": partial(check_word, words=UP),
    "spread": partial(check_word, words=SPREAD),
    "row": partial(check_whole, at_least=0, at_most=999),
    "column": partial(check_whole, at_least=0, at_most=999),
    "show": partial(check_word, words=("output", "difference")),
    "signal": partial(check_numbers, at_least=1, at_most=12, bound=100),
    "kernel": partial(check_numbers, at_least=1, at_most=5, bound=100),
    "padding": partial(check_whole, at_least=0, at_most=2),
    "position": partial(check_whole, at_least=0, at_most=11),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
