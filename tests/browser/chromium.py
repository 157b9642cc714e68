"""Where Chromium is; ``python -m tests.browser.chromium`` installs one where there is none.

The order: the environment variable CHROMIUM, the system's Chromium or Chrome, Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    if named := os.environ.get("CHROMIUM"):
        if shutil.which(named) is None:
            raise FileNotFoundError(f"CHROMIUM is {named!r}; expected the path of a browser")
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return _playwrights_own()


def install() -> Path | None:
    """Install Playwright's Chromium or else the distribution's, and return its path, or None."""
    if run([sys.executable, "-m", "playwright", "install", "chromium"]) and (found := find()):
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        run(["apt-get", "update"])
        run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"])
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


def run(command: list[str]) -> bool:
    """Run what installs a browser, and return whether it could."""
    print("→", " ".join(command), flush=True)
    try:
        return subprocess.run(command, check=False, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(main())
