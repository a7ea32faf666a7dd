"""Cài đặt › Biểu báo cáo: the ethnic groups with a column of their own, the numbers of tables."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.choices import resolve_choices
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.settings.dated_texts import DatedTexts
from giamngheo_desktop.services.settings import LOCAL_GROUPS, form_number

_KINH = "01"


class TablesSection(DatedTexts):
    """What is left empty is not printed."""

    def __init__(self, desk: Desk) -> None:
        title = self.tr("Biểu báo cáo: dân tộc có cột riêng, số biểu")
        intro = self.tr(
            "Dân tộc ghi ở đây có cột riêng trong biểu theo dân tộc (BC9). Số biểu chỉ in khi được "
            "ghi: chưa có nguồn nào cho biết số chính thức."
        )
        groups = desk.definitions.choice_list("ethnic_groups")
        self._groups = FieldDef(
            code=LOCAL_GROUPS, kind=FieldKind.CHOICES, label="", choices=groups.choices
        )
        labels = {LOCAL_GROUPS: self.tr("Dân tộc có cột riêng, cách nhau bằng dấu chấm phẩy")}
        for code in desk.definitions.reports:
            labels[form_number(code)] = self.tr("Số biểu của {code}").format(code=code)
        super().__init__(desk, title, intro, labels, {}, "tables")
        self.fields[LOCAL_GROUPS].setPlaceholderText(self.tr("ví dụ: Hrê; Co; Xơ-đăng"))
        for code, versions in desk.definitions.reports.items():
            field = self.fields[form_number(code)]
            field.setPlaceholderText(versions[-1].label)
            field.setToolTip(versions[-1].label)

    def stored_text(self, code: str, text: str) -> str:
        return " ".join(resolve_choices(self._groups, text)[0]) if code == LOCAL_GROUPS else text

    def typed_text(self, code: str, value: str) -> str:
        if code != LOCAL_GROUPS:
            return value
        return "; ".join(map(self._groups.choice_label, value.split()))

    def first_problem(self) -> tuple[str, QWidget] | None:
        found, unknown = resolve_choices(self._groups, self.text(LOCAL_GROUPS))
        field = self.fields[LOCAL_GROUPS]
        if unknown:
            said = self.tr("Không có dân tộc “{name}” trong danh mục.").format(name=unknown[0])
            return said, field
        if _KINH in found:
            return self.tr("Kinh đã có cột riêng."), field
        return None

    @property
    def is_dirty(self) -> bool:
        """An unknown name stays on screen until somebody looks at it."""
        unknown = resolve_choices(self._groups, self.text(LOCAL_GROUPS))[1]
        return super().is_dirty or bool(unknown)
