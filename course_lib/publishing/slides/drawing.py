"""Each slide's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from math import ceil, log10

from course_lib.publishing.slides.outline import Slide
from course_lib.publishing.slides.reading import (
    Asked,
    Bullets,
    Exercise,
    Figure,
    Formula,
    Heading,
    LiveDemo,
    Piece,
    Printed,
    Prose,
    Whole,
)
from course_lib.publishing.slides.sentences import noticed
from course_lib.publishing.slides.words import Typesetter

GROWTH = 2.0  # how far a drawing may be enlarged: beyond, its lines and letters look coarse
BELOW, BESIDE = (1152.0, 456.0), (800.0, 640.0)  # the room below a title, and beside one, pixels
LETTERS = "ABCDEFGHIJ"

_BOLD = re.compile(r"\*\*(?:\d+\.\s*)?(.+?)\.?\*\*\s*")
_SIZES = re.compile(r"(?:^|;)\s*(?:width|height|min-width|max-width|display)\s*:[^;]*")


class Drawer:
    """Draws slides.

    Parameters
    ----------
    words : Typesetter
        Sets text and formulas.
    title_of : callable
        A figure's name → its title.
    links : mapping
        For each demo's anchor the links to its states, as (address, words).
    label : str
        What stands above the chapter's title, such as "Chapter 3".
    source : str
        What stands below it: the course and its licence.
    """

    def __init__(
        self,
        words: Typesetter,
        title_of: Callable[[str], str],
        links: Mapping[str, list[tuple[str, str]]],
        label: str,
        source: str,
    ) -> None:
        self._words = words
        self._title_of = title_of
        self._links = links
        self._label = label
        self._source = source

    def __call__(self, slide: Slide) -> str:
        """Return the ``<section>`` of one slide."""
        kind, html = self._shown(slide)
        notes = "".join(map(self._note, slide.notes)) + self._own_notes(slide.shown)
        aside = f'<aside class="notes">{notes}</aside>' if notes else ""
        return f'<section><div class="slide slide-{kind}">{html}</div>{aside}</section>'

    def _shown(self, slide: Slide) -> tuple[str, str]:
        """Return the slide's kind and what stands on it."""
        match slide.shown:
            case Heading():
                return self._heading(slide, slide.shown)
            case Figure():
                return self._figure(slide, slide.shown)
            case Formula():
                return "formula", self._formula(slide, slide.shown)
            case LiveDemo():
                return "demo", self._demo(slide, slide.shown)
            case Asked():
                kind = "" if slide.shown.state["choices"] else " slide-number-asked"
                return f"question{kind}", self._question(slide, slide.shown)
            case Exercise():
                return "exercise", self._exercise(slide, slide.shown)
            case Whole():
                return "text", self._whole(slide, slide.shown)

    def _heading(self, slide: Slide, heading: Heading) -> tuple[str, str]:
        title = f"<h2>{self._words.inline(heading.text)}</h2>"
        if slide.bullets:
            return "text", title + _body(self._words.blocks(slide.bullets))
        lead = f'<p class="slide-lead">{self._words.inline(slide.sentence)}</p>'
        lead = lead if slide.sentence else ""
        if heading.level > 1:
            return "section", title + lead
        source = f'<p class="slide-source">{escape(self._source)}</p>'
        return "title", _kicker(escape(self._label)) + title + lead + source

    def _figure(self, slide: Slide, figure: Figure) -> tuple[str, str]:
        words = self._above(slide) + f"<h2>{escape(self._title_of(figure.name))}</h2>"
        caption = noticed(figure.caption) if figure.caption else ""
        sentence = f'<p class="slide-sentence">{escape(caption)}</p>' if caption else ""
        sheet = f'<div class="slide-sheet">{_enlarged(figure.svg)}</div>'
        if _stands_beside(figure.svg):
            return "beside", f'<div class="slide-words">{words}{sentence}</div>{sheet}'
        return "figure", words + sheet + sentence

    def _formula(self, slide: Slide, formula: Formula) -> str:
        if not slide.sentence:
            return f"<h2>{self._words.inline(slide.section)}</h2>" + self._formula_body(formula)
        heading = f"<h2>{self._words.inline(slide.sentence)}</h2>"
        return self._above(slide) + heading + self._formula_body(formula)

    def _formula_body(self, formula: Formula) -> str:
        return _body(self._words.formula(formula.tex, display=True))

    def _demo(self, slide: Slide, demo: LiveDemo) -> str:
        asked = self._words.inline(slide.sentence or demo.title or slide.section)
        states = "".join(
            f'<li><a href="{escape(address)}">{self._words.inline(_capital(words))}</a></li>'
            for address, words in self._links.get(demo.anchor, [])
        )
        states = f'<h3>States to try</h3><ul class="slide-states">{states}</ul>' if states else ""
        return (
            # The question comes first, as its heading does; the style sheet puts it on the right.
            f'<div class="slide-aside" data-fit>{self._above(slide)}<h2>{asked}</h2>{states}</div>'
            f'<div class="slide-stage" data-prevent-swipe>{demo.html}</div>'
        )

    def _question(self, slide: Slide, asked: Asked) -> str:
        state = asked.state
        plain = self._words.plain
        prompt = f'<h2 class="slide-prompt">{plain(state["prompt"])}</h2>'
        rows, why = "", plain(state["why"])
        for letter, choice in zip(LETTERS, state["choices"], strict=False):
            right = ' data-right=""' if choice["right"] else ""
            verdict = '<span class="slide-verdict"> ✓ right</span>' if choice["right"] else ""
            rows += (
                f'<li class="fragment"{right}><span class="slide-letter">{letter}</span>'
                f"<span>{plain(choice['text'])}{verdict}</span></li>"
            )
            why = plain(choice["why"]) if choice["right"] else why
        answer = rows and f'<ul class="slide-choices">{rows}</ul>'
        mark = "" if rows else f"<strong>{self._number(state)}.</strong> "
        return self._above(slide) + _body(
            f'{prompt}{answer}<p class="slide-why fragment">{mark}{why}</p>'
        )

    def _number(self, state: Mapping[str, object]) -> str:
        """Return the number that a question asks for, to as many digits as it is asked for."""
        value, tolerance = float(str(state["answer"])), float(str(state["tolerance"]))
        digits = max(0, ceil(-log10(tolerance))) if tolerance else 4
        number = f"{abs(value):,.{digits}f}"
        if "." in number:
            number = number.rstrip("0").rstrip(".")
        return escape(f"{'−' if value < 0 else ''}{number} {state['unit']}".strip())

    def _exercise(self, slide: Slide, exercise: Exercise) -> str:
        title = _BOLD.match(exercise.problem)
        problem = exercise.problem[title.end() :] if title else exercise.problem
        heading = self._words.inline(title[1] if title else slide.section)
        return (
            self._above(slide)
            + f"<h2>{heading}</h2>"
            + _body(
                f'{self._words.blocks(problem)}<div class="fragment"><p class="slide-answer">Answer'
                f"</p>{self._words.blocks(exercise.answer)}</div>"
            )
        )

    def _whole(self, slide: Slide, whole: Whole) -> str:
        code = "".join(
            f"<pre><code>{escape(t)}</code></pre>" for t in (whole.code, whole.printed) if t
        )
        lines = whole.text.split("\n", 1)
        titled = lines[0].startswith("#")
        heading = lines[0].lstrip("# ") if titled else slide.section
        text = lines[1] if titled and len(lines) > 1 else "" if titled else whole.text
        return f"<h2>{self._words.inline(heading)}</h2>" + _body(self._words.blocks(text) + code)

    def _above(self, slide: Slide) -> str:
        return _kicker(self._words.inline(slide.section)) if slide.section else ""

    def _note(self, piece: Piece) -> str:
        match piece:
            case Prose(text) | Bullets(text):
                return self._words.blocks(text)
            case Printed(text):
                return f"<pre>{escape(text)}</pre>"
            case _:
                return ""

    def _own_notes(self, shown: Piece) -> str:
        """Return what a slide itself gives to its notes: a caption, and why the wrong is wrong."""
        match shown:
            case Figure(caption=caption):
                return f"<p>{escape(caption)}</p>" if caption else ""
            case Asked(state):
                wrong = [
                    (letter, choice["why"])
                    for letter, choice in zip(LETTERS, state["choices"], strict=False)
                    if not choice["right"]
                ] + [(f"{m['value']:.4g}", m["why"]) for m in state["mistakes"]]
                rows = "".join(f"<li>Not {a}: {self._words.plain(w)}</li>" for a, w in wrong)
                return f"<ul>{rows}</ul>" if rows else ""
            case _:
                return ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _kicker(html: str) -> str:
    return f'<p class="slide-kicker">{html}</p>'


def _body(html: str) -> str:
    return f'<div class="slide-body" data-fit>{html}</div>'


def _enlarged(svg: str) -> str:
    """Return a drawing that fills its place, up to `GROWTH` times its own size."""
    head, _, rest = svg.partition(">")
    width, height = _size(svg)
    limit = f"max-width:{GROWTH * width:g}px;max-height:{GROWTH * height:g}px"

    def style(match: re.Match[str]) -> str:
        return f'style="{_SIZES.sub("", match[1]).strip(";")};{limit}"'

    return re.sub(r'style="([^"]*)"', style, head) + ">" + rest


def _size(svg: str) -> tuple[float, float]:
    box = re.search(r'viewBox="([^"]+)"', svg)
    assert box is not None
    width, height = (float(number) for number in box[1].split()[2:])
    return width, height


def _stands_beside(svg: str) -> bool:
    """Whether a drawing is larger beside its words than below them."""
    width, height = _size(svg)
    scales = [min(w / width, h / height, GROWTH) for w, h in (BESIDE, BELOW)]
    return scales[0] > 1.1 * scales[1]
