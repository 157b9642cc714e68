"""Questions: what their author may write."""

from __future__ import annotations

from typing import Any

import pytest
from traitlets import TraitError

from course_lib.demos import Choice, Mistake, Question

ONE = Choice("One", "It is the other.")
TWO = Choice("Two", "Yes.", right=True)


def test_a_question_with_choices_holds_them_in_order_with_their_reasons() -> None:
    question = Question("q", "Which?", choices=[ONE, TWO])
    assert question.choices == [
        {"text": "One", "why": "It is the other.", "right": False},
        {"text": "Two", "why": "Yes.", "right": True},
    ]
    assert question.anchor == "q"
    assert question.chosen is None


def test_a_question_may_ask_for_a_number_with_known_mistakes() -> None:
    mistake = Mistake(5, "You forgot the last one.")
    question = Question(
        "q", "How many?", answer=6, why="Count.", mistakes=[mistake], unit="weights"
    )
    assert question.answer == 6
    assert question.mistakes == [{"value": 5, "why": "You forgot the last one."}]
    assert question.choices == []


@pytest.mark.parametrize("choices", [[ONE], [TWO, TWO], [ONE, ONE]], ids=["none", "two", "no"])
def test_not_exactly_one_right_choice_is_refused_with_their_number(choices: list[Choice]) -> None:
    with pytest.raises(TraitError, match=r"choices has [02] right options; expected exactly one"):
        Question("q", "Which?", choices=choices)


@pytest.mark.parametrize(
    "asked", [{}, {"choices": [ONE, TWO], "answer": 3}], ids=["neither", "both"]
)
def test_neither_choices_nor_a_number_or_both_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(TraitError, match="expected either options or a number"):
        Question("q", "What?", **asked)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize("trait", ["answer", "tolerance", "mistakes"])
def test_a_number_that_is_not_finite_is_refused_by_name(trait: str, value: float) -> None:
    given: dict[str, Any] = {"answer": 3.0}
    given[trait] = [Mistake(value, "")] if trait == "mistakes" else value
    with pytest.raises(TraitError, match=rf"{trait}.* is {value}; expected"):
        Question("q", "How many?", **given)


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(TraitError, match=r"tolerance is -0\.1; expected"):
        Question("q", "How many?", answer=3, tolerance=-0.1)
