"""What holds for every animation of the course, whatever chapter it belongs to."""

import re
from functools import cache
from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree

import pytest
from PIL import Image

from course_lib.figures import MOVING, AnimationEntry, Displayed, load, names, render, show
from course_lib.figures.moving import ROUNDS
from course_lib.figures.palette import ROLES, palette
from course_lib.figures.theme import drawing
from tests.figures.test_every_figure import COLOURS, texts

CHANGED: dict[str, dict[str, object]] = {
    f"convolution-1d/{name}-animation": {"kernel": (1, 2, 1)}
    for name in ("sliding", "padding", "stride", "dilation")
}
CHANGED |= {
    f"convolution-2d/{name}-animation": {"kernel": ((1, 2), (3, 4))}
    for name in ("sliding", "padding", "stride", "dilation")
}
CHANGED |= {
    "receptive-fields/growth-animation": {"dilations": (1, 2, 1)},
    "resampling/transposed-animation": {"stride": 1},
    "resampling/transposed-2d-animation": {"stride": 1},
}
ALL = [name for name in names() if isinstance(load(name), AnimationEntry)]


def entry_of(name: str) -> AnimationEntry:
    entry = load(name)
    assert isinstance(entry, AnimationEntry)
    return entry


@cache
def shown(name: str) -> Displayed:
    return show(name)


def frames_of(html: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def test_what_the_slides_animate_is_animated() -> None:
    assert set(ALL) == set(CHANGED)


@pytest.mark.parametrize("name", ALL)
def test_its_alternative_text_tells_what_happens_step_by_step(name: str) -> None:
    entry = entry_of(name)
    alt, count = entry.describe(), len(entry.film().frames)
    assert entry.title
    assert entry.slide
    assert 60 <= len(alt) <= 1200
    assert f"In {count} steps: 1) " in alt
    assert f"; {count}) " in alt
    assert alt.endswith(".")


@pytest.mark.parametrize("name", ALL)
def test_on_the_page_each_frame_is_a_labelled_drawing_in_the_palettes_colours(name: str) -> None:
    frames = entry_of(name).film().frames
    drawn = frames_of(shown(name).html)
    assert len(drawn) == len(frames)
    for svg, frame in zip(drawn, frames, strict=True):
        assert svg.get("role") == "img"
        assert str(svg.get("aria-label")).lower() == f"{frame.says}.".lower()
        colours = set(COLOURS.findall(ElementTree.tostring(svg, encoding="unicode")))
        assert colours
        for colour in colours - {"none"}:
            found = re.fullmatch(r"var\(--course-([a-z-]+),#[0-9a-f]{3,6}\)", colour)
            assert found
            assert found[1] in ROLES


@pytest.mark.parametrize("name", ALL)
def test_no_two_frames_are_alike(name: str) -> None:
    frames = [ElementTree.tostring(frame) for frame in frames_of(shown(name).html)]
    assert len(set(frames)) == len(frames)


@pytest.mark.parametrize("name", ALL)
def test_its_parameters_change_its_words_and_its_frames(name: str) -> None:
    entry = load(name)
    assert entry.describe(**CHANGED[name]) != entry.describe()
    assert show(name, **CHANGED[name]).html != shown(name).html
    assert show(name).html == shown(name).html


@pytest.mark.parametrize("name", ALL)
def test_the_text_of_its_strip_is_text_that_lies_on_the_sheet_and_does_not_overlap(
    name: str,
) -> None:
    with drawing("page"):
        figure = load(name).draw()
        boxes = texts(figure)
        width, height = figure.get_size_inches() * figure.dpi
    assert len(boxes) > 3 * len(entry_of(name).film().frames)
    for words, (x0, y0, x1, y1) in boxes:
        assert x0 >= -0.5, words
        assert y0 >= -0.5, words
        assert x1 <= width + 0.5, words
        assert y1 <= height + 0.5, words
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{one!r} overlaps {other!r}"


@pytest.mark.parametrize("name", ALL)
def test_its_strip_numbers_each_frame_and_stays_small(name: str) -> None:
    svg = render(name, "svg")
    words = ["".join(text.itertext()) for text in frames_of(svg.decode())[0].iter() if text.text]
    assert len(svg) <= 64_000
    assert len(shown(name).html) <= 64_000
    for number in range(1, len(entry_of(name).film().frames) + 1):
        assert str(number) in words


@pytest.mark.parametrize("name", ALL)
def test_its_moving_picture_has_its_frames_its_durations_and_its_paper(name: str) -> None:
    film = entry_of(name).film()
    picture = Image.open(BytesIO(render(name, "apng", "dark", dpi=36)))
    assert picture.format == "PNG"
    assert getattr(picture, "n_frames", 1) == len(film.frames)
    paper = palette("dark").paper
    for index, seconds in enumerate(film.durations):
        picture.seek(index)
        assert picture.info["duration"] == 1000 * seconds
        corner = picture.convert("RGB").getpixel((1, 1))
        assert corner == tuple(int(paper[i : i + 2], 16) for i in (1, 3, 5))


@pytest.mark.parametrize("format", MOVING)
def test_the_largest_weighs_at_most_400_kilobytes_and_ends(format: str) -> None:
    def area(name: str) -> float:
        film = entry_of(name).film()
        return len(film.frames) * film.width * film.height

    content = render(max(ALL, key=area), format)  # type: ignore[arg-type]
    assert len(content) <= 400_000
    loops = Image.open(BytesIO(content)).info["loop"]
    # A GIF counts how often it is played again.
    assert loops == (ROUNDS - 1 if format == "gif" else ROUNDS)
