"""A convolution's geometry: kernel size, stride, dilation, and what they come to in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from course_lib.convolution import kernel_span, output_length
from course_lib.figures.convolution_1d.positions import reads
from course_lib.figures.numbers import counted

LONGEST = 16  # input that there is room to draw


@dataclass(frozen=True)
class Setting:
    """A convolution's geometry, as it is drawn."""

    kernel_size: int
    stride: int
    dilation: int
    length: int
    padding: str

    def __post_init__(self) -> None:
        """Raise a ValueError where there is no such convolution, or no room to draw it."""
        output_length(
            self.length,
            self.kernel_size,
            stride=self.stride,
            dilation=self.dilation,
            padding=self.padding,
        )
        if self.length > LONGEST:
            raise ValueError(f"length={self.length}: expected at most {LONGEST}")

    @cached_property
    def reads(self) -> list[list[tuple[int, int | None]]]:
        """Each output's taps."""
        return reads(
            self.length,
            self.kernel_size,
            stride=self.stride,
            dilation=self.dilation,
            padding=self.padding,
        )

    @property
    def span(self) -> int:
        """How many positions a window covers."""
        return kernel_span(self.kernel_size, self.dilation)

    @property
    def places(self) -> range:
        """All positions that are read, padding included, and all inputs."""
        at = [place for taps in self.reads for place, _ in taps]
        return range(min([0, *at]), max([self.length - 1, *at]) + 1)

    @property
    def beyond(self) -> int:
        """How many positions are read beyond the end that needs more."""
        return max(-self.places[0], self.places[-1] - self.length + 1)

    @property
    def name(self) -> str:
        """The setting in words."""
        return f"size {self.kernel_size}, stride {self.stride}, dilation {self.dilation}"

    @property
    def title(self) -> str:
        """The same, as a title."""
        return self.name[0].upper() + self.name[1:]

    @property
    def counts(self) -> str:
        """What the setting comes to."""
        return (
            f"{counted(self.length, 'input')} → {counted(len(self.reads), 'output')} · "
            f"{counted(self.kernel_size, 'weight')} · covers {self.span}"
        )

    @property
    def short(self) -> str:
        """The same, for a small diagram."""
        return f"{self.length} → {len(self.reads)}, covers {self.span}"

    @property
    def sentence(self) -> str:
        """The same, for those who cannot see it."""
        return (
            f"{self.name}: {counted(self.length, 'input')} give "
            f"{counted(len(self.reads), 'output')}, each from {counted(self.kernel_size, 'input')} "
            f"that cover {counted(self.span, 'position')}"
        )
