"""Where a notebook can be opened and run at once: Colab, Binder, a JupyterHub.

One address, ``repository.url`` in ``_config.yml``, decides: without it nothing is offered. What is
opened lies on a branch of its own, onto which the book's publication puts the notebooks to take
away: those say how to install, and of a lab none but the released form may be opened. On a
chapter's page the theme makes the links, once it knows the services; other pages ask `links`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

COLAB = "https://colab.research.google.com"
BINDER = "https://mybinder.org"


@dataclass(frozen=True)
class Repository:
    """Where the course is kept, and where it is opened.

    Parameters
    ----------
    url
        Its address, ending in owner and name; "" where there is none.
    branch
        The branch of the sources, from which the package is installed.
    notebooks
        The branch of the notebooks to take away.
    hub
        The address of a JupyterHub with nbgitpuller, or "".
    """

    url: str
    branch: str = "main"
    notebooks: str = "notebooks"
    hub: str = ""

    @classmethod
    def configured(cls, config: Config) -> Repository:
        """Return what the book's configuration says."""
        options = config.html_theme_options
        return cls(
            url=(options.get("repository_url") or "").rstrip("/").removesuffix(".git"),
            branch=options.get("repository_branch") or "main",
            notebooks=config.course_notebooks_branch,
            hub=((options.get("launch_buttons") or {}).get("jupyterhub_url") or "").rstrip("/"),
        )


def services(repository: Repository) -> dict[str, str]:
    """Return the theme's settings of the services that can open this repository."""
    if not repository.url:
        return {}
    host = urlsplit(repository.url).hostname
    found = {"binderhub_url": BINDER} if host in ("github.com", "gitlab.com") else {}
    if host == "github.com":
        found["colab_url"] = COLAB
    return found | ({"jupyterhub_url": repository.hub} if repository.hub else {})


def links(repository: Repository, path: str) -> dict[str, str]:
    """Return the address that opens a notebook, by the name of each service.

    Parameters
    ----------
    repository
        Where the course is kept.
    path
        The notebook's path on the branch of notebooks.

    Returns
    -------
    links : dict of str to str
        Empty where no repository is configured.
    """
    known, branch = services(repository), repository.notebooks
    *_, owner, name = ["", "", *urlsplit(repository.url).path.strip("/").split("/")]
    found = {}
    if "binderhub_url" in known:
        kind = f"gh/{owner}/{name}" if "colab_url" in known else f"gl/{owner}%2F{name}"
        found["Binder"] = f"{BINDER}/v2/{kind}/{branch}?urlpath=lab/tree/{path}"
    if "jupyterhub_url" in known:
        asked = {"repo": repository.url, "urlpath": f"lab/tree/{name}/{path}", "branch": branch}
        query = urlencode(asked, safe="/")
        found["JupyterHub"] = f"{repository.hub}/hub/user-redirect/git-pull?{query}"
    if "colab_url" in known:
        found["Colab"] = f"{COLAB}/github/{owner}/{name}/blob/{branch}/{path}"
    return found


def setup(app: Sphinx) -> None:
    """Tell the theme."""
    app.add_config_value("course_notebooks_branch", "notebooks", "html")
    app.connect("config-inited", name_services)
    # After the theme has taken the branch of the sources for its links to those.
    app.connect("builder-inited", name_branch, priority=900)


def name_services(app: Sphinx, config: Config) -> None:
    """Name the services in the theme's options, or none: with no address it would fail on a hub."""
    if not {"repository_url", "launch_buttons"} & config.html_theme_options.keys():
        return  # another theme might not know what these are
    repository = Repository.configured(config)
    options: dict[str, Any] = config.html_theme_options
    interface = (options.get("launch_buttons") or {}).get("notebook_interface", "jupyterlab")
    options["launch_buttons"] = {"notebook_interface": interface, **services(repository)}


def name_branch(app: Sphinx) -> None:
    """Let the theme's launch buttons open the branch of notebooks."""
    options = app.config.html_theme_options
    app.config.course_repository = Repository.configured(app.config)
    if app.config.course_repository.url:
        options["repository_branch"] = app.config.course_notebooks_branch
