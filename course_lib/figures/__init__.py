"""The course's figures and animations: one function each, found by name.

- :func:`show` displays a figure in a notebook or a page, in the page's own theme.
- :func:`save` and :func:`render` export it as SVG, PDF or PNG, on a `Sheet` if wanted
  (:func:`render_entry` one that is not registered);
  :func:`export` draws many (each a `Job`), :func:`out_of_date` says which need it.
- :func:`load` and :func:`names` look into the registry; :func:`figure` adds to it, and so does
  :func:`animation`, whose functions return a `Film` of `Frame`; :func:`command` says what to type
  for a figure.

A chapter's figures stand in the module of its name; ``canvas`` and ``language`` hold what all of
them are drawn with.
"""

from course_lib.figures.animation import AnimationEntry, animation
from course_lib.figures.command import command
from course_lib.figures.display import Displayed, show
from course_lib.figures.export import Job, export, out_of_date
from course_lib.figures.film import Film, Frame
from course_lib.figures.moving import MOVING
from course_lib.figures.registry import (
    CHAPTERS,
    FigureEntry,
    UnknownFigureError,
    figure,
    load,
    names,
)
from course_lib.figures.rendering import FORMATS, formats_of, render, render_entry, save
from course_lib.figures.sheet import Sheet

__all__ = [
    "CHAPTERS",
    "FORMATS",
    "MOVING",
    "AnimationEntry",
    "Displayed",
    "FigureEntry",
    "Film",
    "Frame",
    "Job",
    "Sheet",
    "UnknownFigureError",
    "animation",
    "command",
    "export",
    "figure",
    "formats_of",
    "load",
    "names",
    "out_of_date",
    "render",
    "render_entry",
    "save",
    "show",
]
