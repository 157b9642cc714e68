"""An impossible trait: refused in words, with nothing changed."""

from __future__ import annotations

from typing import Any

import pytest
from traitlets import TraitError

from course_lib.demos.demo import Demo


def assert_refused(demo: Demo, trait: str, value: Any, said: str) -> None:
    """Set a trait to what it cannot be: the error names it and says `said`, the state stays."""
    before = demo.page_state()
    with pytest.raises(TraitError) as refusal:
        setattr(demo, trait, value)
    assert trait in str(refusal.value)
    assert said in str(refusal.value)
    assert demo.page_state() == before
