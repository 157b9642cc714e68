"""The sandbox has Matplotlib's list of fonts, so that no notebook waits for it to be made."""

from __future__ import annotations

from course_lib.grading.examiner import COMMAND, Examiner, task
from course_lib.grading.limits import DEFAULT
from tests.grading import ordinary_user
from tests.grading.bubblewrap import needs_bubblewrap
from tests.grading.small_lab import LAB, notebook, shown

LOOKS = """\
import matplotlib, pathlib
(fonts,) = pathlib.Path(matplotlib.get_cachedir()).glob("fontlist-*.json")
print("found", fonts.stat().st_size > 1000)
try:
    fonts.write_text("{}")
    print("changed")
except OSError:
    print("kept")
import matplotlib.pyplot"""


@needs_bubblewrap
def test_the_list_of_fonts_is_there_and_cannot_be_changed() -> None:
    examiner = Examiner(ordinary_user.command(list(COMMAND)))
    try:
        said = shown(
            examiner.examine(task(LAB, notebook({"convolve": LOOKS}), bytes(32), {}, DEFAULT))
        )
    finally:
        examiner.close()
    assert "found True" in said
    assert "kept" in said
    assert "changed" not in said
    assert "font cache" not in said
