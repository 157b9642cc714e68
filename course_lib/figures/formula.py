"""Formulas and other text of several colours, one line each.

matplotlib's text has one colour and one style. A formula coloured by role is drawn as pieces side
by side; in SVG the pieces become one `<text>` again, so that whatever font the page has, they stand
close together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties
from matplotlib.transforms import Bbox

from course_lib.figures.palette import Palette

Anchor = Literal["start", "middle", "end"]

SUBSCRIPT_SIZE = 0.72  # of the text's size
SUBSCRIPT_DROP = 0.24
SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of the width left of the anchor
GROUP = "formula"  # the SVG group's id begins with this word

_TOKEN = re.compile(
    r"\{(?P<role>[a-z-]+):|(?P<close>\})|_\{(?P<long>[^}]*)\}|_(?P<short>\w)"
    r"|(?P<variable>(?<![^\W\d_])[^\W\d_](?![^\W\d_]))|(?P<plain>.)"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one role, upright or italic, on the line or below it."""

    text: str
    role: str
    italic: bool = False
    subscript: bool = False


def parse(markup: str, role: str = "text") -> list[Piece]:
    """Split markup into pieces.

    ``{input:…}`` colours by role, ``_i`` and ``_{i+1}`` are subscripts, and a letter that stands
    alone is a variable, hence italic: ``"{output:z_i} = {kernel-text:ω_1} {input:x_{i−1}}"``.

    Parameters
    ----------
    markup : str
        One line.
    role : str
        The role of what is outside braces.
    """
    pieces: list[Piece] = []
    roles = [role]
    for token in _TOKEN.finditer(markup):
        if token["role"]:
            roles.append(token["role"])
        elif token["close"]:
            roles.pop()
        elif below := token["long"] or token["short"]:
            pieces.extend(
                Piece(part, roles[-1], italic=part.isalpha(), subscript=True)
                for part in re.findall(r"[^\W\d_]+|[\W\d_]+", below)
            )
        else:
            new = Piece(token[0], roles[-1], italic=bool(token["variable"]))
            last = pieces[-1] if pieces else None
            if last and (last.role, last.italic, last.subscript) == (new.role, new.italic, False):
                new = Piece(pieces.pop().text + new.text, new.role, new.italic)
            pieces.append(new)
    return pieces


class Formula(Artist):
    """A line of pieces at a point of the axes, on its baseline.

    Parameters
    ----------
    x, y : float
        The anchor's place, in the units of the axes.
    pieces : list of Piece
        What to write.
    colours : Palette
        The colours of its roles.
    size : float
        The text's size, pixels.
    anchor : {"start", "middle", "end"}
        Which point of the line stands at `x`.
    """

    def __init__(
        self,
        x: float,
        y: float,
        pieces: list[Piece],
        colours: Palette,
        size: float,
        anchor: Anchor,
        weight: str = "normal",
    ) -> None:
        super().__init__()
        self._place = (x, y)
        self._pieces = pieces
        self._colours = colours
        self._size = size
        self._anchor = anchor
        self._weight = weight

    @property
    def colours(self) -> set[str]:
        """The colours that it is written in."""
        return {self._colours.colour(piece.role) for piece in self._pieces}

    def get_window_extent(self, renderer: Any = None) -> Bbox:
        """Return the line's box in display coordinates."""
        if renderer is None:
            assert self.figure is not None
            renderer = self.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        left, up, widths = self._layout(renderer)
        size = self._size * renderer.points_to_pixels(1.0)
        return Bbox.from_extents(left, up - 0.25 * size, left + sum(widths), up + 0.75 * size)

    def draw(self, renderer: Any) -> None:
        """Write the pieces from left to right."""
        if not self.get_visible():
            return
        left, up, widths = self._layout(renderer)
        scale = renderer.points_to_pixels(1.0)
        height = renderer.get_canvas_width_height()[1]
        at = left + SHARE[self._anchor] * sum(widths)
        name = f"{GROUP} {self._anchor} {at / scale:.4f} {(height - up) / scale:.4f}"
        renderer.open_group(GROUP, gid=name)
        for piece, width in zip(self._pieces, widths, strict=True):
            gc = renderer.new_gc()
            gc.set_foreground(self._colours.colour(piece.role))
            drop = SUBSCRIPT_DROP * self._size * scale if piece.subscript else 0.0
            place = height - up + drop if renderer.flipy() else up - drop
            renderer.draw_text(gc, left, place, piece.text, self._font(piece), 0.0)
            gc.restore()
            left += width
        renderer.close_group(GROUP)
        self.stale = False

    def _layout(self, renderer: Any) -> tuple[float, float, list[float]]:
        """Return the left end, the baseline and the pieces' widths, in display units."""
        assert self.axes is not None
        at, up = map(float, self.axes.transData.transform(self._place))
        widths = [
            float(renderer.get_text_width_height_descent(p.text, self._font(p), ismath=False)[0])
            for p in self._pieces
        ]
        return at - SHARE[self._anchor] * sum(widths), up, widths

    def _font(self, piece: Piece) -> FontProperties:
        size = self._size * (SUBSCRIPT_SIZE if piece.subscript else 1.0)
        style: Literal["normal", "italic"] = "italic" if piece.italic else "normal"
        return FontProperties(family=["DejaVu Sans"], size=size, style=style, weight=self._weight)
