import re

from nbformat.v4 import new_markdown_cell

from course_lib.publishing.takeaway import INSTALL, requirement, takeaway
from tests.publishing.notebooks import notebook

HERE = "book/03-convolution-1d"
ADDRESS = "https://github.com/org/course"


def prose(text: str, **options: str) -> str:
    made = takeaway(notebook(prose=text), HERE, **options)
    return str(made.cells[2].source)


def test_the_first_cell_says_how_to_install_from_a_clone_where_no_address_is_known() -> None:
    made = takeaway(notebook("1"), HERE)
    assert made.cells[0].id == INSTALL
    assert 'pip install ".[lab]"' in made.cells[0].source
    assert "copy of the course's repository" in made.cells[0].source
    assert "git+" not in made.cells[0].source


def test_the_first_cell_names_the_repository_where_its_address_is_known() -> None:
    made = takeaway(notebook("1"), HERE, repository=f"{ADDRESS}.git/", branch="main")
    assert f'pip install "course-lib[lab] @ git+{ADDRESS}@main"' in made.cells[0].source
    assert f'%pip install "course-lib @ git+{ADDRESS}@main"' in made.cells[0].source
    assert requirement(ADDRESS, "") == f"course-lib @ git+{ADDRESS}"


def test_nothing_is_installed_unasked() -> None:
    made = takeaway(notebook("1"), HERE, repository=ADDRESS, branch="main")
    assert not any("pip" in cell.source for cell in made.cells if cell.cell_type == "code")


def test_code_is_as_it_was_and_outputs_are_left_out() -> None:
    source = notebook("print(1)", tags=("remove-input",))
    source.cells[-1].execution_count = 3
    source.cells[-1].outputs = [{"output_type": "stream", "name": "stdout", "text": "1\n"}]
    before = source.copy()
    made = takeaway(source, HERE)
    assert [c.source for c in made.cells[1:]] == [c.source for c in source.cells]
    assert (made.cells[-1].outputs, made.cells[-1].execution_count) == ([], None)
    assert made.cells[-1].metadata.tags == ["remove-input"]
    assert source == before


def test_links_to_other_pages_are_words_where_the_book_has_no_address() -> None:
    text = 'See [Prince](references.md), <a href="04-layers.html#demo=a&b=1">the *state*</a>.'
    assert prose(text) == "See Prince, the *state*."
    assert prose('<a href="#demo=a">this</a>') == "this"


def test_links_to_other_pages_lead_to_the_published_book() -> None:
    book = "https://org.github.io/course/"
    assert prose("[a](references.md)", book=book) == f"[a]({book}book/references.html)"
    assert prose("[a](04-x.ipynb#b)", book=book) == f"[a]({book}book/04-x.html#b)"
    assert prose('<a href="#demo=a&b=1">c</a>', book=book) == (
        f'<a href="{book}{HERE}.html#demo=a&b=1">c</a>'
    )


def test_links_elsewhere_pictures_and_code_are_left_as_they_are() -> None:
    for text in ("[a](https://b.c/d)", '<a href="https://b.c">d</a>', "`[a](b)`", "![a](b.png)"):
        assert prose(text) == text


def test_a_cell_that_the_grader_has_locked_is_not_touched() -> None:
    source = notebook()
    cell = new_markdown_cell("[a](b.md)", metadata={"nbgrader": {"locked": True}})
    source.cells.append(cell)
    assert takeaway(source, HERE).cells[-1].source == "[a](b.md)"
    assert not re.search("git", takeaway(source, HERE).cells[-1].source)
