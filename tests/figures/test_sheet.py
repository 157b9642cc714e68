import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from course_lib.figures import Sheet, render
from course_lib.figures.palette import palette

NAME = "convolution-1d/valid"


def test_a_figure_is_as_large_as_it_can_be_and_in_the_middle() -> None:
    wide = Sheet(1000, 500).fit(200, 200)
    assert (wide.scale, wide.left, wide.top) == (2.5, 250, 0)
    tall = Sheet(100, 400).fit(200, 200)
    assert (tall.scale, tall.left, tall.top) == (0.5, 0, 150)


@pytest.mark.parametrize(("width", "height"), [(0, 100), (100, 15), (20_001, 100)])
def test_an_impossible_sheet_is_refused_by_name(width: float, height: float) -> None:
    with pytest.raises(ValueError, match="expected from 16 to 20,000 pixels"):
        Sheet(width, height)


def test_a_png_has_the_pixels_asked_for_and_paper_to_its_corners() -> None:
    image = Image.open(BytesIO(render(NAME, "png", "dark", sheet=Sheet(640, 360), dpi=144)))
    assert image.size == (1280, 720)
    paper = tuple(bytes.fromhex(palette("dark").paper.lstrip("#")))
    for corner in ((0, 0), (1279, 0), (0, 719), (1279, 719)):
        assert image.convert("RGB").getpixel(corner) == paper
    assert "kernel" in image.text["Description"]  # type: ignore[attr-defined]


def test_a_pdf_has_the_size_asked_for_and_its_text_stays_text() -> None:
    page = PdfReader(BytesIO(render(NAME, "pdf", sheet=Sheet(640, 360)))).pages[0]
    assert [float(side) for side in page.mediabox] == [0, 0, 640, 360]
    own = PdfReader(BytesIO(render(NAME, "pdf"))).pages[0]
    assert page.extract_text().split() == own.extract_text().split()


def test_an_svg_has_the_size_asked_for_and_shows_all_of_the_figure() -> None:
    svg = render(NAME, "svg", sheet=Sheet(640, 360)).decode()
    assert re.search(r'<svg[^>]* width="640" height="360"', svg)
    found = re.search(r'viewBox="([^"]*)"', svg)
    own = re.search(r'viewBox="([^"]*)"', render(NAME).decode())
    assert found
    assert own
    x, y, width, height = map(float, found[1].split())
    _, _, across, down = map(float, own[1].split())
    assert width / height == pytest.approx(640 / 360, rel=1e-4)
    assert x == pytest.approx((across - width) / 2, abs=1e-3)
    assert y == pytest.approx((down - height) / 2, abs=1e-3)


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_the_same_sheet_gives_the_same_bytes(kind: str) -> None:
    one, two = (render(NAME, kind, sheet=Sheet(640, 360)) for _ in range(2))  # type: ignore[arg-type]
    assert one == two


def test_an_impossible_density_is_refused() -> None:
    with pytest.raises(ValueError, match="dpi=5: expected from 36 to 1,200"):
        render(NAME, "png", dpi=5)
