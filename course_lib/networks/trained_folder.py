"""Where the weights that ship lie, beside the records of how they came about."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files(__package__))) / "trained"
