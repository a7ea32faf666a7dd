"""Files opened and printed by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from giamngheo_desktop import paths

SOFFICE = shutil.which("soffice")


def printed(files: Sequence[Path], scratch: Path) -> list[Path]:
    """The files as PDFs beside them; `scratch` is for its profile and fonts."""
    assert SOFFICE
    for folder in {file.parent for file in files}:
        there = [str(file) for file in files if file.parent == folder]
        subprocess.run(
            [SOFFICE, f"-env:UserInstallation=file://{scratch}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", str(folder), *there],
            capture_output=True, check=True, timeout=30 + 30 * len(there), env=_with_times(scratch),
        )  # fmt: skip
    return [file.with_suffix(".pdf") for file in files]


def saved_again(file: Path, scratch: Path) -> Path:
    """A workbook as it is after somebody opened it there and saved it; in `scratch`."""
    assert SOFFICE
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(scratch), str(file)],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return scratch / file.name


def _with_times(folder: Path) -> dict[str, str]:
    """Surroundings in which it finds letters as wide as Times New Roman, as Word has."""
    config = folder / "fonts.conf"
    config.write_text(
        f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
        <dir>{paths.resources() / "fonts"}</dir><cachedir>{folder / "fonts"}</cachedir>
        <alias binding="same"><family>Times New Roman</family>
        <prefer><family>Tinos</family></prefer></alias></fontconfig>""",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}
