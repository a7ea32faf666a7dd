"""The help beside the work: contents and search at the left, the page at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.help import topics
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList

_CODE = int(Qt.ItemDataRole.UserRole)


class HelpWindow(QDialog):
    """Not modal: one reads while one works. `show_topic(code)` opens a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_window")
        self.setWindowTitle(self.tr("Trợ giúp"))
        self.resize(880, 500)
        self.search = LineEdit()
        self.search.setObjectName("help_search")
        self.search.setAccessibleName(self.tr("Tìm trong trợ giúp"))
        self.search.setPlaceholderText(self.tr("Tìm trong trợ giúp"))
        self.contents = WrappedList("help_contents", self.tr("Các trang trợ giúp"))
        self.contents.setFixedWidth(250)
        self.nothing = label(self.tr("Không có trang nào chứa những chữ này."), "soft", wrap=True)
        self.page = QTextBrowser()
        self.page.setObjectName("help_page")
        self.page.setAccessibleName(self.tr("Trang trợ giúp"))
        self.page.setOpenLinks(False)
        left = QVBoxLayout()
        left.setSpacing(8)
        for part in (self.search, self.nothing, self.contents):
            left.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addLayout(left)
        row.addWidget(self.page, 1)
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self.contents.setFocus)
        self.contents.currentItemChanged.connect(self._chosen)
        self.page.anchorClicked.connect(self._follow)
        self._list()

    @property
    def topic(self) -> str:
        """The code of the page now shown."""
        item = self.contents.currentItem()
        return str(item.data(_CODE)) if item is not None else ""

    def show_topic(self, code: str) -> None:
        """Open a page; the contents where there is none of this code."""
        self.search.clear()
        codes = [self.contents.item(at).data(_CODE) for at in range(self.contents.count())]
        self.contents.setCurrentRow(codes.index(code) if code in codes else 0)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    @Slot()
    def _list(self) -> None:
        text = self.search.text()
        found = topics.search(text) if text.strip() else list(topics.topics().values())
        self.contents.clear()
        for topic in found:
            self.contents.add(topic.title, topic.code)
        self.nothing.setVisible(not found)
        self.contents.setCurrentRow(0)

    @Slot()
    def _chosen(self) -> None:
        if self.topic:
            self.page.setMarkdown(topics.topics()[self.topic].text)

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        self.show_topic(link.path().removesuffix(".md"))
