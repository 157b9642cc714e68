"""The chapters' formulas, and the sheet that gathers them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.publishing.files import read
from course_lib.publishing.formulas import formulas_of
from tests.publishing.notebooks import notebook, write

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "book").glob("[0-9][0-9]-*.ipynb"))
PROSE = (
    "# A title\n\n## What to take away\n\n- All.\n\n### In formulas\n\n- **Sum:** a + b.\n\n## Next"
)


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_formulas_end_where_the_next_section_begins(tmp_path: Path) -> None:
    path = write(tmp_path / "01-a.ipynb", notebook(prose=PROSE))
    assert formulas_of(path) == ("A title", "- **Sum:** a + b.")


def test_a_chapter_without_formulas_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "01-a.ipynb", notebook(prose="# A title"))
    with pytest.raises(ValueError, match=r'01-a.ipynb has no section "### In formulas"'):
        formulas_of(path)


def test_each_chapter_ends_its_summary_with_a_few_formulas(chapter: Path) -> None:
    _, formulas = formulas_of(chapter)
    items = formulas.split("\n- ")
    assert 4 <= len(items) <= 9
    for item in items:
        assert re.match(r"(?:- )?\*\*[^*]+:\*\* ", item), item
        assert "$" in item
        # A formula within \left and \right is not broken at the end of a line on a phone.
        assert not re.search(r"\\left(?![a-z])", item)
    prose = "\n".join(c.source for c in read(chapter).cells if c.cell_type == "markdown")
    summary = prose[prose.index("## What to take away") :]
    assert summary.index("### In formulas") < summary.index("\n## ")


def test_a_large_number_is_one_that_the_chapter_computes(chapter: Path) -> None:
    outputs = [o for cell in read(chapter).cells for o in cell.get("outputs", [])]
    printed = "".join(o.get("text", "") for o in outputs).replace(",", "")
    for number in re.findall(r"\d{4,}", formulas_of(chapter)[1].replace("{,}", "")):
        assert number in re.findall(r"\d+", printed)


def test_the_sheet_has_each_chapter_s_formulas_under_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "conf.py").write_text(
        'extensions = ["myst_nb", "course_lib.publishing"]\nnb_execution_mode = "off"\n'
        'html_theme = "basic"\nroot_doc = "book/sheet"\nexclude_patterns = ["o"]\n'
        'suppress_warnings = ["course.frontend"]\n'
    )
    (tmp_path / "book" / "sheet.md").write_text(
        "# Sheet\n\n```{toctree}\n01-a\n```\n\n```{course-formulas}\n```\n"
    )
    write(tmp_path / "book" / "01-a.ipynb", notebook(prose=PROSE))
    out = tmp_path / "o"
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(tmp_path), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    html = (out / "book" / "sheet.html").read_text()
    assert re.search(r"<h2>1 <a [^>]*href=\"01-a.html\"[^>]*>(?:<[^>]+>)*A title", html)
    assert "<strong>Sum:</strong> a + b." in html
