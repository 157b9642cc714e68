"""Demos and figures are found by what they are called and what they show."""

from docutils import nodes

from course_lib.publishing.contents import contents_of
from course_lib.publishing.finding import (
    SHOWN_LETTERS,
    demos_of,
    figures_of,
    figures_of_the_gallery,
    shortened,
)
from course_lib.publishing.reading import data_script
from tests.publishing.test_contents import document


def test_a_demo_is_found_at_its_state_and_a_question_is_not_listed() -> None:
    [boxes] = demos_of("book/12.html", contents_of(document()))
    assert boxes["address"] == "book/12.html#demo=overlap"
    assert boxes["where"] == "Detection: First"
    assert boxes["terms"] == "overlap IoU"
    assert boxes["shows"]


def test_a_figure_is_found_in_its_section() -> None:
    [figure] = figures_of("book/12.html", contents_of(document()))
    assert figure["address"] == "book/12.html#first"
    assert figure["shows"] == "One & only."
    assert figure["kind"] == "Figure"


def test_the_gallery_holds_every_figure() -> None:
    from course_lib.figures import names

    found = figures_of_the_gallery("book/gallery.html")
    assert [figure["name"] for figure in found] == names()
    assert all(len(figure["shows"]) <= SHOWN_LETTERS + 2 for figure in found)


def test_a_text_is_shortened_to_whole_sentences() -> None:
    assert shortened("One. Two.") == "One. Two."
    assert shortened("One. " + "x" * 300) == "One."
    assert shortened("word " * 100).endswith("word …")


def test_a_data_script_cannot_end_its_element() -> None:
    script = data_script("x", ["</script><!--"])
    assert "<" not in script
    assert script == 'globalThis.x=["\\u003c/script>\\u003c!--"];\n'


def test_a_page_without_sections_is_its_own_place() -> None:
    empty = nodes.document(None, None)  # type: ignore[arg-type]
    assert list(figures_of("a.html", contents_of(empty))) == []
