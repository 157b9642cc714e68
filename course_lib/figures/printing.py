"""A drawn figure as PDF or PNG, at its own size or fitted to a sheet; no date and no version."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from course_lib.figures.sheet import Sheet

if TYPE_CHECKING:
    from pypdf import PageObject

PIXELS = 72.0  # of the figure, for an inch of paper


def as_png(figure: Figure, about: Mapping[str, str], dpi: float, sheet: Sheet | None) -> bytes:
    """Return a PNG.

    Parameters
    ----------
    figure : Figure
    about : mapping of str to str
        What the file says of itself.
    dpi : float
        Pixels of the file for 72 of the sheet's.
    sheet : Sheet, optional
        What the figure is fitted to; by default its own size.
    """
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    if sheet is None:
        return _saved(figure, "png", {"Software": None, **about}, dpi)
    placed = sheet.fit(*_size(figure))
    drawn = Image.open(BytesIO(_saved(figure, "png", {"Software": None}, dpi * placed.scale)))
    across, down = (round(side * dpi / PIXELS) for side in (sheet.width, sheet.height))
    paper = tuple(round(255 * part) for part in to_rgba(figure.get_facecolor()))
    whole = Image.new("RGBA", (across, down), paper)
    # The drawing's own size is rounded as well, so that the middle is sought anew.
    whole.paste(drawn, ((across - drawn.width) // 2, (down - drawn.height) // 2))
    words = PngInfo()
    for key, text in about.items():
        words.add_itxt(key, text)
    file = BytesIO()
    whole.save(file, "png", pnginfo=words, dpi=(dpi, dpi))
    return file.getvalue()


def as_pdf(figure: Figure, about: Mapping[str, str], sheet: Sheet | None) -> bytes:
    """Return a PDF whose text stays text.

    Parameters
    ----------
    figure : Figure
    about : mapping of str to str
        What the file says of itself.
    sheet : Sheet, optional
        What the figure is fitted to; by default its own size.
    """
    nameless = {"CreationDate": None, "Creator": None, "Producer": None}
    drawn = _saved(figure, "pdf", {**nameless, **about}, PIXELS)
    if sheet is None:
        return drawn
    from pypdf import PdfWriter, Transformation

    inches = (sheet.width / PIXELS, sheet.height / PIXELS)
    paper = Figure(figsize=inches, facecolor=figure.get_facecolor())
    writer = PdfWriter()
    whole = writer.add_page(_page(_saved(paper, "pdf", nameless, PIXELS)))
    placed = sheet.fit(*_size(figure))
    # A page of PDF begins at the lower left; what stands in the middle stands there either way.
    moved = Transformation().scale(placed.scale).translate(placed.left, placed.top)
    whole.merge_transformed_page(_page(drawn), moved)
    writer.metadata = {f"/{key}": text for key, text in about.items()}
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _page(content: bytes) -> PageObject:
    from pypdf import PdfReader

    return PdfReader(BytesIO(content)).pages[0]


def _size(figure: Figure) -> tuple[float, float]:
    width, height = figure.get_size_inches()
    return PIXELS * width, PIXELS * height


def _saved(figure: Figure, format: str, metadata: Mapping[str, str | None], dpi: float) -> bytes:
    file = BytesIO()
    figure.savefig(file, format=format, dpi=dpi, metadata=dict(metadata))
    return file.getvalue()
