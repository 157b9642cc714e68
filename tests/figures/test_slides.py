"""Every picture of the slides and every figure of the syllabus has a figure, and each its place."""

import json
import re
from importlib.resources import files

import pytest

from course_lib.figures import CHAPTERS, load, names

TABLE = json.loads(files("course_lib.figures").joinpath("slides.json").read_text("utf-8"))
SLIDES = {row["slide"]: row["figures"] for row in TABLE["slides"]}
# The lecture's titles, in its order; those of slides without a picture are not among them.
PICTURED = 56


def test_each_slide_is_listed_once_and_has_a_figure() -> None:
    assert len(SLIDES) == len(TABLE["slides"]) == PICTURED
    for slide, figures in SLIDES.items():
        assert figures, slide
        assert len(figures) == len(set(figures)), slide


@pytest.mark.parametrize("name", names())
def test_a_figure_says_the_slides_that_the_table_gives_it(name: str) -> None:
    said = set(load(name).slide.split("; "))
    assert said == {slide for slide, figures in SLIDES.items() if name in figures}


@pytest.mark.parametrize("part", ["slides", "syllabus"])
def test_the_table_names_every_figure_and_no_other(part: str) -> None:
    named = {name for row in TABLE[part] for name in row["figures"]}
    assert named == set(names())


def test_each_slide_with_a_picture_has_a_figure_that_no_other_slide_uses() -> None:
    for slide, figures in SLIDES.items():
        own = [name for name in figures if load(name).slide == slide]
        assert own, slide


def test_each_row_of_the_syllabus_has_figures_of_its_own_chapter() -> None:
    rows = TABLE["syllabus"]
    assert list(dict.fromkeys(row["chapter"] for row in rows)) == list(CHAPTERS)
    placed = [name for row in rows for name in row["figures"]]
    assert len(placed) == len(set(placed))
    for row in rows:
        assert row["figures"], row
        assert all(name.startswith(f"{row['chapter']}/") for name in row["figures"]), row


def test_the_six_settings_of_the_slides_have_a_figure_each() -> None:
    shown = {
        tuple(load(name).parameters[key] for key in ("kernel_size", "stride", "dilation"))
        for name in SLIDES["Stride, kernel size, and dilation"]
        if {"kernel_size", "dilation"} <= set(load(name).parameters)
    }
    assert shown == {(3, 1, 1), (3, 2, 1), (5, 1, 1), (5, 2, 1), (3, 1, 2), (3, 2, 2)}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("question-1", "size 5 · stride 1 · dilation 1 · padding zeros"),
        ("question-2", "size 3 · stride 1 · dilation 1 · padding valid"),
        ("question-3", "size 1 · stride 1 · any dilation · any padding"),
    ],
)
def test_a_question_hides_its_answer_until_it_is_asked_for(name: str, words: str) -> None:
    entry = load(f"convolutional-layers/{name}")
    assert "Answer" not in entry.describe()
    answered = entry.describe(answer="shown")
    assert re.findall(r"Answer: (.*)\.", answered) == [words.replace(" · ", "; ")]
    with pytest.raises(ValueError, match="expected 'hidden' or 'shown'"):
        entry.describe(answer="perhaps")
