"""What is written beside a name, or in Ghi chú, of somebody who is dead or has moved away."""

from __future__ import annotations

import re

from giamngheo_desktop.domain.vietnamese import lower

_WORDS = (
    r"(?:(?:ông|bà|anh|chị|chủ hộ|người này)\s+)?(?:đã\s+)?(?:"
    # mất sức, mất đất, mất việc … is nobody's death
    r"(?:chết|mất|qua đời|từ trần)(?=\W*$|\s*\W?\d|\s+(?:năm|ngày|tháng|từ|do|vì|trước|sau|hồi)\b)"
    r"|(?:chuyển\s+(?:đi|khẩu|hộ khẩu|nơi ở|nơi cư trú)|(?:cắt|xóa|xoá)\s+(?:hộ\s+)?khẩu)\b)"
)
_GONE = re.compile(_WORDS)
_CLAUSE = re.compile(r"[,;.()\[\]\n]|\s[–—-]\s")
_BESIDE = re.compile(r"\s*[–—,;:-]+\s*|\s+(?=đã\s)")


def says_gone(note: str) -> bool:
    """Whether a clause of it begins so: `Đã chết 3/2025`, `Hộ DTTS; chuyển đi Bình Dương`."""
    return any(map(_begins_so, _CLAUSE.split(note)))


def parted(name: str) -> tuple[str, str]:
    """`Trần Văn Sáu – chết` → the name and that note; without one the whole text and ""."""
    for found in _BESIDE.finditer(name):
        if found.start() and _begins_so(name[found.end() :]):
            return name[: found.start()], name[found.end() :]
    return name, ""


def _begins_so(text: str) -> bool:
    return _GONE.match(lower(text).strip()) is not None
