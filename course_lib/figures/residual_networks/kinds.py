"""Plain and residual networks as this chapter draws them, in every chart and in its demo."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.figures.canvas import SMALL, Canvas


@dataclass(frozen=True)
class Kind:
    """How a kind of network is called and drawn.

    Attributes
    ----------
    name : str
    skip : bool
    role : str
        Of its line and its marks.
    text_role : str
        Of words in its colour.
    """

    name: str
    skip: bool
    role: str
    text_role: str

    def mark(self, canvas: Canvas, x: float, y: float, *, hollow: bool = False) -> None:
        """Draw its mark: a disc with skips, a square without."""
        fill, edge = ("paper", self.role) if hollow else (self.role, None)
        if self.skip:
            canvas.circle(x, y, 3.75, fill=fill, edge=edge, width=1.25)
        else:
            canvas.square(x, y, 7, fill=fill, edge=edge, width=1.25)


PLAIN = Kind("plain", False, "kernel", "kernel-text")
RESIDUAL = Kind("residual", True, "output", "output")
KINDS = (PLAIN, RESIDUAL)


def key(canvas: Canvas, y: float, *, left: float = 0) -> None:
    """Write both names behind their marks, in a line."""
    for kind, x in zip(KINDS, (left + 6, left + 80), strict=True):
        kind.mark(canvas, x, y)
        canvas.text(x + 10, y, kind.name, kind.text_role, size=SMALL, anchor="start")
