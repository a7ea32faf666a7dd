"""Cài đặt › Mẫu giấy: how far each paper was checked, its Word template, the unit's own one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.settings.template_dialogs import (
    ConfirmTemplate,
    TemplatePreview,
    forget_number,
)
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedTable
from giamngheo_desktop.reports import paper_templates
from giamngheo_desktop.reports.paper_templates import PaperState

_SHOWN = 10  # faults of a template said at once


class TemplatesSection(Section):
    WATCHES = frozenset({Kind.DEFINITION})

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Giấy nào văn bản chưa cho đủ mẫu thì in theo mẫu Word trong thư mục dữ liệu, không "
            "in số hiệu mẫu. Đối chiếu với mẫu của đơn vị, sửa trong Word hoặc đưa mẫu của đơn vị "
            "vào thay."
        )
        super().__init__(desk, self.tr("Mẫu giấy"), intro)
        self._states: Mapping[str, PaperState] = {}
        self._read_again = False
        self.list = WrappedTable(
            (
                Column(key="label", title=self.tr("Giấy"), width=220),
                Column(key="state", title=self.tr("Tình trạng"), width=140),
                Column(key="number", title=self.tr("Số hiệu in"), width=80),
            ),
            "paper_templates",
            self.tr("Các mẫu giấy"),
        )
        self.about = label("", "small", "template_about", wrap=True)
        self.problem = label("", "error", "template_problem", wrap=True)
        self.busy = BusyLine("template_busy")
        self.open_button = button(
            self.tr("&Mở mẫu trong Word"), "open_template", icon="edit", kind="primary"
        )
        self.use_button = button(self.tr("&Dùng mẫu của đơn vị…"), "use_template", icon="file")
        self.confirm_button = button(self.tr("Đã đối &chiếu…"), "confirm_template", icon="check")
        self.reset_button = button(
            self.tr("&Về mẫu của chương trình"), "reset_template", icon="undo"
        )
        self.box.addWidget(self.list, 1)
        self.box.addWidget(self.about)
        self.box.addWidget(self.problem)
        self.box.addWidget(self.busy)
        flow = Flow(8)
        for part in (self.confirm_button, self.use_button, self.reset_button):
            flow.addWidget(part)
        flow.add_at_end(self.open_button)
        self.box.addLayout(flow)
        self.setFocusProxy(self.list)
        self.list.current_changed.connect(self._chosen)
        self.list.row_opened.connect(self._to_button)
        self.open_button.clicked.connect(self._open_word)
        self.use_button.clicked.connect(self._ask_file)
        self.confirm_button.clicked.connect(self._ask_number)
        self.reset_button.clicked.connect(self._reset)
        self._chosen()

    def stops(self) -> list[QWidget]:
        return [self.list, self.open_button]

    @Slot()
    def _to_button(self) -> None:
        enter_walk.go_on(self.stops())

    # -- what is shown --------------------------------------------------------------------------

    def load(self) -> None:
        work = partial(paper_templates.states, self.desk.database, self.desk.definitions)
        self.desk.runner.read(self, work, self._show, latest="templates")

    def changeEvent(self, event: QEvent) -> None:
        """Who comes back from Word may have saved there."""
        super().changeEvent(event)
        comes = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if comes and self._read_again and self.isVisible():
            self.load()

    @property
    def state(self) -> PaperState | None:
        """Of the paper chosen in the list."""
        uid = self.list.current_uid()
        return None if uid is None else list(self._states.values())[uid.int - 1]

    def choose(self, code: str) -> None:
        self.list.go_to(UUID(int=list(self._states).index(code) + 1))

    def _show(self, states: Mapping[str, PaperState]) -> None:
        chosen = self.state
        self._states = states
        self.list.set_rows(
            [
                (UUID(int=at), one.shipped.label, one.said, _number(one))
                for at, one in enumerate(states.values(), start=1)
            ]
        )
        self.choose(chosen.code if chosen else next(iter(states)))
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        found = self.state
        may_write = found is not None and not self.desk.read_only
        self.open_button.setEnabled(found is not None)
        self.use_button.setEnabled(may_write)
        self.confirm_button.setEnabled(may_write and not (found and found.broken))
        self.reset_button.setEnabled(may_write and found is not None and _is_changed(found))
        self.about.setText("" if found is None else self._about(found))
        broken = found.broken if found else None
        self.problem.setText(texts.error_text(broken) if broken else "")
        self.problem.setVisible(broken is not None)
        QTimer.singleShot(0, self.list, self._show_chosen)

    @Slot()
    def _show_chosen(self) -> None:
        """The words below may have taken its room."""
        self.list.scrollTo(self.list.currentIndex())

    def _about(self, found: PaperState) -> str:
        lines = [found.shipped.legal_basis]
        if found.file.exists():
            lines.append(self.tr("Mẫu Word: {path}").format(path=found.file))
        return "\n".join(lines)

    # -- acts -----------------------------------------------------------------------------------

    @Slot()
    def _open_word(self) -> None:
        found = self.state
        if found is not None:
            desk = self.desk
            work = partial(paper_templates.write, desk.database, desk.definitions, found.code)
            desk.runner.read(self, work, self._opened, self._failed)

    def _opened(self, path: Path) -> None:
        self._read_again = True
        if not files.open_outside(path):
            messages.info(self.tr("Mẫu nằm ở đây, mở bằng Word rồi sửa:"), str(path), self)
        self.load()

    @Slot()
    def _ask_file(self) -> None:
        title = self.tr("Chọn mẫu của đơn vị")
        path = files.ask_open(self, title, files.documents(), self.tr("Word (*.docx)"))
        if path is not None:
            self.try_file(path)

    def try_file(self, path: Path) -> None:
        """Check a template: say what is wrong with it, or show it before it is taken."""
        found = self.state
        if found is not None:
            self.use_button.setEnabled(False)
            self.busy.begin(self.tr("Đang đọc {name}…").format(name=path.name), whole=True)
            work = partial(_checked, path, found)
            done = partial(self._preview, found, path)
            self.desk.runner.read(self, work, done, self._failed)

    def _preview(self, found: PaperState, path: Path, said: tuple[list[str], list[str]]) -> None:
        self.busy.end()
        self._chosen()
        wrong, warnings = said
        if wrong:
            shown = wrong[:_SHOWN]
            if len(wrong) > len(shown):
                shown.append(self.tr("… và {count} chỗ nữa.").format(count=len(wrong) - len(shown)))
            text = self.tr("Tệp “{name}” chưa dùng làm mẫu được.").format(name=path.name)
            messages.problems(text, shown, self)
            return
        dialog = TemplatePreview(self.desk, found, path, warnings, self)
        dialog.accepted.connect(partial(self._take, found, path))
        dialog.begin()

    def _take(self, found: PaperState, path: Path) -> None:
        desk = self.desk
        act = paper_templates.use
        work = partial(act, desk.database, desk.definitions, desk.context, found.code, path)
        desk.runner.write(self, work, self._written, self._failed)

    @Slot()
    def _ask_number(self) -> None:
        found = self.state
        if found is not None:
            dialog = ConfirmTemplate(self.desk, found, self)
            dialog.confirmed.connect(partial(self._confirm, found))
            dialog.open()

    def _confirm(self, found: PaperState, number: str) -> None:
        desk = self.desk
        act = paper_templates.confirm
        work = partial(act, desk.database, desk.definitions, desk.context, found.code, number)
        desk.runner.write(self, work, partial(self._confirmed, found.code), self._failed)

    @Slot()
    def _reset(self) -> None:
        found = self.state
        if found is not None:
            desk = self.desk
            act = paper_templates.reset
            work = partial(act, desk.database, desk.definitions, desk.context, found.code)
            desk.runner.write(self, work, self._written, self._failed)

    def _confirmed(self, code: str, done: Done[int]) -> None:
        forget_number(self.desk, code)
        self.load()

    def _written(self, done: Done[int]) -> None:
        self.load()

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._chosen()
        messages.report(error, self)


def _number(found: PaperState) -> str:
    """The number of the form that is printed, empty where none is."""
    paper = found.paper
    return paper.form_number if paper.certainty == "confirmed" else ""


def _is_changed(found: PaperState) -> bool:
    """Whether there is anything to take back."""
    return found.state in ("own", "confirmed", "edited", "changed", "broken")


def _checked(path: Path, found: PaperState) -> tuple[list[str], list[str]]:
    """What is wrong with a template, and what it has that is not printed."""
    read = paper_templates.check(path, found.shipped)
    warnings = [texts.TEMPLATE_WARNINGS[code] for code in read.warnings]
    return paper_templates.problem_texts(read.problems), warnings
