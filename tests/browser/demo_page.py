"""A bare page with demos in states of one's own, and a hand to drive them with.

The page has what a page of the book has (the host, the style sheet, the first frames and the
policy) and nothing of the theme, so a test of a demo needs no built book.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from course_lib.demos.demo import STATIC, Demo
from course_lib.publishing.security import secure
from tests.browser.book import Scheme, serve
from tests.browser.watch import Watch
from tests.demos.frontend import first_frames

PICTURE = "<!--course-demo-picture-->"
READY = ".course-demo[data-ready=true]"

OpenDemos = Callable[..., Page]


def write_page(folder: Path, demos: Sequence[Demo], name: str = "index.html") -> Path:
    """Write a page with these demos, and all that it needs, into a folder; return its path."""
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    containers = [
        demo._repr_mimebundle_()[0]["text/html"].replace(PICTURE, frame)
        for demo, frame in zip(demos, first_frames(demos), strict=True)
    ]
    page = folder / name
    page.write_text(
        secure(
            '<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>Demos</title>'
            '<link rel="icon" href="data:,"><link rel="stylesheet" href="static/demos.css">'
            '<script defer src="static/book/host.js"></script>'
            "<style>body { margin: 0 auto; padding: 0 16px; max-width: 800px;"
            " background: var(--course-paper); font-family: system-ui, sans-serif; }"
            ":is(h1, h2) { color: var(--course-text); }</style></head>"
            "<body><main><h1>Demos</h1><h2>As they come</h2>"
            f"{''.join(containers)}</main></body></html>"
        ),
        encoding="utf-8",
    )
    return page


@contextmanager
def demo_pages(browser: Browser, folder: Path) -> Iterator[OpenDemos]:
    """Give a function that opens a page with the demos that it is given.

    Its further arguments: `scheme` ("http", or "file", which cuts the network), `width` in pixels,
    `theme`, `fragment` (the address from "#" on), `watched` (False where a test provokes a fault)
    and options of Playwright's ``new_context``. Leaving the context fails if a page had a fault.
    """
    contexts, watches = [], []

    with serve(folder) as origin:

        def open_(
            *demos: Demo,
            scheme: Scheme = "http",
            width: int = 1280,
            theme: str = "light",
            fragment: str = "",
            watched: bool = True,
            **options: Any,
        ) -> Page:
            path = write_page(folder, demos)
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)
            contexts.append(context)
            if scheme == "file":
                context.route("http*://**", lambda route: route.abort())
            page = context.new_page()
            if watched:
                watches.append(Watch(page, origin if scheme == "http" else "file://"))
            address = f"{origin}/{path.name}" if scheme == "http" else path.as_uri()
            page.goto(address + fragment)
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            return page

        yield open_
        for context in contexts:
            if browser.is_connected():
                context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@dataclass(frozen=True)
class Driven:
    """A mounted demo: its traits, what it says, and where the keyboard is.

    Attributes
    ----------
    page : Page
    root : Locator
        The demo's root element.
    """

    page: Page
    root: Locator

    def get(self, trait: str) -> Any:
        """Return a trait."""
        return self.root.evaluate("(root, trait) => root.model.get(trait)", trait)

    def traits(self, *names: str) -> dict[str, Any]:
        """Return several traits at once."""
        return dict(
            self.root.evaluate(
                "(root, names) => Object.fromEntries(names.map((n) => [n, root.model.get(n)]))",
                list(names),
            )
        )

    def set(self, **traits: Any) -> None:
        """Set traits one after the other, as another widget would, and wait for the frame."""
        self.root.evaluate(
            """(root, traits) => {
              for (const [key, value] of Object.entries(traits)) root.model.set(key, value);
              root.model.save_changes();
            }""",
            traits,
        )
        self.painted()

    def in_each(
        self, states: Sequence[Mapping[str, Any]], *traits: str, also: str = "{}"
    ) -> list[dict[str, Any]]:
        """Set states one after the other, each at once, and read each back after its frame.

        Returns of each the traits named; `whole`, whether no number shown is broken; `complaints`,
        all that is said beside controls; and the entries of `also`, a JavaScript object that is
        written with `root`, the demo's element.
        """
        found = self.root.evaluate(
            f"""async (root, [states, traits]) => {{
              const [body, found] = [root.querySelector(".course-body"), []];
              for (const state of states) {{
                root.model.setAll(state);
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                const problems = [...root.querySelectorAll(".course-problem")];
                found.push({{
                  ...Object.fromEntries(traits.map((name) => [name, root.model.get(name)])),
                  whole: !/NaN|Infinity|undefined/.test(body.innerHTML),
                  complaints: problems.map((problem) => problem.textContent).join(""),
                  ...({also}),
                }});
              }}
              return found;
            }}""",
            [list(states), traits],
        )
        return list(found)

    def open_code(self) -> None:
        """Open the panel of code and wait for its lines: they are written once it is open."""
        panel = self.root.locator(".course-code")
        if panel.get_attribute("open") is None:
            panel.locator("summary").click()
        expect(panel.locator("code")).not_to_be_empty()

    def code(self) -> str:
        """Return the state as the code that the panel shows."""
        self.open_code()
        self.painted()
        return str(self.root.locator(".course-code code").evaluate("(e) => e.textContent"))

    def painted(self) -> None:
        """Wait until what has been done is on the screen."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
        )

    def problems(self) -> list[str]:
        """Return the complaints that show."""
        self.painted()
        return [slot.inner_text() for slot in self.root.locator(".course-problem:visible").all()]

    def tab_to(self, target: Locator, key: str = "Tab") -> None:
        """Press Tab until the target has the focus, as a reader without a pointer must."""
        self.page.evaluate("document.activeElement?.blur?.()")
        self.root.evaluate("(root) => { root.tabIndex = -1; root.focus(); }")
        for _ in range(80):
            self.page.keyboard.press(key)
            if target.evaluate("(target) => target === document.activeElement"):
                return
        raise AssertionError(f"Tab does not reach {target}")

    def press(self, *keys: str) -> None:
        """Press keys where the focus is, one after the other, and wait for the frame."""
        for key in keys:
            self.page.keyboard.press(key)
            self.painted()


def driven(page: Page, name: str = "convolution-1d") -> Driven:
    """Return the first demo of that name on the page once it is ready."""
    root = page.locator(f".course-demo[data-demo={name}]").first
    root.scroll_into_view_if_needed()
    root.and_(page.locator(READY)).wait_for(timeout=5000)
    return Driven(page, root)


def centre(target: Locator) -> tuple[float, float]:
    """Return the middle of an element in the window, pixels, after scrolling to it."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def lines_printed_by(code: str) -> list[str]:
    """Run Python, and return the lines that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def printed_by(code: str) -> list[Any]:
    """Run Python, and return what each line that it prints says in JSON."""
    return [json.loads(line) for line in lines_printed_by(code)]
