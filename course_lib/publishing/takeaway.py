"""A notebook to take away: it says how to install the package, and points at no file beside it."""

from __future__ import annotations

import re
from copy import deepcopy
from posixpath import dirname, join, normpath

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

INSTALL = "install"  # the id of the first cell

# A link of Markdown to a page of the book, and one of HTML: both relative.
_MARKDOWN = re.compile(r"(?<!!)\[([^\[\]]*)\]\((?![a-z]+:)([^)\s]+)\)")
_HTML = re.compile(r'<a href="(?![a-z]+:)([^"]+)">(.*?)</a>', re.S)


def takeaway(
    notebook: NotebookNode, place: str, *, repository: str = "", branch: str = "", book: str = ""
) -> NotebookNode:
    """Return a notebook that runs wherever the package is installed.

    Parameters
    ----------
    notebook : NotebookNode
        A chapter or a released lab, which is not changed.
    place : str
        Its page in the book without the suffix, such as ``book/03-convolution-1d``.
    repository, branch : str
        Where the package can be installed from; without it, a copy of the repository is asked for.
    book : str
        The address of the published book, to which links to other pages lead. Without it they
        become words, for nothing says where those pages are.

    Returns
    -------
    NotebookNode
        The same cells without outputs, after a first one that says how to install.
    """
    made = deepcopy(notebook)
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        elif cell.cell_type == "markdown" and "nbgrader" not in cell.metadata:  # those are locked
            cell.source = _without_neighbours(cell.source, place, book)
    first = new_markdown_cell(_install(repository, branch), id=INSTALL)  # type: ignore[no-untyped-call]
    made.cells.insert(0, first)
    made.metadata.pop("widgets", None)
    made.nbformat, made.nbformat_minor = 4, max(5, made.nbformat_minor)  # cells have ids
    return made


def requirement(repository: str, branch: str, extra: str = "") -> str:
    """Return what pip is asked for, to install the package from its repository."""
    name = f"course-lib[{extra}]" if extra else "course-lib"
    address = repository.rstrip("/").removesuffix(".git")
    return f"{name} @ git+{address}@{branch}" if branch else f"{name} @ git+{address}"


def _install(repository: str, branch: str) -> str:
    if repository:
        wanted = f'"{requirement(repository, branch, "lab")}"'
        here = requirement(repository, branch)
        how = (
            f"```bash\npip install {wanted}\n```\n\n"
            "Where the notebook already runs on a machine of somebody else's, such as Colab, "
            f'run `%pip install "{here}"` in a cell of its own, and restart the session.'
        )
    else:
        how = (
            "```bash\n"
            'pip install ".[lab]"\n'
            "```\n\n"
            "in the folder of a copy of the course's repository."
        )
    return (
        "**Before you start.** This notebook needs the course's package, and Python 3.11 or newer. "
        f"It is installed once, by\n\n{how}\n\nNothing else is needed: no file beside the notebook."
    )


def _without_neighbours(text: str, place: str, book: str) -> str:
    """Return Markdown whose relative links lead to the published book, or are words."""

    def to(target: str) -> str:
        file, mark, anchor = target.partition("#")
        page = normpath(join(dirname(place), file)) if file else place
        page = re.sub(r"\.(md|ipynb|html)$", "", page)
        return f"{book.rstrip('/')}/{page}.html{mark}{anchor}"

    def markdown(match: re.Match[str]) -> str:
        return f"[{match[1]}]({to(match[2])})" if book else match[1]

    def html(match: re.Match[str]) -> str:
        return f'<a href="{to(match[1])}">{match[2]}</a>' if book else match[2]

    # Every second part stands between backticks and is code.
    parts = re.split(r"(```.*?```|`[^`\n]*`)", text, flags=re.S)
    parts[::2] = [_HTML.sub(html, _MARKDOWN.sub(markdown, part)) for part in parts[::2]]
    return "".join(parts)
