import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_lib.cli.execute import execute
from tests.publishing.batch.test_tasks import alive
from tests.publishing.notebooks import notebook, write

PACKAGE_ROOT = Path(__file__).parents[2]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "_config.yml").touch()
    (tmp_path / "book").mkdir()
    (tmp_path / "labs" / "01-lab").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "book"


def command(*words: str) -> Result:
    return CliRunner().invoke(execute, words)


def test_chapters_and_labs_run_a_failure_is_told_and_what_passed_is_not_repeated(
    book: Path,
) -> None:
    counter = book / "count"
    count = f"with open({str(counter)!r}, 'a') as file:\n    file.write(f'{{profile}} {{seed}},')"
    write(book / "a.ipynb", notebook(count))
    write(book.parent / "labs/01-lab/01-lab.ipynb", notebook("1 / 0"))
    done = command("--seed", "5", "--jobs", "2")
    assert done.exit_code == 1
    assert "book/a.ipynb: passed" in done.output
    assert "cell 3 ('1 / 0'): ZeroDivisionError: division by zero" in done.output
    assert "1 of 2 failed: labs/01-lab/01-lab.ipynb" in done.output
    report = json.loads(Path("executed/report.json").read_text("utf-8"))
    assert report["counts"] == {"passed": 1, "failed": 1}
    assert "ZeroDivisionError" in Path("executed/report.html").read_text("utf-8")
    assert Path("executed/notebooks/book/a.ipynb").is_file()

    done = command("--seed", "5", str(book / "a.ipynb"))
    assert done.exit_code == 0, done.output
    assert "book/a.ipynb: passed before" in done.output
    assert counter.read_text() == "fast 5,"


def test_an_interrupt_ends_what_runs_and_leaves_a_usable_report(book: Path) -> None:
    mark = book / "mark"
    code = f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)"
    write(book / "a.ipynb", notebook(code))
    write(book / "b.ipynb", notebook("1"))
    process = subprocess.Popen(
        [sys.executable, "-m", "course_lib.cli", "execute"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PYTHONPATH": str(PACKAGE_ROOT)},
    )
    while not (mark.is_file() and mark.read_text()) and process.poll() is None:
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1, output
    assert "stopped with 2 of 2 to do; the same command goes on" in output
    assert "Traceback" not in output
    report = json.loads(Path("executed/report.json").read_text("utf-8"))
    assert report["state"] == "interrupted"
    assert [row["state"] for row in report["notebooks"]] == ["interrupted", "waiting"]
    assert not alive(int(mark.read_text()))


def test_without_notebooks_the_command_says_where_it_looked(book: Path) -> None:
    done = command()
    assert done.exit_code == 1
    assert "there is no notebook in book/ or labs/" in done.output


def test_a_device_that_is_not_there_is_said_before_any_work(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    write(book / "a.ipynb", notebook("1"))
    done = command("--device", "cuda")
    assert done.exit_code == 1
    assert "Error: there is no 'cuda' here" in done.output
    assert not Path("executed/report.json").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--device", "gpu"], "expected cpu, cuda or cuda:N"),
        (["--out", "book/a.ipynb"], "cannot write to book/a.ipynb: it is not a folder"),
        (["--scheduler", "tcp://192.0.2.1:8786"], "must begin with tls://"),
        (["--time-limit", "0"], "--time-limit"),
        (["--jobs", "0"], "--jobs"),
        (["--seed", "-1"], "--seed"),
        (["book/none.ipynb"], "does not exist"),
        (["book/text.ipynb"], "text.ipynb is not a notebook"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(book: Path, words: list[str], sentence: str) -> None:
    write(book / "a.ipynb", notebook("1"))
    if "book/text.ipynb" in words:
        (book / "text.ipynb").write_text("hello")
    done = command(*words)
    assert done.exit_code in (1, 2)
    assert sentence in done.output
    assert "Traceback" not in done.output
