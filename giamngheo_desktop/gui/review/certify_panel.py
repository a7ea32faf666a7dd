"""Step Giấy chứng nhận: sign the year's line of the households of a village."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.print_menu import PrintItem
from giamngheo_desktop.gui.review import step_papers
from giamngheo_desktop.gui.review.drafting import DraftNote, Typed
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.table.column import Column, number_column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import certificates
from giamngheo_desktop.services.review.certificates import CertificateRow


class CertifyPanel(Panel):
    """The certificates of one village; chosen lines are signed, or all that are not yet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: dict[UUID, CertificateRow] = {}
        self._count = label("", "bold", "certify_count", wrap=True)
        self.table = TableView(
            (
                Column(key="head", title=self.tr("Chủ hộ"), width=170, stretch=True),
                replace(number_column("persons", self.tr("Khẩu"), width=60), gives_way=True),
                Column(key="household_class", title=self.tr("Công nhận"), width=130,
                       format=state_label, chip=chip_of),
                Column(key="number", title=self.tr("Số giấy"), width=130),
                Column(key="issued_on", title=self.tr("Cấp ngày"), width=96, gives_way=True),
                Column(key="signed_on", title=self.tr("Ký dòng năm"), width=110),
            ),
            "certificates",
            self.tr("Giấy chứng nhận của thôn"),
        )  # fmt: skip
        self.draft = DraftNote(desk, self._typed)
        fields = (
            FieldDef(code="signed_on", kind=FieldKind.DATE, label=self.tr("Ký ngày"),
                     required=True),
            FieldDef(code="first_number", kind=FieldKind.INTEGER,
                     label=self.tr("Số giấy mới đầu tiên"),
                     help=self.tr("Hộ chưa có giấy được cấp giấy mới, số tăng dần. Để trống: số "
                                  "còn trống kế tiếp của năm.")),
        )  # fmt: skip
        self.form = FormView([Section(code="sign", label=self.tr("Ký"), page="", fields=fields)])
        self._refusal = Refusal()
        self.unsign_button = button(self.tr("&Bỏ ký"), "unsign", icon="undo")
        self.sign_button = button("", "sign_lines", icon="check", kind="primary")
        self.foot.addWidget(self.unsign_button)
        self.foot.addStretch()
        self.foot.addWidget(self.sign_button)
        self.box.addWidget(self._count)
        self.add_table(self.table)
        for part in (self.draft, self.form, self._refusal):
            self.box.addWidget(part)
        self.setFocusProxy(self.table)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.table.row_opened.connect(self._open)
        self.form.changed.connect(self._changed)
        self.form.completed.connect(self.sign_button.setFocus)
        self.sign_button.clicked.connect(self.sign)
        self.unsign_button.clicked.connect(self.unsign)
        self.draft.dropped.connect(self._fill)

    def refresh(self, *, moved: bool) -> None:
        if moved:
            self._rows = {}  # those of the place before are nobody's here
            self.table.set_rows([])
            self._fill()
            found = self.draft.begin(self.place.key, self.tr("Giấy chứng nhận"))
            if found is not None:
                self.form.set_draft(found)  # type: ignore[arg-type]
        work = partial(
            certificates.of_review, self.desk.database, self.place.review.uid, self.place.village
        )
        self.fault.read(self.desk.runner, work, self._show, latest="certificates")

    def keep(self) -> None:
        self.draft.keep()

    def stops(self) -> list[QWidget]:
        return [self.table, self.form, self.sign_button]

    def sign(self) -> None:
        """Sign the lines of those chosen."""
        values = checked(self.form)
        if values is None:
            return
        work = partial(
            certificates.sign,
            self.desk.database,
            self.desk.context,
            self.place.review.uid,
            frozenset(self._to_sign()),
            signed_on=values["signed_on"],
            first_number=values["first_number"],
        )
        self._refusal.hide()
        self.desk.runner.write(self, work, self._written, self._refused)

    def unsign(self) -> None:
        """Take the lines of the chosen ones back."""
        work = partial(
            certificates.unsign,
            self.desk.database,
            self.desk.context,
            self.place.review.uid,
            frozenset(self._signed_of(self.table.selected_uids())),
        )
        self._refusal.hide()
        self.desk.runner.write(self, work, self._written, self._refused)

    def about(self) -> About:
        row = self._current()
        return replace(super().about(), certificate=row.certificate if row else None)

    def chosen_name(self) -> str:
        row = self._current()
        return row.head if row else ""

    def _current(self) -> CertificateRow | None:
        uid = self.table.current_uid()
        return self._rows.get(uid) if uid else None

    def _papers(self) -> Sequence[PrintItem | None]:
        """Besides those of the chosen line, those of all selected, or of all there are."""
        chosen = self.table.selected_uids()
        uids = chosen if len(chosen) > 1 else list(self._rows)
        held = [row.certificate for uid in uids if (row := self._rows.get(uid))]
        found = [one for one in held if one is not None]
        return (*super()._papers(), step_papers.certificates(self.desk, self.place, found))

    def _show(self, rows: list[CertificateRow]) -> None:
        self._rows = {row.household: row for row in rows}
        self.table.set_rows(rows)
        decided = self.place.review.own_standard in self.place.flow.facts.decided
        self.table.say_empty(
            self.tr("Thôn không có hộ nghèo, hộ cận nghèo nào được công nhận.")
            if decided
            else self.tr("Chưa có quyết định công nhận: ghi ở bước Công nhận trước.")
        )
        signed = sum(row.signed_on is not None for row in rows)
        text = self.tr("Đã ký dòng của năm cho {signed}/{count} hộ.")
        self._count.setText(
            text.format(signed=format_integer(signed), count=format_integer(len(rows)))
        )
        self._enable()

    def _to_sign(self) -> Sequence[UUID]:
        """Those selected where it is a selection of several, else all without a signed line."""
        chosen = self.table.selected_uids() if len(self.table.selected_uids()) > 1 else []
        return chosen or [uid for uid, row in self._rows.items() if row.signed_on is None]

    def _signed_of(self, uids: Sequence[UUID]) -> list[UUID]:
        return [uid for uid in uids if uid in self._rows and self._rows[uid].signed_on]

    def _enable(self) -> None:
        count = len(self._to_sign())
        self.sign_button.setText(
            self.tr("&Ký dòng của năm cho {count} hộ").format(count=format_integer(count))
        )
        self.sign_button.setEnabled(self.editable and bool(count))
        self.form.setVisible(self.editable and bool(count))
        chosen = self._signed_of(self.table.selected_uids())
        self.unsign_button.setVisible(self.editable and bool(chosen))

    def _fill(self) -> None:
        self.form.set_record({"signed_on": self.desk.context.today()})

    def _typed(self) -> Typed | None:
        return self.form.draft() if self.form.is_dirty else None

    def _changed(self, code: str) -> None:
        self._refusal.hide()
        self.draft.touch()

    def _written(self, done: Done[object]) -> None:
        self.draft.forget()
        self._fill()

    def _refused(self, error: BaseException) -> None:
        self._refusal.say(error)

    def _open(self, household: UUID) -> None:
        self.go_requested.emit("households", household)
