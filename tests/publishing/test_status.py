"""The table of what ran is made of the runs' own records."""

import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from course_lib.publishing.execution import cached, execute
from course_lib.publishing.files import read
from course_lib.publishing.status import Ran, record
from tests.publishing.notebooks import notebook, write
from tests.publishing.test_notebooks import CONFIGURATION, build, page


def test_a_run_says_when_it_was_how_long_and_with_what(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", notebook("import time; time.sleep(0.5)"))
    run = execute(path, cache=tmp_path / "kept")
    found = record("book/a", run)
    assert found.begun is not None
    assert abs((datetime.now(found.begun.tzinfo) - found.begun).total_seconds()) < 120
    assert found.seconds >= 0.5
    assert found.memory is None or found.memory > 2**20
    assert {"python", "torch", "course-lib"} <= dict(found.versions).keys()
    assert dict(found.parameters) == {"profile": "fast", "device": "cpu", "seed": "0"}
    assert found.cells[0] == "passed"
    assert f"{found.seconds:.1f} s" in found.cells


def test_a_run_that_is_not_there_has_failed(tmp_path: Path) -> None:
    assert record("book/a", tmp_path / "none.ipynb").cells == ("failed", "", "", "")


def test_a_run_without_a_record_of_its_own_still_tells_its_times(tmp_path: Path) -> None:
    node = notebook("1")
    node.metadata["papermill"] = {"start_time": "2026-01-02T03:04:05+00:00", "duration": 1.25}
    found = record("book/a", write(tmp_path / "a.ipynb", node))
    assert found.cells == ("passed", "2026-01-02 03:04", "1.2 s", "")
    assert isinstance(found, Ran)


@pytest.mark.slow
def test_the_page_tells_what_ran_and_what_failed_and_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONFIGURATION)
    (tmp_path / "_config.yml").touch()
    text = "# Book\n\n```{toctree}\na\nb\n```\n\n```{course-status}\n```\n"
    (tmp_path / "index.md").write_text(text)
    first = write(tmp_path / "a.ipynb", notebook("print(1)", prose="# First"))
    second = write(tmp_path / "b.ipynb", notebook("1 / 0", prose="# Second"))
    log, code = build(tmp_path)
    assert code != 0
    assert "ZeroDivisionError" in log
    rows = re.findall(r"<tr.*?</tr>", page(tmp_path, "index"), re.S)[1:]
    said = [unescape(re.sub(r"<[^>]+>", " ", row)).split() for row in rows]
    kept = read(cached(first)).metadata.papermill
    assert said[0][:3] == ["First", "passed", kept["start_time"][:10]]
    assert f"{kept['duration']:.1f}" in said[0]
    assert said[1] == ["Second", "failed"]

    write(second, notebook("1 / 1", prose="# Second"))
    log, code = build(tmp_path)
    assert code == 0, log
    assert "failed" not in page(tmp_path, "index")
