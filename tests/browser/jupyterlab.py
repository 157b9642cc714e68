"""A JupyterLab of the test's own: on this machine only, with a token, gone when the test ends."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.book import ROOT

START_SECONDS = 120
STOP_SECONDS = 15
RUN_SECONDS = 120

# Nothing that asks another host, and no cell that is left out of the page while out of sight.
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "@jupyterlab/apputils-extension": {
        "notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
    },
    "@jupyterlab/notebook-extension": {"tracker": {"windowingMode": "none"}},
}


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab.

    Attributes
    ----------
    origin : str
        Its address, without a slash at the end.
    token : str
        What a visitor must show.
    """

    origin: str
    token: str

    def url(self, notebook: str) -> str:
        """Return the address that opens a notebook of the folder by itself."""
        return f"{self.origin}/doc/tree/{notebook}?token={self.token}"


@contextmanager
def jupyterlab(folder: Path) -> Iterator[Lab]:
    """Run JupyterLab on a folder while the context lasts.

    Raises
    ------
    RuntimeError
        If it ends or does not answer in time, with the end of its log.
    """
    private = folder / ".jupyter"
    for extension, plugins in SETTINGS.items():
        for plugin, settings in plugins.items():
            path = private / "lab" / "user-settings" / extension / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = Lab(f"http://127.0.0.1:{port}", secrets.token_hex(16))
    log = folder / "jupyterlab.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                *("--expose-app-in-browser", "--ServerApp.ip=127.0.0.1"),
                *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
                f"--ServerApp.root_dir={folder}",
                "--LabApp.news_url=",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                "--LabApp.extension_manager=readonly",
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
            env=os.environ
            | {
                "JUPYTER_TOKEN": lab.token,
                "JUPYTER_CONFIG_DIR": str(private),
                "JUPYTER_DATA_DIR": str(private / "data"),
                "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
                "JUPYTERLAB_SETTINGS_DIR": str(private / "lab" / "user-settings"),
                "JUPYTERLAB_WORKSPACES_DIR": str(private / "lab" / "workspaces"),
                "IPYTHONDIR": str(private / "ipython"),
                "PYTHONPATH": os.pathsep.join(
                    filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
                ),
            },
        )
    try:
        _wait_until_it_answers(lab, process, log)
        yield lab
    finally:
        _end(process)


def _wait_until_it_answers(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    request = urllib.request.Request(
        f"{lab.origin}/api/status", headers={"Authorization": f"token {lab.token}"}
    )
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(request, timeout=5).close()
            return
        time.sleep(0.3)
    raise RuntimeError(f"JupyterLab does not answer:\n{log.read_text(errors='replace')[-3000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server, which ends its kernels; a kernel whose server was killed ends by itself."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook of code cells."""
    path.write_text(
        json.dumps(
            {
                "cells": [
                    {
                        "cell_type": "code",
                        "id": f"cell-{number}",
                        "execution_count": None,
                        "metadata": {},
                        "outputs": [],
                        "source": source,
                    }
                    for number, source in enumerate(cells)
                ],
                "metadata": {
                    "kernelspec": {
                        "display_name": "Python 3",
                        "language": "python",
                        "name": "python3",
                    }
                },
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        )
    )


class OpenNotebook:
    """A notebook that is open in JupyterLab in a page.

    Parameters
    ----------
    page : Page
    lab : Lab
    name : str
        The notebook's file name.
    """

    def __init__(self, page: Page, lab: Lab, name: str) -> None:
        self.page = page
        page.set_default_timeout(RUN_SECONDS * 1000)
        page.goto(lab.url(name))
        page.wait_for_function(
            """() => {
              const notebook = window.jupyterapp?.shell.currentWidget;
              return notebook?.sessionContext?.session?.kernel?.status === "idle";
            }"""
        )

    def run(self, number: int) -> Locator:
        """Run a cell, wait until it has run, and return its output."""
        self.page.evaluate(
            """async (number) => {
              const { shell, commands } = window.jupyterapp;
              shell.currentWidget.content.activeCellIndex = number;
              await commands.execute("notebook:run-cell");
            }""",
            number,
        )
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number).locator(".jp-OutputArea")
