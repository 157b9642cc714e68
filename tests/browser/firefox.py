"""Where Firefox is; ``python -m tests.browser.firefox`` installs one where there is none.

The environment variable FIREFOX, else the system's. It is a distribution's own Firefox, which
answers over WebDriver BiDi: Playwright drives only a build of its own.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.browser.chromium import run

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
    if named := os.environ.get("FIREFOX"):
        if shutil.which(named) is None:
            raise FileNotFoundError(f"FIREFOX is {named!r}; expected the path of a browser")
        return Path(named)
    found = filter(None, map(shutil.which, NAMES))
    return next(map(Path, found), None)


def install() -> Path | None:
    """Install the distribution's Firefox where that may be done; return its path, or None."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        run(["apt-get", "update"])
        run(["apt-get", "install", "--yes", "--no-install-recommends", "firefox-esr"])
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
