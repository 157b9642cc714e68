"""Small notebooks for the tests."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = 'profile = "fast"\ndevice = "auto"\nseed = 0'


def notebook(*codes: str, prose: str = "# A title", tags: tuple[str, ...] = ()) -> NotebookNode:
    """A notebook with a parameters cell, a sentence and a code cell for each of `codes`."""
    cells = [
        new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]}),
        new_markdown_cell(prose, id="prose"),
    ]
    for index, code in enumerate(codes):
        cells.append(new_code_cell(code, id=f"code-{index}", metadata={"tags": list(tags)}))
    return new_notebook(cells=cells)


def write(path: Path, node: NotebookNode) -> Path:
    nbformat.write(node, path)
    return path


def texts(node: NotebookNode) -> list[str]:
    """What each code cell printed."""
    return [
        "".join(o.get("text", "") for o in cell.outputs)
        for cell in node.cells
        if cell.cell_type == "code"
    ]
