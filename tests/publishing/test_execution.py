import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course_lib.publishing.execution import NotebookError, book_root, cached, execute, merged
from tests.publishing.notebooks import notebook, texts, write


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "_config.yml").touch()
    (tmp_path / "book").mkdir()
    return tmp_path / "book"


def test_the_book_is_where_its_configuration_is(book: Path, tmp_path: Path) -> None:
    assert book_root(book / "chapter.ipynb") == tmp_path


def test_a_run_uses_the_parameters_this_interpreter_and_this_library(book: Path) -> None:
    path = write(
        book / "chapter.ipynb",
        notebook(
            "import sys\nprint(sys.executable)",
            "import course_lib\nprint(course_lib.__file__)",
            "print(profile, device, seed)",
            "import os\nprint(os.getcwd())",
        ),
    )
    before = path.read_bytes()

    import course_lib

    printed = [t.strip() for t in texts(merged(path, seed=3))]
    assert printed[1:] == [sys.executable, course_lib.__file__, "fast cpu 3", str(book.resolve())]
    assert path.read_bytes() == before
    assert cached(path, seed=3).parent == book.parent / "_build" / "executed"


def test_what_has_run_does_not_run_again(book: Path) -> None:
    counter = book / "count"
    code = f"with open({str(counter)!r}, 'a') as file:\n    file.write('x')"
    path = write(book / "chapter.ipynb", notebook(code))
    first = execute(path)
    write(path, notebook(code, prose="# Another sentence"))
    assert execute(path) == first
    assert counter.read_text() == "x"
    write(path, notebook(code + "\n"))
    assert execute(path) != first
    assert counter.read_text() == "xx"


def test_a_cell_that_raises_is_named_and_nothing_is_kept(book: Path) -> None:
    path = write(book / "chapter.ipynb", notebook("print(1)", "total = 0\n1 / total"))
    with pytest.raises(NotebookError) as caught:
        execute(path)
    assert "chapter.ipynb" in str(caught.value)
    assert "cell 4 ('total = 0') raised ZeroDivisionError: division by zero" in caught.value.reason
    assert "\x1b" not in caught.value.reason
    assert not cached(path).exists()


def test_a_cell_that_runs_too_long_is_stopped(book: Path) -> None:
    path = write(book / "chapter.ipynb", notebook("import time\ntime.sleep(60)"))
    with pytest.raises(NotebookError, match="more than 1 s"):
        execute(path, cell_seconds=1)


def test_a_notebook_without_parameters_runs_too(book: Path) -> None:
    node = notebook("print(1)")
    del node.cells[0]
    assert texts(merged(write(book / "chapter.ipynb", node))) == ["1\n"]


def test_two_processes_may_run_the_same_notebook(book: Path) -> None:
    path = write(book / "chapter.ipynb", notebook("print(1)"))
    code = (
        "import sys; from pathlib import Path\n"
        "from course_lib.publishing.execution import execute\n"
        "print(execute(Path(sys.argv[1])))"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = {run.communicate(timeout=120)[0].strip() for run in runs}
    assert answers == {str(cached(path))}
    assert texts(nbformat.read(cached(path), as_version=4))[-1] == "1\n"
    assert [p.suffix for p in cached(path).parent.iterdir()] == [".ipynb"]


def test_only_the_latest_runs_are_kept(book: Path) -> None:
    path = write(book / "chapter.ipynb", notebook("print(1)"))
    folder = cached(path).parent
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"chapter.{number:016x}.ipynb").touch()
    (folder / "other.0000000000000000.ipynb").touch()
    execute(path)
    assert cached(path).is_file()
    assert len(list(folder.glob("chapter.*"))) == 3
    assert len(list(folder.glob("other.*"))) == 1
