"""Frames one after another, and the same frames side by side on one sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from course_lib.figures.canvas import SMALL, Canvas

GUTTER = 24.0  # left of each frame of a strip, for its number, pixels
GAP = 24.0  # between the frames of a strip, pixels
# Never near three changes a second, from which flashes may harm (WCAG 2.3.1).
SHORTEST, LONGEST = 0.5, 30.0  # seconds
WIDEST = 12  # frames in a row


@dataclass(frozen=True)
class Frame:
    """One picture of a film.

    Attributes
    ----------
    draw : Callable[[Canvas], None]
        Draws it on an empty canvas of the film's size.
    says : str
        What is seen, as part of a sentence: ``at output 2 the kernel lies on ...``.
    """

    draw: Callable[[Canvas], None]
    says: str


@dataclass(frozen=True)
class Film:
    """What an animation's function returns.

    Attributes
    ----------
    width, height : float
        Of a frame, pixels.
    frames : tuple of Frame
        In their order, at least two.
    seconds : float
        How long a frame stays, from 0.5 to 30; the last, which is read at leisure, twice that.
    columns : int
        Frames in a row of the strip, from 1 to 12.

    Raises
    ------
    ValueError
        If there are fewer than two frames, or a number is out of its limits.
    """

    width: float
    height: float
    frames: tuple[Frame, ...]
    seconds: float = 1.5
    columns: int = 2

    def __post_init__(self) -> None:
        if len(self.frames) < 2:
            raise ValueError(f"{len(self.frames)} frame: expected settings that give two or more")
        if not SHORTEST <= self.seconds <= LONGEST:
            raise ValueError(f"seconds={self.seconds:g}: expected from {SHORTEST:g} to {LONGEST:g}")
        if not 1 <= self.columns <= WIDEST:
            raise ValueError(f"columns={self.columns}: expected from 1 to {WIDEST}")

    @property
    def durations(self) -> tuple[float, ...]:
        """How long each frame stays, seconds."""
        return (self.seconds,) * (len(self.frames) - 1) + (2 * self.seconds,)

    def draw(self, index: int) -> Figure:
        """Draw a frame, counted from 0, in the current theme."""
        canvas = Canvas(self.width, self.height)
        self.frames[index].draw(canvas)
        return canvas.figure

    def strip(self) -> Figure:
        """Draw all frames on one sheet, numbered, row by row, in the current theme."""
        columns = min(self.columns, len(self.frames))
        rows = -(-len(self.frames) // columns)
        across, down = GUTTER + self.width, self.height
        sheet = Canvas(across * columns + GAP * (columns - 1), (down + GAP) * rows - GAP)
        for index, frame in enumerate(self.frames):
            row, column = divmod(index, columns)
            left, top = (across + GAP) * column, (down + GAP) * row
            sheet.text(left, top + 14, str(index + 1), "muted", size=SMALL, anchor="start")
            frame.draw(sheet.part(left + GUTTER, top, self.width, self.height))
        return sheet.figure

    def describe(self) -> str:
        """Say what happens, frame by frame."""
        steps = "; ".join(f"{n}) {frame.says}" for n, frame in enumerate(self.frames, start=1))
        return f"In {len(self.frames)} steps: {steps}."
