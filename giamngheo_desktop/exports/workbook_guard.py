"""Looks at a foreign workbook before any reader opens it: what is no workbook, locked, or a trap.

A zip says how large its parts are and may lie: each part is unpacked piece by piece and counted.
Excel writes its parts in UTF-8 and without a DOCTYPE; whatever has one is no list of a commune.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

FAILED, TOO_BIG, LOCKED, UNSAFE = 3, 4, 5, 6

MOST_FILE = 60 * 1024 * 1024
MOST_UNPACKED = 320 * 1024 * 1024
MOST_PARTS = 2_000
MOST_TEXTS = 3_000_000
_RATIO, _SMALL = 400, 8 * 1024 * 1024  # what unpacks to less is no bomb
_PIECE, _OVERLAP = 1 << 20, 256

_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
# Row 100,000 and more, or a column of three letters: no list of names is so large.
_FAR = re.compile(rb"""<(?:c|row) [^>]*?\br=["'](?:[A-Z]{3,}\d+|[A-Z]{0,2}\d{6,})["']""")
_COUNT = re.compile(rb"""<sst[^>]*?\b(?:uniqueCount|count)=["'](\d{8,})["']""")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def refusal(path: Path) -> int | None:
    """The exit code of a file that no reader shall open; None where nothing speaks against it."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
        if size > MOST_FILE:
            return TOO_BIG
        if start == _OLE:
            return LOCKED if _LOCKED in path.read_bytes() else None
        if not start.startswith(b"PK"):
            return FAILED
        with zipfile.ZipFile(path) as archive:
            return _of_zip(archive)
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError, EOFError, RuntimeError):
        return FAILED
    except NotImplementedError:  # a way of packing that nobody uses
        return FAILED


def _of_zip(archive: zipfile.ZipFile) -> int | None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        return LOCKED
    if not ({"[Content_Types].xml", "xl/workbook.xml"} <= names or "content.xml" in names):
        return FAILED
    if len(names) < len(parts) or len(parts) > MOST_PARTS:
        return UNSAFE
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return TOO_BIG
    left = MOST_UNPACKED
    for part in parts:
        used, found = _of_part(archive, part, left)
        if found is not None:
            return found
        left -= used
    return None


def most_unpacked(part: zipfile.ZipInfo) -> int:
    """Bytes that a part may unpack to: a few, or some hundred times those it takes."""
    return max(_SMALL, part.compress_size * _RATIO)


def _of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> tuple[int, int | None]:
    """How much it unpacks to, and what speaks against it."""
    is_text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    most = min(left, most_unpacked(part))
    used, tail = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            if used == 0 and is_text and _is_strange_text(piece):
                return used, UNSAFE
            used += len(piece)
            if used > most:
                return used, TOO_BIG
            if is_text:
                window = tail + piece
                if _DOCTYPE.search(window):
                    return used, UNSAFE
                if _FAR.search(window) or _has_many_texts(window):
                    return used, TOO_BIG
                tail = window[-_OVERLAP:]
    return used, None


def _is_strange_text(start: bytes) -> bool:
    """No UTF-8: a DOCTYPE in it would not be seen."""
    if b"\x00" in start[:200]:
        return True
    found = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf")[:400])
    return found is not None and found[1].lower() not in (b"utf-8", b"utf8", b"us-ascii")


def _has_many_texts(window: bytes) -> bool:
    found = _COUNT.search(window)
    return found is not None and int(found[1]) > MOST_TEXTS
