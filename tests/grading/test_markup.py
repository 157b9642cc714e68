"""What a teacher's pages make of a student's text: no link of it runs."""

from __future__ import annotations

import html
import re

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from course_lib.grading.examination import _without_markup
from course_lib.grading.submission import Cell

LINKS = [
    r"[x](javascript:alert(1))",
    r"[x](javascript\:alert(1))",
    r"[x](JavaScript\:alert(1))",
    "[x]: javascript\\:alert(1)\n\n[x]",
    r"![x](javascript\:alert(1))",
    r"[x](vbscript\:x)",
    r"[x](data\:text/html,x)",
    "[x](<java\tscript\\:alert(1)>)",
    "<javascript\\:alert(1)>",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    # MathJax links what `\\href` names, as it stands.
    "$\\href{javascript:alert(1)}{x}$",
    "$\\href{javascript\t:alert(1)}{x}$",
    "$\\href{javas\ncript:alert(1)}{x}$",
]
RUNS = re.compile(r"(?:script|data):", re.I)


@pytest.mark.parametrize("text", LINKS)
def test_no_link_of_a_text_runs(text: str) -> None:
    shown = markdown2html_mistune(_without_markup(Cell("text", "markdown", text)))
    # As a browser reads an address: entities first, then tabs and ends of lines are dropped.
    assert not RUNS.search(re.sub(r"[\t\r\n]", "", html.unescape(shown)))


def test_the_text_looks_as_it_was() -> None:
    text = "The script [here](https://example.org/a:b), the data: 3 < 4 & so on.\n\n$f: x \\to y$"
    shown = _without_markup(Cell("text", "markdown", text))
    assert shown.replace("\N{ZERO WIDTH SPACE}", "") == text
    assert "](https://example.org/a:b)" in shown
