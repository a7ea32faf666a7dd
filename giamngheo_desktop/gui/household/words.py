"""The sentences of the head of the household page. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import state_of
from giamngheo_desktop.gui.household.columns import state_label
from giamngheo_desktop.gui.household.history_words import reason_text
from giamngheo_desktop.gui.household.looking import Finding
from giamngheo_desktop.services.household_view import Dossier, Surroundings


def title(household: Household, *, is_new: bool, arrives: bool = False) -> str:
    """The head's name, else that of the first member, else what kind of page this is."""
    plain = _tr("Hộ mới") if is_new else _tr("Hộ chưa ghi tên chủ hộ")
    if arrives:
        plain = _tr("Hộ mới chuyển đến")
    return _name(household) or plain


def saved(household: Household, *, waits: bool, earlier: bool) -> str:
    """What a save has done; `waits`: something typed could not be taken along; `earlier`: the
    decision typed stands before the one that the page shows.
    """
    name = _name(household)
    lines = [_tr("Đã lưu hộ: {name}.") if name else _tr("Đã lưu hộ, chưa ghi tên chủ hộ.")]
    if waits:
        lines.append(_tr("Còn ô chưa hiểu được (viền đỏ): sửa rồi lưu lại."))
    if earlier:
        lines.append(_tr("Quyết định vừa ghi có trước kết quả đang hiện: xem ở thẻ Rà soát."))
    return " ".join(lines).format(name=name)


def _name(household: Household) -> str:
    names = [household.head.full_name] if household.head else []
    names += [member.full_name for member in household.members]
    return next(filter(None, names), "")


def draft_title(title: str, household: Household, around: Surroundings | None, year: int) -> str:
    """How the list of drafts names one: who, where, and the year it was typed for."""
    village = around.village(household.village) if around else None
    parts = [title, village.name] if village else [title]
    parts.append(_tr("năm {year}").format(year=year))
    return ", ".join(parts)


def about(household: Household, around: Surroundings, year: int) -> str:
    """Village, members, code, and the year the page speaks of."""
    village = around.village(household.village)
    parts = [village.name if village else _tr("chưa chọn thôn")]
    parts.append(_tr("{count} nhân khẩu").format(count=format_integer(household.size)))
    if household.code:
        parts.append(_tr("mã hộ {code}").format(code=household.code))
    parts.append(_tr("năm làm việc {year}").format(year=year))
    return " · ".join(parts)


def note(dossier: Dossier | None, around: Surroundings, today: date, *, read_only: bool) -> str:
    """What must be known about the data shown: their day, a closed year, a file only to read."""
    lines: list[str] = []
    if read_only:
        lines.append(_tr("Tệp chỉ mở để xem: không lưu được thay đổi."))
    if dossier is not None and dossier.left_on is not None:
        gone = _tr("Hộ không còn trong sổ từ ngày {day} ({reason}); đang xem ngày cuối cùng.")
        reason = reason_text(dossier.left_by or "")
        lines.append(gone.format(day=format_date(dossier.left_on), reason=reason))
    elif dossier is not None and dossier.day != today:
        shown = _tr("Đang xem số liệu của năm {year}, tính đến ngày {day}.")
        lines.append(shown.format(year=around.year, day=format_date(dossier.day)))
        lines.append(_tr("Mục không gắn ngày (nhà ở, học vấn …) là số ghi mới nhất."))
    if around.closed:
        closed = _tr("Năm {year} đã khóa sổ: sửa ở đây không làm đổi các biểu của năm ấy.")
        lines.append(closed.format(year=around.year))
    return " ".join(lines)


def class_state(dossier: Dossier | None, around: Surroundings) -> tuple[str | None, str]:
    """The recognised class of the day shown as a chip, and what it rests on."""
    if dossier is None:
        return None, ""
    record = dossier.in_force(around.standard.code)
    if record is None:
        text = _tr("Chưa có kết quả phân loại nào theo {standard}.")
        return state_of(None, average_living=False), text.format(standard=around.standard.label)
    state = state_of(record.household_class, average_living=record.average_living)
    text = _tr("{state} theo {standard}, năm rà soát {year}, từ ngày {day}")
    return state, text.format(
        state=state_label(state),
        standard=around.standard.label,
        year=record.review_year,
        day=format_date(record.valid_from),
    )


def escape(dossier: Dossier | None) -> str:
    """Since when and until which day a household is hộ mới thoát nghèo; empty where it is not."""
    found = dossier.new_escape if dossier else None
    if found is None:
        return ""
    text = _tr("Hộ mới thoát nghèo từ ngày {since} đến hết ngày {last}")
    last = format_date(found.last)
    return text.format(since=format_date(found.since), last=last)


def summary(findings: Sequence[Finding]) -> str:
    """How much is wrong, in few words; empty where nothing is."""
    counts = {
        weight: sum(finding.weight == weight for finding in findings)
        for weight in ("error", "warning", "missing")
    }
    said = {
        "error": _tr("{count} lỗi"),
        "warning": _tr("{count} cần xem"),
        "missing": _tr("{count} ô chưa ghi"),
    }
    return " · ".join(said[w].format(count=count) for w, count in counts.items() if count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("household", text)
