"""Text from a student's process or notebook, as it may be stored and shown."""

from __future__ import annotations


def clean_text(text: str, length: int) -> str:
    """Return at most `length` characters, halves of characters replaced by question marks."""
    return text[:length].encode("utf-8", "replace").decode()
