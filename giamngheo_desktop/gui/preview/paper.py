"""Draws pages of a PDF as plain pixels, off the GUI thread; the only user of pypdfium2 here."""

from __future__ import annotations

import threading
from dataclasses import dataclass

_lock = threading.Lock()  # PDFium is one machine: two threads must not draw at once


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page as pixels (BGRx, 4 bytes each) at `scale` pixels a point."""

    page: int
    scale: float
    width: int
    height: int
    pixels: bytes


def draw(data: bytes, page: int, scale: float) -> Drawn:
    """Draw one page of the file; pages count from 0."""
    import pypdfium2

    with _lock:
        document = pypdfium2.PdfDocument(data)
        try:
            sheet = document[page]
            bitmap = sheet.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            try:
                width, height, stride = bitmap.width, bitmap.height, bitmap.stride
                raw = bytes(bitmap.buffer)
            finally:
                bitmap.close()
                sheet.close()
        finally:
            document.close()
    row = width * 4
    if stride != row:
        raw = b"".join(raw[at * stride : at * stride + row] for at in range(height))
    return Drawn(page, scale, width, height, raw)


def sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in points."""
    import pypdfium2

    with _lock:
        document = pypdfium2.PdfDocument(data)
        try:
            return tuple(document.get_page_size(page) for page in range(len(document)))
        finally:
            document.close()
