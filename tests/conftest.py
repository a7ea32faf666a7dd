"""The surroundings of every test: no display, the same examples on every run."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
settings.register_profile("project", derandomize=True, deadline=None)
settings.load_profile("project")
