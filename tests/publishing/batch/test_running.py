"""The order of a batch, held with a stand-in for the process that runs a notebook."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from course_lib.publishing.batch import tasks
from course_lib.publishing.batch.running import NotANotebookError, Order, read_sources, run
from tests.publishing.notebooks import notebook, write


def pool(threads: int = 1) -> AbstractContextManager[tuple[Executor, int]]:
    @contextmanager
    def offered() -> Iterator[tuple[Executor, int]]:
        with ThreadPoolExecutor(threads) as executor:
            yield executor, threads

    return offered()


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what ran; what says FAIL fails, what says LOST loses its worker."""
    names: list[str] = []

    def execute(task: dict[str, Any]) -> dict[str, Any]:
        names.append(task["name"])
        if "LOST" in task["notebook"]:
            raise OSError("connection closed")
        state = "failed" if "FAIL" in task["notebook"] else "passed"
        return {"state": state, "seconds": 1.5, "executed": task["notebook"], "unheard": 1}

    monkeypatch.setattr(tasks, "execute", execute)
    return names


@pytest.fixture
def book(tmp_path: Path) -> list[Path]:
    (tmp_path / "_config.yml").touch()
    (tmp_path / "book").mkdir()
    return [
        write(tmp_path / "book" / f"{name}.ipynb", notebook(code))
        for name, code in (("a", "1"), ("b", "'FAIL'"), ("c", "2"))
    ]


def states(made: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: row["state"] for row in made["notebooks"]}


def test_one_that_fails_does_not_stop_the_rest(
    book: list[Path], ran: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    made = run(read_sources(book), Order(out), pool())
    assert states(made) == {
        "book/a.ipynb": "passed",
        "book/b.ipynb": "failed",
        "book/c.ipynb": "passed",
    }
    assert (made["state"], made["counts"]) == ("finished", {"passed": 2, "failed": 1})
    assert json.loads((out / "report.json").read_text("utf-8")) == made
    assert (out / "notebooks/book/b.ipynb").is_file()


def test_a_lost_worker_is_a_failure_of_its_notebook_alone(
    book: list[Path], ran: list[str], tmp_path: Path
) -> None:
    write(book[0], notebook("'LOST'"))
    made = run(read_sources(book), Order(tmp_path / "out"), pool(2))
    assert made["counts"] == {"passed": 1, "failed": 2}
    assert "its worker was lost: OSError" in made["notebooks"][0]["error"]


def test_only_what_failed_or_changed_runs_again(
    book: list[Path], ran: list[str], tmp_path: Path
) -> None:
    order = Order(tmp_path / "out")
    run(read_sources(book), order, pool())
    ran.clear()
    write(book[2], notebook("3"))
    made = run(read_sources(book), order, pool())
    assert ran == ["book/b.ipynb", "book/c.ipynb"]
    assert [row["kept"] for row in made["notebooks"]] == [True, False, False]


@pytest.mark.parametrize(
    "changed",
    [{"force": True}, {"seed": 1}, {"profile": "full"}],
    ids=["force", "another seed", "another profile"],
)
def test_what_passed_under_other_parameters_runs_again_and_so_by_force(
    book: list[Path], ran: list[str], tmp_path: Path, changed: dict[str, Any]
) -> None:
    out = tmp_path / "out"
    run(read_sources(book[:1]), Order(out), pool())
    run(read_sources(book[:1]), Order(out, **changed), pool())
    assert ran == ["book/a.ipynb"] * 2


@pytest.mark.parametrize("part", ["library", "machine", "copy"])
def test_what_passed_with_another_package_or_machine_or_lost_its_copy_runs_again(
    book: list[Path], ran: list[str], tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order(tmp_path / "out")
    run(read_sources(book[:1]), order, pool())
    if part == "library":
        from course_lib.publishing.batch import running

        real: Callable[..., str] = running.execution_key
        monkeypatch.setattr(running, "execution_key", lambda *a, **k: real(*a, **k) + "x")
    elif part == "machine":
        from course_lib.publishing.batch import machine

        found = machine.find_machine("cpu") | {"device_name": "another"}
        monkeypatch.setattr(machine, "find_machine", lambda device: found)
    else:
        (order.out / "notebooks/book/a.ipynb").unlink()
    run(read_sources(book[:1]), order, pool())
    assert len(ran) == 2


def test_what_is_not_asked_for_this_time_is_remembered(
    book: list[Path], ran: list[str], tmp_path: Path
) -> None:
    order = Order(tmp_path / "out")
    run(read_sources(book), order, pool())
    made = run(read_sources(book[:1]), order, pool())
    assert list(states(made)) == ["book/a.ipynb"]
    ran.clear()
    run(read_sources([book[0], book[2]]), order, pool())
    assert ran == []


def test_no_more_run_at_a_time_than_there_is_room(
    book: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, now, most, met = threading.Lock(), [0], [0], threading.Barrier(2, timeout=30)

    def execute(task: dict[str, Any]) -> dict[str, Any]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        if "c.ipynb" not in task["name"]:
            met.wait()  # the first two must be there together
        with lock:
            now[0] -= 1
        return {"state": "passed"}

    monkeypatch.setattr(tasks, "execute", execute)
    shown: list[list[str]] = []
    out = tmp_path / "out"

    def changed(*_: object) -> None:
        rows = json.loads((out / "report.json").read_text("utf-8"))["notebooks"]
        shown.append([row["state"] for row in rows])

    run(read_sources(book), Order(out), pool(2), changed)
    assert most == [2]
    assert max(row.count("running") for row in shown) == 2
    assert shown[0] == ["running", "waiting", "waiting"]


def test_an_interrupt_leaves_a_report_from_which_the_next_run_goes_on(
    book: list[Path], ran: list[str], tmp_path: Path
) -> None:
    order = Order(tmp_path / "out")

    def changed(row: Any, settled: int, count: int) -> None:
        if (row.name, row.state) == ("book/b.ipynb", "running"):
            raise KeyboardInterrupt

    made = run(read_sources(book), order, pool(), changed)
    assert made["state"] == "interrupted"
    assert list(states(made).values()) == ["passed", "interrupted", "waiting"]
    assert json.loads((order.out / "report.json").read_text("utf-8")) == made
    ran.clear()
    run(read_sources(book), order, pool())
    assert ran == ["book/b.ipynb", "book/c.ipynb"]


def test_a_damaged_report_is_no_report(book: list[Path], ran: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for text in ("", "[]", '{"notebooks": [1], "earlier": []}'):
        (out / "report.json").write_text(text)
        assert run(read_sources(book[:1]), Order(out), pool())["counts"] == {"passed": 1}
    assert len(ran) == 3


def test_two_notebooks_of_one_name_keep_their_runs_apart(tmp_path: Path) -> None:
    paths = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        paths.append(write(tmp_path / folder / "a.ipynb", notebook("1")))
    sources = read_sources([*paths, paths[0]])
    assert len({source.copy for source in sources}) == len(sources) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", "is not a notebook"),
        ("{}", "is not a notebook"),
        ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "has no cells"),
        ("\xff", "is not a notebook"),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(NotANotebookError, match=rf"a\.ipynb {why}"):
        read_sources([path])


def test_a_notebook_of_another_language_is_refused(tmp_path: Path) -> None:
    node = notebook("1")
    node.metadata["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    with pytest.raises(NotANotebookError, match="is in R, not in Python"):
        read_sources([write(tmp_path / "a.ipynb", node)])
