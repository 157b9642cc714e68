"""What every demo has in common on the Python side."""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

STATIC = Path(__file__).parent / "static"


def front_end(name: str) -> Path:
    """Return the file of the frontend called `name`, which the package's build makes.

    Raises
    ------
    ModuleNotFoundError
        If the frontend has not been built, saying how to build it.
    """
    path = STATIC / name
    if not path.is_file():
        raise ModuleNotFoundError(
            f"the demos' front end is not built ({path.name} is missing): run `make frontend` in a"
            " clone, or install the package with pip, which builds it"
        )
    return path


class Demo(anywidget.AnyWidget):
    """A widget whose picture also stands in a static page.

    Beside the widget view, the MIME bundle carries `text/html`: a container with the state as JSON.
    The book's builder draws the first frame into it, and the page's host starts the demo there.

    Attributes
    ----------
    name : str
        The demo's name in the front end.
    data : tuple of str
        The data of the front end that the demo computes with: in a page it is fetched once.
    heavy : tuple of str
        The same for data of which a page has much, such as a network's weights: a reader fetches
        it only when the demo comes near, not with the page.
    computed : tuple of str
        Traits that the page computes at its start, and that are too much to write down before.
    anchor : str
        The id of the demo in the page, for links to one of its states; the name by default.
    """

    name: ClassVar[str]
    data: ClassVar[tuple[str, ...]] = ()
    heavy: ClassVar[tuple[str, ...]] = ()
    computed: ClassVar[tuple[str, ...]] = ()

    anchor = traitlets.Unicode(help="The demo's id in the page.").tag(sync=True)

    @traitlets.default("anchor")
    def _default_anchor(self) -> str:
        return self.name

    def page_state(self) -> dict[str, Any]:
        """Return the traits that a page needs to start the demo, as values that JSON can hold."""
        # The front end's own traits, among them the code itself, begin with an underscore.
        skipped = {"anchor", "layout", "tabbable", "tooltip", *self.computed}
        return {
            key: value
            for key, value in self.get_state().items()
            if not key.startswith("_") and key not in skipped
        }

    def needs(self) -> tuple[str, ...]:
        """Return those of `data` that the demo's state can make use of."""
        return self.data

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/html": self._container()}, metadata

    def _container(self) -> str:
        return container(self.name, self.anchor, self.page_state(), self.needs(), self.heavy)


def container(
    name: str,
    anchor: str,
    state: Mapping[str, Any],
    data: tuple[str, ...] = (),
    heavy: tuple[str, ...] = (),
) -> str:
    """Return the HTML in which a page starts the demo `name` in `state`."""
    needs = f' data-needs="{escape(" ".join(data))}"' if data else ""
    # The page's head names what is needed (publishing.assets); the host alone asks for the rest.
    needs += f' data-heavy="{escape(" ".join(heavy))}"' if heavy else ""
    # "</script>" within a string must not end the element.
    written = json.dumps(state, allow_nan=False).replace("<", "\\u003c")
    return (
        f'<div class="course-demo" data-demo="{escape(name)}" id="{escape(anchor)}">'
        f'<script type="application/json" class="course-demo-state"{needs}>{written}</script>'
        "<!--course-demo-picture--></div>"
    )
