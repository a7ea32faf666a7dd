"""The indicators that no answer of the form tells, as questions of their own. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.asked import tick_code, tick_of
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind, Section
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.standard import Indicator, PovertyStandard
from giamngheo_desktop.gui.forms.entry import Entry

_DEPRIVED, _NOT = "yes", "no"

Ticks = Mapping[str, Mapping[str, Answer | None]]


def sections(standards: Iterable[PovertyStandard]) -> list[Section]:
    """One for each standard that has such indicators."""
    found = []
    for standard in standards:
        fields = [_field(standard, i) for i in standard.indicators if i.test is None]
        if fields:
            label = _tr("Chỉ số đánh dấu theo phiếu: {standard}").format(standard=standard.label)
            code = f"ticks_{standard.code}"
            found.append(Section(code=code, label=label, page="review", fields=tuple(fields)))
    return found


def codes(standards: Iterable[PovertyStandard]) -> list[str]:
    """What the form asks, in its order."""
    return [field.code for section in sections(standards) for field in section.fields]


def values(ticks: Ticks) -> dict[str, Entry]:
    """Ticks as the form shows them."""
    return {
        tick_code(standard, indicator): _NOT if not answer.deprived else _DEPRIVED
        for standard, answers in ticks.items()
        for indicator, answer in answers.items()
        if answer is not None
    }


def ticks(record: Mapping[str, Entry]) -> dict[str, dict[str, Answer | None]]:
    """What the form shows as ticks."""
    found: dict[str, dict[str, Answer | None]] = {}
    for code, value in record.items():
        place = tick_of(code)
        if place is not None:
            answer = Answer(value == _DEPRIVED) if value in (_DEPRIVED, _NOT) else None
            found.setdefault(place[0], {})[place[1]] = answer
    return found


def _field(standard: PovertyStandard, indicator: Indicator) -> FieldDef:
    return FieldDef(
        code=tick_code(standard.code, indicator.code),
        kind=FieldKind.CHOICE,
        label=indicator.label.value or indicator.short,
        short=f"{indicator.order}. {indicator.short}",
        help=indicator.threshold.value or "",
        choices=(
            Choice(code=_DEPRIVED, label=_tr("Thiếu hụt")),
            Choice(code=_NOT, label=_tr("Không thiếu")),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ticks", text)
