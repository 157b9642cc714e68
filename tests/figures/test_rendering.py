import base64
import os
import re
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image
from pypdf import PdfReader

from course_lib.figures import CHAPTERS, FORMATS, Job, export, load, names, render, save
from course_lib.figures.palette import palette

NAME = "convolution-1d/weighted-sum"
SVG = "{http://www.w3.org/2000/svg}"


FIRST = [names(chapter)[0] for chapter in CHAPTERS]


def test_a_fresh_process_with_another_hash_seed_writes_the_same_bytes() -> None:
    code = (
        "import hashlib; from course_lib.figures import names, render, show\n"
        f"files = [render(name, kind) for name in {FIRST!r} for kind in ('pdf', 'png')]\n"
        "files += [render(name, 'svg') for name in names()]\n"
        f"files += [show(name).html.encode() for name in {FIRST!r}]\n"
        "print([hashlib.sha256(file).hexdigest() for file in files])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            timeout=600,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


@pytest.mark.slow
def test_every_figure_has_the_same_bytes_in_every_format_with_any_number_of_processes(
    tmp_path: Path,
) -> None:
    jobs = [Job(name, kind, theme="dark") for kind in FORMATS for name in names()]
    for workers in (1, 2):
        export(jobs, tmp_path / str(workers), "source", workers=workers)
    for job in jobs:
        one, two = (tmp_path / str(workers) / job.file for workers in (1, 2))
        assert one.read_bytes() == two.read_bytes(), job.file


@pytest.mark.parametrize("name", FIRST)
def test_the_text_of_a_pdf_is_text_in_fonts_of_its_own(name: str) -> None:
    page = PdfReader(BytesIO(render(name, "pdf"))).pages[0]
    root = ElementTree.fromstring(render(name, "svg"))
    words = {
        word
        for element in root.iter(f"{SVG}text")
        if not len(element)
        for word in "".join(element.itertext()).split()
    }
    assert words
    assert words <= set(page.extract_text().split())
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    assert fonts
    for font in fonts.values():
        (letters,) = font.get_object()["/DescendantFonts"]
        assert "/FontFile2" in letters.get_object()["/FontDescriptor"]


@pytest.mark.parametrize("name", FIRST)
def test_an_svg_says_its_title_and_its_alternative_text(name: str) -> None:
    root = ElementTree.fromstring(render(name, "svg"))
    assert [el.text for el in root.findall(f"{SVG}title")] == [load(name).title]
    assert [el.text for el in root.findall(f"{SVG}desc")] == [load(name).describe()]
    assert list(root.iter(f"{SVG}text"))


def test_drawing_does_not_load_torch_unless_a_figure_computes_with_it() -> None:
    code = (
        "import sys; from course_lib.figures import names, render\n"
        "names()\n"
        "for name in ('mnist-1d/curves', 'convolution-1d/stride', 'u-nets/joining'): render(name)\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)


@pytest.mark.parametrize("format", ["svg", "pdf", "png"])
def test_no_file_carries_a_date_or_a_version(format: str) -> None:
    content = render(NAME, format)  # type: ignore[arg-type]
    assert b"Matplotlib v" not in content
    assert b"Date" not in content
    assert render(NAME, format) == content  # type: ignore[arg-type]


def test_an_exported_svg_carries_the_letters_it_uses_in_each_face() -> None:
    root = ElementTree.fromstring(render(NAME, "svg"))
    (sheet,) = root.iter(f"{SVG}style")
    faces = re.findall(
        r"font-style:(\w+);font-weight:(\d+);src:url\(data:font/woff;base64,([\w+/=]+)\)",
        sheet.text or "",
    )
    assert {(style, weight) for style, weight, _ in faces} == {
        ("normal", "400"),
        ("normal", "700"),
        ("italic", "400"),
    }
    letters = {chr(c) for _, _, data in faces for c in covered(base64.b64decode(data))}
    assert set("".join(t for el in root.iter(f"{SVG}text") for t in el.itertext())) <= letters
    assert len(letters) < 60


def covered(woff: bytes) -> set[int]:
    with TTFont(BytesIO(woff)) as font:
        return set(font.getBestCmap())


def test_an_exported_svg_names_and_describes_itself() -> None:
    root = ElementTree.fromstring(render(NAME, "svg"))
    entry = load(NAME)
    texts = {el.get("id"): el.text for el in root if el.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert texts[root.get("aria-labelledby")] == entry.title
    assert texts[root.get("aria-describedby")] == entry.describe()


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_an_export_has_the_paper_and_the_colours_of_its_theme(theme: str) -> None:
    colours = palette(theme)  # type: ignore[arg-type]
    text = render(NAME, "svg", theme).decode()  # type: ignore[arg-type]
    assert f'fill="{colours.paper}"' in text
    assert colours.output in text
    assert "var(" not in text
    image = Image.open(BytesIO(render(NAME, "png", theme)))  # type: ignore[arg-type]
    corner = image.convert("RGB").getpixel((1, 1))
    assert corner == tuple(int(colours.paper[i : i + 2], 16) for i in (1, 3, 5))


def test_a_pdf_embeds_truetype() -> None:
    pdf = render(NAME, "pdf")
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"An output is a weighted sum" in pdf or b"/Title" in pdf
    assert any(b"BT" in part for part in streams(pdf))


def streams(pdf: bytes) -> list[bytes]:
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return found


def test_parameters_reach_the_file() -> None:
    assert render(NAME, "svg", position=4) != render(NAME, "svg")


def test_save_takes_the_format_from_the_ending_and_makes_the_folder(tmp_path: Path) -> None:
    path = save(NAME, tmp_path / "new" / "sum.svg", theme="print")
    assert path.read_bytes() == render(NAME, "svg", "print")
    assert [p.name for p in path.parent.iterdir()] == ["sum.svg"]


def test_unknown_formats_and_themes_are_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="format is 'gif'; expected one of svg, pdf, png"):
        save(NAME, tmp_path / "sum.gif")
    with pytest.raises(ValueError, match="use light, dark or print"):
        render(NAME, theme="page")
    with pytest.raises(ValueError, match="theme is 'sepia'"):
        render(NAME, theme="sepia")  # type: ignore[arg-type]
