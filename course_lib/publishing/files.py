"""Notebooks to and from text and files, in format 4."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_lib.files import write_whole


def from_text(text: str) -> NotebookNode:
    """Return the notebook that a text holds."""
    node: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    return node


def to_text(notebook: NotebookNode) -> str:
    """Return a notebook as text."""
    return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]


def read(path: Path) -> NotebookNode:
    """Return the notebook that a file holds."""
    return from_text(path.read_text(encoding="utf-8"))


def write_at_once(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook so that whoever reads meanwhile sees a whole file or none."""
    write_whole(path, to_text(notebook).encode())
