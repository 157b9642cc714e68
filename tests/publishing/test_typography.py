import pytest
from docutils import nodes

from course_lib.publishing.typography import keep_together, tie_units


def paragraph(before: str, after: str) -> nodes.paragraph:
    formula = nodes.math("", "x")
    node = nodes.paragraph("", "", nodes.Text(before), formula, nodes.Text(after))
    keep_together(formula)
    return node


@pytest.mark.parametrize(
    ("before", "after", "together"),
    [
        ("where ", ". Then", "x."),
        ("where (", "), and", "(x),"),
        ("where “", "”", "“x”"),
    ],
)
def test_punctuation_stays_with_its_formula(before: str, after: str, together: str) -> None:
    node = paragraph(before, after)
    (wrapper,) = node.findall(nodes.inline)
    assert wrapper.astext() == together
    assert node.astext() == f"{before}x{after}"


def test_a_formula_among_words_stays_as_it_is() -> None:
    assert not list(paragraph("where ", " is").findall(nodes.inline))


def test_a_formula_beside_other_markup_stays_as_it_is() -> None:
    formula = nodes.math("", "x")
    node = nodes.paragraph("", "", nodes.emphasis("", "a"), formula)
    keep_together(formula)
    assert node.index(formula) == 1


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("an error of 38.1 %.", "an error of 38.1\N{NO-BREAK SPACE}%."),
        ("3 GB of memory, in 5 ms", "3\N{NO-BREAK SPACE}GB of memory, in 5\N{NO-BREAK SPACE}ms"),
        ("5 msec or 3 mugs, a share % of", "5 msec or 3 mugs, a share % of"),
    ],
)
def test_a_number_stays_with_its_unit(text: str, tied: str) -> None:
    node = nodes.paragraph("", "", nodes.Text(text))
    tie_units(node[0])
    assert node.astext() == tied
