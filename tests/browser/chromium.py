"""Where Chromium is; ``python -m tests.browser.chromium`` installs one where there is none.

The order: the environment variable CHROMIUM, the system's Chromium or Chrome, Playwright's own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.installing import from_the_distribution, named_by, on_the_path, run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",  # tests also run as root, in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ADVICE = (
    "No Chromium was found and none could be installed: install Chromium or Chrome,"
    " or set CHROMIUM to the path of one."
)


def find() -> Path | None:
    """Return the path of a browser, or None.

    Raises
    ------
    FileNotFoundError
        If CHROMIUM names something that cannot be run.
    """
    return named_by("CHROMIUM") or on_the_path(NAMES) or _playwrights_own()


def install() -> Path | None:
    """Install Playwright's Chromium or else the distribution's, and return its path, or None."""
    if run([sys.executable, "-m", "playwright", "install", "chromium"]) and (found := find()):
        return found
    from_the_distribution("chromium")
    return find()


def main() -> int:
    """Say where the browser is, installing one where needed."""
    try:
        found = find() or install()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The browser is {found}" if found else ADVICE, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
