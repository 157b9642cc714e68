"""Where bubblewrap is; ``python -m tests.grading.bubblewrap`` installs it where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.grading import ordinary_user


def missing() -> str | None:
    """Return why no sandbox can be had by an ordinary user here, or None where one can."""
    if not sys.platform.startswith("linux"):
        return "students' code is shut in on Linux only"
    if shutil.which("bwrap") is None:
        return "there is no bubblewrap"
    code = "from course_lib.grading.sandbox import check_system; check_system()"
    done = ordinary_user.run([sys.executable, "-c", code])
    return (done.stderr.strip().splitlines() or ["unknown"])[-1] if done.returncode else None


why = missing()
needs_bubblewrap = pytest.mark.skipif(why is not None, reason=f"no sandbox can be had: {why}")


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
