"""Every golden file and its text, so that writing and checking cannot differ."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.golden import (
    compositions,
    convolution_1d,
    convolutional_layers,
    receptive_fields,
)

FOLDER = Path(__file__).parents[2] / "frontend" / "tests" / "golden"


def texts() -> dict[str, str]:
    """Return the text of each file under its name."""
    return {
        "convolution-1d.json": _document(
            {
                "cases": convolution_1d.cases(),
                "matrices": convolution_1d.matrices(),
                "kernels": convolution_1d.kernels(),
            }
        ),
        "convolutional-layers.json": _document(
            {
                "layers": convolutional_layers.some_layers(),
                "readings": convolutional_layers.readings(),
                "targets": convolutional_layers.targets(),
            }
        ),
        "compositions.json": _document({"cases": compositions.compositions()}),
        "receptive-fields.json": _document(
            {
                "stacks": receptive_fields.stacks(),
                "influences": receptive_fields.influences(),
            }
        ),
    }


def write(folder: Path = FOLDER) -> None:
    """Write every golden file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_bytes(text.encode())


def _document(sections: dict[str, Iterable[object]]) -> str:
    """Return JSON with one case a line, so that a change shows as a change of few lines."""
    blocks = []
    for name, items in sections.items():
        lines = ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)
        blocks.append(f'"{name}":[\n{lines}\n]')
    return "{" + ",\n".join(blocks) + "}\n"
