"""What importing the part costs, and what is shown while it works."""

import io
import subprocess
import sys

import pytest
import torch

from course_lib.training import find_device
from course_lib.training.progress import progress_bar


def test_importing_the_part_loads_no_compiler_and_nothing_that_draws() -> None:
    code = (
        "import sys, course_lib.training\n"
        "heavy = ('torch._dynamo', 'torch._inductor', 'matplotlib', 'IPython', 'ipywidgets',\n"
        "         'tqdm.auto', 'safetensors', 'mnist1d')\n"
        "print(*(m for m in heavy if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_no_bar_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(10, "training") as bar:
        bar.update(5)
        bar.set_postfix_str("loss 1")
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_drawn_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", screen := Terminal())
    with progress_bar(10, "training", done=3) as bar:
        bar.update(7)
    assert "training: 100%" in screen.getvalue()
    assert "10/10" in screen.getvalue()


def test_a_device_is_found_by_name() -> None:
    assert find_device("cpu") == torch.device("cpu")
    expected = "cuda" if torch.cuda.is_available() else "cpu"
    assert find_device("auto").type == expected


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_device_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="device='cuda' is not there: expected 'auto', 'cpu'"):
        find_device("cuda")
