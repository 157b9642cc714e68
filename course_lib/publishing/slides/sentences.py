"""Sentences of a paragraph of Markdown: its first, its last, the one that asks."""

from __future__ import annotations

import re

# A full stop within these ends no sentence.
_WHOLE = re.compile(r"\$[^$]+\$|`[^`]+`|<[^>]+>|\]\([^)]*\)")
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bal)(?<!\bcf)(?<!\bvs)[.!?…][\"”’)*]*\s+(?=[\"“‘(*\[_]*[A-Z0-9])"
)
TOO_SHORT = 32  # characters: a sentence such as "Then" leads to a formula, but says nothing


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
    """Return a paragraph's last sentence, and the one before where it is only a word or two."""
    said = sentences(paragraph)
    few = 2 if len(said) > 1 and len(said[-1]) < TOO_SHORT else 1
    return " ".join(said[-few:])


def question(paragraph: str) -> str | None:
    """Return the last sentence of a paragraph that asks something, or None."""
    asked = [text for text in sentences(paragraph) if text.rstrip('"”’)*').endswith("?")]
    return asked[-1] if asked else None
