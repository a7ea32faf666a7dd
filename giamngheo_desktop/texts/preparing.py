"""What is said when a review is changed or withdrawn: what hangs on it, what would be lost."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.domain.numbers import format_integer

# What a review recorded, in the order of its steps.
LOSSES: dict[str, str] = {
    "cases": "{count} hộ trong danh sách",
    "marks": "{count} lần xác nhận bước",
    "screened": "{count} kết quả Phiếu A",
    "handed_out": "{count} phiếu đã ghi giao nhận",
    "answers": "{count} câu trả lời đã xác nhận",
    "settled": "{count} hộ đã kết thúc rà soát",
    "meetings": "{count} cuộc họp dân",
    "postings": "{count} lần niêm yết",
    "complaints": "{count} khiếu nại",
}

# What was done on a day, so that no review may begin after it.
WORKS: dict[str, str] = {
    "handed_out": "giao nhận phiếu",
    "marks": "xác nhận bước",
    "meetings": "họp dân",
    "postings": "niêm yết",
    "complaints": "nhận khiếu nại",
    "answered": "trả lời giấy đề nghị",
    "decided": "ký quyết định công nhận",
}


def loss_text(counts: Mapping[str, int]) -> str:
    """ "12 hộ trong danh sách; 2 cuộc họp dân"; empty where nothing was recorded."""
    return "; ".join(
        text.format(count=format_integer(counts[code]))
        for code, text in LOSSES.items()
        if counts.get(code)
    )
