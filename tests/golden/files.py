"""Every golden file and its text, so that writing and checking cannot differ."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.golden import convolution_1d, train_mnist_1d

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
        "train-mnist-1d.json": _document(
            {"samples": train_mnist_1d.samples(), "runs": train_mnist_1d.runs()}
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
