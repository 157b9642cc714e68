"""When must a notebook run again? When this key changes, and only then.

The key covers what a run depends on: the code, the parameters, the library, the requirements and
the Python version. It leaves the prose out, so a changed sentence runs nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent  # the folder course_lib
UNDRAWN = ("cli", "demos", "grading", "publishing")  # parts that no figure may import


def file_digest(files: Iterable[Path], root: Path) -> str:
    """Return the SHA-256 of the names (relative to `root`) and contents of some files.

    The order in which they come does not matter.
    """
    total = hashlib.sha256()
    for path in sorted(files):
        name = path.relative_to(root).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def library_files(package: Path = PACKAGE) -> list[Path]:
    """Return every file of the library but Python's caches: code, data and built demos."""
    return [p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def figure_files(package: Path = PACKAGE) -> list[Path]:
    """Return the files of the library that a figure may be made from."""
    return [p for p in library_files(package) if p.relative_to(package).parts[0] not in UNDRAWN]


def code_cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the source and the tags of each code cell, all that a run can see of them."""
    return [
        {"source": cell["source"], "tags": cell["metadata"].get("tags", [])}
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def execution_key(
    notebook: Mapping[str, Any],
    parameters: Mapping[str, object],
    *,
    root: Path,
    package: Path = PACKAGE,
) -> str:
    """Return the key under which a run of this notebook is kept.

    Parameters
    ----------
    notebook : mapping
        A notebook of format 4.
    parameters : mapping of str to object
        What the run injects; values that JSON can hold.
    root : Path
        The folder of the ``requirements*.txt``.
    package : Path
        The folder of the library that the notebook imports.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    seen = {
        "cells": code_cells(notebook),
        "parameters": dict(parameters),
        "library": file_digest(library_files(package), package),
        "requirements": file_digest(root.glob("requirements*.txt"), root),
        "python": list(sys.version_info[:2]),
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]
