from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from course_lib.publishing.slides.drawing import Drawer
from course_lib.publishing.slides.outline import outline
from course_lib.publishing.slides.reading import pieces, state_links
from course_lib.publishing.slides.words import Typesetter
from tests.publishing.slides import chapter as small


def formula(name: str, state: dict[str, Any]) -> str:
    return f'<span class="katex">{state["tex"]}|{state["display"]}</span>'


def drawn(*cells: Any) -> list[Tag]:
    """Return the sections of a chapter's slides, the title's apart."""
    notebook = small.chapter(*cells)
    draw = Drawer(
        Typesetter(formula),
        lambda name: f"Title of {name}",
        state_links(notebook),
        "Chapter 3",
        "©",
    )
    html = "".join(draw(s) for stack in outline(pieces(notebook)) for s in stack)
    return BeautifulSoup(html, "html.parser").find_all("section")[1:]


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def test_a_figure_has_its_title_its_drawing_and_the_first_of_its_caption() -> None:
    [section] = drawn(small.figure())
    assert words(section.h2) == "Title of convolution-1d/valid"
    assert words(section.select_one(".slide-sentence")) == "Two ends & no zeros at all, anywhere."
    assert words(section.select_one("aside.notes")) == "Two ends & no zeros at all, anywhere."
    assert section.svg is not None
    assert section.svg["role"] == "img"
    assert str(section.svg["aria-label"])
    style = str(section.svg["style"])
    assert "min-width" not in style
    assert "max-height" in style


def test_a_formula_stands_below_the_sentence_that_leads_to_it() -> None:
    lead = "First. So every output is a weighted sum of its inputs, $x$ and no more:"
    text = f"## A\n\n{lead}\n\n$$\ny\n$$"
    _, section = drawn(small.prose(text))
    assert words(section.h2).startswith("So every output is a weighted sum")
    assert words(section.select_one(".slide-body")) == "y|True"
    assert words(section.select_one(".slide-kicker")) == "A"


def test_a_demo_stands_beside_its_question_and_links_to_its_states() -> None:
    lead = 'Look. What moves? Try <a href="#demo=slide&stride=2">every second</a>.'
    _, section = drawn(small.prose(f"## A\n\n{lead}"), small.demo())
    assert words(section.h2) == "What moves?"
    assert [(a["href"], words(a)) for a in section.select("a")] == [
        ("#demo=slide&stride=2", "Every second")
    ]
    assert section.select_one(".slide-stage > .course-demo#slide") is not None
    # In the notes, which another window shows, the link is only its words.
    assert "Try every second." in words(section.select_one("aside.notes"))


def test_a_question_s_options_and_its_explanation_appear_one_by_one() -> None:
    [section] = drawn(small.choice_question())
    assert str(section.h2) == '<h2 class="slide-prompt">Which is <em>longest</em>?</h2>'
    steps = section.select(".fragment")
    assert [words(step) for step in steps] == [
        "A [1, 2] < 3",
        "B Two ✓ right",
        "That is it.",
    ]
    assert [step.has_attr("data-right") for step in steps] == [False, True, False]
    assert words(section.select_one("aside.notes")) == "Not A: Too few ."


def test_a_number_appears_with_its_unit_and_mistakes_are_in_the_notes() -> None:
    [section] = drawn(small.number_question())
    assert "slide-number-asked" in str(section.div["class"] if section.div else "")
    assert words(section.select_one(".fragment")) == "2 taps. Count."
    assert words(section.select_one("aside.notes")) == "Not 3: One too many."


@pytest.mark.parametrize(
    ("answer", "tolerance", "text"),
    [(8.5, 0.06, "8.5"), (14 / 3, 0.011, "4.67"), (-3, 0, "−3"), (150528, 0, "150,528"),
     (0.25, 0, "0.25"), (1e-4, 1e-5, "0.0001")],
)  # fmt: skip
def test_a_number_is_given_as_exactly_as_it_is_asked_for(
    answer: float, tolerance: float, text: str
) -> None:
    from course_lib.demos import Question

    question = Question("n", "?", answer=answer, tolerance=tolerance, why="W.")
    [section] = drawn(small.shown(question))
    assert section.strong is not None
    assert section.strong.get_text() == f"{text}."


def test_an_exercise_shows_its_answer_last() -> None:
    text = "**2. In words.** Why $a$?\n\n<details>\n<summary>Answer</summary>\n\nSo.\n\n</details>"
    [section] = drawn(small.prose(text))
    assert words(section.h2) == "In words"
    assert words(section.select_one(".slide-body > p")) == "Why a|False ?"
    assert words(section.select_one(".fragment")) == "Answer So."


def test_a_whole_cell_is_a_slide_with_its_own_heading_and_code_with_what_it_prints() -> None:
    text, code = drawn(
        small.prose("## Mine\n\nAll.", "slide"), small.printed("a < b", "True\n", "slide")
    )
    assert words(text.h2) == "Mine"
    assert words(text.select_one(".slide-body")) == "All."
    assert [pre.get_text() for pre in code.select("pre")] == ["a < b", "True"]


def test_what_code_prints_is_in_the_notes_as_it_stands() -> None:
    _, section = drawn(small.prose("## A"), small.figure(), small.printed("x", "a  <b>\n  c\n"))
    assert section.select("aside.notes pre")[0].get_text() == "a  <b>\n  c"


def test_an_author_s_words_in_a_question_are_text() -> None:
    from course_lib.demos import Question

    hostile = "<script>alert(1)</script>"
    [section] = drawn(small.shown(Question("n", hostile, answer=1, why=hostile, unit=hostile)))
    assert section.find_all("script") == []
    assert hostile in words(section)
