"""What a new demo may be called, and what it is then called where."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from course_lib.cli.new_demo_files import (
    GOLDEN,
    PACKAGE,
    TEMPLATES,
    Words,
    target,
    templates,
)

KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST = 24
"""Characters of a name: a line of code holds it twice."""
FRONT_END = {"common", "demos", "host", "index", "page", "static"}
"""What the front end calls files of its own."""


class UnfitNameError(ValueError):
    """A name that a demo cannot have, and why."""


def words_of(name: str) -> Words:
    """Return what a demo of this name is called in the page, in Python and to a reader."""
    parts = name.split("-")
    return {
        "name": name,
        "module": "_".join(parts),
        "class_name": "".join(part[:1].upper() + part[1:] for part in parts),
        "title": " ".join(parts).capitalize(),
    }


def check_name(root: Path, name: str) -> Words:
    """Return what a demo of this name is called where.

    Raises
    ------
    UnfitNameError
        If the name is not in kebab-case, too long or too short, a word of Python or of the front
        end, or taken.
    """
    if not KEBAB.fullmatch(name) or not re.search("[a-z]{2}", name):
        raise UnfitNameError(
            f"{name!r} is no name for a demo: expected lower-case words with hyphens between them,"
            " such as scale-a-signal"
        )
    if len(name) > MOST:
        raise UnfitNameError(f"{name!r} has {len(name)} characters; expected at most {MOST}")
    words = words_of(name)
    if keyword.iskeyword(words["module"]) or keyword.iskeyword(words["class_name"]):
        raise UnfitNameError(f"{name!r} is a word of Python's own; add a word to it")
    if name in FRONT_END:
        raise UnfitNameError(f"{name!r} is what the front end calls a file; add a word to it")
    _check_free(root, words)
    return words


def _check_free(root: Path, words: Words) -> None:
    name = words["name"]
    made = [target(path, words) for path in templates(root)]
    for path in (Path("frontend/src/demos") / name, *made):
        if (root / path).exists():
            raise UnfitNameError(f"{name!r} is taken: {path} exists")
    # A class or a module of that name would hide another.
    hidden = {
        words["class_name"]: [PACKAGE, *(TEMPLATES / path for path in templates(root))],
        words["module"]: [GOLDEN],
    }
    for word, paths in hidden.items():
        for path in paths:
            if re.search(rf"\b{word}\b", (root / path).read_text(encoding="utf-8")):
                raise UnfitNameError(
                    f"{name!r} would be called {word} in Python, which {path} calls something"
                    " else; add a word to it"
                )
