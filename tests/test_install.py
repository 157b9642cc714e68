"""The package, installed with pip alone into a fresh environment, has demos that work."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from course_lib import __version__

ROOT = Path(__file__).parents[1]

SHOWN = """
import importlib.metadata, json, sys
from course_lib.demos import Convolution1D
demo = Convolution1D(kernel=[-1, 0, 1])
bundle = demo._repr_mimebundle_()[0]
print(json.dumps({
    "output": demo.output,
    "front end": len(demo._esm) + len(demo._css),
    "mime": sorted(bundle),
    "file": sys.modules["course_lib.demos"].__file__,
    "version": importlib.metadata.version("course-lib"),
}))
"""


@pytest.mark.slow
def test_pip_install_builds_the_front_end_and_the_demos_work(tmp_path: Path) -> None:
    source = tmp_path / "source"
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, tracked.split("\0")):
        # What was built here must not be found there.
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "-c", ROOT / "requirements.txt", source]
    subprocess.run(install, check=True, timeout=1200)

    shown = subprocess.run(
        [python, "-c", SHOWN], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=300
    )
    result = json.loads(shown.stdout)
    assert Path(result["file"]).is_relative_to(tmp_path / "env")
    assert result["version"] == __version__
    assert result["output"][0] == pytest.approx(5.3)
    assert result["front end"] > 10_000
    assert {"text/html", "application/vnd.jupyter.widget-view+json"} <= set(result["mime"])


def test_the_version_is_that_of_the_metadata() -> None:
    from importlib.metadata import version

    assert version("course-lib") == __version__
    assert sys.version_info >= (3, 11)
