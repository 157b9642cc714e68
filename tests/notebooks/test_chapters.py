"""What every chapter owes its readers, whatever it teaches."""

import ast
import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import nbformat
import pytest

from course_lib import demos
from course_lib.demos.demo import Demo
from course_lib.publishing.execution import execute

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "book").glob("[0-9]*.ipynb"))
PROMISED = "nbval-check-output"


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request: pytest.FixtureRequest) -> Path:
    return request.param


def cells(chapter: Path) -> list[Any]:
    return nbformat.read(chapter, as_version=4).cells


def tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])


def test_there_are_chapters() -> None:
    assert CHAPTERS


def test_a_chapter_begins_with_its_parameters_and_its_imports_both_hidden(chapter: Path) -> None:
    first, second, title = cells(chapter)[:3]
    assert first.source == 'profile = "fast"\ndevice = "auto"\nseed = 0'
    assert set(tags(first)) == {"parameters", "remove-cell"}
    assert tags(second) == ["remove-cell"]
    assert title.source.startswith("# ")


def test_only_promised_outputs_are_kept_in_the_source(chapter: Path) -> None:
    code = [cell for cell in cells(chapter) if cell.cell_type == "code"]
    for cell in code:
        assert bool(cell.outputs) == (PROMISED in tags(cell)), cell.source
        # nbval compares a kept output only where the cell bears a number.
        assert (cell.execution_count is not None) == (PROMISED in tags(cell))


def test_a_cell_that_readers_see_is_short_and_narrow(chapter: Path) -> None:
    for cell in cells(chapter):
        if cell.cell_type != "code" or {"remove-input", "remove-cell"} & set(tags(cell)):
            continue
        lines = cell.source.splitlines()
        assert len(lines) <= 14, cell.source
        assert max(map(len, lines)) <= 80, cell.source


def test_a_chapter_uses_public_names_only(chapter: Path) -> None:
    for cell in cells(chapter):
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("course_lib"):
                assert node.module.count(".") == 1, f"{node.module} is not a package's public face"
                assert not any(alias.name.startswith("_") for alias in node.names)


def test_every_figure_has_a_caption(chapter: Path) -> None:
    for cell in cells(chapter):
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "show":
                given = {keyword.arg for keyword in node.keywords}
                assert "caption" in given, ast.unparse(node)


def test_nothing_is_installed_or_fetched(chapter: Path) -> None:
    for cell in cells(chapter):
        assert "pip install" not in cell.source
        assert not re.search(r"!\[[^\]]*\]\(https?:", cell.source), cell.source


def rendered(chapter: Path) -> list[str]:
    """The text/html of every output of the chapter's run."""
    run = nbformat.read(execute(chapter), as_version=4)
    outputs = [output for cell in run.cells for output in cell.get("outputs", [])]
    return [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]


def demos_of(chapter: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """The demos of a chapter by their anchor: each's name and first state."""
    found = {}
    pattern = (
        r'<div class="course-demo" data-demo="([^"]+)" id="([^"]+)"><script[^>]*>(.*?)</script>'
    )
    for html in rendered(chapter):
        for name, anchor, state in re.findall(pattern, html, flags=re.S):
            assert anchor not in found, f"two demos are called {anchor}"
            found[anchor] = (name, json.loads(state))
    return found


def test_every_link_to_a_state_opens_a_demo_of_the_page_in_a_possible_state(chapter: Path) -> None:
    there = demos_of(chapter)
    for cell in cells(chapter):
        for fragment in re.findall(r'href="#(demo=[^"]+)"', cell.source):
            possible(there, dict(parse_qsl(unescape(fragment))))


def possible(there: dict[str, tuple[str, dict[str, Any]]], query: dict[str, str]) -> None:
    """Put a demo into the state that a link asks for; raises where there is none such."""
    classes: dict[str, type[Demo]] = {
        getattr(demos, name).name: getattr(demos, name)
        for name in demos.__all__
        if isinstance(getattr(demos, name), type) and issubclass(getattr(demos, name), Demo)
    }
    name, state = there[query["demo"]]
    given = {key: value_of(text, state[key]) for key, text in query.items() if key != "demo"}
    computed = {"output"}
    kept = {key: value for key, value in state.items() if key not in computed}
    classes[name](**{**kept, **given})


def value_of(written: str, example: Any) -> Any:
    """A trait as a link writes it."""
    if isinstance(example, list):
        return json.loads(written if written.startswith("[") else f"[{written}]")
    if isinstance(example, str) and not written.startswith('"'):
        return written
    return json.loads(written)


def test_every_answer_of_a_question_is_explained(chapter: Path) -> None:
    for name, state in demos_of(chapter).values():
        if name != "question":
            continue
        answers = state["choices"] or [*state["mistakes"], {"why": state["why"]}]
        assert len(answers) >= 2, state["prompt"]
        assert all(answer["why"].strip() for answer in answers), state["prompt"]
