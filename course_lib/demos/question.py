"""A question with instant feedback, in the page and in a notebook."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import check_finite
from course_lib.demos.demo import Demo, front_end


@dataclass(frozen=True)
class Choice:
    """An option of a question.

    Parameters
    ----------
    text : str
        The option; `code` in backquotes and *emphasis* in asterisks are marked.
    why : str
        Why it is right or wrong: every answer is explained.
    right : bool
    """

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Mistake:
    """A wrong number that a particular mistake leads to, and what to say to it."""

    value: float
    why: str


class Question(Demo):
    """A question to be answered by choosing an option or giving a number.

    The page remembers the answer in the reader's browser, under the question's anchor.

    Parameters
    ----------
    anchor : str
        The question's id on the page: short, unique and lasting.
    prompt : str
        The question.
    choices : sequence of Choice
        The options, of which exactly one is right. Leave it out to ask for a number.
    answer : float
        The number asked for.
    why : str
        What to say to the right number.
    mistakes : sequence of Mistake
        Wrong numbers whose cause is known.
    tolerance : float
        How far from `answer` (and from a mistake's value) a number may be.
    unit : str
        What the number counts, shown behind the field.

    Raises
    ------
    TraitError
        If there are neither options nor an answer, not exactly one option is right, or a number
        is not finite.
    """

    name = "question"
    _esm = front_end("question.js")
    _css = front_end("demos.css")

    prompt = traitlets.Unicode().tag(sync=True)
    choices = traitlets.List(traitlets.Dict()).tag(sync=True)
    answer = traitlets.Float(None, allow_none=True).tag(sync=True)
    why = traitlets.Unicode().tag(sync=True)
    mistakes = traitlets.List(traitlets.Dict()).tag(sync=True)
    tolerance = traitlets.Float(0.0).tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Int(None, allow_none=True).tag(sync=True)
    given = traitlets.Float(None, allow_none=True).tag(sync=True)

    @traitlets.validate("answer", "given", "tolerance")
    def _check_number(self, proposal: dict[str, Any]) -> float | None:
        trait = proposal["trait"].name
        at_least = 0 if trait == "tolerance" else -math.inf
        return check_finite(trait, proposal["value"], at_least=at_least)

    def __init__(
        self,
        anchor: str,
        prompt: str,
        *,
        choices: Sequence[Choice] = (),
        answer: float | None = None,
        why: str = "",
        mistakes: Sequence[Mistake] = (),
        tolerance: float = 0.0,
        unit: str = "",
    ) -> None:
        right = sum(choice.right for choice in choices)
        if choices and right != 1:
            raise TraitError(f"choices has {right} right options; expected exactly one")
        if bool(choices) == (answer is not None):
            raise TraitError(
                f"answer is {answer!r} beside {len(choices)} choices; expected either options or a"
                " number"
            )
        for index, mistake in enumerate(mistakes):
            check_finite(f"mistakes[{index}].value", mistake.value)
        super().__init__(
            anchor=anchor,
            prompt=prompt,
            choices=[asdict(choice) for choice in choices],
            answer=answer,
            why=why,
            mistakes=[asdict(mistake) for mistake in mistakes],
            tolerance=tolerance,
            unit=unit,
        )
