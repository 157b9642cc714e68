import pytest

from course_lib.publishing.slides.sentences import (
    first_sentence,
    last_sentence,
    noticed,
    question,
    sentences,
)


@pytest.mark.parametrize(
    ("paragraph", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("A break\nin a line. And *one* more.", ["A break in a line.", "And *one* more."]),
        ("With $x = 1. Y$ inside. End.", ["With $x = 1. Y$ inside.", "End."]),
        ("A `f(x). G` call. End.", ["A `f(x). G` call.", "End."]),
        ("In [a. B](c.md) we see. $K$ grows.", ["In [a. B](c.md) we see.", "$K$ grows."]),
        ("By hand, e.g. Monday. Then.", ["By hand, e.g. Monday.", "Then."]),
        ("About 3.5 of 4. **Bold.** Plain", ["About 3.5 of 4.", "**Bold.**", "Plain"]),
        ('He said "no." She did not.', ['He said "no."', "She did not."]),
    ],
)
def test_a_paragraph_comes_apart_between_sentences_and_nowhere_else(
    paragraph: str, parts: list[str]
) -> None:
    assert sentences(paragraph) == parts


def test_a_short_last_sentence_takes_the_one_before_along() -> None:
    assert first_sentence("Cut the map. Then") == "Cut the map."
    assert last_sentence("We begin. They cut the map into windows. Then") == (
        "They cut the map into windows. Then"
    )
    long = "Each output is a weighted sum of an input and its two neighbours, as we said:"
    assert last_sentence(f"We begin. {long}") == long


def test_the_question_is_the_last_that_is_asked() -> None:
    assert question("Look. Which is easy? And which is hard? Try it.") == "And which is hard?"
    assert question("Nothing is asked.") is None


def test_a_caption_says_a_second_sentence_where_the_first_is_short() -> None:
    assert noticed("Two panels. Look at the ends.") == "Two panels. Look at the ends."
    assert noticed("Two panels. " + "X" * 200 + ".") == "Two panels."
