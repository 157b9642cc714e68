"""Read kernel size, stride, dilation and padding off a weight matrix."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import (
    PADDINGS,
    Reading,
    draw_reading,
    output_length,
    padding_amounts,
    readings,
    weight_places,
)
from course_lib.demos.checks import Checked, check_numbers, check_whole, check_word
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor


class GuessTheConvolution(Demo):
    """A weight matrix, and four settings to read off it.

    Every setting that makes the very matrix counts as right; brute force over all of them decides.

    Traits
    ------
    length : int, 6 to 10
        The number of inputs.
    seed : int, 1 to 99,999
        Which of the endless puzzles: the same seed and length give the same target.
    target : list of int
        Kernel size, stride and dilation of a given target; an empty list lets the seed draw one.
    target_padding : str
        A given target's padding.
    size : int, 1 to 5
    stride, dilation : int, 1 to 4
    padding : {"zeros", "valid", "reflect", "replicate", "circular"}
        The reader's guess.
    checked : bool
        Whether the guess has been handed in.
    solved, first_try, misses : int
        Puzzles solved, those of them at the first try, and wrong guesses at the present one.
    done : bool
        Whether the present puzzle is solved.
    output : list of list of float
        The matrix of the guess with weights 1, 2, 3 …; `reference` is the same, computed by torch.
    answers : list of str
        Every right answer, as size/stride/dilation/padding.
    matches : bool
        Whether the guess is one of them.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "guess-the-convolution"
    _esm = front_end("guess-the-convolution.js")
    _css = front_end("demos.css")

    length = Checked(8).tag(sync=True)
    seed = Checked(1).tag(sync=True)
    target = Checked([]).tag(sync=True)
    target_padding = Checked("zeros").tag(sync=True)
    size = Checked(3).tag(sync=True)
    stride = Checked(1).tag(sync=True)
    dilation = Checked(1).tag(sync=True)
    padding = Checked("zeros").tag(sync=True)
    checked = traitlets.Bool(False).tag(sync=True)
    solved = Checked(0).tag(sync=True)
    first_try = Checked(0).tag(sync=True)
    misses = Checked(0).tag(sync=True)
    done = traitlets.Bool(False).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    answers = traitlets.List(traitlets.Unicode()).tag(sync=True)
    matches = traitlets.Bool().tag(sync=True)
    title = traitlets.Unicode("Which convolution is it?").tag(sync=True)
    hint = traitlets.Unicode(
        "Equal letters are equal weights, and empty cells are zero. Set what you read, then check."
    ).tag(sync=True)

    @traitlets.validate(
        "length",
        "seed",
        "target",
        "target_padding",
        "size",
        "stride",
        "dilation",
        "padding",
        "solved",
        "first_try",
        "misses",
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        try:
            weight_places(checked["length"], _guess(checked))
            weight_places(checked["length"], _target(checked))
        except ValueError as error:
            raise TraitError(f"{trait} is {shown(value)}: {error}") from None
        return checked[trait]

    @traitlets.observe(
        "length", "seed", "target", "target_padding", "size", "stride", "dilation", "padding"
    )
    def _refresh(self, _: object) -> None:
        for name, value in self._computed().items():
            setattr(self, name, value)

    @traitlets.default("output")
    def _first_output(self) -> list[list[float]]:
        return _matrix(self.length, _guess(self._settings()))

    @traitlets.default("answers")
    def _first_answers(self) -> list[str]:
        return list(self._computed()["answers"])

    @traitlets.default("matches")
    def _first_match(self) -> bool:
        return bool(self._computed()["matches"])

    def _settings(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in CHECKS}

    def _computed(self) -> dict[str, Any]:
        state = self._settings()
        right = readings(self.length, _target(state))
        guess = _guess(state)
        return {
            "output": _matrix(self.length, guess),
            "answers": ["/".join(map(str, reading)) for reading in right],
            "matches": guess in right,
        }

    def reference(self) -> "Tensor":
        """Compute `output` with torch: what the convolution makes of every unit vector.

        Returns
        -------
        Tensor, shape (number of outputs, number of inputs), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        x = torch.eye(self.length, dtype=torch.float64)[:, None]
        weight = torch.arange(1, self.size + 1, dtype=torch.float64)[None, None]
        sides = padding_amounts(self.size, self.dilation, self.padding)
        if any(sides):
            mode = "constant" if self.padding == "zeros" else self.padding
            x = functional.pad(x, sides, mode=mode)
        columns = functional.conv1d(x, weight, stride=self.stride, dilation=self.dilation)
        return columns[:, 0].T


def _guess(state: dict[str, Any]) -> Reading:
    return Reading(state["size"], state["stride"], state["dilation"], state["padding"])


def _target(state: dict[str, Any]) -> Reading:
    if state["target"]:
        size, stride, dilation = state["target"]
        return Reading(size, stride, dilation, state["target_padding"])
    return draw_reading(state["length"], state["seed"])


def _matrix(length: int, reading: Reading) -> list[list[float]]:
    """Return a convolution's matrix, its weights numbered from 1."""
    places = weight_places(length, reading)
    # A row may be empty, so their number comes from the geometry, not from the places.
    matrix = [[0.0] * length for _ in range(_rows(length, reading))]
    for k, standing in enumerate(places):
        for row, column in standing:
            matrix[row][column] += k + 1
    return matrix


def _rows(length: int, reading: Reading) -> int:
    size, stride, dilation, padding = reading
    return output_length(length, size, stride=stride, dilation=dilation, padding=padding)


def _check_target(trait: str, value: Any) -> list[int]:
    numbers = check_numbers(trait, value, at_least=0, at_most=3, bound=5)
    whole = all(number.is_integer() and number >= 1 for number in numbers)
    if len(numbers) not in (0, 3) or not whole or max([0, *numbers[1:]]) > 4:
        raise TraitError(
            f"{trait} is {shown(value)}; expected kernel size (1 to 5), stride and dilation"
            " (1 to 4), or an empty list"
        )
    return [int(number) for number in numbers]


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "length": partial(check_whole, at_least=6, at_most=10),
    "seed": partial(check_whole, at_least=1, at_most=99_999),
    "target": _check_target,
    "target_padding": partial(check_word, words=PADDINGS),
    "size": partial(check_whole, at_least=1, at_most=5),
    "stride": partial(check_whole, at_least=1, at_most=4),
    "dilation": partial(check_whole, at_least=1, at_most=4),
    "padding": partial(check_word, words=PADDINGS),
    "solved": partial(check_whole, at_least=0, at_most=1_000_000),
    "first_try": partial(check_whole, at_least=0, at_most=1_000_000),
    "misses": partial(check_whole, at_least=0, at_most=1_000_000),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
