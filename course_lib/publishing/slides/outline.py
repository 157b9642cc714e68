"""The rule: which piece of a chapter becomes a slide, and what goes to the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

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
from course_lib.publishing.slides.sentences import first_sentence, last_sentence, question

Shown = Heading | Formula | Exercise | Figure | LiveDemo | Asked | Whole


@dataclass
class Slide:
    """A slide to be.

    Attributes
    ----------
    shown : Shown
        What it shows.
    section : str
        The heading above it, in Markdown; "" for a heading's own slide.
    sentence : str
        The words that stand beside what is shown, in Markdown.
    bullets : str
        A list that a heading's slide shows in full, in Markdown.
    notes : list of Prose, Bullets, Formula or Printed
        What the speaker may say.
    """

    shown: Shown
    section: str = ""
    sentence: str = ""
    bullets: str = ""
    notes: list[Piece] = field(default_factory=list)


Stack = list[Slide]


def outline(pieces: Iterable[Piece]) -> list[Stack]:
    """Return a chapter's slides: a stack for the chapter's heading and for each section.

    Raises
    ------
    ValueError
        If the chapter does not begin with its heading.
    """
    rule = _Rule()
    for piece in pieces:
        rule.take(piece)
    rule.said()
    return rule.stacks


class _Rule:
    """Reads pieces one after another; what is waiting belongs to this slide or to the next."""

    def __init__(self) -> None:
        self.stacks: list[Stack] = []
        self._waiting: list[Piece] = []
        self._section = ""

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        match piece:
            case Prose() | Bullets() | Printed():
                self._hear(piece)
            case Heading(level, text):
                self.said()
                self._section = text if level > 1 else ""
                slide = Slide(piece)
                if level <= 2 or not self.stacks:
                    self.stacks.append([slide])
                else:
                    self.stacks[-1].append(slide)
            case Formula():
                self._add(piece, *self._leading(last_sentence))
            case LiveDemo():
                self._add(piece, *self._leading(question))
            case _:
                self.said()
                self._add(piece)

    def said(self) -> None:
        """Give what is waiting to the notes of the last slide."""
        if self._waiting:
            self._last().notes += self._waiting
            self._waiting = []

    def _last(self) -> Slide:
        if not self.stacks:
            raise ValueError("the chapter does not begin with a heading, which its slides need")
        return self.stacks[-1][-1]

    def _add(self, shown: Shown, sentence: str = "", notes: list[Piece] | None = None) -> None:
        last = self._last()
        # One sentence is not said on two slides.
        if isinstance(last.shown, Heading) and sentence and last.sentence == sentence:
            last.sentence = ""
        self.stacks[-1].append(Slide(shown, self._section, sentence, notes=notes or []))

    def _hear(self, piece: Prose | Bullets | Printed) -> None:
        last = self._last()
        if isinstance(last.shown, Heading) and not self._waiting and not last.notes:
            if isinstance(piece, Bullets):
                last.bullets = piece.text
                return
            if isinstance(piece, Prose) and not last.bullets:
                last.sentence = first_sentence(piece.text)
        self._waiting.append(piece)

    def _leading(self, sentence_of: object) -> tuple[str, list[Piece]]:
        """Return the sentence that leads to what comes, and the notes from its paragraph on."""
        assert callable(sentence_of)
        for index in range(len(self._waiting) - 1, -1, -1):
            piece = self._waiting[index]
            sentence = sentence_of(piece.text) if isinstance(piece, Prose) else None
            if sentence:
                own, self._waiting = self._waiting[index:], self._waiting[:index]
                self.said()
                return sentence, own
        own, self._waiting = self._waiting[-1:], self._waiting[:-1]
        self.said()
        return "", own
