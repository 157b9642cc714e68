"""The instructor's guide keeps its promises: minutes, figures, states of demos, commands, files."""

import re
import shlex
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner

from course_lib.cli import COMMANDS, main
from course_lib.demos import ITEMS
from course_lib.figures import names
from tests.notebooks.test_chapters import ROOT, demos_of, possible

GUIDE = ROOT / "book" / "instructors-guide.md"
TEXT = GUIDE.read_text(encoding="utf-8")
LECTURES = re.findall(r"^## Lecture \d.*?(?=^## )", TEXT, flags=re.M | re.S)
STEP = r"^### (\d+)–(\d+) min · .+?(?=^##|\Z)"
LINKS = sorted(set(re.findall(r'<a href="([^"]+)">', TEXT)))


@pytest.mark.parametrize("lecture", LECTURES, ids=["first", "second"])
def test_a_lecture_s_steps_fill_75_minutes(lecture: str) -> None:
    steps = [(int(start), int(end)) for start, end in re.findall(STEP, lecture, flags=re.M | re.S)]
    assert len(steps) == lecture.count("\n### ")
    starts, ends = zip(*steps, strict=True)
    assert (starts[0], ends[-1]) == (0, 75)
    assert starts[1:] == ends[:-1]
    assert sum(end - start for start, end in steps) == 75


@pytest.mark.parametrize("lecture", LECTURES, ids=["first", "second"])
def test_the_minutes_within_a_step_go_up_from_its_first_and_stay_in_it(lecture: str) -> None:
    for step in re.finditer(STEP, lecture, flags=re.M | re.S):
        minutes = [int(minute) for minute in re.findall(r"^- \*\*(\d+)\*\* ", step[0], flags=re.M)]
        assert len(minutes) == len(re.findall(r"^- ", step[0], flags=re.M))
        assert minutes[0] == int(step[1])
        assert minutes == sorted(set(minutes))
        assert minutes[-1] < int(step[2])


def test_every_step_but_the_last_says_what_to_cut() -> None:
    for lecture in LECTURES:
        steps = [step[0] for step in re.finditer(STEP, lecture, flags=re.M | re.S)]
        assert all("**Cut** " in step for step in steps[:-1])


def test_every_figure_that_is_named_exists() -> None:
    named = re.findall(r"\{course-figure\}`([^`]+)`", TEXT)
    assert len(named) > 50
    assert set(named) <= set(names())


@cache
def there(page: str) -> dict[str, tuple[str, dict[str, Any]]]:
    return demos_of(ROOT / "book" / page.replace(".html", ".ipynb"))


@pytest.mark.parametrize("link", LINKS)
def test_a_link_opens_a_demo_in_a_possible_state(link: str) -> None:
    page, _, fragment = link.partition("#")
    if fragment.startswith("demo="):
        possible(there(page), dict(parse_qsl(unescape(fragment))))
    else:
        assert fragment in there(page)


def test_every_page_that_is_linked_exists() -> None:
    pages = re.findall(r"\]\(([^):]+?)(?:#[^)]*)?\)", TEXT)
    assert pages
    assert all((GUIDE.parent / page).is_file() for page in pages)


def test_the_beliefs_are_those_of_the_inventory_in_its_order() -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", TEXT, flags=re.M)
    assert [int(number) for number, _ in rows] == list(range(1, len(ITEMS) + 1))
    assert [f"{belief.strip()}." for _, belief in rows] == [item.belief for item in ITEMS]


@pytest.mark.parametrize("line", sorted(set(re.findall(r"^course .+$", TEXT, flags=re.M))))
def test_every_command_is_understood(line: str, tmp_path: Path) -> None:
    _, name, *words = shlex.split(line)
    assert name in COMMANDS
    if name == "figures":
        if "--out" in words:
            words[words.index("--out") + 1] = str(tmp_path)
        run = CliRunner().invoke(main, [name, *words, "--list"])
        assert run.exit_code == 0, run.output


def test_every_file_that_is_named_exists() -> None:
    files = re.findall(r"`((?:course_lib|frontend|book|_)[\w/.-]*)`", TEXT)
    built = {"_build/html", "_build/html/index.html"}
    assert len(set(files) - built) >= 5
    assert all((ROOT / file).exists() for file in set(files) - built), files


def test_the_worked_example_is_a_function_that_is_there() -> None:
    source = (ROOT / "course_lib/figures/convolution_1d/sliding.py").read_text("utf-8")
    assert '@figure(\n    "convolution-1d/sliding",\n    title="The kernel slides' in source
    assert "def sliding(\n    signal: Numbers = SIGNAL, kernel: Numbers = KERNEL," in source
