"""`course book pdf`: the built book, printed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from course_lib.cli import main
from course_lib.publishing.pdf import Chapter, chapters, printable, title_of
from tests.browser import chromium
from tests.browser.book import HTML, ROOT


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["book", "pdf", *words])


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("_toc.yml", "_config.yml"):
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_built_book_the_command_says_what_to_run(clone: Path) -> None:
    result = run()
    assert result.exit_code == 1
    assert "there is no built book in _build/html: run `make book` first" in result.output


def test_without_a_browser_the_command_says_what_to_install(clone: Path) -> None:
    (clone / "_build" / "html").mkdir(parents=True)
    result = run("labs", "--browser", "no-such-browser")
    assert result.exit_code == 1
    assert "'no-such-browser' is no program; install one" in result.output


def test_a_page_that_was_not_built_and_one_that_is_unknown_are_named(clone: Path) -> None:
    (clone / "_build" / "html").mkdir(parents=True)
    assert "has no book/labs.html: run `make book`" in run("labs", "--browser", "true").output
    result = run("no-page")
    assert result.exit_code == 2
    assert "no page is called 'no-page'" in result.output


def test_elsewhere_the_command_asks_for_the_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "there is no _toc.yml here; go to the clone" in run().output


def test_the_contents_are_those_of_the_book_s_table() -> None:
    found = chapters(ROOT / "_toc.yml")
    assert found[0] == Chapter("book/index")
    assert Chapter("book/03-convolution-1d", "Part I: one dimension") in found


def test_a_page_to_print_has_no_script_and_no_policy() -> None:
    page = '<head><meta http-equiv="Content-Security-Policy" content="x"><script>a</script></head>'
    made = printable(page + '<h1>A <em>b</em><a class="headerlink">#</a></h1><img loading="lazy">')
    assert "script" not in made
    assert "Security" not in made
    assert "lazy" not in made
    assert title_of(made) == "A b"


@pytest.mark.browser
def test_a_printed_chapter_has_its_title_its_demos_and_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    out, browser = tmp_path / "book.pdf", chromium.find()
    assert (HTML / "index.html").is_file(), "run `make book`"
    result = run("03-convolution-1d", "labs", "--out", str(out), "--browser", str(browser))
    assert result.exit_code == 0, result.output
    reader = PdfReader(out)
    texts = [page.extract_text() for page in reader.pages]
    assert f"({len(texts)} pages)" in result.output
    assert 10 < len(texts) < 60
    assert texts[0].startswith("Convolutional networks")
    titles = ["Convolution in one dimension", "Labs"]
    starts = [reader.get_destination_page_number(one) for one in reader.outline]  # type: ignore[arg-type]
    assert [one.title for one in reader.outline] == titles  # type: ignore[union-attr]
    for title, start in zip(titles, starts, strict=True):
        assert start is not None
        assert texts[start].startswith(title)
        assert f"{title} {start + 1}" in texts[1]
        assert texts[start].rstrip().endswith(str(start + 1))
    whole = "\n".join(texts)
    assert "Slide the kernel" in whole  # a demo, in its first state
    assert "The same, as a weight matrix" in whole
    assert "Each of the three" not in whole  # what answers a question
