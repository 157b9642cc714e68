"""The order in which a page loads: nothing but what the first paint needs holds up its text.

A policy stated in the page keeps the browser from looking ahead for scripts, so each ordinary one
in the head would stop the page until it has come. Deferred, they come side by side and run in
their order once the page is read.
"""

from __future__ import annotations

import re

# page.js sets the theme before the first paint; an inline script sets Sphinx's options.
AT_ONCE = ("course/page.js", "documentation_options.js")

_ORDINARY = re.compile(r'<script (?=src="([^"]*)")(?![^>]*\b(?:defer|async|type)\b)')


def defer_scripts(html: str) -> str:
    """Return a page whose ordinary external scripts are deferred, all but those of `AT_ONCE`."""

    def deferred(match: re.Match[str]) -> str:
        at_once = match[1].partition("?")[0].endswith(AT_ONCE)
        return match[0] if at_once else "<script defer "

    return _ORDINARY.sub(deferred, html)
