"""The outputs of a run, in the notebook as it is written now."""

from __future__ import annotations

from copy import deepcopy

from nbformat import NotebookNode

INJECTED = "injected-parameters"  # papermill's tag for the cell that it adds


def merge_outputs(source: NotebookNode, executed: NotebookNode) -> NotebookNode:
    """Give each code cell of `source` the outputs it had in `executed`.

    The two may differ in prose and in metadata, not in code. Neither is changed.

    Raises
    ------
    ValueError
        If the code cells are not the same, one by one.
    """
    merged = deepcopy(source)
    ours = [cell for cell in merged.cells if cell.cell_type == "code"]
    theirs = [
        cell
        for cell in executed.cells
        if cell.cell_type == "code" and INJECTED not in cell.metadata.get("tags", [])
    ]
    if len(ours) != len(theirs):
        raise ValueError(f"executed has {len(theirs)} code cells; the source has {len(ours)}")
    for index, (cell, run) in enumerate(zip(ours, theirs, strict=True)):
        if cell.source != run.source:
            raise ValueError(f"executed differs from the source in code cell {index}")
        cell.outputs = deepcopy(run.outputs)
        cell.execution_count = run.execution_count
    for known in ("kernelspec", "language_info"):  # a page needs the language to colour the code
        if known in executed.metadata:
            merged.metadata.setdefault(known, deepcopy(executed.metadata[known]))
    # A widget's state is for a widget manager, and the book has none: its demos are HTML.
    merged.metadata.pop("widgets", None)
    return merged
