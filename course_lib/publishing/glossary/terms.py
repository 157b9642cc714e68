"""The terms, and how a text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes

SOURCE = "book/glossary.yml"  # beside _config.yml


@dataclass(frozen=True)
class Term:
    """A term of the course.

    Attributes
    ----------
    name : str
        As the glossary names it.
    chapter : int
        The number of the chapter that introduces it.
    says : str
        What it means, in MyST.
    spellings : tuple of str
        Every way to write it, plurals included.
    everyday : bool
        Whether earlier chapters mean something else by the word.
    """

    name: str
    chapter: int
    says: str
    spellings: tuple[str, ...]
    everyday: bool = False

    @property
    def anchor(self) -> str:
        """Its id on the glossary's page."""
        return str(nodes.make_id(f"term {self.name}"))

    @property
    def title(self) -> str:
        """Its name with a capital, as a heading has it."""
        return self.name[0].upper() + self.name[1:]

    def explained_in(self, chapter: int) -> bool:
        """Return whether a chapter explains it at its first use."""
        return chapter >= self.chapter or not self.everyday


class Spellings:
    """Finds the terms in a text: the longest where several begin, and whole words only."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {_key(spelling): term for term in terms for spelling in term.spellings}
        longest_first = sorted(
            {spelling for term in self._terms.values() for spelling in term.spellings},
            key=lambda spelling: (-len(spelling), spelling),
        )
        either = "|".join(map(_pattern, longest_first)) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield where each term begins and ends, and the term."""
        for match in self._pattern.finditer(text):
            key = _key(match[0])
            yield match.start(), match.end(), self._terms.get(key) or self._terms[key.lower()]


def plural(noun: str) -> str:
    """Return the regular plural of a noun, or of the last word of a phrase."""
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def terms_of(book: Path) -> tuple[Term, ...]:
    """Return the terms of the book in a folder; none where it has no glossary."""
    path = book / SOURCE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else ()


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> tuple[Term, ...]:
    return tuple(map(_term, yaml.safe_load(path.read_text(encoding="utf-8"))))


def _term(entry: dict[str, Any]) -> Term:
    known = {"term", "chapter", "says", "spellings", "exactly", "everyday"}
    if unknown := set(entry) - known:
        raise ValueError(f"{entry.get('term')} has {sorted(unknown)}; expected some of {known}")
    name = entry["term"]
    nouns = [name, *entry.get("spellings", [])]
    exactly = entry.get("exactly", [])
    # "Jumps" is a verb as often as not: an everyday word's other forms are named one by one.
    plurals = map(plural, nouns[1:] if entry.get("everyday") and exactly else nouns)
    spellings = [*nouns, *plurals, *exactly]
    return Term(
        name,
        entry["chapter"],
        entry["says"],
        tuple(dict.fromkeys(spellings)),
        entry.get("everyday", False),
    )


def _key(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text).replace("’", "'")


def _pattern(spelling: str) -> str:
    words = (re.escape(word).replace("'", "['’]") for word in re.split(r"[ -]", spelling))
    phrase = r"[\s-]+".join(words)
    return phrase if spelling != spelling.lower() else f"(?i:{phrase})"
