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
    for folder in {file.parent for file in files}:
        _run([file for file in files if file.parent == folder], scratch, "pdf", folder)
    return [file.with_suffix(".pdf") for file in files]


def converted(files: Sequence[Path], scratch: Path, form: str) -> list[Path]:
    """The files saved again in `scratch`, in another format or the same."""
    scratch.mkdir(exist_ok=True)
    _run(files, scratch, form, scratch)
    return [scratch / file.with_suffix(f".{form}").name for file in files]


def _run(files: Sequence[Path], scratch: Path, form: str, folder: Path) -> None:
    assert SOFFICE
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{scratch}/profile", "--headless",
         "--convert-to", form, "--outdir", str(folder), *map(str, files)],
        capture_output=True, check=True, timeout=30 + 30 * len(files), env=_with_times(scratch),
    )  # fmt: skip


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
