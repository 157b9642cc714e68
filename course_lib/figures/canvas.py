"""A sheet measured in pixels, and the few strokes that all drawings are made of.

The origin is the upper left corner and y runs downwards, as in the page. One unit is one pixel of
the figure at its natural width. Colours are given by role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from math import atan2
from typing import Any

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from course_lib.figures.fitting import formula_lines, text_size
from course_lib.figures.formula import Anchor, Formula, parse
from course_lib.figures.theme import current_margin, current_palette

Point = tuple[float, float]

UNIT = 8.0  # distances are multiples of this, pixels
TEXT = 15.0  # size of numbers and labels, pixels
SMALL = 14.0  # size of notes: the smallest there is, pixels
COLUMN = 416.0  # widest that still shows all of itself on a phone, pixels
MIDDLE = 0.36  # from a line's middle down to its baseline, in text sizes
LEADING = 1.3  # from one line of a formula to the next, in text sizes
PIXELS = 72.0  # one point of matplotlib is one pixel here


class Canvas:
    """A figure that is drawn on in pixels.

    Parameters
    ----------
    width, height : float
        Natural size, pixels; where the drawing stands by itself, a margin is added.
    """

    def __init__(self, width: float, height: float) -> None:
        self.palette = current_palette()
        self.width, self.height = width, height
        self._sheet = (0.0, width)  # its left and right edge, in this canvas's own pixels
        edge = current_margin()
        across, down = width + 2 * edge, height + 2 * edge
        self.figure = Figure(
            figsize=(across / PIXELS, down / PIXELS), dpi=PIXELS, facecolor=self.palette.paper
        )
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(-edge, width + edge), ylim=(height + edge, -edge))
        self._axes.set_axis_off()

    def part(self, left: float, top: float, width: float, height: float) -> Canvas:
        """Return a canvas whose sheet is a part of this one, its origin the part's corner."""
        part = copy(self)
        part.width, part.height = width, height
        part._sheet = (self._sheet[0] - left, self._sheet[1] - left)
        (x0, x1), (y1, y0) = self._axes.get_xlim(), self._axes.get_ylim()
        across, down = x1 - x0, y1 - y0
        place = ((left - x0) / across, (y1 - top - height) / down, width / across, height / down)
        part._axes = self.figure.add_axes(place)
        part._axes.set(xlim=(0, width), ylim=(height, 0))
        part._axes.set_axis_off()
        return part

    def lines(
        self,
        strokes: Iterable[Sequence[Point]],
        role: str = "muted",
        *,
        width: float = 1.0,
        alpha: float = 1.0,
        dashed: bool = False,
        curved: bool = False,
    ) -> None:
        """Draw polylines in one stroke style.

        Parameters
        ----------
        strokes : iterable of sequences of (x, y)
            One line each.
        role : str
            The lines' colour.
        width : float
            Their width, pixels.
        alpha : float
            Their opacity, 0 to 1.
        dashed : bool
            Whether they are dashed.
        curved : bool
            Whether each is four points of a cubic Bézier curve.
        """
        points: list[Point] = []
        codes: list[Any] = []
        for stroke in strokes:
            points.extend(stroke)
            follow = Path.CURVE4 if curved else Path.LINETO
            codes.extend([Path.MOVETO] + [follow] * (len(stroke) - 1))
        if not points:
            return
        self._add(
            PathPatch(
                Path(points, codes),
                facecolor="none",
                edgecolor=to_rgba(self.palette.colour(role), alpha),
                linewidth=width,
                linestyle=(0, (4, 3)) if dashed else "solid",
                joinstyle="round",
            )
        )

    def area(self, points: Sequence[Point], role: str, *, alpha: float = 1.0) -> None:
        """Fill a polygon, without an edge."""
        codes: list[Any] = [Path.MOVETO] + [Path.LINETO] * (len(points) - 1) + [Path.CLOSEPOLY]
        path = Path([*points, points[0]], codes)
        colour = to_rgba(self.palette.colour(role), alpha)
        self._add(PathPatch(path, facecolor=colour, edgecolor="none", linewidth=0.0))

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 1.5,
        dashed: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Draw a disc, a ring, or both, round a centre."""
        self._add(Circle((x, y), radius, **self._paint(fill, edge, width, dashed, alpha)))

    def square(
        self,
        x: float,
        y: float,
        side: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 1.5,
        dashed: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Draw a square round a centre."""
        corner = (x - side / 2, y - side / 2)
        paint = self._paint(fill, edge, width, dashed, alpha)
        self._add(Rectangle(corner, side, side, **paint))

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 1.5,
        radius: float = 6.0,
        dashed: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Draw a rectangle with rounded corners."""
        style = f"round,pad=0,rounding_size={radius}"
        paint = self._paint(fill, edge, line, dashed, alpha)
        self._add(FancyBboxPatch((left, top), width, height, boxstyle=style, **paint))

    def image(
        self, left: float, top: float, width: float, height: float, pixels: NDArray[np.uint8]
    ) -> None:
        """Lay a picture on the sheet, each of its pixels a sharp square.

        Parameters
        ----------
        left, top, width, height : float
            Where it lies.
        pixels : array of uint8, shape (H, W) or (H, W, 3)
            Grey levels, or red, green and blue, 0 to 255: the same in every theme.
        """
        colours = np.stack([pixels] * 3, axis=-1) if pixels.ndim == 2 else pixels
        limits = self._axes.get_xlim(), self._axes.get_ylim()
        picture = self._axes.imshow(
            colours,
            extent=(left, left + width, top + height, top),
            interpolation="none",
            aspect="auto",
        )
        picture.set_clip_on(False)
        self._axes.set(xlim=limits[0], ylim=limits[1])

    def text(
        self,
        x: float,
        y: float,
        words: str,
        role: str = "text",
        *,
        size: float = TEXT,
        anchor: Anchor = "middle",
        bold: bool = False,
        within: float | None = None,
    ) -> None:
        """Write plain text, `y` at the middle of its figures and capitals.

        It is set smaller where it is wider than `within` pixels, or than the sheet.
        """
        room = self._room(x, anchor)
        size = text_size(words, size, room if within is None else min(room, within), bold=bold)
        across = {"start": "left", "middle": "center", "end": "right"}[anchor]
        self._axes.text(
            x,
            y + MIDDLE * size,
            words,
            color=self.palette.colour(role),
            size=size,
            ha=across,
            va="baseline",
            weight="bold" if bold else "normal",
            parse_math=False,
        )

    def formula(
        self,
        x: float,
        y: float,
        markup: str,
        role: str = "text",
        *,
        size: float = TEXT,
        anchor: Anchor = "middle",
        bold: bool = False,
    ) -> None:
        """Write a line of several roles, marked up as :func:`~.formula.parse` says.

        Where it is wider than the sheet it is set smaller, and at last on two lines round `y`.
        """
        weight = "bold" if bold else "normal"
        lines, size = formula_lines(parse(markup, role), size, self._room(x, anchor), weight)
        for n, pieces in enumerate(lines):
            down = LEADING * size * (n - (len(lines) - 1) / 2)
            line = Formula(x, y + down + MIDDLE * size, pieces, self.palette, size, anchor, weight)
            # Above all shapes, as matplotlib does with its own text.
            line.set_zorder(3)
            self._axes.add_artist(line)
            line.set_clip_on(False)

    def arrow(self, start: Point, end: Point, role: str = "muted", *, head: float = 4.0) -> None:
        """Draw a thin straight line with an open head at its end."""
        (x0, y0), (x1, y1) = start, end
        turn = Affine2D().rotate(atan2(y1 - y0, x1 - x0)).translate(x1, y1)
        wings = [(float(x), float(y)) for x, y in turn.transform([(-head, -head), (-head, head)])]
        self.lines([[start, end], [wings[0], end, wings[1]]], role)

    def _room(self, x: float, anchor: Anchor) -> float:
        """Return how wide a line may be at `x` and still lie on the sheet."""
        left, right = x - self._sheet[0], self._sheet[1] - x
        return {"start": right, "middle": 2 * min(left, right), "end": left}[anchor]

    def _paint(
        self, fill: str | None, edge: str | None, width: float, dashed: bool, alpha: float
    ) -> dict[str, Any]:
        """Turn roles into matplotlib's words; opacity is the fill's, an edge stays whole."""
        return {
            "facecolor": "none" if fill is None else to_rgba(self.palette.colour(fill), alpha),
            "edgecolor": "none" if edge is None else self.palette.colour(edge),
            "linewidth": 0.0 if edge is None else width,
            "linestyle": (0, (2, 2)) if dashed else "solid",
            "joinstyle": "round",
        }

    def _add(self, patch: Circle | Rectangle | FancyBboxPatch | PathPatch) -> None:
        patch.set_clip_on(False)
        self._axes.add_patch(patch)
