import json

from course_lib.publishing.assets import PALETTE, palette_style
from course_lib.publishing.mathematics import woff2_only
from course_lib.publishing.node import node


def test_each_role_is_a_variable_in_each_theme() -> None:
    style = palette_style({"kernel-text": {"light": "#111111", "dark": "#222222", "print": "#3"}})
    light, dark, print_ = style.split("}\n", 2)
    assert light == ":root {\n  --course-kernel-text: #111111;\n"
    assert dark == 'html[data-theme="dark"] {\n  --course-kernel-text: #222222;\n'
    assert "@media print" in print_
    assert "--course-kernel-text: #3;" in print_


def test_the_palette_has_every_theme_for_every_role() -> None:
    roles = json.loads(PALETTE.read_text())["roles"]
    assert palette_style(roles).count("--course-") == 3 * len(roles)


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
