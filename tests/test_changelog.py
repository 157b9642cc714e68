"""The changelog keeps the form that it says it has."""

from __future__ import annotations

import re
from pathlib import Path

import course_lib

CHANGELOG = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_versions_come_newest_first_and_each_has_its_date() -> None:
    versions = re.findall(r"^## (.+)$", CHANGELOG, flags=re.MULTILINE)
    assert versions
    released = [one for one in versions if one != "Unreleased"]
    assert versions.index("Unreleased") == 0 if "Unreleased" in versions else released
    numbers = []
    for one in released:
        match = re.fullmatch(r"(\d+)\.(\d+)\.(\d+) - \d{4}-\d{2}-\d{2}", one)
        assert match is not None, one
        numbers.append(tuple(map(int, match.groups())))
    assert numbers == sorted(numbers, reverse=True)


def test_changes_stand_under_the_kinds_of_keep_a_changelog() -> None:
    kinds = re.findall(r"^### (.+)$", CHANGELOG, flags=re.MULTILINE)
    assert kinds
    assert set(kinds) <= KINDS
    body = CHANGELOG[CHANGELOG.index("\n### ") :]
    assert not re.search(r"^(?!#|- |  |$)", body, flags=re.MULTILINE)


def test_the_package_s_version_is_in_it() -> None:
    assert course_lib.__version__ in CHANGELOG
