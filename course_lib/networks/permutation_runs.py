"""What training on plain and on permuted MNIST-1D came to."""

from __future__ import annotations

import json
from typing import Any

from course_lib.networks.trained_folder import FOLDER


def permutation_results() -> dict[str, Any]:
    """Return what training on plain and on permuted MNIST-1D came to, seed by seed.

    Returns
    -------
    results : dict
        ``shifts``, a list; ``runs``, by the recipe's name: ``seeds``, ``train_error`` and
        ``test_error``, fractions after the last step; ``shift_error``, for those trained on plain
        values, one list a seed with the test error at each shift.
    """
    text = (FOLDER / "mnist-1d-permutation.json").read_text("utf-8")
    results: dict[str, Any] = json.loads(text)
    return results
