from course_lib.publishing.accessibility import mend_roles
from course_lib.publishing.pages import front_door
from course_lib.publishing.security import secure


def test_the_front_door_leads_on_and_may_be_secured() -> None:
    html = front_door("book/index.html", "Nets & kernels")
    assert 'content="0; url=book/index.html"' in html
    assert '<a href="book/index.html">Nets &amp; kernels</a>' in html
    assert "Content-Security-Policy" in secure(html)


def test_bibliography_entries_are_list_items() -> None:
    assert mend_roles('<div class="citation" role="doc-biblioentry">') == (
        '<div class="citation" role="listitem">'
    )
