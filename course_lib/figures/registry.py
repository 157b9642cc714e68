"""The registry: every figure by name, its chapter's module imported only when asked for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ParamSpec

from course_lib.figures.parameters import checked

if TYPE_CHECKING:
    from matplotlib.figure import Figure

P = ParamSpec("P")

# A chapter's figures stand in the module of its name, `convolution-1d` in `convolution_1d`.
CHAPTERS: tuple[str, ...] = (
    "networks-for-images",
    "invariance",
    "convolution-1d",
    "convolutional-layers",
    "channels",
    "receptive-fields",
    "mnist-1d",
    "convolution-2d",
    "resampling",
    "classification",
    "residual-networks",
    "detection",
    "segmentation",
    "u-nets",
)

_entries: dict[str, FigureEntry] = {}


class UnknownFigureError(LookupError):
    """No figure or chapter has this name; the message offers the nearest."""


@dataclass(frozen=True)
class FigureEntry:
    """A registered figure.

    Attributes
    ----------
    name : str
        ``chapter/figure``.
    title : str
        What it shows, in a few words.
    slide : str
        The title of the slide whose place it takes.
    parameters : Mapping[str, Any]
        The numbers it takes, each with its default.
    function : Callable[..., Figure]
        What draws it.
    alt : str or Callable[..., str]
        Alternative text, or what computes it from the same parameters.
    """

    name: str
    title: str
    slide: str
    parameters: Mapping[str, Any]
    function: Callable[..., Figure]
    alt: str | Callable[..., str]

    @property
    def chapter(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]

    def draw(self, **params: Any) -> Figure:
        """Draw the figure in the current theme.

        Raises
        ------
        TypeError
            If a parameter is not one of the figure's.
        ValueError
            If a value is not allowed; the message says what is.
        """
        return self.function(**self.check(params))

    def describe(self, **params: Any) -> str:
        """Return the alternative text of the figure that `draw` makes with these parameters."""
        values = {**self.parameters, **self.check(params)}
        return self.alt if isinstance(self.alt, str) else self.alt(**values)

    def check(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return parameters as the figure takes them, or raise as `draw` does."""
        return checked(self.name, self.parameters, params)


def figure(
    name: str, *, title: str, slide: str, alt: str | Callable[..., str]
) -> Callable[[Callable[P, Figure]], Callable[P, Figure]]:
    """Register a function that draws a figure under ``chapter/figure``.

    The function takes keyword parameters, each with a default, and returns a matplotlib `Figure`
    built without pyplot.

    Parameters
    ----------
    name : str
        ``chapter/figure``, where the chapter is one of `CHAPTERS`.
    title : str
        What it shows, in a few words.
    slide : str
        The title of the slide whose place it takes.
    alt : str or Callable[..., str]
        Alternative text that says what is seen, with its numbers; or a function of the same
        parameters that computes it.

    Raises
    ------
    ValueError
        If the name is taken or of no chapter, or a parameter has no default.
    """

    def register(function: Callable[P, Figure]) -> Callable[P, Figure]:
        add(FigureEntry(name, title, slide, defaults(name, function), function, alt))
        return function

    return register


def defaults(name: str, function: Callable[..., object]) -> Mapping[str, Any]:
    """Return the parameters of a figure's function, each with its default.

    Raises
    ------
    ValueError
        If a parameter has no default.
    """
    parameters = {p.name: p.default for p in inspect.signature(function).parameters.values()}
    if bare := [key for key, value in parameters.items() if value is inspect.Parameter.empty]:
        raise ValueError(f"figure {name}: no default for {', '.join(bare)}")
    return MappingProxyType(parameters)


def add(entry: FigureEntry) -> None:
    """Put an entry into the registry.

    Raises
    ------
    ValueError
        If its name is taken or of no chapter.
    """
    name = entry.name
    chapter, slash, _ = name.partition("/")
    if not slash or chapter not in CHAPTERS:
        raise ValueError(f"name is {name!r}; expected CHAPTER/FIGURE, CHAPTER in {CHAPTERS}")
    if name in _entries and _entries[name].function.__qualname__ != entry.function.__qualname__:
        raise ValueError(f"name is {name!r}, which {_entries[name].function} already has")
    _entries[name] = entry


def load(name: str) -> FigureEntry:
    """Return a figure by name, importing its chapter's module and no other.

    Raises
    ------
    UnknownFigureError
        If no figure has this name; the message offers the nearest.
    """
    chapter = name.partition("/")[0]
    known = names(chapter) if chapter in CHAPTERS else names()
    if name not in known:
        # Without a slash it is a chapter, or a figure whose chapter was left out.
        tails = [full.rpartition("/")[2] for full in known]
        close = get_close_matches(name, [*CHAPTERS, *tails], n=1, cutoff=0.8)
        meant = CHAPTERS if "/" not in name and close and close[0] in CHAPTERS else known
        raise UnknownFigureError(f"no figure is called {name!r}; {_nearest(name, meant)}")
    return _entries[name]


def names(chapter: str | None = None) -> list[str]:
    """Return the names of all figures, or of one chapter's, in the book's order.

    Raises
    ------
    UnknownFigureError
        If there is no such chapter.
    """
    if chapter is not None and chapter not in CHAPTERS:
        raise UnknownFigureError(f"no chapter is called {chapter!r}; {_nearest(chapter, CHAPTERS)}")
    chapters = CHAPTERS if chapter is None else (chapter,)
    for wanted in chapters:
        import_module(f"{__package__}.{wanted.replace('-', '_')}")
    # Some chapter may have been imported before an earlier one.
    return [
        name for wanted in chapters for name, entry in _entries.items() if entry.chapter == wanted
    ]


def _nearest(name: str, known: list[str] | tuple[str, ...]) -> str:
    """Suggest what was meant: the whole name first, then the part after the slash."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if not close:
        tails = {full.rpartition("/")[2]: full for full in known}
        close = [tails[t] for t in get_close_matches(name.rpartition("/")[2], tails, n=1)]
    if close:
        return f"did you mean {close[0]!r}?"
    # Not the figures: there are more than a hundred.
    return f"the chapters are: {', '.join(CHAPTERS)}; `course figures --list` names every figure"
