import subprocess
import sys
from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from course_lib.figures import UnknownFigureError, figure, load, names, show
from course_lib.figures.registry import CHAPTERS


def test_every_figure_of_the_chapter_is_registered_in_the_order_of_its_modules() -> None:
    assert names("convolution-1d") == [
        f"convolution-1d/{name}"
        for name in (
            "weighted-sum",
            "sliding",
            "zero-padding",
            "valid",
            "equivariance",
            "paddings",
            "connections",
            "six-settings",
            "stride",
            "kernel-size",
            "kernel-size-and-stride",
            "dilation",
            "stride-and-dilation",
            "worked-example",
            "kernels",
            "matrix",
            "output-length",
            "sliding-animation",
            "padding-animation",
            "stride-animation",
            "dilation-animation",
        )
    ]


def test_an_entry_knows_its_chapter_title_slide_and_parameters() -> None:
    entry = load("convolution-1d/connections")
    assert entry.chapter == "convolution-1d"
    assert entry.title == "Which inputs each output is made of"
    assert entry.slide == "Stride, kernel size, and dilation"
    assert dict(entry.parameters) == {
        "kernel_size": 3,
        "stride": 1,
        "dilation": 1,
        "length": 8,
        "padding": "zeros",
    }


def test_importing_the_package_imports_no_chapter() -> None:
    code = (
        "import sys, course_lib.figures; "
        "assert not [m for m in sys.modules if 'figures.convolution_1d' in m]; "
        "assert 'torch' not in sys.modules and 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("convolution-1d/slidng", "convolution-1d/sliding"),
        ("convolution-1d/padding", "convolution-1d/paddings"),
        ("convolution1d/kernels", "convolution-1d/kernels"),
        ("equivariance", "convolution-1d/equivariance"),
        ("convolution1d", "convolution-1d"),
    ],
)
def test_an_unknown_name_offers_the_nearest(wrong: str, meant: str) -> None:
    with pytest.raises(UnknownFigureError, match=f"'{wrong}'; did you mean '{meant}'"):
        show(wrong)


def test_an_unknown_chapter_offers_the_nearest() -> None:
    with pytest.raises(UnknownFigureError, match="did you mean 'convolution-1d'"):
        names("convolution1d")


@pytest.mark.parametrize("ask", [names, show], ids=["names", "show"])
def test_a_name_like_no_other_lists_the_chapters_and_says_how_to_list_the_figures(
    ask: Callable[[str], object],
) -> None:
    with pytest.raises(UnknownFigureError) as caught:
        ask("zzz")
    said = str(caught.value)
    assert all(chapter in said for chapter in CHAPTERS)
    assert "course figures --list" in said
    assert "/" not in said


def test_a_figure_must_have_a_known_chapter_defaults_and_a_name_of_its_own() -> None:
    def bare(size: int) -> Figure:
        return Figure()

    def other() -> Figure:
        return Figure()

    names()
    with pytest.raises(ValueError, match="expected CHAPTER/FIGURE"):
        figure("nowhere/sliding", title="", slide="", alt="")(other)
    with pytest.raises(ValueError, match="no default for size"):
        figure("convolution-1d/bare", title="", slide="", alt="")(bare)
    with pytest.raises(ValueError, match="already has"):
        figure("convolution-1d/sliding", title="", slide="", alt="")(other)


def test_the_order_is_the_books_whichever_chapter_was_imported_first() -> None:
    code = (
        "import course_lib.figures.u_nets, course_lib.figures.classification\n"
        "from course_lib.figures import names\n"
        "print(*dict.fromkeys(name.partition('/')[0] for name in names()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == list(CHAPTERS)
