"""Sentences of a paragraph of Markdown: its first, its last, the one that asks."""

from __future__ import annotations

import re

# A full stop within these ends no sentence.
_WHOLE = re.compile(r"\$[^$]+\$|`[^`]+`|<[^>]+>|\[[^\]]*\]\([^)]*\)")
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bal)(?<!\bcf)(?<!\bvs)[.!?…][\"”’)*]*\s+(?=[\"“‘(*\[_]*[A-Z0-9])"
)
TOO_SHORT = 60  # characters: "Then", or "A function is equivariant to it if", needs the one before
A_LINE = 170  # characters that stand below a figure without crowding it


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, formulas, code and links unharmed."""
    text = " ".join(paragraph.split())
    # What is hidden keeps its length, so that places in one text are places in the other.
    hidden = _WHOLE.sub(lambda match: "X" * len(match[0]), text)
    ends = [match.end() for match in _END.finditer(hidden)]
    return [text[a:b].strip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


def first_sentence(paragraph: str) -> str:
    """Return a paragraph's first sentence."""
    return sentences(paragraph)[0]


def last_sentence(paragraph: str) -> str:
    """Return a paragraph's last sentence, and the one before where it is short."""
    said = sentences(paragraph)
    few = 2 if len(said) > 1 and len(said[-1]) < TOO_SHORT else 1
    return " ".join(said[-few:])


def question(paragraph: str) -> str | None:
    """Return the last sentence of a paragraph that asks something, or None."""
    asked = [text for text in sentences(paragraph) if text.rstrip('"”’)*').endswith("?")]
    return asked[-1] if asked else None


def noticed(caption: str) -> str:
    """Return a caption's first sentence, and where it is short the second too."""
    said = sentences(caption)
    both = " ".join(said[:2])
    return both if len(said[0]) < TOO_SHORT and len(both) <= A_LINE else said[0]
