"""A concept inventory: ten questions, taken before and after, marked in the page, taken along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from numbers import Integral
from reprlib import repr as shown
from typing import Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.inventory_items import ITEMS, Item

ROUNDS = ("before", "after")


class Inventory(Demo):
    """Questions with a choice each, asked twice; the browser remembers both rounds.

    Nothing is sent anywhere: a button writes the answers into a file of the reader's own.

    Traits
    ------
    round : {"before", "after"}
        Which of the two is being taken.
    answers : list of int or None
        The chosen option of each question, counted from 0; −1 is "I do not know", None is open.
    marked : bool
        Whether the answers have been marked: they stay as they are then, and are explained.
    score : int or None
        How many are right, once they are marked; written by the page.
    title, hint : str
        The heading and the line below it.

    Parameters
    ----------
    items : sequence of Item
        The questions.

    Raises
    ------
    TraitError
        If a trait is impossible, or a question has not exactly one right option.
    """

    name = "inventory"
    _esm = front_end("inventory.js")
    _css = front_end("demos.css")

    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    round = Checked("before").tag(sync=True)
    answers = Checked([]).tag(sync=True)
    marked = traitlets.Bool(False).tag(sync=True)
    score = traitlets.Int(None, allow_none=True).tag(sync=True)
    title = traitlets.Unicode("What do you believe?").tag(sync=True)
    hint = traitlets.Unicode(
        "Take it before the course, and again after it. Guessing spoils it: “I do not know” is an"
        " answer."
    ).tag(sync=True)

    def __init__(self, items: Sequence[Item] = ITEMS, **traits: Any) -> None:
        for index, item in enumerate(items):
            right = sum(choice.right for choice in item.choices)
            if right != 1:
                raise TraitError(f"items[{index}] has {right} right options; expected exactly one")
        plain = [
            {**asdict(item), "choices": [asdict(choice) for choice in item.choices]}
            for item in items
        ]
        answers = traits.pop("answers", [None] * len(plain))
        super().__init__(items=plain, **traits)
        self.answers = answers

    @traitlets.validate("round", "answers")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        if trait == "round":
            return check_word(trait, value, words=ROUNDS)
        return self._check_answers(value)

    def _check_answers(self, value: Any) -> list[int | None]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise TraitError(f"answers is {shown(value)}; expected a list")
        if len(value) != len(self.items):
            raise TraitError(
                f"answers has {len(value)} entries; expected one for each of {len(self.items)}"
                " questions"
            )
        for index, (answer, item) in enumerate(zip(value, self.items, strict=True)):
            last = len(item["choices"]) - 1
            whole = isinstance(answer, Integral) and not isinstance(answer, bool)
            if answer is not None and not (whole and -1 <= answer <= last):
                raise TraitError(
                    f"answers[{index}] is {shown(answer)}; expected None or a whole number from -1"
                    f" to {last}"
                )
        return [None if answer is None else int(answer) for answer in value]

    def reference(self) -> int:
        """Count the answers that are right."""
        return sum(
            answer is not None and answer >= 0 and bool(item["choices"][answer]["right"])
            for answer, item in zip(self.answers, self.items, strict=True)
        )
