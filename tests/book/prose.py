"""Numbers in a notebook's prose, and what vouches for them: an output, a citation, an equation."""

from __future__ import annotations

import ast
import json
import operator
import re
from collections.abc import Iterator
from math import isclose
from typing import Any

CITED = "references.md"
# Four digits or more; groups of three may be set apart by a comma or a thin space, TeX's too.
_GAP = "(?:,|\u2009|\u202f|\\{,\\}|\\\\,)"
NUMBER = re.compile(rf"(?<![\w.])\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)|(?<![\w.,}}])\d{{4,}}(?!\w)")
_FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.S)
_OPERATIONS: dict[type[ast.operator], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Pow: operator.pow,
}


QUOTED = {"150520"}
"""What the text itself quotes as a slip: chapter 1, of the slide on the size of a layer."""


def digits(number: str) -> str:
    """A number without what sets its groups apart."""
    return re.sub(r"\D", "", number)


def paragraphs(text: str) -> list[str]:
    """A cell's paragraphs, without code and without the addresses of links."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
    text = re.sub(r'<a href="[^"]*"', "<a", text)
    text = re.sub(r"\]\(http[^)]*\)", "]", text)
    return re.split(r"\n\s*\n", text)


def proved(text: str) -> set[str]:
    """The numbers that stand in equations which hold, by arithmetic alone."""
    found = set()
    for display, inline in _FORMULA.findall(text):
        for formula in re.split(r"[;\n]", display or inline):
            sides = formula.split("=")
            values = [_value(side) for side in sides]
            for i in range(len(sides) - 1):
                left, right = values[i], values[i + 1]
                if left is not None and right is not None and isclose(left, right):
                    found |= {digits(n) for s in sides[i : i + 2] for n in NUMBER.findall(s)}
    return found


def shown(outputs: list[Any]) -> set[str]:
    """The numbers in a notebook's outputs, from a demo's state as from a line of print."""
    text = json.dumps(outputs, ensure_ascii=False)
    return {digits(number) for number in NUMBER.findall(text)} | set(re.findall(r"\d{4,}", text))


def unvouched(notebook: Any) -> Iterator[tuple[str, str]]:
    """Yield each number of an executed notebook that nothing vouches for, with what is around."""
    known = shown([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    known |= set().union(QUOTED, *map(proved, prose))
    for text in prose:
        for paragraph in paragraphs(text):
            if CITED in paragraph:
                continue
            for match in NUMBER.finditer(paragraph):
                if digits(match[0]) not in known:
                    around = paragraph[max(0, match.start() - 40) : match.end() + 40]
                    yield match[0], " ".join(around.split())


def _value(side: str) -> float | None:
    """A side's value, if it is made of numbers, sums, products and powers only."""
    text = re.sub(_GAP, "", side)
    text = text.replace(r"\cdot", "*").replace(r"\times", "*").replace("^", "**")
    text = re.sub(r"\\(left|right|,|;|quad)", "", text).replace("{", "(").replace("}", ")")
    try:
        return _evaluate(ast.parse(text.strip().rstrip(".,"), mode="eval").body)
    except (SyntaxError, ValueError):
        return None


def _evaluate(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return float(_OPERATIONS[type(op)](_evaluate(left), _evaluate(right)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand)
        case _:
            raise ValueError(f"{ast.unparse(node)} is no arithmetic")
