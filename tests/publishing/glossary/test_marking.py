"""Where a term is marked, and where it is left alone."""

from __future__ import annotations

import pytest
from docutils import nodes

from course_lib.publishing.glossary.marking import chapter_of, mark
from course_lib.publishing.glossary.terms import Term
from tests.publishing.glossary.reading import document

KERNEL = Term("kernel", 3, "", ("kernel", "kernels"))
STRIDE = Term("stride", 3, "", ("stride",))
SIZE = Term("kernel size", 3, "", ("kernel size",))


def marked(markdown: str, *terms: Term) -> str:
    """The text with its terms in brackets."""
    text = document(markdown)
    mark(text, terms or (KERNEL,), lambda _, words: nodes.inline("", f"[{words}]"))
    return text.astext()


def test_the_first_use_is_marked_and_no_other() -> None:
    assert marked("A kernel slides.\n\nThe kernel stops.") == (
        "A [kernel] slides.\n\nThe kernel stops."
    )


def test_a_plural_or_a_capital_is_a_use() -> None:
    assert marked("Kernels slide. A kernel slides.") == "[Kernels] slide. A kernel slides."


def test_several_terms_of_one_sentence_are_marked() -> None:
    assert marked("The kernel size, the stride, a kernel.", KERNEL, STRIDE, SIZE) == (
        "The [kernel size], the [stride], a [kernel]."
    )


def test_a_longer_term_that_is_marked_already_does_not_count_as_the_shorter() -> None:
    assert marked("kernel size, kernel size, kernel", KERNEL, SIZE) == (
        "[kernel size], kernel size, [kernel]"
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        "# The kernel",
        "The `kernel` is.",
        "```\nkernel\n```",
        "[The kernel](https://example.org) is.",
        '<a href="#demo=a">the kernel</a> is.',
        "The $kernel$ is.",
        "$$\nkernel\n$$",
        "| kernel |\n|---|\n| kernel |",
        "<details>\n<summary>kernel</summary>\n</details>",
    ],
)
def test_a_heading_code_a_link_a_formula_and_a_table_are_left_alone(elsewhere: str) -> None:
    text = marked(f"{elsewhere}\n\nA kernel.")
    assert text.count("[kernel]") == 1
    assert text.endswith("A [kernel].")


def test_what_a_cell_shows_is_left_alone() -> None:
    text = document("A kernel.")
    output = nodes.container("", nodes.paragraph("", "A kernel."), classes=["cell_output"])
    text.insert(0, output)
    mark(text, [KERNEL], lambda _, words: nodes.inline("", f"[{words}]"))
    assert text.astext() == "A kernel.\n\nA [kernel]."


def test_text_beside_a_link_and_emphasised_text_are_running_text() -> None:
    assert marked('<a href="#demo=a">this</a>, a **kernel**.').endswith("a [kernel].")


def test_the_terms_found_come_in_the_order_of_the_text() -> None:
    found = mark(document("The stride of a kernel."), [KERNEL, STRIDE], lambda _, w: nodes.Text(w))
    assert found == [STRIDE, KERNEL]


@pytest.mark.parametrize(
    ("docname", "chapter"),
    [("book/03-convolution-1d", 3), ("book/14-u-nets", 14), ("book/index", None)],
)
def test_a_chapter_is_known_by_its_name(docname: str, chapter: int | None) -> None:
    assert chapter_of(docname) == chapter
