"""The desk of the year: the one of the reviews, and the sections of plans, records and papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from giamngheo_desktop.domain.asked import tick_of
from giamngheo_desktop.gui.files import documents
from giamngheo_desktop.gui.household.chip import Chip
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.preview.paper_sheet import PaperSheet
from giamngheo_desktop.services.review.case_entry import CaseSheet
from tests.gui.hands import Key, Modifier
from tests.gui.paper_forms import Paper, answered, said
from tests.gui.walk_desk import WalkDesk
from tests.gui.year.town import SURVEYED, Found


class YearDesk(WalkDesk):
    """Goes by the rail to a page and by the list at the left into its sections."""

    def page(self, name: str, section: str = "") -> None:
        self.click(f"rail_{name}")
        if section:
            self.section(section)

    def section(self, name: str) -> None:
        self.item("sections", name)
        self.press(Key.Key_Return)

    def item(self, name: str, text: str) -> None:
        """Click on the line of a list: that of this text, else the one that begins so."""
        shown = self.find(name, QListWidget)
        lines = [shown.item(at) for at in range(shown.count())]
        same = [one for one in lines if one.text() == text]
        item = (same or [one for one in lines if one.text().startswith(text)])[0]
        shown.scrollToItem(item)
        place = shown.visualItemRect(item).center()
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def new(self) -> None:
        self.press(Key.Key_N, modifier=Modifier.ControlModifier)

    def save(self) -> None:
        self.press(Key.Key_S, modifier=Modifier.ControlModifier)

    def reads_all_of(self, name: str) -> bool:
        """Whether the notice of what was done does not stand over it."""
        part, notice = self.find(name), self.find("notice")
        place = QRect(part.mapTo(self.window, QPoint()), part.size())
        return not place.intersects(QRect(notice.mapTo(self.window, QPoint()), notice.size()))

    # -- households -----------------------------------------------------------------------------

    def heads(self) -> list[str]:
        return [line[0] for line in self.lines("households")]

    def chips(self) -> set[str]:
        """What stands beside the name of the household."""
        return {chip.text for chip in self.see("*", Chip)}

    def paper_of(self, sheet: CaseSheet, form: Found) -> Paper:
        """The form of a family as its surveyor filled it in; everything else is as last year."""
        start, home = sheet, sheet.household
        answers: dict[str, Any] = {
            **form.lacks,
            "score_income": form.b1,
            "income": form.income,
            "surveyed_on": date.fromisoformat(SURVEYED),
        }
        for code, value in answers.items():
            sheet = answered(sheet, (home.uid, code), value)
        ticks = [key for key in sheet.answers if tick_of(key[1]) is not None]
        for at, key in enumerate(ticks):
            sheet = answered(sheet, key, "yes" if at < form.ticks else "no")
        values = {key: said(sheet, key) for key in sheet.answers}
        changed = {key for key, value in values.items() if value != said(start, key)}
        return Paper(values, frozenset(changed))

    # -- plans, reports, tables -----------------------------------------------------------------

    def begin_report(self, period: str) -> None:
        """One in words, by the layout on top of the list."""
        self.new()
        assert self.at() == "report_period"
        self.choose("report_period", period)
        self.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)

    def paper_text(self) -> str:
        """All that the paper on the screen says, on all its pages."""
        bundle = self.find("*", PaperSheet).bundle
        assert bundle is not None
        pages = pypdfium2.PdfDocument(bundle.data)
        text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
        pages.close()
        return " ".join(text.split())

    def issue(self, number: str) -> None:
        self.click("issue_document")
        self.fill_and_do({"number": number}, "record")
        assert self.read("document_said").startswith("Đã ban hành")

    def report_line(self, period: str) -> list[str]:
        """Of the calendar of the year."""
        lines = self.lines("report_year")
        return next(line for line in lines if line[1].startswith(f"Báo cáo {period}:"))

    def send_report(self, period: str) -> None:
        """Mark it as sent today: the report in words of the period is offered."""
        self.line("report_year", self.report_line(period)[1])
        self.press(Key.Key_Return)
        self.fill_and_do({}, "record")

    def press_number(self, row: str, column: str) -> None:
        """Click on a number of the table that is shown: the names behind it open."""
        page = self.find("*", ReportsPage)
        assert page.paper is not None
        table = page.paper.doc.tables[0]
        at = next(at for at, one in enumerate(table.rows) if table.row_name(one) == row)
        place = (at, [leaf.key for leaf in table.leaves].index(column))
        cell = next(one for one in page.paper.numbers() if (one.row, one.column) == place)
        spot = page.view.place_of(cell).center().toPoint()
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    def written(self, name: str) -> Path:
        """The file that the bar says was written, where it says."""
        told = self.read("written_text")
        assert told.startswith(f"Đã ghi {name} vào"), told
        return next(documents().parent.rglob(name))
