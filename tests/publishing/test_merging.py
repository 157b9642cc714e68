from copy import deepcopy

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from course_lib.publishing.merging import merge_outputs
from tests.publishing.notebooks import notebook, texts


@pytest.fixture
def source() -> NotebookNode:
    return notebook("print(1)", "print(2)")


@pytest.fixture
def executed(source: NotebookNode) -> NotebookNode:
    """The run as papermill leaves it: a cell more, outputs, its own metadata."""
    node = deepcopy(source)
    injected = new_code_cell('profile = "fast"', metadata={"tags": ["injected-parameters"]})
    node.cells.insert(1, injected)
    for count, cell in enumerate((c for c in node.cells if c.cell_type == "code"), 1):
        cell.execution_count = count
        cell.metadata["papermill"] = {"duration": 1.0}
        cell.outputs = [new_output("stream", name="stdout", text=f"run {count}\n")]
    node.metadata["widgets"] = {"state": {}}
    return node


def test_each_cell_gets_the_outputs_of_its_run(
    source: NotebookNode, executed: NotebookNode
) -> None:
    assert texts(merge_outputs(source, executed)) == ["run 1\n", "run 3\n", "run 4\n"]


def test_prose_is_that_of_the_source(source: NotebookNode, executed: NotebookNode) -> None:
    source.cells[1].source = "New words"
    assert merge_outputs(source, executed).cells[1].source == "New words"


def test_neither_notebook_is_changed(source: NotebookNode, executed: NotebookNode) -> None:
    before = deepcopy(source), deepcopy(executed)
    merge_outputs(source, executed).cells[-1].outputs[0].text = "changed"
    assert (source, executed) == before


def test_nothing_of_papermill_remains(source: NotebookNode, executed: NotebookNode) -> None:
    merged = merge_outputs(source, executed)
    assert len(merged.cells) == len(source.cells)
    assert all("papermill" not in cell.metadata for cell in merged.cells)


def test_committed_outputs_give_way_and_widget_states_go(
    source: NotebookNode, executed: NotebookNode
) -> None:
    source.cells[-1].outputs = [new_output("stream", name="stdout", text="promised\n")]
    source.metadata["widgets"] = {"state": {}}
    merged = merge_outputs(source, executed)
    assert texts(merged)[-1] == "run 4\n"
    assert "widgets" not in merged.metadata


def test_the_language_comes_from_the_run_where_the_source_is_silent(
    source: NotebookNode, executed: NotebookNode
) -> None:
    executed.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    assert merge_outputs(source, executed).metadata.language_info.name == "python"
    source.metadata["language_info"] = {"name": "other"}
    assert merge_outputs(source, executed).metadata.language_info.name == "other"


def test_other_code_is_refused(source: NotebookNode, executed: NotebookNode) -> None:
    source.cells[-1].source = "print(3)"
    with pytest.raises(ValueError, match="differs from the source in code cell 2"):
        merge_outputs(source, executed)
    source.cells.pop()
    with pytest.raises(ValueError, match="executed has 3 code cells; the source has 2"):
        merge_outputs(source, executed)
