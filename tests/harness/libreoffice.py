"""Files opened and printed by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from giamngheo_desktop import paths

SOFFICE = shutil.which("soffice")
_OPEN_LOCKED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Unlock(source, target, key)
  Dim given(1) As New com.sun.star.beans.PropertyValue
  given(0).Name = "Hidden" : given(0).Value = True
  given(1).Name = "Password" : given(1).Value = key
  Dim book As Object
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, given())
  Dim plain(0) As New com.sun.star.beans.PropertyValue
  plain(0).Name = "FilterName" : plain(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(target, plain())
  book.close(True)
End Sub
</script:module>
"""  # no option of its command line takes a passphrase


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


def opened_with(file: Path, key: str, scratch: Path) -> Path:
    """A workbook as it is after somebody opened it with its passphrase and saved it without one."""
    assert SOFFICE
    target = scratch / file.name
    macro = f'macro:///Standard.Module1.Unlock("{file.as_uri()}","{target.as_uri()}","{key}")'
    for asked in ("--terminate_after_init", macro):  # the first start makes the profile
        subprocess.run(
            [SOFFICE, f"-env:UserInstallation=file://{scratch}/profile", "--headless", asked],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        module = scratch / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(_OPEN_LOCKED, encoding="utf-8")
    return target


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
