"""Lets `python -m giamngheo_desktop` start the program."""

from __future__ import annotations

import sys

from giamngheo_desktop.app import entry

sys.exit(entry())
