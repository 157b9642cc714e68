"""A small chapter as papermill leaves it, for the tests."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.demos import Choice, Convolution1D, Mistake, Question
from course_lib.figures import show


def shown(thing: object, *tags: str) -> NotebookNode:
    """Return a cell that shows a figure or a demo."""
    bundle = thing._repr_mimebundle_()  # type: ignore[attr-defined]
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    html = {"text/html": data["text/html"], "text/plain": "…"}
    return code("thing", new_output("execute_result", data=html), tags=tags)


def code(source: str, *outputs: NotebookNode, tags: tuple[str, ...] = ()) -> NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def printed(source: str, text: str, *tags: str) -> NotebookNode:
    return code(source, new_output("stream", name="stdout", text=text), tags=tags)


def prose(text: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(text, metadata={"tags": list(tags)})


def chapter(*cells: NotebookNode) -> NotebookNode:
    return new_notebook(cells=[prose("# A title\n\nIt begins. Here."), *cells])


def figure(*tags: str) -> NotebookNode:
    return shown(
        show("convolution-1d/valid", caption="Two ends & no zeros at all, anywhere."), *tags
    )


def demo(*tags: str) -> NotebookNode:
    return shown(Convolution1D(anchor="slide", padding="valid"), *tags)


def choice_question() -> NotebookNode:
    choices = [
        Choice("`[1, 2]` < 3", "Too *few*."),
        Choice("Two", "That is it.", right=True),
    ]
    return shown(Question("q", "Which is *longest*?", choices=choices))


def number_question() -> NotebookNode:
    mistakes = [Mistake(3, "One too many.")]
    return shown(Question("n", "How many?", answer=2, why="Count.", mistakes=mistakes, unit="taps"))
