"""The same demo in a live notebook: its traits from Python, its keys, and another widget."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.demo_page import Driven
from tests.browser.jupyterlab import OpenNotebook, jupyterlab, write_notebook
from tests.browser.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOW, SET, READ, REFUSE = range(4)
CELLS = [
    """\
from IPython.display import display
from ipywidgets import IntSlider, jslink
from course_lib.demos import Convolution1D

demo = Convolution1D(signal=[1, 2, 4, 8, 16, 32], kernel=[1, 1, 1])
slider = IntSlider(min=1, max=4)
jslink((slider, "value"), (demo, "stride"))
display(demo, slider)""",
    "demo.kernel = [1, 0, -1]\ndemo.position = 2",
    """\
import json
names = ("kernel", "stride", "position", "signal", "output")
state = {name: getattr(demo, name) for name in names}
print(json.dumps(state | {"reference": demo.reference().tolist()}))""",
    """\
try:
    demo.stride = 7
except Exception as error:
    print(type(error).__name__, error)""",
]


@pytest.fixture(scope="module")
def notebook(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenNotebook]:
    folder: Path = tmp_path_factory.mktemp("lab")
    write_notebook(folder / "demo.ipynb", CELLS)
    with jupyterlab(folder) as lab:
        context = running.browser().new_context(viewport={"width": 1280, "height": 1600})
        yield OpenNotebook(context.new_page(), lab, "demo.ipynb")
        context.close()


@pytest.fixture
def demo(notebook: OpenNotebook) -> Driven:
    """Run the first cell anew, and give the demo that it shows."""
    output = notebook.run(SHOW)
    root = output.locator(".course-demo[data-demo=convolution-1d][data-ready=true]")
    root.wait_for()
    return Driven(notebook.page, root)


def in_python(notebook: OpenNotebook) -> dict[str, Any]:
    """Return the demo's traits as Python sees them."""
    state: dict[str, Any] = json.loads(notebook.run(READ).inner_text())
    assert state["output"] == pytest.approx(state["reference"], abs=1e-6)
    return state


def wait_for_python(notebook: OpenNotebook, **traits: Any) -> None:
    """Wait until Python has heard from the page."""
    for _ in range(20):
        state = in_python(notebook)
        if all(state[name] == value for name, value in traits.items()):
            return
        notebook.page.wait_for_timeout(250)
    assert {name: state[name] for name in traits} == traits


def test_the_demo_is_mounted_with_its_model(demo: Driven) -> None:
    assert demo.get("kernel") == [1, 1, 1]
    assert demo.get("output") == [3, 7, 14, 28, 56, 48]
    assert demo.root.locator("svg.picture").is_visible()
    assert demo.root.locator("[data-host]").count() == 0


def test_what_python_sets_shows_in_the_page(notebook: OpenNotebook, demo: Driven) -> None:
    notebook.run(SET)
    expect(demo.root.locator(".course-equation")).to_have_text("z₃ = 1·2 + 0·4 + (−1)·8 = −6.00")
    assert demo.get("output") == [-2, -3, -6, -12, -24, 16]


def test_what_a_key_does_in_the_page_is_seen_by_python(
    notebook: OpenNotebook, demo: Driven
) -> None:
    demo.root.locator(".inputs [tabindex='0']").focus()
    demo.press("ArrowUp", "ArrowRight", "PageUp")
    demo.root.get_by_role("button", name="More: Dilation").click()
    wait_for_python(notebook, signal=[1.1, 3, 4, 8, 16, 32])


def test_a_slider_that_is_linked_drives_the_demo(notebook: OpenNotebook, demo: Driven) -> None:
    handle = notebook.page.locator(".jp-OutputArea .noUi-handle").last
    handle.focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(demo.root.get_by_role("spinbutton", name="Stride")).to_have_value("2")
    assert demo.get("output") == [3, 14, 56]
    wait_for_python(notebook, stride=2)
    demo.root.get_by_role("button", name="More: Stride").click()
    expect(notebook.page.locator(".widget-readout").last).to_have_text("3")


def test_an_impossible_value_is_refused_in_python_and_the_page_stays(
    notebook: OpenNotebook, demo: Driven
) -> None:
    said = notebook.run(REFUSE).inner_text()
    assert said.startswith("TraitError stride is 7; expected a whole number from 1 to 4")
    assert demo.get("stride") == 1
    assert demo.problems() == []


def test_the_state_is_taken_along_as_python(notebook: OpenNotebook, demo: Driven) -> None:
    demo.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    demo.root.get_by_role("button", name="More: Stride").click()
    demo.root.get_by_role("button", name="Copy as Python").click()
    line = demo.root.locator(".course-shelf").first.input_value()
    assert line.startswith("Convolution1D(signal=[1, 2, 4, 8, 16, 32], kernel=[1, 1, 1], stride=2")
    assert "predict=False" in line
