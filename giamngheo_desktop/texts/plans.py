"""What is said of plans, their versions and targets."""

from giamngheo_desktop.domain.report_periods import ALL

PLAN_ERRORS: dict[str, str] = {
    "plan_begun": "Kế hoạch năm {year} đã bắt đầu soạn rồi.",
    "plan_is_draft": "Kế hoạch này còn là dự thảo: sửa ngay trong đó, chưa cần bản điều chỉnh.",
    "plan_has_draft": "Đang có bản dự thảo thứ {version} của kế hoạch năm: sửa bản đó.",
    "plan_issued": "Bản kế hoạch này đã ban hành.",
    "no_targets_before": "Kế hoạch năm {year} chưa có chỉ tiêu nào để lấy.",
    "targets_taken": "Kế hoạch đã có đủ các chỉ tiêu của kế hoạch năm {year}.",
    "plan_stands": "Bản kế hoạch thứ {version} đã ban hành, không sửa được: lập bản điều chỉnh "
    "hoặc thay thế rồi sửa trong đó.",
}

_PERIODS: dict[str, str] = {
    "H1": "6 tháng đầu năm",
    "9M": "9 tháng",
    "Y": "cả năm",
    "ONCE": "một lần",
}


def report_period_text(code: str) -> str:
    """`tháng 3`, `quý II`, `6 tháng đầu năm` … of a code of `domain/report_periods.py`; what is no
    such code is said as it is.
    """
    if code not in ALL:
        return code
    if code.startswith("M"):
        return f"tháng {int(code[1:])}"
    if code.startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(code[1:]) - 1]}"
    return _PERIODS[code]


def period_of_year_text(code: str, year: int) -> str:
    """`quý II năm 2026`, `6 tháng đầu năm 2026`, of the whole year and of one that comes once
    `năm 2026`.
    """
    if code == "H1":
        return f"{_PERIODS[code]} {year}"
    said = "" if code in ("Y", "ONCE") else report_period_text(code)
    return f"{said} năm {year}".strip()
