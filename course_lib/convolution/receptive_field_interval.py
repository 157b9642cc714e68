"""What one unit of a layer reads, as an interval: size, jump and start.

`receptive_field_chain` and `receptive_field_graph` compute the fields of whole networks.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from course_lib.convolution.counts import check_count
from course_lib.convolution.receptive_field_layers import Layer, check_whole

__all__ = ["Interval", "ReceptiveField"]


class Interval(NamedTuple):
    """The positions from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """Number of positions."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class ReceptiveField:
    """The interval of inputs that each unit of a layer reads.

    Without upsampling all units read alike, `jump` inputs apart, and there is one phase. After
    upsampling by 2, say, neighbouring units may read the same inputs, or one input more: what they
    read repeats after `period` units.

    An interval runs from the first input to the last: with dilation, the unit may skip some
    between them. `units_read` gives the exact inputs.

    Parameters
    ----------
    jump : int or Fraction
        Distance of the fields of neighbouring units, on average; a Fraction after upsampling.
    phases : tuple of (Interval or None)
        The intervals of units 0, 1, …, period - 1, in the padding too; None where a unit reads
        nothing (a transposed convolution whose stride exceeds its kernel).
    """

    jump: int | Fraction
    phases: tuple[Interval | None, ...]

    @property
    def period(self) -> int:
        """Number of units after which the intervals repeat."""
        return len(self.phases)

    @property
    def size(self) -> int:
        """Number of inputs from the first that a unit reads to the last; the largest phase's."""
        return max((phase.size for phase in self.phases if phase), default=0)

    @property
    def start(self) -> int:
        """First input that unit 0 reads; negative in the padding.

        Raises
        ------
        ValueError
            If unit 0 reads nothing.
        """
        if self.phases[0] is None:
            raise ValueError("start: unit 0 reads no input, so its field has no start")
        return self.phases[0].first

    def interval(self, unit: int, length: int | None = None) -> Interval | None:
        """Return the first and the last input of a unit, or None if it reads nothing.

        Parameters
        ----------
        unit : int
            Index of the unit; a negative one is a unit that stands in the padding.
        length : int, optional
            Number of inputs: clip the interval to those that there are. Beyond its ends the axis
            is taken to hold zeros. An interval that is clipped can still end on an input that
            only padding would have passed on: `units_read` leaves such inputs out.
        """
        check_whole("unit", unit)
        turns, phase = divmod(unit, self.period)
        interval = self.phases[phase]
        if interval is None:
            return None
        shift = int(turns * self.period * self.jump)
        first, last = interval.first + shift, interval.last + shift
        if length is not None:
            check_count("length", length)
            first, last = max(first, 0), min(last, length - 1)
        return Interval(first, last) if first <= last else None

    def __str__(self) -> str:
        start = "none" if self.phases[0] is None else self.phases[0].first
        return f"size {self.size}, jump {self.jump}, start {start}"


INPUT = ReceptiveField(jump=1, phases=(Interval(0, 0),))
"""The field of the input itself: each value reads itself."""


def field_above(layer: Layer, below: ReceptiveField) -> ReceptiveField:
    """Return the receptive field of a layer that reads units with the field `below`."""
    units, positions = layer.step
    # The units repeat once the positions below them have moved by whole periods.
    period = units * (below.period // gcd(below.period, positions))
    phases = tuple(hull(below.interval(p) for p in layer.reads(unit)) for unit in range(period))
    return ReceptiveField(_simple(Fraction(below.jump) * positions / units), phases)


def field_union(fields: Sequence[ReceptiveField]) -> ReceptiveField:
    """Return the field of units that read several fields at once, all with one jump."""
    period = lcm(*(field.period for field in fields))
    phases = tuple(hull(field.interval(unit) for field in fields) for unit in range(period))
    return ReceptiveField(fields[0].jump, phases)


def hull(intervals: Iterable[Interval | None]) -> Interval | None:
    """Return the smallest interval that holds several, or None if there is none to hold."""
    held = [interval for interval in intervals if interval is not None]
    if not held:
        return None
    return Interval(min(i.first for i in held), max(i.last for i in held))


def _simple(jump: Fraction) -> int | Fraction:
    return jump.numerator if jump.denominator == 1 else jump
