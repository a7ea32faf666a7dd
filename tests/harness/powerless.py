"""Runs a function as a user without rights: root may write into files that nobody may write."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NOBODY = 65534


def let_in(folder: Path) -> None:
    """Let any user reach a folder; pytest closes its own, one more of them in parallel."""
    for part in (folder, *folder.parents):
        mode = part.stat().st_mode
        if mode & 0o005 != 0o005:
            part.chmod(mode | 0o055)


def run_powerless(script: str, *arguments: Path | str) -> str:
    """The output of a script run as nobody; what it needs is imported before it gives up rights.

    Modules that load late (dialects, migrations) may lie where nobody can read, so the scripts
    import them at their top, above the line `POWERLESS`.
    """
    preamble, _, body = script.partition("POWERLESS")
    drop = f"import os\nif hasattr(os, 'getuid') and os.getuid() == 0: os.setuid({NOBODY})\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", preamble + drop + body, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
