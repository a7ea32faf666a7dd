"""Giấy chứng nhận of a household: a new one for a lost one, members changed on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household.event_dialog import EventDialog, Values, day_of
from giamngheo_desktop.services.held_certificates import Certificate
from giamngheo_desktop.services.review import certificates


class _OfCertificate(EventDialog):
    """The household holds one: the menu asks before."""

    @property
    def certificate(self) -> Certificate:
        assert self.dossier.certificate is not None
        return self.dossier.certificate

    def first_record(self) -> dict[str, Entry]:
        """Papers are signed today, whatever year is looked at."""
        return {**super().first_record(), "day": self.desk.context.today()}


class ReissueDialog(_OfCertificate):
    def title(self) -> str:
        return self.tr("Cấp lại giấy chứng nhận")

    def hint(self) -> str:
        return self.tr(
            "Giấy mất, rách, hết dòng: giấy mới mang dòng của năm mới nhất, giấy cũ hết dùng. Ghi "
            "xong thì in giấy mới ở menu In của hộ."
        )

    def fields(self) -> list[FieldDef]:
        number = FieldDef(
            code="number",
            kind=FieldKind.TEXT,
            label=self.tr("Số giấy mới"),
            help=self.tr("Để trống: số còn trống kế tiếp của năm."),
        )
        note = FieldDef(code="note", kind=FieldKind.TEXT, label=self.tr("Lý do, in trên giấy"))
        return [self.day_field(self.tr("Ngày cấp lại")), number, note]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            certificates.reissue,
            self.desk.database,
            self.desk.context,
            self.certificate.uid,
            number=clean(str(values.get("number") or "")),
            issued_on=day_of(values),
            note=clean(str(values.get("note") or "")) or None,
        )


class MembersChangedDialog(_OfCertificate):
    def title(self) -> str:
        return self.tr("Đổi giấy chứng nhận do thay đổi thành viên")

    def hint(self) -> str:
        return self.tr(
            "Ghi biến động của thành viên trước; ở đây ghi ngày và giấy tờ làm căn cứ, rồi in lại "
            "giấy với thành viên hôm nay ở menu In của hộ. Số giấy và các dòng năm giữ nguyên."
        )

    def fields(self) -> list[FieldDef]:
        papers = FieldDef(
            code="papers",
            kind=FieldKind.TEXT,
            label=self.tr("Theo giấy tờ nào"),
            help=self.tr("Ví dụ: giấy khai sinh, trích lục khai tử."),
            required=True,
        )
        return [self.day_field(self.tr("Ngày đổi")), papers]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            certificates.change_members,
            self.desk.database,
            self.desk.context,
            self.certificate.uid,
            day=day_of(values),
            papers=str(values["papers"]),
        )
