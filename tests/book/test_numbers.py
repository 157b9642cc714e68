"""Every long number in the prose stands in an output, in an equation that holds, or is cited."""

from pathlib import Path

import pytest

from course_lib.publishing.execution import merged
from tests.book.prose import digits, paragraphs, proved, shown, unvouched
from tests.publishing.notebooks import notebook

BOOK = Path(__file__).parents[2] / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_long_number_of_the_prose_is_vouched_for(path: Path) -> None:
    assert list(unvouched(merged(path))) == []


def test_a_number_that_nothing_vouches_for_is_found() -> None:
    node = notebook(prose="It has 12,345 weights.\n\nAnd 1234 more ([Prince](references.md)).")
    assert [number for number, _ in unvouched(node)] == ["12,345"]
    node = notebook("print(12345)", prose="It has 12,345 weights.")
    node.cells[-1].outputs = [{"output_type": "stream", "name": "stdout", "text": "12345\n"}]
    assert list(unvouched(node)) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("$64^2 = 4{,}096$", {"4096"}),
        ("$64^2 = 4{,}097$", set()),
        (r"$2 \cdot 1{,}000 + 3 = 2{,}003$ and 7,777", {"1000", "2003"}),
        ("4,096 alone", set()),
        ("$n = 4{,}096$", set()),
    ],
)
def test_an_equation_vouches_for_its_numbers_only_where_it_holds(
    text: str, numbers: set[str]
) -> None:
    assert proved(text) == numbers


def test_groups_of_digits_are_one_number_and_short_ones_none() -> None:
    assert shown(["12,345 and 12\u2009345 and 123"]) == {"12345"}
    assert digits("1{,}234") == "1234"
    assert paragraphs('a `1234` <a href="#x=1234">b</a>\n\nc') == ["a  <a>b</a>", "c"]
