"""An open document: what is done with the whole of it above, its editor below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents import document_work
from giamngheo_desktop.gui.documents.document_words import document_name
from giamngheo_desktop.gui.documents.document_work import Found
from giamngheo_desktop.gui.documents.editor import DocumentEditor
from giamngheo_desktop.gui.documents.half_typed import half_typed
from giamngheo_desktop.gui.documents.issue_document import IssueDocument
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.issuing.issue_dialogs import show
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import Exporter
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.services.documents import heads
from giamngheo_desktop.services.documents.listing import PLAN
from giamngheo_desktop.services.documents.reading import Document


class DocumentView(QWidget):
    """`paper_wanted(Order)`: it is to be looked at; `removed()`: the draft is there no more;
    `go_requested(page, payload)`. What belongs to one kind of document goes into `acts`.
    """

    paper_wanted = Signal(object)
    removed = Signal()
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.dialog: IssueDocument | None = None
        self.said = label("", "soft", "document_said", wrap=True)
        self.view_button = button(
            self.tr("&Xem, in"), "view_document", icon="print", kind="primary"
        )
        self.word_button = button(self.tr("Xuất &Word"), "document_word", icon="file")
        self.issue_button = button(self.tr("&Ban hành…"), "issue_document", icon="done")
        self.drop_button = button(self.tr("Bỏ &dự thảo"), "remove_document", icon="delete")
        self.editor = DocumentEditor(desk)
        self.written = WrittenBar()
        self.exporter = Exporter(desk.runner, self)
        self.acts = Flow(8)
        self._own_acts = (self.view_button, self.word_button, self.issue_button, self.drop_button)
        for part in self._own_acts:
            self.acts.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self.acts)
        box.addWidget(self.said)
        box.addWidget(self.editor, 1)
        box.addWidget(self.written)
        self.setFocusProxy(self.editor)
        self.view_button.clicked.connect(lambda: self.editor.save(self.show_paper))
        self.word_button.clicked.connect(lambda: self.editor.save(self.write_word))
        self.issue_button.clicked.connect(lambda: self.editor.save(self._ask_issue))
        self.drop_button.clicked.connect(self._ask_remove)
        self.editor.shown.connect(self._shown)
        self.editor.blanked.connect(self._blank)
        self._blank()
        self.editor.go_requested.connect(self.go_requested)
        self.exporter.written.connect(self.written.say)
        self.exporter.written_beside.connect(self.written.say_beside)

    # -- showing --------------------------------------------------------------------------------

    def _blank(self) -> None:
        """Until a document is read there is nothing to be done with it."""
        self.said.hide()
        for part in self._own_acts:
            part.setEnabled(False)

    def _shown(self, found: Found) -> None:
        document, free = found.document, not self._desk.read_only
        for part in self._own_acts:
            part.setEnabled(True)
        self.issue_button.setVisible(document.is_draft and free)
        self.drop_button.setVisible(document.is_draft and free)
        self.said.setText(self._why_not(found))
        self.said.setVisible(bool(self.said.text()))

    def _why_not(self, found: Found) -> str:
        """Why nothing can be typed, and what to do."""
        document = found.document
        if document.issued_on is None:
            return self.tr("Tệp này mở để xem, không sửa được.") if self._desk.read_only else ""
        said = self.tr(
            "Đã ban hành ngày {day} nên chỉ xem, trừ số và ngày ký ở Phần đầu. Bản in giữ như khi "
            "ký."
        )
        if found.kept is None:
            said = self.tr(
                "Đã ban hành ngày {day} nên chỉ xem, trừ số và ngày ký ở Phần đầu. Không có bản "
                "lưu: bản in lấy số liệu hôm nay."
            )
        said = said.format(day=format_date(document.issued_on))
        if not found.outside:
            return said
        more = self.tr(
            "{count} chỗ sửa ở máy khác còn để ngoài bản này: xem và chọn ở Gửi – nhận, mục Gói "
            "làm việc."
        )
        return f"{said}\n{more.format(count=found.outside)}"

    # -- acts -----------------------------------------------------------------------------------

    def show_paper(self) -> None:
        found = self.editor.found
        if found is not None:
            job = document_work.job_of(self._desk, found)
            title = document_name(found.document)
            self.paper_wanted.emit(Order(title=title, name=self._file(found), job=job))

    def write_word(self) -> None:
        """One file, to be worked on in Word."""
        found = self.editor.found
        if found is not None:
            make = partial(document_work.word_file, document_work.maker(self._desk, found))
            self.exporter.write_files([make], file_name(*self._file(found), suffix="docx"))

    def _file(self, found: Found) -> tuple[str | int, ...]:
        document = found.document
        name = (document_name(document),)
        return (*name, self.tr("bản"), document.version) if document.version > 1 else name

    def _ask_issue(self) -> None:
        """Number and day are asked of the paper as it would be signed."""
        found = self.editor.found
        if found is not None and found.document.is_draft and self._leaves_drafts(found.document):
            make = document_work.maker(self._desk, found)
            issue = partial(self._issue, found.document.uid)
            self._desk.runner.read(self, make, issue, latest="issue_document")

    def _leaves_drafts(self, document: Document) -> bool:
        """Whether it is issued without what was typed and never saved; else that is opened."""
        waiting = half_typed(self._desk, document)
        if not waiting:
            return True
        said = self.tr("Còn phần gõ dở chưa lưu: {places}.")
        answer = messages.choose(
            said.format(places=", ".join(dict.fromkeys(one.words for one in waiting))),
            (
                messages.Answer("open", self.tr("Mở phần gõ dở")),
                messages.Answer("issue", self.tr("Vẫn ban hành")),
                messages.Answer("stay", self.tr("Thôi")),
            ),
            default="open",
            escape="stay",
            more=self.tr(
                "Ban hành rồi thì bản này không nhận thêm nữa. Phần gõ dở vẫn được giữ; của chỉ "
                "tiêu, của thôn, của chế độ báo cáo thì mở lại ở bản điều chỉnh hoặc thay thế."
            ),
            parent=self,
        )
        if answer == "open":
            self.go_requested.emit("targets", waiting[0].payload)
        return answer == "issue"

    def _issue(self, document: UUID, docs: tuple[ReportDoc, ...]) -> None:
        found = self.editor.found
        if found is None or found.document.uid != document:
            return  # another one is open by now: the paper is not its own
        said = document_name(found.document)
        self.dialog = IssueDocument(self._desk, found.document, docs, said, self)
        self.dialog.recorded.connect(self._issued)
        self.dialog.led.connect(self.editor.go_to)
        self.dialog.led_to_target.connect(self.editor.go_to_target)
        self.dialog.led_to_opening.connect(self.editor.go_to_opening)
        show(self.dialog)

    def _issued(self, _: object) -> None:
        self.dialog = None
        self.editor.load()

    def _ask_remove(self) -> None:
        document = self.editor.document
        if document is None or not messages.ask(
            self.tr("Bỏ dự thảo “{name}” cùng mọi mục của nó?").format(
                name=document_name(document)
            ),
            yes=self.tr("Bỏ dự thảo"),
            more=self._more(),
            dangerous=True,
            parent=self,
        ):
            return
        act = (self._desk.database, self._desk.context, document.uid)
        work: Callable[[], Done[Any]] = partial(heads.remove, *act)
        self._desk.runner.write(self, work, self._removed, self.editor.refusal.say)

    def _more(self) -> str:
        document = self.editor.document
        undo = self.tr("Bỏ nhầm thì hoàn tác (Ctrl+Z).")
        if document is None or document.type != PLAN:
            return undo
        more = self.tr("Chỉ tiêu, số giao cho thôn và lịch báo cáo của dự thảo này cũng bỏ theo.")
        return f"{more} {undo}"

    def _removed(self, _: Done[Any]) -> None:
        self.editor.close_document()
        self.removed.emit()
