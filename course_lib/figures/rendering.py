"""Draw a registered figure and write it as a file: the same input, the same bytes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal

from matplotlib.figure import Figure

from course_lib.figures.animation import AnimationEntry
from course_lib.figures.fonts import embed_fonts
from course_lib.figures.moving import MOVING, Moving, as_moving
from course_lib.figures.palette import Theme, page_colours
from course_lib.figures.printing import as_pdf, as_png
from course_lib.figures.registry import FigureEntry, load
from course_lib.figures.sheet import Sheet
from course_lib.figures.svg import Element, to_svg, write
from course_lib.figures.theme import drawing

Format = Literal["svg", "pdf", "png"] | Moving
FORMATS: tuple[Format, ...] = ("svg", "pdf", "png")  # of every figure

PNG_DPI = 216  # three pixels for each of the figure's, sharp on a projector


def page_svg(entry: FigureEntry, params: dict[str, Any]) -> Element:
    """Draw a figure for a page, its colours CSS variables, its text in the page's font.

    Raises
    ------
    ValueError
        If the figure uses a colour that is not the palette's.
    """
    key = instance_key(entry.name, entry.check(params))
    with drawing("page"):
        return _painted(entry, entry.draw(**params), key)


def page_frames(entry: AnimationEntry, params: dict[str, Any]) -> list[Element]:
    """Draw an animation's frames for a page, each as `page_svg` draws a figure."""
    film = entry.film(**params)
    key = instance_key(entry.name, entry.check(params))
    with drawing("page"):
        return [
            _painted(entry, film.draw(index), f"{key}-{index + 1}")
            for index in range(len(film.frames))
        ]


def _painted(entry: FigureEntry, figure: Figure, key: str) -> Element:
    """Turn the stand-ins of a drawing for a page into its variables."""
    colours = page_colours()

    def paint(colour: str) -> str:
        if colour not in colours:
            raise ValueError(f"figure {entry.name} uses {colour}, which is not in the palette")
        return colours[colour]

    return to_svg(figure, key=key, paint=paint)


def formats_of(entry: FigureEntry) -> tuple[Format, ...]:
    """Return the formats that a figure can be written in: those that move only if it does."""
    return FORMATS + MOVING if isinstance(entry, AnimationEntry) else FORMATS


def render(
    name: str,
    format: Format = "svg",
    theme: Theme = "light",
    *,
    sheet: Sheet | None = None,
    dpi: float = PNG_DPI,
    **params: Any,
) -> bytes:
    """Draw a figure for use outside the page: slides, a paper, a worksheet.

    Parameters
    ----------
    name : str
        ``chapter/figure``.
    format : {"svg", "pdf", "png", "apng", "webp", "gif"}
        SVG and PDF carry their fonts. The last three are an animation's; of an animation the
        others are the strip of its frames.
    theme : {"light", "dark", "print"}
        The colours.
    sheet : Sheet, optional
        What the figure is fitted to, in the middle; by default its own size.
    dpi : float
        Pixels of a picture for 72 of the sheet's, from 36 to 1,200.
    **params
        The figure's own parameters.

    Returns
    -------
    bytes
        The file's content; no date, no version, so the same input gives the same bytes.

    Raises
    ------
    UnknownFigureError
        If no figure has this name.
    ValueError
        If the format or theme is not one of these, or a parameter's value is not allowed.
    """
    return render_entry(load(name), format, theme, sheet=sheet, dpi=dpi, **params)


def render_entry(
    entry: FigureEntry,
    format: Format = "svg",
    theme: Theme = "light",
    *,
    sheet: Sheet | None = None,
    dpi: float = PNG_DPI,
    **params: Any,
) -> bytes:
    """Draw a figure that need not be registered; all else as for `render`."""
    formats = formats_of(entry)
    if format not in formats:
        raise ValueError(f"format is {format!r}; expected one of {', '.join(formats)}")
    if theme == "page":
        raise ValueError("theme is 'page', which only a page can colour; use light, dark or print")
    if not 36 <= dpi <= 1200:
        raise ValueError(f"dpi={dpi:g}: expected from 36 to 1,200")
    alt = entry.describe(**params)
    with drawing(theme) as colours:
        if isinstance(entry, AnimationEntry) and format in MOVING:
            film = entry.film(**params)
            frames = [as_png(film.draw(n), {}, dpi, sheet) for n in range(len(film.frames))]
            words = {"Title": entry.title, "Description": alt}
            return as_moving(frames, film.durations, format, words)
        figure = entry.draw(**params)
        if format == "svg":
            key = instance_key(entry.name, entry.check(params))
            root = to_svg(figure, key=key, paint=str)
            return _standalone(root, entry.title, alt, key, colours.paper, sheet)
        about = {"Title": entry.title, "Description" if format == "png" else "Subject": alt}
        if format == "png":
            return as_png(figure, about, dpi, sheet)
        return as_pdf(figure, about, sheet)


def save(
    name: str,
    path: str | os.PathLike[str],
    *,
    format: Format | None = None,
    theme: Theme = "light",
    sheet: Sheet | None = None,
    dpi: float = PNG_DPI,
    **params: Any,
) -> Path:
    """Write a figure to a file, whole or not at all.

    Parameters
    ----------
    name : str
        ``chapter/figure``.
    path : path-like
        The file; its folder is made where it is missing.
    format : {"svg", "pdf", "png", "apng", "webp", "gif"}, optional
        By default what the path's ending says.
    theme : {"light", "dark", "print"}
        The colours.
    sheet, dpi
        As for `render`.
    **params
        The figure's own parameters.

    Returns
    -------
    Path
        The file written.
    """
    path = Path(path)
    ending = path.suffix.lstrip(".").lower()
    kind: Any = format or ending
    content = render(name, kind, theme, sheet=sheet, dpi=dpi, **params)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
    try:
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError:
        os.unlink(file.name)
        raise
    return path


def instance_key(name: str, params: dict[str, Any]) -> str:
    """Return what begins the ids of a figure drawn with these parameters, the same in each run."""
    said = repr((name, sorted(params.items())))
    return "f" + hashlib.sha256(said.encode()).hexdigest()[:8]


def _standalone(
    root: Element, title: str, alt: str, key: str, paper: str, sheet: Sheet | None
) -> bytes:
    """Make an inline drawing a file: size, name, background and fonts of its own."""
    _, _, width, height = root.get("viewBox", "").split()
    x, y, across, down = "0", "0", width, height
    if sheet is not None:
        placed = sheet.fit(float(width), float(height))
        x, y = (f"{-edge / placed.scale:.6g}" for edge in (placed.left, placed.top))
        across, down = (f"{side / placed.scale:.6g}" for side in (sheet.width, sheet.height))
        width, height = f"{sheet.width:g}", f"{sheet.height:g}"
    labels = {"aria-labelledby": f"{key}-title", "aria-describedby": f"{key}-desc"}
    whole = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "xmlns:xlink": "http://www.w3.org/1999/xlink",
            "width": width,
            "height": height,
            **root.attrib,
            "viewBox": f"{x} {y} {across} {down}",
            "role": "img",
            **labels,
        },
    )
    for tag, text in (("title", title), ("desc", alt)):
        label = Element(tag, {"id": f"{key}-{tag}"})
        label.text = text
        whole.append(label)
    whole.append(Element("rect", {"x": x, "y": y, "width": across, "height": down, "fill": paper}))
    whole.extend(root)
    embed_fonts(whole)
    return write(whole).encode()
