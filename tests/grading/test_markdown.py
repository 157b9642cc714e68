"""Texts become HTML: formulas as MathML, and nothing that runs."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from course_lib.grading.markdown import MAX_FORMULA, as_html

LABS = sorted((Path(__file__).parents[2] / "labs").glob("*/*.ipynb"))
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.S)


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_every_formula_of_a_lab_is_drawn(path: Path) -> None:
    drawn = 0
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            html = as_html(source)
            assert "$" not in html
            assert "\\" not in re.sub(r"<code>.*?</code>", "", html, flags=re.S)
            assert html.count("<math") == len(FORMULA.findall(source))
            drawn += html.count("<math")
    assert drawn


def test_a_sum_has_its_bounds() -> None:
    html = as_html("A sum $\\sum_{i=1}^{n} x_i$.")
    assert "<munderover>" in html or "<msubsup>" in html
    assert "<msub><mi>x</mi><mi>i</mi></msub>" in html
    assert html.startswith("<p>A sum <math")


@pytest.mark.parametrize(
    "source",
    [
        "$\\href{javascript:alert(1)}{x}$",
        "$\\text{<img src=x onerror=alert(1)>}$",
        "$\\style{background:url(https://a.example)}{x}$",
        "$</math><script>alert(1)</script>$",
        "<math><mi href='javascript:alert(1)' onclick='alert(1)'>x</mi></math>",
        "<math><mtext><style>*{}</style></mtext></math>",
    ],
)
def test_nothing_of_a_formula_runs(source: str) -> None:
    html = as_html(source)
    assert not re.search(r"<[^>]*(href|onerror|onclick|style|src)", html), html
    assert not re.search(r"<(script|style|img|svg|iframe)", html), html


@pytest.mark.parametrize("latex", ["\\frac{", "{" * 200, "\\left(" * 80, "x^" * 200, "&" * 400])
def test_what_is_no_formula_stays_as_it_is(latex: str) -> None:
    begun = time.monotonic()
    html = as_html(f"before ${latex}$ after")
    assert html.startswith("<p>before ")
    assert html.rstrip().endswith(" after</p>")
    assert time.monotonic() - begun < 5


def test_a_long_formula_is_not_drawn() -> None:
    assert "<math" in as_html("$" + "x" * MAX_FORMULA + "$")
    assert "<math" not in as_html("$" + "x" * (MAX_FORMULA + 1) + "$")
