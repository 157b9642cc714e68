import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.publishing.prerender import (
    PICTURE,
    Prerenderer,
    PrerenderError,
    draw_first_frames,
)

# Stands in for prerender.mjs: answers as told by the state.
PROGRAM = """
import json, os, sys, time
for line in sys.stdin:
    request = json.loads(line)
    state = request["state"]
    if state.get("dies"):
        sys.exit(1)
    if state.get("waits"):
        time.sleep(60)
    if state.get("mumbles"):
        print("hello", flush=True)
    elif state.get("refuses"):
        print(json.dumps({"error": "kernel is empty"}), flush=True)
    else:
        html = f'<svg data-pid="{os.getpid()}">{request["name"]} {state.get("text", "")}</svg>'
        print(json.dumps({"html": html}), flush=True)
"""


def container(state: object, name: str = "convolution-1d") -> str:
    text = json.dumps(state).replace("<", "\\u003c")
    return (
        f'<div class="course-demo" data-demo="{name}" id="demo-1">'
        f'<script type="application/json" class="course-demo-state">{text}</script>{PICTURE}</div>'
    )


@pytest.fixture
def draw(tmp_path: Path) -> Iterator[Prerenderer]:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    prerenderer = Prerenderer([sys.executable, str(program)], seconds=10)
    yield prerenderer
    prerenderer.close()


def test_the_first_frame_stands_after_the_state(draw: Prerenderer) -> None:
    html = draw_first_frames(f"<p>a</p>{container({'text': 'é'})}<p>b</p>", draw, pytest.fail)
    before, after = html.split("</script>")
    assert before + "</script>" == f"<p>a</p>{container({'text': 'é'})}".split(PICTURE)[0]
    assert after.startswith("<svg data-pid=")
    assert after.endswith(">convolution-1d é</svg></div><p>b</p>")


def test_a_state_that_holds_markup_does_not_end_early(draw: Prerenderer) -> None:
    html = draw_first_frames(container({"text": "</script><b>"}), draw, pytest.fail)
    assert "convolution-1d </script><b></svg>" in html


def test_one_process_draws_every_demo(draw: Prerenderer) -> None:
    pages = [container({}) + container({}, "question"), container({})]
    drawn = [draw_first_frames(page, draw, pytest.fail) for page in pages]
    pids = {part.split('"')[0] for page in drawn for part in page.split('data-pid="')[1:]}
    assert len(pids) == 1


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"refuses": True}, "kernel is empty"),
        ({"mumbles": True}, "the answer has no html: 'hello"),
        ({"dies": True}, "the program ended"),
    ],
    ids=["refuses", "mumbles", "dies"],
)
def test_a_demo_that_cannot_be_drawn_is_reported_and_the_next_is_drawn(
    draw: Prerenderer, state: object, reason: str
) -> None:
    reports: list[str] = []
    html = draw_first_frames(container(state) + container({}), draw, reports.append)
    assert len(reports) == 1
    assert "'convolution-1d'" in reports[0]
    assert reason in reports[0]
    assert html.startswith(container(state))
    assert html.count("<svg") == 1


def test_a_program_that_hangs_is_ended(draw: Prerenderer) -> None:
    draw._seconds = 0.3
    with pytest.raises(PrerenderError, match=r"no answer within 0\.3 s"):
        draw("convolution-1d", {"waits": True})
    draw._seconds = 10
    assert "<svg" in draw("convolution-1d", {})


def test_a_page_without_demos_starts_nothing() -> None:
    absent = Prerenderer(["no such program"])
    assert draw_first_frames("<p></p>", absent, pytest.fail) == "<p></p>"
    absent.close()
