"""Animations in the registry, as files, and in a page."""

import hashlib
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from course_lib.figures import (
    MOVING,
    AnimationEntry,
    Film,
    Frame,
    Job,
    Sheet,
    animation,
    export,
    formats_of,
    load,
    registry,
    render,
    show,
)
from course_lib.figures.canvas import Canvas
from course_lib.figures.export import MANIFEST
from course_lib.figures.moving import COLOURS, as_moving
from course_lib.figures.palette import palette

NAME = "convolution-1d/stride-animation"
STILL = "convolution-1d/valid"


@pytest.fixture
def blink() -> Iterator[AnimationEntry]:
    """Register an animation of a dot that is there and is gone."""

    @animation("convolution-1d/blink", title="A dot", slide="None", alt="A dot blinks.")
    def film(radius: float = 8.0) -> Film:
        def dot(canvas: Canvas) -> None:
            canvas.circle(20, 20, radius, fill="input")

        return Film(40, 40, (Frame(dot, "it is there"), Frame(lambda canvas: None, "it is gone")))

    entry = load("convolution-1d/blink")
    assert isinstance(entry, AnimationEntry)
    yield entry
    del registry._entries["convolution-1d/blink"]


def test_an_animation_is_found_by_name_and_takes_its_timing_beside_its_own_parameters(
    blink: AnimationEntry,
) -> None:
    assert blink.parameters == {"radius": 8.0, "seconds": 1.5, "columns": 2}
    assert blink.film(seconds=2).durations == (2, 4)
    assert blink.describe() == "A dot blinks. In 2 steps: 1) it is there; 2) it is gone."
    assert formats_of(blink) == ("svg", "pdf", "png", "apng", "webp", "gif")
    assert formats_of(load(STILL)) == ("svg", "pdf", "png")


def test_a_strip_has_as_many_columns_as_asked_for(blink: AnimationEntry) -> None:
    one, two = (blink.draw(columns=count).get_size_inches() for count in (1, 2))
    assert one[0] < two[0]
    assert one[1] > two[1]


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"seconds": 0.2}, "seconds=0.2: expected from 0.5 to 30"),
        ({"seconds": 31}, "seconds=31: expected from 0.5 to 30"),
        ({"columns": 0}, "columns=0: expected from 1 to 12"),
        ({"stride": 7}, "1 frame: expected settings that give two or more"),
        ({"signal": range(8)}, "signal has 8 values: expected from 1 to 7"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(params: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        render(NAME, "svg", **params)


def test_a_row_of_values_too_long_for_the_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="13 positions: expected at most 12"):
        render("convolution-1d/dilation-animation", signal=(1, 2, 3, 4, 5, 6, 7), dilation=3)


@pytest.mark.parametrize("format", MOVING)
def test_frames_last_as_long_as_asked_and_show_what_is_drawn(
    format: str, blink: AnimationEntry
) -> None:
    content = render(blink.name, format, "light", dpi=72, seconds=0.5)  # type: ignore[arg-type]
    picture = Image.open(BytesIO(content))
    assert getattr(picture, "n_frames", 1) == 2
    middles, times = [], []
    for index in range(2):
        picture.seek(index)
        picture.load()
        times.append(picture.info["duration"])
        middles.append(picture.convert("RGB").getpixel((36, 36)))
    assert times == [500, 1000]
    colours = (palette("light").input, palette("light").paper)
    assert middles == [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in colours]


def test_processes_side_by_side_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    jobs = [Job(NAME, kind, dpi=36) for kind in MOVING]
    jobs += [Job(NAME, "svg")]
    export(jobs, tmp_path / "one", "source", workers=1)
    export(jobs, tmp_path / "two", "source", workers=2)
    for job in jobs:
        one, two = ((tmp_path / part / job.file).read_bytes() for part in ("one", "two"))
        assert one == two
    assert (tmp_path / "one" / f"{NAME}.apng").read_bytes() == render(NAME, "apng", dpi=36)


def test_the_manifest_lists_how_long_each_frame_stays(tmp_path: Path) -> None:
    jobs = [Job(NAME, "gif", dpi=36, parameters={"seconds": 1}), Job(NAME, "svg")]
    export(jobs, tmp_path, "source")
    moving, strip = json.loads((tmp_path / MANIFEST).read_text())["figures"]
    content = (tmp_path / moving["file"]).read_bytes()
    assert moving["seconds"] == [1, 1, 1, 2]
    assert moving["sha256"] == hashlib.sha256(content).hexdigest()
    assert moving["alt"] == strip["alt"] == load(NAME).describe()
    assert "seconds" not in strip


def test_a_moving_picture_fits_a_slide() -> None:
    picture = Image.open(BytesIO(render(NAME, "gif", sheet=Sheet(320, 180), dpi=72)))
    assert picture.size == (320, 180)


def test_an_animated_png_carries_its_title_and_its_alternative_text() -> None:
    picture = Image.open(BytesIO(render(NAME, "apng", dpi=36)))
    assert picture.text["Title"] == load(NAME).title  # type: ignore[attr-defined]
    assert picture.text["Description"] == load(NAME).describe()  # type: ignore[attr-defined]


def test_the_colours_that_most_pixels_have_stay_exact_and_others_take_the_nearest() -> None:
    def png(pixels: np.ndarray) -> bytes:
        file = BytesIO()
        Image.fromarray(pixels).save(file, "png")
        return file.getvalue()

    # A frame of one colour, and one with more than a palette holds, each once.
    plain = np.full((20, 20, 3), (10, 200, 30), np.uint8)
    many = np.stack(np.unravel_index(np.arange(400), (8, 8, 8)), axis=-1).reshape(20, 20, 3)
    content = as_moving([png(plain), png((many * 32).astype(np.uint8))], [1, 1], "apng", {})
    picture = Image.open(BytesIO(content))
    assert (np.asarray(picture.convert("RGB")) == plain).all()
    picture.seek(1)
    found = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    assert len(np.unique(found, axis=0)) <= COLOURS
    assert np.abs(found.astype(int) - (many * 32).reshape(-1, 3)).max() <= 96
    assert (found[0] == 0).all()


def test_in_a_page_nothing_moves_unasked_for_ever_or_for_those_who_ask_for_less() -> None:
    html = show(NAME, caption="It jumps.").html
    style = re.search(r"<style>(.*?)</style>", html)
    assert style
    before, _, allowed = style[1].partition("@media screen and (prefers-reduced-motion:")
    assert allowed.startswith("no-preference){")
    assert "animation" not in before
    assert "display:none" in before  # the box to tick
    for rule in re.findall(r"([^{}]*)\{[^{}]*animation", allowed):
        assert ":checked" in rule
    assert "infinite" not in html
    assert "step-end 3}" in allowed
    (key,) = set(re.findall(r'id="(\w+)-play"', html))
    assert f'<label for="{key}-play"> Play as an animation: 4 steps in 10 seconds, 3 times' in html
    assert html.endswith("<figcaption>It jumps.</figcaption></figure>")


def test_on_a_phone_the_frames_need_no_scrolling() -> None:
    for name in (NAME, "convolution-2d/sliding-animation"):
        assert "tabindex" not in show(name).html


def test_the_name_of_another_figure_is_refused(blink: AnimationEntry) -> None:
    with pytest.raises(ValueError, match="already has"):
        animation("convolution-1d/valid", title="t", slide="s", alt="a")(blink.shoot)
    with pytest.raises(ValueError, match="no default for radius"):
        animation("convolution-1d/new", title="t", slide="s", alt="a")(
            lambda radius: blink.film()  # type: ignore[arg-type]
        )
