import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest

from course_lib.publishing.batch.report import compose, render, size, span
from course_lib.publishing.batch.rows import Row

HEAD = {
    "state": "finished",
    "started": "2026-01-01T00:00:00+00:00",
    "parameters": {"profile": "fast", "device": "cpu", "seed": 0},
    "time_limit": 60.0,
    "machine": {"device_name": "a device", "system": "a system", "versions": {"torch": "2"}},
}
EVIL = "<img src=x onerror=alert(1)>\"'&{{ 7 * 7 }}"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_string_is_escaped() -> None:
    row = Row(
        name=EVIL,
        state="failed",
        cell=3,
        line=EVIL,
        error=EVIL,
        trace=EVIL,
        copy=EVIL,
        device_names=[EVIL],
        host=EVIL,
    )
    head = {
        **HEAD,
        "state": EVIL,
        "started": EVIL,
        "parameters": {"profile": EVIL, "device": EVIL, "seed": EVIL},
        "machine": {"device_name": EVIL, "system": EVIL, "versions": {EVIL: EVIL}},
    }
    page = render(compose(head, [row]))
    seen = Tags()
    seen.feed(page)
    assert "img" not in seen.found
    assert "script" not in seen.found
    assert seen.text.count(EVIL) >= 8
    assert EVIL not in page
    assert escape("<img src=x") in page


def test_the_page_says_what_failed_and_where() -> None:
    rows = [
        Row("a.ipynb", "passed", seconds=3.0, host_bytes=2**30, device_bytes=0),
        Row("b.ipynb", "failed", cell=7, line="x = 1", error="ValueError: no", trace="a trace"),
        Row("c.ipynb", "timed out", error="it ran for more than 60 s"),
    ]
    made = compose(HEAD, rows)
    seen = Tags()
    seen.feed(render(made))
    text = " ".join(seen.text.split())
    assert "1 passed, 1 failed, 1 timed out" in text
    assert "b.ipynb, cell 7 (x = 1): ValueError: no" in text
    assert "it ran for more than 60 s" in text
    assert "1,024 MiB" in text


@pytest.mark.parametrize("state", ["running", "interrupted"])
def test_an_unfinished_report_says_so(state: str) -> None:
    page = render(compose({**HEAD, "state": state}, [Row("a.ipynb", "waiting")]))
    assert re.search("stopped before the end" if state == "interrupted" else "not finished", page)


def test_a_row_survives_its_way_through_json_and_an_older_reader() -> None:
    row = Row("a", "failed", cell=1, error="no", device_names=["x"])
    assert Row.from_plain(row.to_plain() | {"of_tomorrow": 1}) == row


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0.04, "0.0 s"), (99.9, "99.9 s"), (99.96, "1 min 40 s"), (3725, "1 h 02 min")],
)
def test_times_are_written_as_people_do(seconds: float | None, text: str) -> None:
    assert span(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(None, "–"), (0, "0"), (2**20, "1 MiB"), (2**30, "1,024 MiB"), (80 * 2**30, "80.0 GiB")],
)
def test_sizes_are_written_as_people_do(count: int | None, text: str) -> None:
    assert size(count) == text
