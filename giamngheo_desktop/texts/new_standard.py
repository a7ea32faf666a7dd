"""What is said everywhere of a year that a new poverty standard begins with, and what to do."""

from __future__ import annotations

NEW_STANDARD: dict[str, str] = {
    "changed": "Năm {year} áp dụng {now}: số năm {last} theo {before} không so sánh được với số "
    "năm {year}.",
    "offer": "Lập danh sách đầu năm {year} theo chuẩn mới: lấy kết quả rà soát cuối năm {last} "
    "theo chuẩn ấy, hoặc ghi ở Mở sổ đầu kỳ.",
    "offer_short": "lập danh sách đầu năm {year} theo chuẩn mới",
}


def changed_text(year: int, now: str, before: str) -> str:
    """That a year and the one before it do not compare, by the labels of their standards."""
    return NEW_STANDARD["changed"].format(year=year, last=year - 1, now=now, before=before)


def changed_offer(year: int, now: str, before: str) -> str:
    """Likewise at the desk, with what is to be done."""
    said = NEW_STANDARD["offer"].format(year=year, last=year - 1)
    return f"{changed_text(year, now, before)} {said}"


def offer_short(year: int | str) -> str:
    """What is to be done, within a sentence."""
    return NEW_STANDARD["offer_short"].format(year=year)
