"""What is installed is pinned to the version, in Python and in the front end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXACT = re.compile(r"\d+(\.\d+)*(-?(a|b|rc|alpha|beta)\.?\d+)?(\.post\d+)?")


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_every_requirement_is_one_version(path: Path) -> None:
    lines = [line.split("#")[0].strip() for line in path.read_text("utf-8").splitlines()]
    pinned = [line.split(";")[0].strip() for line in lines if line]
    assert len(pinned) > 100
    for line in pinned:
        name, _, version = line.partition("==")
        assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,-]+\])?", name), line
        assert EXACT.fullmatch(version), line


def test_what_the_course_needs_has_the_same_version_in_the_tests() -> None:
    def lines(name: str) -> set[str]:
        return {line for line in (ROOT / name).read_text("utf-8").splitlines() if "==" in line}

    assert lines("requirements.txt") <= lines("requirements-test.txt")


def test_every_package_of_the_front_end_is_one_version_and_the_locked_one() -> None:
    package = json.loads((ROOT / "frontend/package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    groups = [key for key in package if key.lower().endswith("dependencies")]
    assert groups == ["devDependencies"]  # a page gets what is bundled, and asks no registry
    for name, version in package["devDependencies"].items():
        assert EXACT.fullmatch(version), f"{name} {version}"
        assert lock[f"node_modules/{name}"]["version"] == version, name


def test_every_package_that_npm_fetches_has_its_checksum_and_no_address() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    for name, entry in lock.items():
        if name and not entry.get("link"):
            assert entry["integrity"].startswith("sha512-"), name
            assert "resolved" not in entry, name


def test_the_audit_names_the_locked_files() -> None:
    script = (ROOT / "tools/audit").read_text("utf-8")
    for path in ROOT.glob("requirements*.txt"):
        assert path.name in script
    assert re.search(r"pip-audit==\d", script)
    assert "audit --omit=dev" in script
    assert "--strict" in script  # else what could not be looked up counts as sound
