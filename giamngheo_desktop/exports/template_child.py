"""Reads a Word template in a child process: what a foreign file breaks is not the program.

The parent sends the paper it is a template of as a line of JSON, then the bytes of the file; the
child prints what `read_template` found as JSON.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

from giamngheo_desktop.definitions.paper_text import paper_of, paper_text
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.paper import PaperDef
from giamngheo_desktop.exports.paper_marks import TemplateProblem
from giamngheo_desktop.exports.paper_template_read import TemplateRead, read_template
from giamngheo_desktop.exports.workbook_child import FAILED, TOO_BIG, limit_memory
from giamngheo_desktop.exports.xlsx_read import own_program

SECONDS = 30
MOST_BYTES = 10 * 1024 * 1024
_MOST_UNPACKED = 60 * 1024 * 1024  # a bomb of a few kilobytes unpacks to gigabytes
_MOST_PARTS = 2000
_REMEMBERED = 64
# By the file and the paper it is read for; a broken file is not tried for every paper printed.
_known: dict[tuple[str, str], TemplateRead | AppError] = {}


def read_bytes(path: Path) -> bytes:
    """A template file; AppErrors file_missing, file_is_folder, file_protected, file_unreadable,
    template_too_big (name).
    """
    if path.is_dir():  # Windows calls reading one forbidden
        raise AppError("file_is_folder", name=str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise AppError("file_missing", path=path) from error
    except PermissionError as error:
        raise AppError("file_protected", path=path) from error
    except OSError as error:
        raise AppError("file_unreadable", path=path, detail=error.errno or 0) from error
    if len(data) > MOST_BYTES:
        raise AppError("template_too_big", name=path.name)
    return data


def remembered(data: bytes, base: PaperDef) -> TemplateRead | None:
    """What `read_foreign` found in this very file before; what it raised then is raised again."""
    found = _known.get(_key(data, base))
    if isinstance(found, AppError):
        raise found
    return found


def read_foreign(data: bytes, name: str, base: PaperDef) -> TemplateRead:
    """`read_template` by a child; the same file is read once.

    AppErrors template_unreadable, template_too_big (name).
    """
    found = remembered(data, base)
    if found is None:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        try:
            found = _read(data, name, paper_text(base), base.code)
        except AppError as error:
            _known[_key(data, base)] = error
            raise
        _known[_key(data, base)] = found
    return found


def _key(data: bytes, base: PaperDef) -> tuple[str, str]:
    return hashlib.sha256(data).hexdigest(), paper_text(base)


def _read(data: bytes, name: str, base: str, code: str) -> TemplateRead:
    try:
        done = subprocess.run(
            [*own_program(), "--read-paper"],
            input=base.replace("\n", "").encode() + b"\n" + data,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
    except subprocess.TimeoutExpired as error:
        raise AppError("template_too_big", name=name) from error
    if done.returncode == TOO_BIG or done.returncode < 0:
        raise AppError("template_too_big", name=name)
    if done.returncode:
        raise AppError("template_unreadable", name=name)
    found: dict[str, Any] = json.loads(done.stdout.decode("utf-8"))
    problems = tuple(TemplateProblem(one["code"], one["params"]) for one in found["problems"])
    warnings = tuple(found["warnings"])
    # What is not to be printed need not be whole: it stands for the paper it failed to be.
    text = base if problems else found["paper"]
    return TemplateRead(paper_of(text, code), problems, warnings, found["origin"])


def print_paper(source: BinaryIO) -> int:
    """0 done, FAILED for what is no Word file, TOO_BIG where it holds too much."""
    limit_memory()
    try:
        base = paper_of(source.readline().decode("utf-8"), "")
        data = source.read()
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
            if sum(sizes) > _MOST_UNPACKED or len(sizes) > _MOST_PARTS:
                return TOO_BIG
        found = read_template(data, base)
        problems = [{"code": one.code, "params": dict(one.params)} for one in found.problems]
        answer = {
            "paper": paper_text(found.paper),
            "problems": problems,
            "warnings": found.warnings,
            "origin": found.origin,
        }
    except MemoryError:
        return TOO_BIG
    except Exception:  # noqa: BLE001 - whatever a broken file makes python-docx raise
        return FAILED
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    sys.stdout.flush()
    return 0
