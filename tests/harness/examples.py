"""How many random examples a costly property tries: few by default, many with `--long`."""

from __future__ import annotations

import os


def examples(few: int, many: int) -> int:
    return many if os.environ.get("GIAMNGHEO_TEST_LONG") else few
