"""Where bubblewrap is; ``python -m tests.grading.bubblewrap`` installs it where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

needs_bubblewrap = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="students' code is shut in on Linux only"
)


def main() -> int:
    """Install bubblewrap where it is missing and may be installed, and say where it is."""
    if shutil.which("bwrap") is None and shutil.which("apt-get") and os.geteuid() == 0:
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "bubblewrap"]):
            subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL)
    found = shutil.which("bwrap")
    print(found or "No bubblewrap: install it (Debian, Ubuntu: apt install bubblewrap).")
    return 0 if found else 1


if __name__ == "__main__":
    raise SystemExit(main())
