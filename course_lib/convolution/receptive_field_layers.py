"""What one layer reads along one axis: sliding windows, transposed windows, interpolation.

A layer of a network is described along one axis at a time; a two-dimensional layer is two of
these, one for its rows and one for its columns. Channels play no part: a unit reads all of them.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from course_lib.convolution.counts import check_count, is_whole
from course_lib.convolution.geometry import kernel_span
from course_lib.convolution.padding import PADDINGS, check_padding, source_index

__all__ = ["Layer", "LinearInterpolation", "TransposedWindow", "Window"]


class Layer(ABC):
    """A layer along one axis: which positions of the axis below each of its units reads."""

    padding_mode = "zeros"
    """What stands beyond the ends of the axis below: one of ``PADDINGS`` but "valid"."""

    @property
    @abstractmethod
    def step(self) -> tuple[int, int]:
        """Units and positions of one period: that many units on, that many positions on."""

    @abstractmethod
    def reads(self, unit: int) -> tuple[int, ...]:
        """Return the positions that a unit reads, ascending, as if the axis had no ends.

        Position 0 is the first value below; negative positions lie in the padding.
        """

    @abstractmethod
    def output_length(self, length: int) -> int:
        """Return how many units the layer has above an axis of a length.

        Raises
        ------
        ValueError
            If there is none; the message says why.
        """

    def sources(self, unit: int, length: int) -> tuple[int, ...]:
        """Return the values that a unit reads on an axis of a length, ascending.

        Padded zeros are left out; a value that stands in the padding again ("reflect",
        "replicate", "circular") counts as the value it repeats.
        """
        found = (source_index(p, length, self.padding_mode) for p in self.reads(unit))
        return tuple(sorted({source for source in found if source is not None}))


@dataclass(frozen=True)
class Window(Layer):
    """A window that slides: a convolution, or a pooling of any kind.

    Parameters
    ----------
    kernel_size : int
        Number of positions :math:`K` under the window.
    stride : int
        Distance :math:`s` between the windows of neighbouring units.
    dilation : int
        Distance :math:`d` between neighbouring positions of a window; 1 leaves no gap.
    padding : int or (int, int)
        Values added on the left and on the right; a negative number crops.
        `padding_amounts` gives those of the paddings with a name.
    ceil_mode : bool
        Whether a last window may hang over the right end, as torch's poolings can.
    padding_mode : str
        What the padding holds: one of ``PADDINGS`` but "valid".

    Raises
    ------
    ValueError
        If a number is impossible, or the padding is not known.

    Examples
    --------
    >>> Window(kernel_size=3, stride=2, dilation=2, padding=1).reads(5)
    (9, 11, 13)
    """

    kernel_size: int = 1
    stride: int = 1
    dilation: int = 1
    padding: int | tuple[int, int] = 0
    ceil_mode: bool = False
    padding_mode: str = "zeros"

    def __post_init__(self) -> None:
        for name in ("kernel_size", "stride", "dilation"):
            check_count(name, getattr(self, name))
        left, right = _pair("padding", self.padding)
        if self.padding_mode not in PADDINGS or self.padding_mode == "valid":
            raise ValueError(
                f"padding_mode={self.padding_mode!r}: expected one of "
                f"{', '.join(mode for mode in PADDINGS if mode != 'valid')}"
            )
        if self.padding_mode != "zeros" and (min(left, right) < 0 or self.ceil_mode):
            raise ValueError(
                f"padding={self.padding!r}, ceil_mode={self.ceil_mode}: only padding_mode='zeros' "
                f"goes with cropping or ceil_mode, got {self.padding_mode!r}"
            )

    @property
    def step(self) -> tuple[int, int]:
        """Units and positions of one period."""
        return 1, self.stride

    @property
    def left(self) -> int:
        """Number of values added on the left."""
        return _pair("padding", self.padding)[0]

    def reads(self, unit: int) -> tuple[int, ...]:
        """Return the positions that a unit reads, as if the axis had no ends."""
        first = unit * self.stride - self.left
        return tuple(first + k * self.dilation for k in range(self.kernel_size))

    def output_length(self, length: int) -> int:
        """Return how many windows fit on an axis of a length."""
        check_count("length", length)
        left, right = _pair("padding", self.padding)
        if self.padding_mode != "zeros":
            check_padding(length, left, right, self.padding_mode)
        span = kernel_span(self.kernel_size, self.dilation)
        room = length + left + right - span
        if self.ceil_mode:
            room += self.stride - 1
        windows = room // self.stride + 1
        # A window that hangs over must still begin on a value or in the padding on the left.
        if self.ceil_mode and (windows - 1) * self.stride >= length + left:
            windows -= 1
        if windows < 1:
            raise ValueError(
                f"length={length}: {self} spans {span} values, but with its padding the axis has "
                f"{length + left + right}; expected a longer axis, or more padding"
            )
        return windows


@dataclass(frozen=True)
class TransposedWindow(Layer):
    """A window transposed: a transposed convolution, or the duplication of values.

    Each value below is stamped on `kernel_size` units, and the stamps of neighbouring values are
    `stride` units apart. Duplication by a factor :math:`f` is ``TransposedWindow(f, stride=f)``.

    Parameters
    ----------
    kernel_size, stride, dilation : int
        Size :math:`K` of a stamp, distance :math:`s` between stamps, and distance :math:`d`
        between the units of one stamp.
    padding : int or (int, int)
        Units cropped on the left and on the right.
    output_padding : int
        Units added on the right; they tell apart the lengths that a stride makes one.

    Raises
    ------
    ValueError
        If a number is impossible.

    Examples
    --------
    >>> [TransposedWindow(kernel_size=3, stride=2).reads(unit) for unit in (2, 3, 4)]
    [(0, 1), (1,), (1, 2)]
    """

    kernel_size: int = 1
    stride: int = 1
    dilation: int = 1
    padding: int | tuple[int, int] = 0
    output_padding: int = 0

    def __post_init__(self) -> None:
        for name in ("kernel_size", "stride", "dilation"):
            check_count(name, getattr(self, name))
        _pair("padding", self.padding)
        check_count("output_padding", self.output_padding, least=0)
        if self.output_padding >= max(self.stride, self.dilation):
            raise ValueError(
                f"output_padding={self.output_padding}: expected less than the larger of "
                f"stride={self.stride} and dilation={self.dilation}"
            )

    @property
    def step(self) -> tuple[int, int]:
        """Units and positions of one period."""
        return self.stride, 1

    def reads(self, unit: int) -> tuple[int, ...]:
        """Return the positions whose stamps cover a unit, as if the axis had no ends."""
        left, _ = _pair("padding", self.padding)
        taps = (unit + left - k * self.dilation for k in reversed(range(self.kernel_size)))
        return tuple(tap // self.stride for tap in taps if tap % self.stride == 0)

    def output_length(self, length: int) -> int:
        """Return how many units the stamps of an axis of a length cover, less what is cropped."""
        check_count("length", length)
        left, right = _pair("padding", self.padding)
        covered = (length - 1) * self.stride + kernel_span(self.kernel_size, self.dilation)
        units = covered + self.output_padding - left - right
        if units < 1:
            raise ValueError(
                f"length={length}: {self} covers {covered + self.output_padding} units and crops "
                f"{left + right}; expected at least one to be left"
            )
        return units


@dataclass(frozen=True)
class LinearInterpolation(Layer):
    """Linear interpolation to `factor` times the length (in two dimensions: bilinear).

    The ends of both axes are aligned, not the centres of their outer values: torch's
    ``align_corners=False``. (The other alignment depends on the length, so that its units do not
    all read alike.) Beyond the ends the outer values are repeated.

    Parameters
    ----------
    factor : int
        Number of units for one value below.

    Raises
    ------
    ValueError
        If the factor is less than 1.

    Examples
    --------
    >>> [LinearInterpolation(3).reads(unit) for unit in (3, 4, 5)]
    [(0, 1), (1,), (1, 2)]
    """

    factor: int
    padding_mode = "replicate"

    def __post_init__(self) -> None:
        check_count("factor", self.factor)

    @property
    def step(self) -> tuple[int, int]:
        """Units and positions of one period."""
        return self.factor, 1

    def reads(self, unit: int) -> tuple[int, ...]:
        """Return the one or two positions between which a unit stands."""
        # The unit's centre stands at (unit + 1/2) / factor - 1/2 on the axis below.
        below, rest = divmod(2 * unit + 1 - self.factor, 2 * self.factor)
        return (below,) if rest == 0 else (below, below + 1)

    def output_length(self, length: int) -> int:
        """Return `factor` times the length."""
        check_count("length", length)
        return self.factor * length


def check_whole(name: str, value: object) -> None:
    """Raise a ValueError unless a value is a whole number, negative ones included."""
    if not is_whole(value):
        raise ValueError(f"{name}={value!r}: expected a whole number")


def _pair(name: str, value: int | tuple[int, int]) -> tuple[int, int]:
    """Return the amounts on the left and on the right."""
    pair = value if isinstance(value, tuple) else (value, value)
    if len(pair) != 2:
        raise ValueError(f"{name}={value!r}: expected one whole number or two (left, right)")
    for amount in pair:
        check_whole(name, amount)
    return pair
