"""Scripts wait for the page, and not the page for scripts."""

from __future__ import annotations

import pytest

from course_lib.publishing.loading import defer_scripts


def test_an_ordinary_script_is_deferred() -> None:
    assert defer_scripts('<script src="a.js?v=1"></script>') == (
        '<script defer src="a.js?v=1"></script>'
    )


@pytest.mark.parametrize(
    "script",
    [
        '<script src="../_static/course/page.js?v=1"></script>',
        '<script src="_static/documentation_options.js"></script>',
        '<script defer src="a.js"></script>',
        '<script src="a.js" async></script>',
        '<script src="a.js" type="module"></script>',
        "<script>DOCUMENTATION_OPTIONS.pagename = 'a';</script>",
        '<script type="application/json" class="course-demo-state">{"src": 1}</script>',
    ],
)
def test_what_must_run_at_once_and_what_waits_already_stay_as_they_are(script: str) -> None:
    assert defer_scripts(script) == script
