"""Move and compute, or compute and move: both orders side by side."""

from collections.abc import Callable
from functools import partial
from itertools import product
from math import isqrt
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_numbers, check_whole
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

TRANSFORMS = ("translate", "rotate", "scale", "permute")
FUNCTIONS = (
    "convolution",
    "stride-2",
    "max-pool",
    "fully-connected",
    "segmenter",
    "mean-pool",
    "classifier",
)
KERNELS = ("gaussian", "mean", "derivative", "laplacian")
HEADS = ("flatten", "pool")
BORDERS = ("zeros", "circular")

# One smooth bump in the middle of 24 places.
BUMP = tuple(float(max(0, 9 - abs(2 * i - 23))) for i in range(24))
# A bright disc in the middle of 24 by 24 places.
DISC = tuple(
    9.0 * ((2 * r - 23) ** 2 + (2 * c - 23) ** 2 <= 109) for r in range(24) for c in range(24)
)
NOISE = 1e-9

SHAPING = (
    "dimensions",
    "signal",
    "image",
    "transform",
    "shift",
    "down",
    "angle",
    "scale",
    "permutation",
    "function",
    "kernel",
    "weights",
    "head",
    "border",
)
"""The traits from which the output follows."""


class Equivariance(Demo):
    """A transformation t and a function f, in both orders, and the difference.

    Traits
    ------
    dimensions : {1, 2}
        Whether x is the signal or the image.
    signal : list of float, an even number of 8 to 32 values from -100 to 100
    image : list of float, from 0 to 9
        Row by row, a square whose side is an even number from 8 to 32; rows may be given as lists.
    transform : {"translate", "rotate", "scale", "permute"}
        t. Only an image can be rotated.
    shift, down : int, -16 to 16
        Places to the right and, of an image, down.
    angle : int, -180 to 180
        Degrees, anticlockwise.
    scale : int, 50 to 200
        Per cent.
    permutation : int, 1 to 99
        Which of the permutations; each is the same for every input.
    function : {"convolution", "stride-2", "max-pool", "fully-connected", "segmenter", \
"mean-pool", "classifier"}
        f. Each is written out in `course_lib.convolution.equivariance`; none is trained.
    kernel : {"gaussian", "mean", "derivative", "laplacian"}
        The weights of the convolution, with stride 1 or 2.
    weights : list of float
        Weights of one's own in their place: 3 for a signal, 9 for an image, row by row; empty for
        the named ones.
    head : {"flatten", "pool"}
        What the classifier decides by: all features at their places, or the mean of each map.
    border : {"zeros", "circular"}
        What stands beyond an edge, for t and for f.
    place : int or None
        The place of the output whose numbers are shown, counted from 0.
    output, expected : list of float
        f[t[x]] and t[f[x]] as the page computes them; f[x] for "mean-pool" and "classifier", whose
        answer is about the whole. Empty where t has no counterpart. `reference` is `output`,
        computed by torch.
    difference : float or None
        The largest difference between the two.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "equivariance"
    _esm = front_end("equivariance.js")
    _css = front_end("demos.css")

    dimensions = Checked(1).tag(sync=True)
    signal = Checked(list(BUMP)).tag(sync=True)
    image = Checked(list(DISC)).tag(sync=True)
    transform = Checked("translate").tag(sync=True)
    shift = Checked(3).tag(sync=True)
    down = Checked(0).tag(sync=True)
    angle = Checked(90).tag(sync=True)
    scale = Checked(150).tag(sync=True)
    permutation = Checked(1).tag(sync=True)
    function = Checked("convolution").tag(sync=True)
    kernel = Checked("gaussian").tag(sync=True)
    weights = Checked([]).tag(sync=True)
    head = Checked("flatten").tag(sync=True)
    border = Checked("zeros").tag(sync=True)
    place = Checked(None).tag(sync=True)
    output = traitlets.List(traitlets.Float()).tag(sync=True)
    expected = traitlets.List(traitlets.Float()).tag(sync=True)
    difference = traitlets.Float(None, allow_none=True).tag(sync=True)
    title = traitlets.Unicode("First t, then f. Or the other way round?").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag t[x] to move it, or a value of x or a weight to change it; or use the arrow keys."
        " Point at an output to read its numbers."
    ).tag(sync=True)

    @traitlets.validate(*SHAPING, "place")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        checked = CHECKS[trait](trait, value)
        names = ("dimensions", "transform", "weights")
        state = {name: getattr(self, name) for name in names} | {trait: checked}
        if state["dimensions"] == 1 and state["transform"] == "rotate":
            raise TraitError(
                f"{trait} is {shown(value)}: a signal has one axis and cannot be rotated;"
                " expected dimensions 2 with transform 'rotate'"
            )
        takes = 3 if state["dimensions"] == 1 else 9
        if state["weights"] and len(state["weights"]) != takes:
            raise TraitError(
                f"{trait} is {shown(value)}: there are {len(state['weights'])} weights for"
                f" {state['dimensions']} dimensions; expected {takes}, or none for the named kernel"
            )
        return checked

    @traitlets.default("output")
    def _first_output(self) -> list[float]:
        return self._computed()[0]

    @traitlets.default("expected")
    def _first_expected(self) -> list[float]:
        return self._computed()[1] or []

    @traitlets.default("difference")
    def _first_difference(self) -> float | None:
        return _largest(*self._computed())

    @traitlets.observe(*SHAPING)
    def _refresh(self, _: object) -> None:
        output, expected = self._computed()
        self.output, self.expected = output, expected or []
        self.difference = _largest(output, expected)

    def reference(self) -> "Tensor":
        """Compute `output`, f[t[x]], with torch.

        Returns
        -------
        Tensor, shape (L_out,), float64
            Row by row, where x is an image.
        """
        return self._applied(self._moved(self._input(), self.shift, self.down)).flatten()

    def reference_expected(self) -> "Tensor | None":
        """Compute `expected` with torch: t[f[x]], or f[x] where the answer is about the whole.

        With a stride of 2 a shift by an odd number has no counterpart: of the whole shifts around
        it the one counts whose largest difference from f[t[x]] is least.

        Returns
        -------
        Tensor, shape (L_out,), float64, or None
            None where t says nothing of the output: a permutation of more places than it has.
        """
        from course_lib.convolution.equivariance import ANSWERS_ONCE, STRIDES

        x = self._input()
        answered = self._applied(x)
        if self.function in ANSWERS_ONCE:
            return answered.flatten()
        if self.transform == "permute" and answered.numel() != x.numel():
            return None
        stride = STRIDES.get(self.function, 1)
        best, least = None, float("inf")
        output = self.reference()
        for right, down in product(_around(self.shift, stride), _around(self.down, stride)):
            moved = self._moved(answered, right, down).flatten()
            largest = float((output - moved).abs().max())
            if largest < least - NOISE:
                best, least = moved, largest
        return best

    def _computed(self) -> tuple[list[float], list[float] | None]:
        expected = self.reference_expected()
        return self.reference().tolist(), None if expected is None else expected.tolist()

    def _input(self) -> "Tensor":
        import torch  # only the values need it, and it takes a second to import

        values = self.signal if self.dimensions == 1 else self.image
        rows = 1 if self.dimensions == 1 else isqrt(len(values))
        return torch.tensor(values, dtype=torch.float64).reshape(rows, -1)

    def _moved(self, grid: "Tensor", right: int, down: int) -> "Tensor":
        from course_lib.convolution import equivariance as functions

        if self.transform == "translate":
            return functions.translate(
                grid, right, 0 if self.dimensions == 1 else down, self.border
            )
        if self.transform == "rotate":
            return functions.rotate(grid, self.angle, self.border)
        if self.transform == "scale":
            return functions.scale(grid, self.scale, self.border)
        return functions.permute(grid, self.permutation)

    def _applied(self, grid: "Tensor") -> "Tensor":
        from course_lib.convolution.equivariance import apply

        settings = {"kernel_name": self.kernel, "head": self.head, "border": self.border}
        return apply(self.function, grid, weights=self.weights, **settings)


def _around(shift: int, stride: int) -> list[int]:
    """Return the shift in the output's places; where it is no whole one, its two neighbours."""
    inner = int(shift / stride)  # towards zero
    return [inner] if inner * stride == shift else [inner, inner + (1 if shift > 0 else -1)]


def _largest(output: list[float], expected: list[float] | None) -> float | None:
    if expected is None:
        return None
    return max(abs(a - b) for a, b in zip(output, expected, strict=True))


def _check_choice(trait: str, value: Any, *, choices: tuple[Any, ...]) -> Any:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (isinstance(value, str) or whole) or value not in choices:
        raise TraitError(
            f"{trait} is {shown(value)}; expected one of {', '.join(map(str, choices))}"
        )
    return value


def _check_signal(trait: str, value: Any) -> list[float]:
    values = check_numbers(trait, value, at_least=8, at_most=32, bound=100)
    if len(values) % 2:
        raise TraitError(f"{trait} has {len(values)} values; expected an even number of 8 to 32")
    return values


def _check_image(trait: str, value: Any) -> list[float]:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple) and all(isinstance(row, list | tuple) for row in value):
        value = [level for row in value for level in row]
    values = check_numbers(trait, value, at_least=64, at_most=1024, bound=9)
    side = isqrt(len(values))
    if side * side != len(values) or side % 2:
        raise TraitError(
            f"{trait} has {len(values)} values; expected a square whose side is even, 8 to 32"
        )
    if min(values) < 0:
        raise TraitError(f"{trait} holds {min(values):g}; expected grey levels between 0 and 9")
    return values


def _check_weights(trait: str, value: Any) -> list[float]:
    weights = check_numbers(trait, value, at_least=0, at_most=9, bound=100)
    if len(weights) not in (0, 3, 9):
        raise TraitError(f"{trait} has {len(weights)} weights; expected 3 or 9, or none")
    return weights


def _check_place(trait: str, value: Any) -> int | None:
    return None if value is None else check_whole(trait, value, at_least=0, at_most=1023)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "dimensions": partial(_check_choice, choices=(1, 2)),
    "signal": _check_signal,
    "image": _check_image,
    "transform": partial(_check_choice, choices=TRANSFORMS),
    "shift": partial(check_whole, at_least=-16, at_most=16),
    "down": partial(check_whole, at_least=-16, at_most=16),
    "angle": partial(check_whole, at_least=-180, at_most=180),
    "scale": partial(check_whole, at_least=50, at_most=200),
    "permutation": partial(check_whole, at_least=1, at_most=99),
    "function": partial(_check_choice, choices=FUNCTIONS),
    "kernel": partial(_check_choice, choices=KERNELS),
    "weights": _check_weights,
    "head": partial(_check_choice, choices=HEADS),
    "border": partial(_check_choice, choices=BORDERS),
    "place": _check_place,
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
