"""Text that is set smaller, or on two lines, where it is wider than the room that it has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from course_lib.figures.formula import SUBSCRIPT_SIZE, Piece

LEAST = 5.0  # the smallest that text is set, however little room it has, pixels
READABLE = 11.0  # the smallest that a formula is set on one line, pixels
SLACK = 1.0  # a measured width depends on the renderer by less than this, pixels
EDGE = 4.0  # left free where a formula is set smaller, both sides together, pixels
MEASURED_AT = 100.0  # size at which widths are measured: hinting does not matter there, pixels
BREAKS = (" = ", " + ", " \N{MINUS SIGN} ")  # a line may begin with these


@cache
def _width(words: str, weight: str, italic: bool) -> float:
    """Return how wide words are, in sizes of their text."""
    # Spaces at the ends may not count, so that they are measured between two letters.
    font = FontProperties(
        family=["DejaVu Sans"], weight=weight, style="italic" if italic else "normal"
    )
    font.set_size(MEASURED_AT)
    both, bare = (
        text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
        for text in (f"H{words}H", "HH")
    )
    return float(both - bare) / MEASURED_AT


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are, pixels."""
    return size * _width(words, "bold" if bold else "normal", False)


def text_size(words: str, size: float, room: float, *, bold: bool = False) -> float:
    """Return the size, at most `size`, at which words fit a width; not below `LEAST`.

    Parameters
    ----------
    words : str
        One line.
    size, room : float
        The usual size and the width that there is, pixels.
    bold : bool
        Whether the words are bold.
    """
    wide = text_width(words, size, bold=bold)
    return size if wide <= room + SLACK else max(LEAST, size * room / wide)


def formula_lines(
    pieces: Sequence[Piece], size: float, room: float, weight: str = "normal"
) -> tuple[list[list[Piece]], float]:
    """Return a formula's lines, one or two, and the size at which they fit a width.

    It is set smaller down to `READABLE`, then broken before the sign that leaves its lines most
    alike, and set smaller still, down to `LEAST`, where that is not enough.
    """
    wide = size * _pieces_width(pieces, weight)
    if wide <= room + SLACK:
        return [list(pieces)], size
    if (one := size * (room - EDGE) / wide) >= READABLE or not (lines := _broken(pieces, weight)):
        return [list(pieces)], max(LEAST, one)
    longest = max(_pieces_width(line, weight) for line in lines)
    return lines, max(LEAST, min(READABLE, (room - EDGE) / longest))


def _pieces_width(pieces: Sequence[Piece], weight: str) -> float:
    return sum(
        _width(piece.text, weight, piece.italic) * (SUBSCRIPT_SIZE if piece.subscript else 1)
        for piece in pieces
    )


def _broken(pieces: Sequence[Piece], weight: str) -> list[list[Piece]]:
    """Return the two lines that are most alike in width, or none where there is no sign."""
    atoms: list[Piece] = []
    starts: list[int] = []
    for piece in pieces:
        rest = piece.text
        while places := [place for sign in BREAKS if (place := rest.find(sign, 1)) > 0]:
            atoms.append(Piece(rest[: min(places)], piece.role, piece.italic, piece.subscript))
            rest = rest[min(places) :]
            starts.append(len(atoms))
        if rest.startswith(BREAKS) and atoms:
            starts.append(len(atoms))
        atoms.append(Piece(rest, piece.role, piece.italic, piece.subscript))
    widths = [_pieces_width([atom], weight) for atom in atoms]
    ends = [0.0, *accumulate(widths)]
    if not starts:
        return []
    at = min(starts, key=lambda start: abs(2 * ends[start] - ends[-1]))
    first, second = atoms[:at], atoms[at:]
    head = second[0]
    second[0] = Piece(head.text.lstrip(), head.role, head.italic, head.subscript)
    return [first, second]
