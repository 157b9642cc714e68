import pytest

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
    pieces,
    state_links,
)
from tests.publishing.slides import chapter as small


def of(*cells: object) -> list[Piece]:
    """Return the pieces that follow the chapter's first cell."""
    return pieces(small.chapter(*cells))[2:]  # type: ignore[arg-type]


def test_markdown_comes_apart_into_its_blocks() -> None:
    text = "## One\n\nA line\nand another:\n\n$$\nx = 1\n$$\n\nAfter $y$.\n\n- a\n- b\n\n1. c"
    assert of(small.prose(text)) == [
        Heading(2, "One"),
        Prose("A line\nand another:"),
        Formula("x = 1"),
        Prose("After $y$."),
        Bullets("- a\n- b"),
        Bullets("1. c"),
    ]


def test_an_exercise_and_its_folded_answer_are_one() -> None:
    text = (
        "## Paper\n\nWork these out.\n\n**1. By hand.** Add:\n\n$$\n1 + 1\n$$\n\n<details>\n"
        "<summary>Answer</summary>\n\nIt is $2$.\n\nIndeed.\n\n</details>\n\n**2. Again.** Why?\n\n"
        "<details>\n<summary>Answer</summary>\n\nSo.\n\n</details>\n\nDone."
    )
    assert of(small.prose(text)) == [
        Heading(2, "Paper"),
        Prose("Work these out."),
        Exercise("**1. By hand.** Add:\n\n$$\n1 + 1\n$$", "It is $2$.\n\nIndeed."),
        Exercise("**2. Again.** Why?", "So."),
        Prose("Done."),
    ]


def test_outputs_are_known_by_what_they_show() -> None:
    figure, demo, asked, printed = of(
        small.figure(), small.demo(), small.choice_question(), small.printed("print(1)", "1\n")
    )
    assert isinstance(figure, Figure)
    assert figure.name == "convolution-1d/valid"
    assert figure.caption == "Two ends & no zeros at all, anywhere."
    assert figure.svg.startswith("<svg")
    assert figure.svg.endswith("</svg>")
    assert isinstance(demo, LiveDemo)
    assert (demo.name, demo.anchor, demo.data) == ("convolution-1d", "slide", ())
    assert "<!--course-demo-picture-->" in demo.html
    assert isinstance(asked, Asked)
    assert asked.state["prompt"] == "Which is *longest*?"
    assert printed == Printed("1")


def test_a_demo_s_data_is_named_the_heavy_too() -> None:
    from course_lib.demos.demo import container

    html = container("skips", "a", {"title": "T <b>"}, ("scenes",), ("u-nets", "more"))
    cell = small.code("x", small.new_output("display_data", data={"text/html": html}))
    [demo] = of(cell)
    assert isinstance(demo, LiveDemo)
    assert demo.data == ("scenes", "u-nets", "more")
    assert demo.title == "T <b>"


@pytest.mark.parametrize("tag", ["skip-slide", "remove-cell"])
def test_a_cell_may_be_left_out(tag: str) -> None:
    assert of(small.prose("## One", tag), small.figure(tag), small.printed("1", "1", tag)) == []


def test_a_cell_may_go_to_the_notes_with_all_that_it_says() -> None:
    assert of(small.prose("## One\n\n$$\nx\n$$", "notes")) == [Prose("## One\n\n$$\nx\n$$")]
    assert of(small.figure("notes"), small.demo("notes"), small.printed("1", "1", "notes")) == [
        Prose("Two ends & no zeros at all, anywhere."),
        Printed("1"),
    ]


def test_a_cell_may_be_a_slide_in_full() -> None:
    assert of(small.prose("## One\n\nAll of it.", "slide")) == [Whole("## One\n\nAll of it.")]
    assert of(small.printed("print(1)", "1\n", "slide")) == [Whole("", "print(1)", "1")]


def test_links_to_a_demo_s_states_are_gathered_over_the_chapter() -> None:
    first = '<a href="#demo=slide&stride=2">every\nsecond</a> and [size](#demo=slide&kernel=1,2)'
    again = 'and <a href="#demo=slide&stride=2">every second</a>, <a href="#demo=b&x=1">b</a>'
    assert state_links(small.chapter(small.prose(first), small.prose(again))) == {
        "slide": [("#demo=slide&stride=2", "every second"), ("#demo=slide&kernel=1,2", "size")],
        "b": [("#demo=b&x=1", "b")],
    }
