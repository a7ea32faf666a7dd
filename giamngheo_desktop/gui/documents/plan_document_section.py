"""Kế hoạch: the plan of the year as a paper, in its versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.document_room import DocumentRoom
from giamngheo_desktop.gui.documents.document_words import version_name
from giamngheo_desktop.gui.documents.layout_pick import LayoutPick
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.services.documents import listing, sections, versions
from giamngheo_desktop.services.documents.listing import Listed, Offered
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True)
class _Found:
    versions: Sequence[Listed]
    layouts: Sequence[Offered]


class PlanDocumentSection(DocumentRoom):
    """The layouts to begin with; the version that was chosen; or its paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Kế hoạch"))
        self._found: _Found | None = None
        self._wanted: UUID | None = None  # the version to be shown once it is read
        self._node = ""
        self.version = ElidedBox()
        self.version.setObjectName("plan_versions")
        self.version.setAccessibleName(self.tr("Các bản của kế hoạch"))
        self.version.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToContents)
        self.adjust_button = button(self.tr("Lập bản điều &chỉnh"), "adjust_plan", icon="edit")
        self.replace_button = button(self.tr("Lập bản tha&y thế"), "replace_plan", icon="history")
        self.holds = label("", "soft", "plan_holds", wrap=True)
        self.pick = LayoutPick()
        self.refusal = Refusal("plan_refusal")
        self._build()
        self._connect()

    def _build(self) -> None:
        for part in (self.adjust_button, self.replace_button):
            self.view.acts.addWidget(part)
        self._page = QWidget()
        inside = QVBoxLayout(self._page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        self.room = QStackedWidget()
        self.room.addWidget(self.pick)
        self.room.addWidget(self.view)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.version)
        line.addWidget(self.holds, 1)
        inside.addLayout(line)
        inside.addWidget(self.room, 1)
        inside.addWidget(self.refusal)
        for page in (self._page, self.paper):
            self.stack.addWidget(page)

    def _connect(self) -> None:
        self.version.activated.connect(self._choose)
        self.pick.wanted.connect(self._begin)
        self.adjust_button.clicked.connect(partial(self._next, Change.ADJUSTS))
        self.replace_button.clicked.connect(partial(self._next, Change.REPLACES))
        self.view.removed.connect(self.load)

    # -- reading and showing --------------------------------------------------------------------

    def load(self) -> None:
        if self.moved():
            self._found, self._wanted = None, None
            self.stack.setCurrentIndex(0)
        args = (self.desk.database, self.desk.definitions, *self.place, self.desk.day(self.year))
        self.fault.read(self.desk.runner, partial(_read, *args), self._show, latest="plan_versions")

    def _show(self, found: _Found) -> None:
        before = self.current
        self._found = found
        uids = [one.uid for one in found.versions]
        wanted, self._wanted = self._wanted, None
        if wanted not in uids:
            wanted = before.uid if before is not None and before.uid in uids else None
        with QSignalBlocker(self.version):
            self.version.clear()
            for one in found.versions:
                self.version.addItem(version_name(one), one.uid)
            self.version.setCurrentIndex(uids.index(wanted) if wanted else len(uids) - 1)
        self.version.setVisible(len(uids) > 1)
        self._say_what_holds()
        self._show_chosen()

    @property
    def current(self) -> Listed | None:
        """The version that is chosen."""
        at = self.version.currentIndex()
        found = self._found.versions if self._found is not None else ()
        return found[at] if 0 <= at < len(found) else None

    def _say_what_holds(self) -> None:
        found = self._found.versions if self._found is not None else ()
        holding = next((one for one in found if one.holds), None)
        if holding is None:
            said = ""
        elif holding.issued_on is None:
            said = self.tr("Dự thảo, chưa ban hành; chỉ tiêu của năm tạm theo dự thảo này.")
        else:
            said = self.tr("Đang thực hiện: {name}.").format(name=version_name(holding))
        self.holds.setText(said)
        self.holds.setVisible(bool(said))

    def _show_chosen(self) -> None:
        one = self.current
        newest = one is not None and self._found is not None and one is self._found.versions[-1]
        is_issued = one is not None and not one.is_draft
        for part in (self.adjust_button, self.replace_button):
            part.setVisible(newest and is_issued and not self.desk.read_only)
        if one is None or not (one.has_sections or is_issued):
            self._offer_layouts(one)
            return
        self.room.setCurrentWidget(self.view)
        node, self._node = self._node, ""
        self.view.editor.open(one.uid, node)
        self.setFocusProxy(self.view)

    def _offer_layouts(self, draft: Listed | None) -> None:
        """To begin the plan, or to fill a draft that was begun with its targets."""
        said = self.tr("Năm {year} chưa có kế hoạch. Chọn khung để bắt đầu, mục nào cũng sửa được.")
        if draft is not None:
            said = self.tr("Dự thảo năm {year} chưa có mục nào. Chọn khung, mục nào cũng sửa được.")
        act = self.tr("&Bắt đầu kế hoạch theo khung này")
        assert self._found is not None
        self.pick.offer(said.format(year=self.year), act, self._found.layouts, self.year)
        self.pick.allow(not self.desk.read_only)
        self.room.setCurrentWidget(self.pick)
        self.setFocusProxy(self.pick)

    # -- acts -----------------------------------------------------------------------------------

    def _choose(self, _: int) -> None:
        self.view.editor.leave(self._show_chosen)

    def _begin(self, layout: str) -> None:
        desk, draft = self.desk, self.current
        act = (desk.database, desk.context, desk.definitions)
        if draft is not None:
            self._write(partial(sections.take_layout, *act, draft.uid, layout))
        else:
            unit = desk.unit(self.year)
            self._write(partial(sections.begin, *act, unit, self.year, layout))

    def _next(self, change: Change, _: bool = False) -> None:
        one = self.current
        if one is not None:
            act = (self.desk.database, self.desk.context, one.uid, change)
            self._write(partial(versions.next_version, *act))

    def _write(self, work: Callable[[], Done[UUID]]) -> None:
        self.refusal.hide()
        for part in (self.adjust_button, self.replace_button, self.pick.begin_button):
            part.setEnabled(False)  # not twice
        self.desk.runner.write(self, work, self._begun, self._refused)

    def _begun(self, done: Done[UUID]) -> None:
        self._free()
        self._wanted = done.value
        self.load()
        self.setFocus()

    def _refused(self, error: BaseException) -> None:
        self._free()
        self.refusal.say(error)

    def _free(self) -> None:
        for part in (self.adjust_button, self.replace_button):
            part.setEnabled(True)
        self.pick.allow(not self.desk.read_only)

    # -- for the page ---------------------------------------------------------------------------

    def open_page(self) -> QWidget:
        return self._page

    def arrive(self, wanted: Mapping[str, object]) -> None:
        """A line that was left half typed: `draft` is the end of its key."""
        draft = str(wanted.get("draft") or "")
        if not draft:
            return
        document, _, self._node = draft.partition("-")
        found = self._found.versions if self._found is not None else ()
        self._wanted = next((one.uid for one in found if one.uid.hex[-12:] == document), None)
        self.load()

    def add_one(self) -> None:
        if self.room.currentWidget() is self.view and self.view.editor.editable:
            self.view.editor.add_section()
        else:
            self.setFocus()

    def stops(self) -> list[QWidget]:
        return self.pick.stops() if self.room.currentWidget() is self.pick else []

    def setFocus(self, *args: Any) -> None:
        """Into what is shown."""
        if self.stack.currentWidget() is self.paper:
            self.paper.setFocus()
        else:
            (self.pick if self.room.currentWidget() is self.pick else self.view).setFocus()


def _read(database: Database, definitions: Definitions, unit: UUID, year: int, day: date) -> _Found:
    """Runs off the GUI thread."""
    place = (database, definitions, unit, year, day)
    return _Found(listing.plans_of(database, unit, year), listing.layouts_of(*place, listing.PLAN))
