"""Golden files: what a report says, kept as text beside the tests.

`pytest --update-golden` writes them anew; the commit then says what changed and why.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)` compares a text with its golden file."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if update:
            if os.environ.get("CI"):
                pytest.fail("golden files are never written under CI")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.exists(), f"{name} is missing: pytest --update-golden"
        assert text == file.read_text(encoding="utf-8")

    return compare
