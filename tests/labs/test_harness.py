from __future__ import annotations

from pathlib import Path

import pytest

from tests.labs import tiny
from tests.labs.harness import LabNotebook, Mistake, failures, read, too_few

RIGHT = "def doubled(x):\n    return 2 * x"
SQUARE = "def doubled(x):\n    return x * x"
LEARNT = "def doubled(x):\n    return np.array([0.0, 2.0, 4.0, 6.0])"
IN_PLACE = "def doubled(x):\n    x *= 2\n    return x"


@pytest.fixture
def lab(tmp_path: Path) -> LabNotebook:
    return read(tiny.write(tiny.tiny_notebook(), tmp_path))


def test_the_solution_passes_and_the_release_fails_every_test(lab: LabNotebook) -> None:
    assert lab.judge() == {"doubled-test": None, "largest-test": None}
    released = lab.judge(lab.released_answers())
    assert "NotImplementedError" in str(released["doubled-test"])
    assert "largest" in str(released["largest-test"])
    assert lab.points == 21
    assert lab.errors() == {}


def test_the_release_is_what_nbgrader_makes_of_the_source(lab: LabNotebook) -> None:
    text = "\n".join(lab.release())
    assert text.count("# YOUR CODE HERE\n") == 2
    assert "YOUR ANSWER HERE" in text
    for hidden in ("x + x", "random", "3.0\n###", "linear", "One point", "BEGIN"):
        assert hidden not in text
    solution = "\n".join(lab.solution())
    assert "x + x" in solution
    assert "random" not in solution


def test_another_right_answer_passes_and_others_stay_as_they_were(lab: LabNotebook) -> None:
    assert failures(lab.judge({"doubled": RIGHT})) == {}
    assert list(failures(lab.judge({"doubled": SQUARE}))) == ["doubled-test"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SQUARE, "A square?"),
        (LEARNT, "has shape (4,), expected (5,)"),
        ("doubled = 3", "TypeError"),
        ("def doubled(x):\n    return lambda: x", "expected numbers"),
        ("def doubled(x:", "doubled"),
    ],
)
def test_a_mistake_fails_with_its_words(lab: LabNotebook, source: str, words: str) -> None:
    Mistake("doubled-test", "doubled", source, words).check(lab)


def test_a_mistake_that_passes_or_fails_with_other_words_is_told(lab: LabNotebook) -> None:
    with pytest.raises(AssertionError, match="takes this for a right answer"):
        Mistake("doubled-test", "doubled", RIGHT, "").check(lab)
    with pytest.raises(AssertionError, match="a square"):
        Mistake("doubled-test", "doubled", SQUARE, "other words").check(lab)


def test_a_test_that_breaks_is_no_mistake_of_the_students(tmp_path: Path) -> None:
    notebook = tiny.tiny_notebook()
    notebook.cells[3].source = "doubled.__name__"
    lab = read(tiny.write(notebook, tmp_path))
    assert "could not go on: AttributeError" in str(lab.judge()["doubled-test"])
    with pytest.raises(AssertionError, match="could not go on"):
        Mistake("doubled-test", "doubled", RIGHT, "").check(lab)


def test_an_array_reaches_the_student_as_a_copy_as_in_the_sandbox(lab: LabNotebook) -> None:
    assert failures(lab.judge({"doubled": IN_PLACE})) == {}


def test_the_notebooks_own_checks_see_the_students_own_objects(tmp_path: Path) -> None:
    notebook = tiny.tiny_notebook()
    notebook.cells[3].source = tiny.TEST + "\nchecks.equal(signal, np.arange(4.0), 'the signal')"
    lab = read(tiny.write(notebook, tmp_path))
    assert failures(lab.seen()) == {}
    assert failures(lab.judge({"doubled": IN_PLACE})) == {}
    assert "twice the signal" in str(lab.seen({"doubled": SQUARE})["doubled-test"])
    assert "NotImplementedError" in str(lab.seen(lab.released_answers())["doubled-test"])
    Mistake("doubled-test", "doubled", IN_PLACE, "twice the signal is wrong", seen=True).check(lab)


def test_a_warning_of_the_students_code_is_no_error(lab: LabNotebook) -> None:
    source = "import warnings\nwarnings.warn('careful')\n" + RIGHT
    assert failures(lab.judge({"doubled": source})) == {}
    assert failures(lab.seen({"doubled": source})) == {}


def test_one_test_alone_runs_with_no_more_than_it_needs(tmp_path: Path) -> None:
    notebook = tiny.tiny_notebook()
    notebook.cells[4].source = "raise SystemExit"
    more = tiny.cell("raise SystemExit\nother = 3", "more", locked=True)
    seed = tiny.cell("np.random.seed(3)", "seed", locked=True)
    notebook.cells[2:2] = [more, seed]
    lab = read(tiny.write(notebook, tmp_path))
    for judge in (lab.judge, lab.seen):
        assert judge(only="largest-test") == {"largest-test": None}
        assert judge(only="doubled-test") == {"doubled-test": None}
        assert judge({"doubled": "def doubled(x:"}, only="doubled-test")["doubled-test"]
    with pytest.raises(SystemExit):
        lab.judge({"doubled": "def doubled(x):\n    return x + other - 3 + x"}, only="doubled-test")


def test_hidden_inputs_come_from_the_seed(tmp_path: Path) -> None:
    notebook = tiny.tiny_notebook()
    notebook.cells[3].source += "\nchecks.true(False, str(y))"
    lab = read(tiny.write(notebook, tmp_path))
    seen = [lab.judge(seed=seed)["doubled-test"] for seed in (None, None, b"a", b"b")]
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3


def test_partial_credit_is_no_full_mark(tmp_path: Path) -> None:
    notebook = tiny.tiny_notebook()
    notebook.cells[6].source = "7 if checks.value(largest) == 3 else 2.5"
    lab = read(tiny.write(notebook, tmp_path))
    assert lab.judge(only="largest-test") == {"largest-test": None}
    assert lab.judge({"largest": "largest = 1"})["largest-test"] == "2.5 of 7 points"


def test_cells_find_the_labs_files_and_what_they_raise_is_kept(tmp_path: Path) -> None:
    notebook = tiny.tiny_notebook()
    notebook.cells[1].source += "\nnumbers = np.loadtxt('a.txt')"
    notebook.cells[4].source = "1 / 0"
    path = tiny.write(notebook, tmp_path)
    path.with_name("a.txt").write_text("1 2")
    lab = read(path)
    assert failures(lab.judge()) == {}
    assert lab.errors() == {"1 / 0": "ZeroDivisionError: division by zero"}


def test_names_that_do_not_exist_are_refused(lab: LabNotebook) -> None:
    with pytest.raises(KeyError, match="no answer is called"):
        lab.judge({"double": RIGHT})
    with pytest.raises(KeyError, match="no test is called"):
        lab.judge(only="doubled")
    with pytest.raises(ValueError, match="stands 2 times"):
        lab.edited("doubled", "SOLUTION", "")
    assert "x * 2" in lab.edited("doubled", "x + x", "x * 2")


def test_questions_with_too_few_mistakes_are_counted(lab: LabNotebook) -> None:
    wrong = [Mistake("doubled-test", "doubled", SQUARE, str(i)) for i in range(3)]
    assert too_few(lab, wrong) == {"largest-test": 0}
