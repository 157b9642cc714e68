import shlex
from ast import literal_eval
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_lib.cli import main
from course_lib.figures import Sheet, load, names, render

NAME = "convolution-1d/valid"


def course(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["figures", *arguments])


def files(folder: Path) -> list[str]:
    """Return the drawn files; the manifest stands beside them."""
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return sorted(str(p) for p in found if p.name != "figures.json")


def test_list_names_every_figure_and_draws_nothing(tmp_path: Path) -> None:
    result = course("--list", "--out", str(tmp_path / "none"))
    assert result.exit_code == 0
    for name in names():
        assert name in result.output
        assert load(name).title in result.output
        assert load(name).slide in result.output
        for key in load(name).parameters:
            assert f"--set {key}=" in result.output
    assert files(tmp_path) == []


def test_a_figure_is_written_in_each_format_asked_for(tmp_path: Path) -> None:
    result = course(NAME, "--format", "svg, pdf,png", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert files(tmp_path) == [f"{NAME}.pdf", f"{NAME}.png", f"{NAME}.svg"]
    assert (tmp_path / f"{NAME}.svg").read_bytes() == render(NAME, "svg")
    assert f"Wrote 3 files into {tmp_path}" in result.output


def test_themes_stand_beside_each_other(tmp_path: Path) -> None:
    for theme in ("light", "dark"):
        assert course(NAME, "--theme", theme, "--out", str(tmp_path)).exit_code == 0
    assert files(tmp_path) == [f"{NAME}-dark.svg", f"{NAME}.svg"]
    assert (tmp_path / f"{NAME}-dark.svg").read_bytes() == render(NAME, "svg", "dark")


def test_a_chapter_stands_for_its_figures_and_none_is_drawn_twice(tmp_path: Path) -> None:
    result = course("convolution-1d", NAME, "--out", str(tmp_path))
    assert result.exit_code == 0
    assert files(tmp_path) == sorted(f"{name}.svg" for name in names("convolution-1d"))


def test_a_second_run_draws_nothing_and_a_forced_one_the_same_bytes(tmp_path: Path) -> None:
    course(NAME, "--format", "pdf", "--out", str(tmp_path))
    first = (tmp_path / f"{NAME}.pdf").read_bytes()
    again = course(NAME, "--format", "pdf", "--out", str(tmp_path))
    assert "Wrote 0 files" in again.output
    assert "1 file up to date" in again.output
    forced = course(NAME, "--format", "pdf", "--force", "--out", str(tmp_path))
    assert "Wrote 1 file" in forced.output
    assert (tmp_path / f"{NAME}.pdf").read_bytes() == first


def test_a_parameter_changes_the_figure_and_its_alternative_text(tmp_path: Path) -> None:
    result = course(NAME, "--set", "kernel=1,2,1", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert (tmp_path / f"{NAME}.svg").read_bytes() == render(NAME, kernel=(1, 2, 1))


def test_natural_parameters_are_taken_as_they_are_typed(tmp_path: Path) -> None:
    name = "convolution-1d/stride"
    result = course(name, "--set", "kernel_size=5", "--set", "stride=3", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert (tmp_path / f"{name}.svg").read_bytes() == render(name, kernel_size=5, stride=3)


def test_of_several_figures_each_takes_the_settings_that_it_has(tmp_path: Path) -> None:
    one, other = "convolution-1d/stride", "convolution-1d/valid"
    result = course(one, other, "--set", "stride=3", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert (tmp_path / f"{one}.svg").read_bytes() == render(one, stride=3)
    assert (tmp_path / f"{other}.svg").read_bytes() == render(other)
    unknown = course(one, other, "--set", "colour=3", "--out", str(tmp_path))
    assert unknown.exit_code == 2
    assert "no parameter 'colour'" in " ".join(unknown.output.split())


def test_a_value_that_is_not_allowed_is_refused_with_those_that_are(tmp_path: Path) -> None:
    wrong = course("convolution-1d/stride", "--set", "stride=0", "--out", str(tmp_path))
    assert wrong.exit_code == 2
    assert "stride" in wrong.output
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("kernal=1,2,1", "no parameter 'kernal'"),
        ("kernel=wide", "expected numbers such as"),
        ("kernel", "expected KEY=VALUE"),
        ("=3", "expected KEY=VALUE"),
    ],
)
def test_a_bad_parameter_is_refused_before_anything_is_drawn(
    setting: str, words: str, tmp_path: Path
) -> None:
    result = course(NAME, "--set", setting, "--out", str(tmp_path))
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
    assert files(tmp_path) == []


def test_a_figure_is_fitted_to_a_slide(tmp_path: Path) -> None:
    result = course(NAME, "--format", "png", "--size", "640x360", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert (tmp_path / f"{NAME}.png").read_bytes() == render(
        NAME, "png", sheet=Sheet(640, 360), dpi=72
    )


@pytest.mark.parametrize("size", ["640", "0x100", "axb", "640x", "1e9x2"])
def test_an_impossible_size_is_refused(size: str, tmp_path: Path) -> None:
    result = course(NAME, "--size", size, "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "expected" in result.output
    assert files(tmp_path) == []


def test_an_unknown_name_offers_the_nearest_before_anything_is_drawn(tmp_path: Path) -> None:
    result = course(NAME, "convolution-1d/slidng", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "did you mean 'convolution-1d/sliding'?" in result.output
    assert files(tmp_path) == []


@pytest.mark.parametrize("formats", ["bmp", "svg,bmp", ""])
def test_an_unknown_format_is_named_with_those_there_are(formats: str, tmp_path: Path) -> None:
    result = course(NAME, "--format", formats, "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "is not one of svg, pdf, png, apng, webp, gif" in result.output
    assert files(tmp_path) == []


def test_formats_that_move_are_made_of_animations_alone(tmp_path: Path) -> None:
    moving = "resampling/transposed-animation"
    options = ["--format", "gif,svg", "--dpi", "36", "--set", "kernel=1,2,3"]
    result = course(NAME, moving, *options, "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert files(tmp_path) == [f"{NAME}.svg", f"{moving}.gif", f"{moving}.svg"]
    content = (tmp_path / f"{moving}.gif").read_bytes()
    assert content == render(moving, "gif", dpi=36, kernel=(1, 2, 3))


def test_a_figure_that_does_not_move_is_not_made_to(tmp_path: Path) -> None:
    result = course(NAME, "--format", "apng", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "apng is for animations, and none of these figures moves" in result.output
    assert files(tmp_path) == []


def test_an_unknown_theme_is_named_with_those_there_are() -> None:
    result = course(NAME, "--theme", "sepia")
    assert result.exit_code == 2
    assert "'light', 'dark', 'print'" in result.output


def test_a_folder_that_is_a_file_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    result = course("--out", str(tmp_path / "taken"))
    assert result.exit_code == 1
    assert "it is not a folder; choose another folder with --out" in result.output
    assert "Drawing" not in result.output


def test_a_folder_that_takes_nothing_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("course_lib.cli.folder.TemporaryFile", full)
    result = course("--out", str(tmp_path))
    assert result.exit_code == 1
    assert "read-only file system; choose another folder" in result.output
    assert "Drawing" not in result.output


def test_a_disc_that_fills_up_ends_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    result = course(NAME, "--out", str(tmp_path))
    assert result.exit_code == 1
    assert "no space left on device" in result.output
    assert files(tmp_path) == []


@pytest.mark.parametrize("word", ["3", "03", "03-convolution-1d"])
def test_a_chapter_is_named_as_for_slides(word: str) -> None:
    by_words = course("--list", "convolution-1d")
    assert by_words.exit_code == 0
    assert course("--list", word).output == by_words.output


def test_list_gives_values_whole_with_their_limits_and_says_what_an_empty_one_means() -> None:
    lines = course("--list", "resampling", "mnist-1d", "convolution-1d").output.splitlines()
    settings = [line.strip() for line in lines if line.strip().startswith("--set")]
    assert not [line for line in settings if "..." in line or "\u2026" in line]
    (counts,) = [line for line in settings if "counts=" in line]
    assert "none stands for all" in counts
    assert "--set signal=2,4,6,2,1,3,5    sequence of float, at most 7" in settings
    image = load("resampling/every-other").parameters["image"]
    (typed,) = {
        shlex.split(line.partition("    ")[0])[1]
        for line in course("--list", "resampling/every-other").output.splitlines()
        if "image=" in line and line.strip().startswith("--set")
        for line in [line.strip()]
    }
    assert literal_eval(typed.removeprefix("image=")) == image


def test_a_position_that_is_not_there_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    result = course(
        "convolution-1d/sliding", "--set", "positions=1,2", "--out", str(tmp_path / "new")
    )
    assert result.exit_code == 2
    assert "expected numbers from [2, 3, 4, 5, 6]" in result.output
    assert "Drawing" not in result.output
    assert not (tmp_path / "new").exists()


def test_a_count_that_has_no_choice_is_said_once() -> None:
    result = course("convolution-2d/weighted-sum", "--set", "kernel=(1,2),(3,4)")
    assert result.exit_code == 2
    assert "expected 3 rows" in " ".join(result.output.split())
