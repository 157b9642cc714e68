"""Every chapter and every lab's solution runs from end to end with papermill.

The chapters' runs are those that the book was made of, where nothing has changed since.
"""

from pathlib import Path

import pytest

from course_lib.publishing.execution import execute
from course_lib.publishing.files import read

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "book").glob("*.ipynb"))
LABS = sorted((ROOT / "labs").glob("*/*.ipynb"))
NOTEBOOKS = [*CHAPTERS, *LABS]


def test_there_are_chapters() -> None:
    assert len(CHAPTERS) > 10


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_cpu(notebook: Path) -> None:
    run = read(execute(notebook, profile="fast", device="cpu"))
    outputs = [o for cell in run.cells if cell.cell_type == "code" for o in cell.outputs]
    assert outputs
    assert not any(output.output_type == "error" for output in outputs)
