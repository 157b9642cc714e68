"""The concept inventory: its questions, its links, and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import nbformat
import pytest
from traitlets import TraitError

from course_lib import demos
from course_lib.demos import ITEMS, Choice, Inventory, Item
from tests.demos.refusals import assert_refused

BOOK = Path(__file__).parents[2] / "book"


def test_there_are_ten_questions_and_every_answer_is_explained() -> None:
    assert len(ITEMS) == 10
    assert len({item.belief for item in ITEMS}) == 10
    for item in ITEMS:
        assert len(item.choices) == 4
        assert sum(choice.right for choice in item.choices) == 1
        assert all(len(choice.why) > 30 for choice in item.choices)


def test_the_right_answers_stand_in_every_place() -> None:
    places = [[choice.right for choice in item.choices].index(True) for item in ITEMS]
    assert set(places) == {0, 1, 2, 3}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.belief)
def test_a_link_opens_a_demo_of_its_page_with_traits_that_it_has(item: Item) -> None:
    assert re.match(r"\d\d-[a-z0-9-]+$", item.chapter)
    notebook = BOOK / f"{item.chapter}.ipynb"
    if not item.state or not notebook.exists():
        return
    query = dict(parse_qsl(item.state))
    anchor = query.pop("demo")
    source = "\n".join(
        cell.source
        for cell in nbformat.read(notebook, as_version=4).cells
        if cell.cell_type == "code"
    )
    found = re.search(rf'(\w+)\(\s*anchor="{anchor}"', source)
    assert found, f"{item.chapter} has no demo called {anchor}"
    kind = getattr(demos, found[1])
    assert set(query) <= set(kind.class_trait_names(sync=True))


def test_the_score_counts_what_is_right() -> None:
    right = [[choice.right for choice in item.choices].index(True) for item in ITEMS]
    assert Inventory(answers=right).reference() == 10
    assert Inventory(answers=[-1] * 10).reference() == 0
    assert Inventory().reference() == 0
    assert Inventory(answers=[*right[:4], *[None] * 6]).reference() == 4


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("round", "during", "expected one of before, after"),
        ("answers", [0], "has 1 entries; expected one for each of 10 questions"),
        ("answers", [4] + [None] * 9, "answers[0] is 4; expected None or a whole number from -1"),
        ("answers", [True] + [None] * 9, "answers[0] is True"),
        ("answers", None, "expected a list"),
    ],
)
def test_what_cannot_be_is_refused_in_words(trait: str, value: Any, said: str) -> None:
    assert_refused(Inventory(), trait, value, said)


def test_questions_of_ones_own_need_one_right_option() -> None:
    choices = [Choice("yes", "why", right=True), Choice("no", "why", right=True)]
    item = Item("b", "p", choices, "03-convolution-1d", "", "see")
    with pytest.raises(TraitError, match=r"items\[0\] has 2 right options; expected exactly one"):
        Inventory([item])
