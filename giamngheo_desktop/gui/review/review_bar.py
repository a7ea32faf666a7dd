"""The first line of the page: which review, which village, the book of applications, one more."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.parts import button, label, title_row
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.gui.review.words import review_name
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.review.review_view import ReviewView, steps_done

_WIDEST = (240, 320)  # pixels of the two boxes at 100 %


class ReviewBar(QWidget):
    """`review_chosen(uid)`, `village_chosen(uid or None)`; the buttons tell by `clicked`."""

    review_chosen = Signal(object)
    village_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(self.tr("Rà soát"), "title")
        self.reviews = self._box("reviews", self.tr("Kỳ rà soát"))
        self.villages = self._box("review_village", self.tr("Thôn"))
        self.what_if = button("", "show_what_if", icon="targets")
        self.applications = button("", "show_applications", icon="file")
        self.begin = button("", "begin_other", icon="add")
        head = self._head = title_row(self._title)
        head.addWidget(self.reviews, 3)
        head.addWidget(self.villages, 4)
        head.addStretch(1)
        head.addWidget(self.what_if)
        head.addWidget(self.applications)
        head.addWidget(self.begin)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        self._words: dict[QPushButton, str] = {}
        self.reviews.activated.connect(self._tell_review)
        self.villages.activated.connect(self._tell_village)

    def show_reviews(self, view: ReviewView, *, may_begin: bool) -> None:
        """The reviews of the year; there is nothing to choose while there is none."""
        with QSignalBlocker(self.reviews):
            self.reviews.clear()
            for head in view.reviews:
                self.reviews.addItem(review_name(head, view), head.uid.hex)
            chosen = view.review.uid.hex if view.review else None
            self.reviews.setCurrentIndex(self.reviews.findData(chosen))
        self.reviews.setVisible(bool(view.reviews))
        self.villages.setVisible(view.review is not None)
        self.begin.setVisible(bool(view.reviews) and may_begin)

    def show_villages(self, place: Place) -> None:
        """The villages, each with how many steps it has behind it."""
        with QSignalBlocker(self.villages):
            self.villages.clear()
            self.villages.addItem(self.tr("Cả xã"), None)
            for area in place.view.villages:
                done = steps_done(place.flow, area.uid)
                said = f"{area.name} · {done}/{len(place.flow.steps)}"
                self.villages.addItem(said, area.uid.hex)
            chosen = place.village.hex if place.village else None
            self.villages.setCurrentIndex(max(0, self.villages.findData(chosen)))

    def fit(self, *, roomy: bool, applications: bool) -> None:
        """Less words in a narrow window; `applications`: their book is shown now."""
        self._title.setVisible(roomy)
        book = self.tr("&Về kỳ rà soát") if applications else self.tr("&Giấy đề nghị")
        self._words = {  # the first gives way first
            self.what_if: self.tr("&Thử chuẩn khác…"),
            self.begin: self.tr("Mở &kỳ khác"),
            self.applications: book,
        }
        for part, text in self._words.items():
            part.setAccessibleName(text.replace("&", ""))
            part.setToolTip(part.accessibleName())
        for box, width in zip((self.reviews, self.villages), _WIDEST, strict=True):
            box.setMaximumWidth(width * theme.percent // 100)
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """Only icons where there is no room for all words."""
        for part, text in self._words.items():
            part.setText(text)
        for part in self._words:
            self._head.invalidate()
            if self._head.minimumSize().width() > self.width():
                part.setText("")

    def _box(self, name: str, text: str) -> ElidedBox:
        box = ElidedBox()
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(9)  # it takes the room that is left
        return box

    def _tell_review(self, at: int) -> None:
        self.review_chosen.emit(UUID(hex=self.reviews.itemData(at)))

    def _tell_village(self, at: int) -> None:
        chosen = self.villages.itemData(at)
        self.village_chosen.emit(UUID(hex=chosen) if chosen else None)
