"""Where Firefox is; ``python -m tests.browser.firefox`` installs one where there is none.

The environment variable FIREFOX, else the system's. It is a distribution's own Firefox, which
answers over WebDriver BiDi: Playwright drives only a build of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.installing import from_the_distribution, named_by, on_the_path

NAMES = ("firefox-esr", "firefox")
ADVICE = (
    "No Firefox was found and none could be installed: install Firefox, or set FIREFOX to the path"
    " of one. Its tests are skipped."
)


def find() -> Path | None:
    """Return the path of Firefox, or None.

    Raises
    ------
    FileNotFoundError
        If FIREFOX names something that cannot be run.
    """
    return named_by("FIREFOX") or on_the_path(NAMES)


def install() -> Path | None:
    """Install the distribution's Firefox where that may be done; return its path, or None."""
    from_the_distribution("firefox-esr")
    return find()


def main() -> int:
    """Say where Firefox is, installing one where needed; without one its tests are skipped."""
    try:
        found = find() or install()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Firefox is {found}" if found else ADVICE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
