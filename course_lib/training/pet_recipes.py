"""The same networks on photographs of cats and dogs, for those who fetch the data."""

from __future__ import annotations


def register_all() -> None:
    """Make the recipes known."""
