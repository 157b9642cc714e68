"""An animation in a page: its frames side by side, and a box to tick that plays them in place.

The frames are drawings of the page's own theme; the style sheet alone moves them, so that it works
in a notebook and in a page that runs no script. Nothing moves unasked or for ever (WCAG 2.2.2), and
for those who ask for less motion nothing does: the frames side by side say the same.
"""

from __future__ import annotations

from html import escape

from course_lib.figures.film import Film
from course_lib.figures.moving import ROUNDS
from course_lib.figures.numbers import counted, number


def film_html(film: Film, frames: list[str], alt: str, *, key: str, least: float) -> str:
    """Return the list of a film's frames with what plays it.

    Parameters
    ----------
    film : Film
    frames : list of str
        Each frame's ``<svg>``.
    alt : str
        What names the list.
    key : str
        Begins every id.
    least : float
        The narrowest that a frame may be, CSS pixels.
    """
    items = "".join(f"<li>{frame}</li>" for frame in frames)
    rounds = f"{counted(len(frames), 'step')} in {number(sum(film.durations))} seconds"
    return (
        f"<style>{_style(film, key, least)}</style>"
        f'<input type="checkbox" id="{key}-play">'
        f'<label for="{key}-play"> Play as an animation: {rounds}, {ROUNDS} times</label>'
        f'<ol aria-label="{escape(alt)}">{items}</ol>'
    )


def _style(film: Film, key: str, least: float) -> str:
    play, whole = f"#{key}-play", sum(film.durations)
    frames = f"{play}:checked~ol>li"
    shown, moves, begin = [], [], 0.0
    for n, duration in enumerate(film.durations, start=1):
        end = begin + 100 * duration / whole
        before = "0%{opacity:0}" if n > 1 else ""
        after = f"{end:.4g}%{{opacity:0}}" if n < len(film.frames) else ""
        moves.append(f"@keyframes {key}-{n}{{{before}{begin:.4g}%{{opacity:1}}{after}}}")
        shown.append(f"{frames}:nth-child({n}){{animation-name:{key}-{n}}}")
        begin = end
    return (
        f"{play},{play}+label{{display:none}}"
        f"{play}~ol{{display:grid;gap:16px;margin:0;padding:0;list-style:decimal inside;"
        f"color:var(--course-muted,#5a6371);"
        f"grid-template-columns:repeat(auto-fill,minmax(min(100%,{least:g}px),1fr))}}"
        "@media screen and (prefers-reduced-motion:no-preference){"
        f"{play},{play}+label{{display:inline-block;vertical-align:middle;margin:0 4px 12px 0}}"
        f"{play}{{width:24px;height:24px}}{play}+label{{max-width:calc(100% - 40px)}}"
        f"{play}:checked~ol{{grid-template-columns:minmax(0,1fr)}}"
        # All frames lie in one place; the last is what remains.
        f"{frames}{{grid-area:1/1;opacity:0;animation:{whole:g}s step-end {ROUNDS}}}"
        f"{frames}:last-child{{opacity:1}}"
        f"{''.join(shown)}{''.join(moves)}}}"
    )
