"""Where downloaded data lie."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the folder of downloaded data; it need not exist yet.

    Returns
    -------
    folder : Path
        What the environment variable ``COURSE_DATA`` names, else ``course-lib`` in the system's
        folder for caches.
    """
    named = os.environ.get("COURSE_DATA")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_cache_path

    return user_cache_path("course-lib", appauthor=False)
