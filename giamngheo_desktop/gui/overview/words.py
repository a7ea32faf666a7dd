"""How Tổng quan puts numbers into words: rates, comparisons, goals; knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.rates import Rate, RateGap
from giamngheo_desktop.services.overview import Figures, Overview


def _tr(text: str) -> str:
    return QCoreApplication.translate("overview", text)


def subtitle(found: Overview) -> str:
    """Whose standard, and which day the numbers speak of."""
    if found.frozen:
        state = _tr("số liệu đã khóa sổ")
    elif found.as_of is not None:
        state = _tr("số hộ đang có hiệu lực đến ngày {day}, chưa khóa sổ").format(
            day=found.as_of.strftime("%d/%m/%Y")
        )
    else:
        state = _tr("kết quả rà soát năm {year}, chưa khóa sổ").format(year=found.year)
    text = _tr("{unit} · {standard} · {state}")
    return text.format(unit=found.total.name, standard=found.standard.label, state=state)


def rate_text(share: Rate) -> str:
    """2,06 % – or why there is no rate."""
    if share.percent is not None:
        return _tr("{rate} %").format(rate=format_rate(share.percent))
    if share.gap is RateGap.NO_DENOMINATOR:
        return _tr("Chưa có tổng số hộ nên không có tỷ lệ")
    if share.gap is RateGap.NO_NUMERATOR:
        return ""
    return texts.MISSING[share.gap or ""]


def with_persons(share: Rate, persons: int | None) -> str:
    parts = [rate_text(share)] if rate_text(share) else []
    if persons is not None:
        parts.append(_tr("{count} nhân khẩu").format(count=format_integer(persons)))
    return " · ".join(parts)


def compared(now: int | None, last: int | None, found: Overview) -> str:
    """Against the year before, only under the same standard."""
    before = found.year - 1
    if last is None:
        return _tr("Năm {year}: chưa có số liệu").format(year=before)
    if not found.comparable and found.last_standard is not None:
        text = _tr("Năm {year}: {count} hộ theo {standard} – không so sánh được")
        return text.format(
            year=before, count=format_integer(last), standard=_lower(found.last_standard.label)
        )
    if now is None:
        return _tr("Năm {year}: {count} hộ").format(year=before, count=format_integer(last))
    change = now - last
    if change == 0:
        return _tr("Bằng năm {year}").format(year=before)
    text = _tr("Giảm {count} hộ so với năm {year}")
    if change > 0:
        text = _tr("Tăng {count} hộ so với năm {year}")
    return text.format(count=format_integer(abs(change)), year=before)


def result_text(found: Overview) -> str:
    """Who has no class, or none of this year: what the tables say of them, with the list behind."""
    unclassed, waiting = (
        format_integer(count) for count in (found.unclassed, len(found.without_result))
    )
    if found.without_result:
        text = _tr(
            "Bấm để xem {count} hộ trong danh sách đầu năm chưa có kết quả công nhận năm {year}"
        )
        if found.frozen:
            text = _tr("Bấm để xem {count} hộ không có kết quả năm {year}")
        text = text.format(count=waiting, year=found.year)
        if found.unclassed:
            more = _tr("{count} hộ chưa phân loại theo chuẩn này. {text}")
            text = more.format(count=unclassed, text=text)
        return text
    if found.unclassed:
        return _tr("Bấm để xem {count} hộ chưa phân loại theo chuẩn này").format(count=unclassed)
    return _tr("Mọi hộ đều đã phân loại theo chuẩn này")


def village_text(village: Figures) -> str:
    """What stands behind a village's bar: the sum, and the rate of poor and near-poor."""
    poor, near_poor = village.poor_households, village.near_poor_households
    if poor is None or near_poor is None:
        return ""
    share = village.poor_rate
    count = format_integer(poor + near_poor)
    if share.percent is None:
        return count
    return _tr("{count} · nghèo {rate} %").format(count=count, rate=format_rate(share.percent))


def goal_text(done: int | None, target: int | None) -> str:
    """Giảm 3 trên 4 hộ; said in words where one of them is missing."""
    if target is None:
        return _tr("chưa giao đủ cho các thôn")
    if done is None:
        return _tr("chỉ tiêu {target} hộ, chưa có số liệu đầu năm").format(
            target=format_integer(target)
        )
    if done < 0:
        return _tr("tăng {count} hộ, chỉ tiêu giảm {target}").format(
            count=format_integer(-done), target=format_integer(target)
        )
    return _tr("{done} trên {target} hộ").format(
        done=format_integer(done), target=format_integer(target)
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
