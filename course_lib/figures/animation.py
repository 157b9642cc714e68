"""Animations in the registry: a function that returns a film, under ``chapter/figure``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from types import MappingProxyType
from typing import Any, ParamSpec

from matplotlib.figure import Figure

from course_lib.figures.film import Film
from course_lib.figures.registry import FigureEntry, add, defaults

TIMING = ("seconds", "columns")  # what every animation takes beside its function's parameters

P = ParamSpec("P")


def _no_film(**_: Any) -> Film:
    raise NotImplementedError


@dataclass(frozen=True)
class AnimationEntry(FigureEntry):
    """A registered animation; as a figure it is the strip of its frames.

    Beside its function's parameters it takes ``seconds``, how long a frame stays, and ``columns``,
    the frames in a row of the strip.

    Attributes
    ----------
    shoot : Callable[..., Film]
        What makes the film of the function's own parameters.
    """

    shoot: Callable[..., Film] = field(default=_no_film)

    def film(self, **params: Any) -> Film:
        """Return the film with these parameters; it raises as `draw` does."""
        values = self.check(params)
        timing = {name: values.pop(name, self.parameters[name]) for name in TIMING}
        return replace(self.shoot(**values), **timing)

    def describe(self, **params: Any) -> str:
        """Return the alternative text: what is shown, then what happens frame by frame."""
        film = self.film(**params)
        values = {**self.parameters, **self.check(params)}
        own = {name: value for name, value in values.items() if name not in TIMING}
        shown = self.alt if isinstance(self.alt, str) else self.alt(**own)
        return f"{shown} {film.describe()}"


def animation(
    name: str,
    *,
    title: str,
    slide: str,
    alt: str | Callable[..., str],
    seconds: float = 1.5,
    columns: int = 2,
) -> Callable[[Callable[P, Film]], Callable[P, Film]]:
    """Register a function that makes a film under ``chapter/figure``.

    The function takes keyword parameters, each with a default; the film's frames are drawn with
    what figures are drawn with.

    Parameters
    ----------
    name, title, slide
        As for `figure`.
    alt : str or Callable[..., str]
        What is shown before anything moves, or a function of the same parameters that says it;
        the frames' own words follow it.
    seconds, columns
        What `Film` takes, unless a caller says otherwise.

    Raises
    ------
    ValueError
        If the name is taken or of no chapter, or a parameter has no default.
    """

    def register(function: Callable[P, Film]) -> Callable[P, Film]:
        parameters = {**defaults(name, function), "seconds": seconds, "columns": columns}

        @wraps(function)
        def strip(**params: Any) -> Figure:
            return entry.film(**params).strip()

        entry = AnimationEntry(
            name, title, slide, MappingProxyType(parameters), strip, alt, function
        )
        add(entry)
        return function

    return register
