import pytest

from course_lib.publishing.slides.outline import Slide, outline
from course_lib.publishing.slides.reading import (
    Asked,
    Bullets,
    Exercise,
    Figure,
    Formula,
    Heading,
    LiveDemo,
    Piece,
    Printed,
    Prose,
    Whole,
)

FIGURE = Figure("a/b", "<svg></svg>", "A caption.")
DEMO = LiveDemo("skips", "s", "", "", ())
LONG = "Each output is a weighted sum of an input and of both of its neighbours"


def slides(*pieces: Piece) -> list[Slide]:
    """Return the slides after the chapter's title."""
    return [slide for stack in outline([Heading(1, "T"), *pieces]) for slide in stack][1:]


def test_a_section_begins_a_stack_and_a_subsection_a_slide_in_it() -> None:
    stacks = outline([Heading(1, "T"), Heading(2, "A"), FIGURE, Heading(3, "B"), Heading(2, "C")])
    assert [[slide.shown for slide in stack] for stack in stacks] == [
        [Heading(1, "T")],
        [Heading(2, "A"), FIGURE, Heading(3, "B")],
        [Heading(2, "C")],
    ]


def test_a_heading_has_the_first_sentence_and_its_notes_have_all() -> None:
    [slide] = slides(Heading(2, "A"), Prose("One. Two."), Prose("Three."), Printed("4"))
    assert slide.sentence == "One."
    assert slide.notes == [Prose("One. Two."), Prose("Three."), Printed("4")]


def test_a_list_at_once_after_a_heading_stands_on_its_slide() -> None:
    [slide] = slides(Heading(2, "A"), Bullets("- a"), Prose("After."))
    assert (slide.bullets, slide.sentence, slide.notes) == ("- a", "", [Prose("After.")])
    [slide] = slides(Heading(2, "A"), Prose("Before."), Bullets("- a"))
    assert (slide.bullets, slide.notes) == ("", [Prose("Before."), Bullets("- a")])


def test_prose_goes_to_the_notes_of_the_slide_before_it() -> None:
    heading, figure, question = slides(
        Heading(2, "A"), FIGURE, Prose("After the figure."), Asked({}), Prose("After all.")
    )
    assert heading.notes == []
    assert figure.notes == [Prose("After the figure.")]
    assert question.notes == [Prose("After all.")]


def test_a_formula_takes_the_sentence_that_leads_to_it_and_its_paragraph() -> None:
    heading, formula = slides(
        Heading(2, "A"), Prose("First."), Prose(f"Second. {LONG}:"), Formula("x"), Prose("that is")
    )
    assert heading.notes == [Prose("First.")]
    assert formula.sentence == f"{LONG}:"
    assert formula.notes == [Prose(f"Second. {LONG}:"), Prose("that is")]
    assert formula.section == "A"


def test_one_sentence_does_not_stand_on_two_slides() -> None:
    heading, formula = slides(Heading(2, "A"), Prose(f"{LONG}:"), Formula("x"))
    assert heading.sentence == ""
    assert formula.sentence == f"{LONG}:"


def test_a_demo_takes_the_last_question_and_all_that_follows_it() -> None:
    figure, demo = slides(
        FIGURE, Prose("Before."), Prose("Look. What is hard?"), Prose("Go."), DEMO
    )
    assert demo.sentence == "What is hard?"
    assert demo.notes == [Prose("Look. What is hard?"), Prose("Go.")]
    assert figure.notes == [Prose("Before.")]


def test_a_demo_that_nothing_asks_about_takes_the_paragraph_before_it() -> None:
    figure, demo = slides(FIGURE, Prose("Before."), Prose("Go."), DEMO)
    assert (demo.sentence, demo.notes) == ("", [Prose("Go.")])
    assert figure.notes == [Prose("Before.")]


def test_exercises_and_whole_cells_are_slides() -> None:
    shown = [Exercise("p", "a"), Whole("text")]
    assert [slide.shown for slide in slides(*shown)] == shown


def test_a_chapter_without_a_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin with a heading"):
        outline([Prose("Text."), Heading(1, "T")])
