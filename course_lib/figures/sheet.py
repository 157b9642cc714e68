"""The sheet that a figure is fitted to: a slide's size, whatever the figure's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A width and a height, pixels; 72 of them are an inch on paper.

    Raises
    ------
    ValueError
        If a side is not from 16 to 20,000 pixels.
    """

    width: float
    height: float

    def __post_init__(self) -> None:
        for name, side in (("width", self.width), ("height", self.height)):
            if not 16 <= side <= 20_000:
                raise ValueError(f"{name}={side:g}: expected from 16 to 20,000 pixels")

    def fit(self, width: float, height: float) -> Placement:
        """Return where a figure stands: as large as it can be, in the middle."""
        scale = min(self.width / width, self.height / height)
        return Placement(
            scale, (self.width - scale * width) / 2, (self.height - scale * height) / 2
        )


@dataclass(frozen=True)
class Placement:
    """Where a figure stands on a sheet.

    Attributes
    ----------
    scale : float
        Pixels of the sheet for one of the figure's.
    left, top : float
        Its upper left corner, pixels of the sheet.
    """

    scale: float
    left: float
    top: float
