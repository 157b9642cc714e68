import matplotlib
import pytest

from course_lib.figures.palette import palette
from course_lib.figures.theme import current_palette, current_theme, drawing


def test_light_is_the_theme_outside_of_any() -> None:
    assert current_theme() == "light"


def test_a_theme_holds_while_it_is_drawn_in_and_no_longer() -> None:
    with drawing("dark") as colours:
        assert colours == current_palette() == palette("dark")
    assert current_palette() == palette("light")
    with pytest.raises(RuntimeError), drawing("print"):
        raise RuntimeError
    assert current_theme() == "light"


def test_the_users_own_settings_neither_matter_nor_change(monkeypatch: pytest.MonkeyPatch) -> None:
    with matplotlib.rc_context({"font.size": 31, "svg.fonttype": "path"}):
        with drawing("light"):
            assert matplotlib.rcParams["font.size"] == 10
            assert matplotlib.rcParams["svg.fonttype"] == "none"
        assert matplotlib.rcParams["font.size"] == 31
        assert matplotlib.rcParams["svg.fonttype"] == "path"
