"""Python and the page agree on what is possible, and on the first picture."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.convolution import KERNELS, PADDINGS, named_kernel
from course_lib.demos import Choice, Convolution1D, Question
from course_lib.demos.convolution_1d import CHECKS, MOST_GUESSED
from course_lib.demos.demo import STATIC, front_end
from tests.demos.frontend import SOURCE, exported, first_frames, run_node
from tests.demos.states import possible


def test_the_limits_of_the_page_are_those_of_python() -> None:
    limits = exported("demos/convolution-1d/state.ts", "LIMITS")
    for trait in ("stride", "dilation", "shift", "signal", "kernel"):
        given = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[trait] == {"min": given["at_least"], "max": given["at_most"]}, trait
    for trait in ("signal", "kernel"):
        bound = CHECKS[trait].keywords["bound"]  # type: ignore[attr-defined]
        assert limits["value"] == {"min": -bound, "max": bound}
    assert limits["guess"] == {"min": -MOST_GUESSED, "max": MOST_GUESSED}
    assert set(limits) == set(CHECKS) - {"padding"} | {"value", "guess"}


def test_the_paddings_of_the_page_are_those_of_python() -> None:
    assert exported("core/padding.ts", "PADDINGS") == list(PADDINGS)


def test_the_traits_of_the_page_are_traits_of_python() -> None:
    keys = exported("demos/convolution-1d/state.ts", "KEYS")
    assert set(keys) < set(Convolution1D().page_state())
    assert set(CHECKS) < set(keys)


def test_the_named_kernels_of_the_page_are_python_s_to_the_last_digit() -> None:
    # Else a demo that a notebook starts with a named kernel would not mark its preset.
    address = (SOURCE / "core/kernels.ts").as_uri()
    sizes = list(range(1, 10))
    code = (
        f"import {{ namedKernel }} from {address!r};"
        f" const all = {list(KERNELS)}.map((name) => {sizes}.map((n) => namedKernel(name, n)));"
        " console.log(JSON.stringify(all));"
    )
    rows = json.loads(run_node("--input-type=module", "--eval", code))
    for name, row in zip(KERNELS, rows, strict=True):
        for size, weights in zip(sizes, row, strict=True):
            if weights is not None:
                assert named_kernel(name, size) == weights


def test_the_page_s_lecture_signal_is_python_s() -> None:
    address = (SOURCE / "demos/convolution-1d/signals.ts").as_uri()
    code = f"import {{ signalNamed }} from {address!r}; console.log(...signalNamed('lecture'));"
    printed = run_node("--input-type=module", "--eval", code)
    assert [float(word) for word in printed.split()] == Convolution1D().signal


def test_the_first_frame_of_the_convolution_is_its_picture_and_its_result() -> None:
    [html] = first_frames([Convolution1D(kernel=[-0.5, 0, 0.5], position=4)])
    assert html.count("<svg") == 2
    assert 'class="picture"' in html
    assert 'class="matrix"' in html
    assert "Slide the kernel" in html
    assert "z₅" in html


def test_the_first_frame_of_a_question_is_its_prompt_and_its_options() -> None:
    choices = [Choice("`[1, 2]`", "No."), Choice("Two", "Yes.", right=True)]
    [html] = first_frames([Question("q", "Which is *longest*?", choices=choices)])
    assert "Which is <em>longest</em>?" in html
    assert "<code>[1, 2]</code>" in html
    assert "Yes." not in html


def test_an_author_s_words_are_text_in_the_first_frame() -> None:
    hostile = "<script>alert(1)</script>"
    [html] = first_frames([Convolution1D(title=hostile, hint=hostile)])
    tags: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.add(tag)  # type: ignore[method-assign]
    parser.feed(html)
    assert {"svg", "p"} <= tags
    assert "script" not in tags
    assert "&lt;script&gt;" in html


@settings(max_examples=10, deadline=None)
@given(st.lists(possible(), min_size=20, max_size=20))
def test_the_first_frame_of_every_possible_state_is_drawn_in_finite_numbers(
    states: list[dict[str, object]],
) -> None:
    for state, html in zip(
        states, first_frames([Convolution1D(**state) for state in states]), strict=True
    ):
        assert html.count("<svg") == 2, state
        assert "NaN" not in html, state
        assert "Infinity" not in html, state
        assert "undefined" not in html, state


def test_an_unknown_demo_is_named_and_the_next_request_is_still_answered() -> None:
    printed = run_node(
        str(STATIC / "prerender.mjs"), stdin='{"name": "nonsense", "state": {}}\nnot json\n'
    )
    first, second = printed.splitlines()
    assert "there is no demo nonsense" in first
    assert "error" in second


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.glob("*.js")))
def test_a_widget_s_module_is_one_file_without_imports(name: str) -> None:
    source = front_end(name).read_text(encoding="utf-8")
    assert re.search(r"\bexport\s*\{[^}]*\bas default\b", source)
    # Outside of strings, in which the PyTorch snippet stands.
    assert not re.search(r"""\b(import|from)\s*["']\.""", source)
    assert not re.search(r"\bimport\s*\(", source)
