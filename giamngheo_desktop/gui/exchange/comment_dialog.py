"""A comment of a district or province on a figure that a commune sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fields_dialog import FieldsDialog, Values
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.review.drafting import OF_COMMENTS
from giamngheo_desktop.services.exchange import comments
from giamngheo_desktop.services.exchange.comments import Figure

_YEARS = 6  # back from the working year
_ASKED = ("row", "column", "figure")


class CommentDialog(FieldsDialog):
    """Asks for all of it, or, about a `figure` that was pressed in a table, for the words alone."""

    help_page = "comments"
    drafts = OF_COMMENTS

    def __init__(
        self,
        desk: Desk,
        communes: Sequence[tuple[UUID, str]],
        *,
        year: int,
        commune: UUID | None = None,
        figure: Figure | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._communes, self._year = dict(communes), year
        self._commune, self._figure = commune, figure
        super().__init__(desk, parent)

    def title(self) -> str:
        return self.tr("Góp ý về số liệu")

    def hint(self) -> str:
        if self._figure is None:
            return self.tr("Góp ý về cả biểu thì bỏ trống dòng, cột, số liệu.")
        said = self.tr("{unit}, năm {year}, biểu {place}")
        return said.format(
            unit=self._communes.get(self._figure.unit, ""),
            year=self._figure.year,
            place=self._figure.place,
        )

    def verb(self) -> str:
        return self.tr("&Ghi góp ý")

    def fields(self) -> list[FieldDef]:
        text = FieldDef(code="text", kind=FieldKind.TEXT, label=self.tr("Góp ý"), required=True)
        if self._figure is not None:
            return [text]
        reports = self.desk.definitions.reports.items()
        labels = dict(
            zip(_ASKED, (self.tr("Dòng"), self.tr("Cột"), self.tr("Số liệu")), strict=True)
        )
        return [
            FieldDef(
                code="unit",
                kind=FieldKind.CHOICE,
                label=self.tr("Xã, phường"),
                required=True,
                choices=tuple(Choice(code=u.hex, label=n) for u, n in self._communes.items()),
            ),
            FieldDef(
                code="year",
                kind=FieldKind.CHOICE,
                label=self.tr("Năm"),
                required=True,
                choices=tuple(
                    Choice(code=str(year), label=str(year))
                    for year in range(self._year, self._year - _YEARS, -1)
                ),
            ),
            FieldDef(
                code="report",
                kind=FieldKind.CHOICE,
                label=self.tr("Biểu"),
                required=True,
                choices=tuple(
                    Choice(code=code, label=f"{code} · {versions[-1].label}")
                    for code, versions in reports
                ),
            ),
            *(FieldDef(code=c, kind=FieldKind.TEXT, label=said) for c, said in labels.items()),
            text,
        ]

    def start(self) -> dict[str, Entry]:
        if self._figure is not None:
            return {}
        return {"year": str(self._year), "unit": self._commune.hex if self._commune else None}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        figure = self._figure or Figure(
            unit=UUID(hex=values["unit"]),
            year=int(values["year"]),
            report=values["report"],
            **{code: values[code] or "" for code in _ASKED},
        )
        act = (self.desk.database, self.desk.context)
        return partial(comments.add, *act, **figure.named(), text=values["text"])

    def draft_key(self) -> str:
        return comments.key_of(self._figure) if self._figure else "moi"

    def draft_title(self) -> str:
        return f"{self.title()} {self._figure.place}" if self._figure else self.title()
