"""Draws pages of a PDF as plain pixels, off the GUI thread; loads pypdfium2 when it is needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_lock = threading.Lock()  # PDFium is one machine: two threads must not draw at once


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page as pixels (BGRx, 4 bytes each) at `scale` pixels a point."""

    page: int
    scale: float
    width: int
    height: int
    pixels: bytes


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file as a document, for as long as no other thread has one."""
    import pypdfium2

    with _lock:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def draw(data: bytes, page: int, scale: float) -> Drawn:
    """Draw one page of the file; pages count from 0."""
    with opened(data) as document:
        sheet = document[page]
        bitmap = sheet.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        try:
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            raw = bytes(bitmap.buffer)
        finally:
            bitmap.close()
            sheet.close()
    row = width * 4
    if stride != row:
        raw = b"".join(raw[at * stride : at * stride + row] for at in range(height))
    return Drawn(page, scale, width, height, raw)


def sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in points."""
    with opened(data) as document:
        return tuple(document.get_page_size(page) for page in range(len(document)))
