import base64
import hashlib

import pytest

from course_lib.publishing.security import policy, script_hash, secure

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8" />
  <title>A &lt;page&gt;</title>
  <script src="a.js"></script>
  <script>const a = "<b>é</b>";
</script>
  <!-- <script>commented()</script> -->
</head>
<body>
<svg viewBox="0 0 1 1"><linearGradient id="g"/><clipPath/></svg>
<script type="application/json">{"a": 1}</script>
<script type="module">b()</script>
<button onclick="window.print()"
  class="x">P</button>
<p title="onclick=&quot;no&quot;">onclick="window.print()"</p>
</body>
</html>
"""


def digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_comes_first_in_the_head_after_the_charset() -> None:
    secured = secure(PAGE)
    start = secured.index('<meta charset="utf-8" />') + len('<meta charset="utf-8" />')
    assert secured[start:].lstrip().startswith('<meta http-equiv="Content-Security-Policy"')


def test_without_a_charset_the_policy_opens_the_head() -> None:
    assert "<head>\n<meta http-equiv" in secure("<html><head><title>A</title></head></html>")


def test_inline_scripts_are_allowed_by_hash_and_data_is_not_script() -> None:
    secured = secure(PAGE)
    rule = secured[secured.index("script-src") :].split(";")[0]
    expected = [f"'{digest(text)}'" for text in ('const a = "<b>é</b>";\n', "b()")]
    assert rule.split() == ["script-src", "'self'", "'wasm-unsafe-eval'", *expected]


def test_known_handlers_become_actions() -> None:
    secured = secure(PAGE)
    assert '<button data-course-action="print"\n  class="x">' in secured
    assert '<p title="onclick=&quot;no&quot;">onclick="window.print()"</p>' in secured


def test_an_unknown_handler_is_refused() -> None:
    with pytest.raises(ValueError, match=r'inline handler onload="start\(\)"'):
        secure('<html><head></head><body onload="start()"></body></html>')


def test_all_else_stays_byte_for_byte() -> None:
    secured = secure(PAGE)
    start = secured.index("\n<meta http-equiv")
    end = secured.index("/>", start) + 2
    rest = secured[:start] + secured[end:]
    assert rest.replace('data-course-action="print"', 'onclick="window.print()"') == PAGE


def test_the_policy_allows_workers_and_webassembly_and_no_other_host() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["worker-src"] == "'self' blob:"
    assert "http" not in policy()
    assert "*" not in policy()


def test_a_repeated_script_is_named_once() -> None:
    assert policy(["'a'", "'a'"]).count("'a'") == 1
    assert script_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
