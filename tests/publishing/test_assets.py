"""One palette colours the figures, the demos and the pages."""

import json
import re
from unittest.mock import Mock

import pytest

from course_lib.demos.demo import container
from course_lib.publishing.assets import BUILT, link_demos
from course_lib.publishing.fingerprint import PACKAGE
from course_lib.publishing.mathematics import ATTEMPTS, connect, woff2_only
from course_lib.publishing.node import node

MARKS = {"light": ":root{", "dark": "html[data-theme=dark]", "print": "@media print"}


@pytest.mark.parametrize("sheet", ["demos.css", "book/common.css"])
@pytest.mark.parametrize("theme", MARKS)
def test_the_style_sheet_gives_each_role_its_colour_in_each_theme(theme: str, sheet: str) -> None:
    style = (BUILT / sheet).read_text(encoding="utf-8")
    rules = style[style.index(MARKS[theme]) :].partition("}")[0]
    roles = json.loads((PACKAGE / "figures" / "palette.json").read_text(encoding="utf-8"))["roles"]
    for role, colours in roles.items():
        assert f"--course-{role}: {colours[theme]};" in rules


def test_a_page_takes_what_styles_its_demos_and_none_of_the_others() -> None:
    whole = (BUILT / "demos.css").read_text(encoding="utf-8")
    taken = (BUILT / "book" / "common.css").read_text(encoding="utf-8")
    assert "data-demo=" not in taken
    for script in sorted(BUILT.glob("*.js")):
        sheet = (BUILT / "book" / f"{script.stem}.css").read_text(encoding="utf-8")
        assert sheet.count(f"data-demo={script.stem}]") >= 1, script.stem
        taken += sheet
    # What a demo shares with another stands in both sheets; nothing may stand in none.
    rules = [rule for rule in re.split(r"(?<=\})", whole) if rule.strip()]
    assert [rule for rule in rules if rule not in taken] == []


def test_katex_keeps_its_woff2_fonts_only() -> None:
    style = (
        '@font-face{src:url(fonts/A.woff2) format("woff2"),url(fonts/A.woff) format("woff"),'
        'url(fonts/A.ttf) format("truetype")}.katex{color:red}'
    )
    assert woff2_only(style) == (
        '@font-face{src:url(fonts/A.woff2) format("woff2")}.katex{color:red}'
    )


def test_node_is_a_binary_and_not_a_wrapper() -> None:
    assert node().read_bytes()[:2] != b"#!"


@pytest.mark.parametrize("refusals", [0, 2, ATTEMPTS])
def test_a_server_that_does_not_listen_yet_is_asked_again(
    refusals: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    answers = iter([ConnectionRefusedError] * refusals + [None] * ATTEMPTS)
    asked = []

    def get() -> None:
        asked.append(1)
        if (error := next(answers)) is not None:
            raise error

    if refusals < ATTEMPTS:
        connect(get)
        assert len(asked) == refusals + 1
    else:
        with pytest.raises(ConnectionRefusedError):
            connect(get)


def test_a_page_s_head_names_its_demos_and_their_data_but_not_what_is_heavy() -> None:
    demos = [("question", ()), ("weight-matrix", ("photographs", "mnist1d"))]
    body = "".join(container(name, name, {}, data, ("weights",)) for name, data in demos)
    app = Mock()
    link_demos(app, "page", "page.html", {"body": body}, None)
    named = [call.args[0] for call in app.add_js_file.call_args_list]
    assert named == [
        *("course/mnist1d.data.js", "course/photographs.data.js"),
        *("course/question.js", "course/weight-matrix.js", "course/host.js"),
    ]
    styles = [call.args[0] for call in app.add_css_file.call_args_list]
    assert styles == ["course/question.css", "course/weight-matrix.css"]
