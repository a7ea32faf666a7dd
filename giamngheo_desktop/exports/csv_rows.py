"""Rows of a text file with separators, in whatever encoding an office program wrote it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

SEPARATORS = ";,\t|"
_SAMPLE = 200  # lines that the separator is told by


def csv_rows(data: bytes) -> list[list[str]]:
    """The cells line by line, all of them texts. Raises ValueError for what is no text."""
    text = decoded(data)
    if "\x00" in text:
        raise ValueError("no text")
    separator = _separator(text)
    csv.field_size_limit(1 << 20)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ValueError("no text") from error


def decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 where it is one, else the letters of Western Windows.

    Vietnamese of Windows (CP1258) and the old fonts come so as the same strange letters as from
    a workbook; `domain.legacy_text` knows them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    nulls = data[:4000].count(0)
    if nulls > len(data[:4000]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", errors="replace")
    try:
        # A file cut off within a letter is UTF-8 all the same.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The one that stands equally often in most lines."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]

    def weight(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        return max(((times, sign_count) for sign_count, times in counts.items()), default=(0, 0))

    return max(SEPARATORS, key=weight)
