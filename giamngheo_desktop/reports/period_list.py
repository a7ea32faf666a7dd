"""A danh sách kỳ as a paper: tăng, giảm, đổi since the list last issued, and the whole list; or the
list alone to be posted, without numbers and days of birth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.period_list import Length, Per
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.reports.issuer import letterhead, signatures
from giamngheo_desktop.services.programme.period_lines import Issued, Line, Moved, PeriodList, total

_SAID = texts.PERIOD_LIST
_MOST = 20  # names in a note


@dataclass(frozen=True, slots=True)
class _Field:
    column: Column
    cell: Callable[[Line], Cell]


def period_list_doc(
    found: PeriodList, *, today: date | None = None, posting: bool = False
) -> ReportDoc:
    """The paper of a list. A `posting` (công khai) has neither changes nor personal numbers.

    What is printed before the period is over speaks of `today`, or of the day it was issued.
    """
    known = found.issued.issued_on if found.issued else today
    paper = _Paper(found, posting=posting)
    title = found.definition.title
    return ReportDoc(
        code=found.definition.code,
        title=(_SAID["posting"].format(title=title) if posting else title,),
        subtitle=tuple(paper.subtitle()),
        letterhead=letterhead(found.settings),
        body=tuple(paper.tables()),
        notes=tuple(paper.notes()),
        signatures=signatures(found.settings),
        data_date=min(found.period.last, known or found.period.last),
        program=program(),
        extra={"policy": found.definition.code, "period": found.period.code},
    )


class _Paper:
    def __init__(self, found: PeriodList, *, posting: bool) -> None:
        self._found, self._posting = found, posting
        self._of_persons = found.definition.per is Per.PERSON

    def subtitle(self) -> Iterator[str]:
        found = self._found
        yield found.unit_name
        yield texts.period_text(found.period, found.definition.length)
        if found.issued is not None:
            yield issued_text(found.issued)
        if found.base is not None and not self._posting:
            yield compared_text(found)

    def tables(self) -> Iterator[Table]:
        if not self._posting and self._found.base is not None:
            for key in ("added", "removed"):
                yield self._moved(key, getattr(self._found, key))
            yield self._changed()
        yield self._whole()

    def notes(self) -> Iterator[str]:
        found = self._found
        if found.definition.amount and any(line.row.amount is None for line in found.lines):
            yield _SAID["no_amount"]
        if self._posting:
            return
        if found.base is None:
            yield _SAID["first"]
        yield from open_notes(found)
        grounds = [one.label for one in found.definition.grounds if _is_open(one.certainty)]
        if grounds:
            yield _SAID["to_confirm"].format(grounds="; ".join(grounds))
        yield from found.definition.notes

    def _labels(self) -> tuple[Column, ...]:
        name = _SAID["person" if self._of_persons else "household"]
        number = number_column()
        return number, text_column(name, "name", weight=16)

    def _about(self) -> Iterator[_Field]:
        """Whom a line is about."""
        if self._of_persons:
            if self._posting:
                yield _text(
                    "birth_year", 6, lambda line: str(line.birth.year) if line.birth else ""
                )
            else:
                yield _text("birth", 9, _birth)
                yield _text("id_number", 11, lambda line: line.id_number or "")
            yield _text("head", 14, lambda line: line.head)
        elif not self._posting:
            yield _text("id_number", 11, lambda line: line.id_number or "")
        yield _text("village", 10, lambda line: line.village)
        if not self._of_persons:
            yield _text("address", 12, lambda line: line.address)

    def _entitled(self) -> Iterator[_Field]:
        definition = self._found.definition
        yield _text("ground", 10, self._ground)
        yield _text("from", 9, lambda line: format_date(line.row.from_day))
        yield _text("to", 9, lambda line: format_date(line.row.to_day) if line.row.to_day else "")
        if definition.length is not Length.MONTH:
            yield _count("months", 5, lambda line: line.row.months)
        if definition.amount:
            yield _count("amount", 10, lambda line: line.row.amount, NumberFormat.MONEY)

    def _ground(self, line: Line) -> str:
        return self._found.definition.ground_label(line.row.ground)

    def _whole(self) -> Table:
        fields = [*self._about(), *self._entitled()]
        lines = self._found.lines
        rows = [_row(at, line, fields) for at, line in enumerate(lines, 1)]
        if rows:
            rows.append(self._total(lines, fields))
        return self._table("all", len(lines), fields, rows)

    def _total(self, lines: Sequence[Line], fields: Sequence[_Field]) -> Row:
        key = "total_person" if self._of_persons else "total_household"
        said = _SAID[key].format(count=len(lines))
        cells = []
        for one in fields:
            cell = BLANK
            if one.column.key in ("months", "amount"):
                cell = Cell.of_count(total(getattr(line.row, one.column.key) for line in lines))
            cells.append(cell)
        return Row(("", said), tuple(cells), level=0)

    def _moved(self, key: str, moved: Sequence[Moved]) -> Table:
        """Of who is gone the list says the ground it was, and the first day without it."""
        fields = [*self._about(), _text("ground", 10, self._ground)]
        columns = (
            text_column(_SAID["day"], "day", weight=9),
            text_column(_SAID["why"], "why", weight=18),
        )
        rows = [
            _row(at, one.line, fields, (_day(one), Cell(_why(one))))
            for at, one in enumerate(moved, 1)
        ]
        return self._table(key, len(moved), fields, rows, columns)

    def _changed(self) -> Table:
        changed = self._found.changed
        fields = list(self._about())
        columns = (
            text_column(_SAID["before"], "before", weight=14),
            text_column(_SAID["now"], "now", weight=14),
            text_column(_SAID["day"], "day", weight=9),
            text_column(_SAID["why"], "why", weight=18),
        )
        rows = [
            _row(
                at,
                one.line,
                fields,
                (Cell(self._said(one, one.then)), Cell(self._said(one, one.line)), _day(one),
                 Cell(_why(one))),
            )
            for at, one in enumerate(changed, 1)
        ]  # fmt: skip
        return self._table("changed", len(changed), fields, rows, columns)

    def _said(self, one: Moved, line: Line | None) -> str:
        """What of a line is otherwise, in words."""
        if line is None:
            return ""
        amount = "–" if line.row.amount is None else format_integer(line.row.amount)
        words = {
            "ground": self._ground(line),
            "household": line.head,
            "village": line.village,
            "months": f"{_SAID['months']}: {line.row.months}",
            "amount": f"{_SAID['amount']}: {amount}",
        }
        return "; ".join(words[what] for what in one.what)

    def _table(
        self,
        key: str,
        count: int,
        fields: Sequence[_Field],
        rows: Iterable[Row],
        columns: tuple[Column, ...] = (),
    ) -> Table:
        return Table(
            labels=self._labels(),
            columns=(*(one.column for one in fields), *columns),
            rows=tuple(rows),
            title=_SAID["section"].format(name=_SAID[key], count=count),
            number_row=False,
            sheet=_SAID[key],
            empty=_SAID["none"],
        )


def issued_text(issued: Issued) -> str:
    """On which day a list was issued, under which number."""
    key = "issued_number" if issued.decision_number else "issued"
    return _SAID[key].format(day=format_date(issued.issued_on), number=issued.decision_number)


def compared_text(found: PeriodList) -> str:
    """How many are new, gone, otherwise and the same; that there is nothing to compare with."""
    if found.base is None:
        return _SAID["first"]
    before = found.definition.period(found.base.period)
    said = texts.period_text(before, found.definition.length)
    return _SAID["compared"].format(
        period=f"{said[0].lower()}{said[1:]}",
        day=format_date(found.base.issued_on),
        added=len(found.added),
        removed=len(found.removed),
        changed=len(found.changed),
        kept=found.kept,
    )


def open_notes(found: PeriodList) -> Iterator[str]:
    """Who stands on neither of two lists, and of whom the register does not know enough."""
    if found.missed:
        yield _SAID["missed"].format(names=_names(found.missed))
    for lacking in dict.fromkeys(one.lacking for one in found.doubtful):
        named = [one.line for one in found.doubtful if one.lacking is lacking]
        said = texts.PERIOD_LACKING[lacking.value]
        yield _SAID["doubtful"].format(lacking=said, names=_names(named))


def _names(lines: Sequence[Line]) -> str:
    names = [f"{line.name} ({line.village})" for line in lines[:_MOST]]
    if len(lines) > _MOST:
        names.append(_SAID["more"].format(count=len(lines) - _MOST))
    return ", ".join(names)


def _is_open(certainty: Certainty) -> bool:
    return certainty is not Certainty.CONFIRMED


def _text(key: str, weight: int, said: Callable[[Line], str]) -> _Field:
    column = text_column(_SAID[key], key, weight=weight)
    return _Field(column, lambda line: Cell(said(line)))


def _count(
    key: str,
    weight: int,
    number: Callable[[Line], int | None],
    form: NumberFormat = NumberFormat.COUNT,
) -> _Field:
    column = Column(_SAID[key], key, format=form, weight=weight)
    return _Field(column, lambda line: Cell.of_count(number(line)))


def _birth(line: Line) -> str:
    return format_partial_date(line.birth) if line.birth else ""


def _day(one: Moved) -> Cell:
    return Cell(format_date(one.reason.day) if one.reason.day else "")


def _why(one: Moved) -> str:
    changed = ", ".join(texts.PERIOD_CHANGED[what] for what in one.what)
    said = texts.period_reason(one.reason, late=one.is_late)
    return f"{changed}: {said}" if changed else said


def _row(number: int, line: Line, fields: Sequence[_Field], more: tuple[Cell, ...] = ()) -> Row:
    cells = tuple(one.cell(line) for one in fields)
    return Row((str(number), line.name), (*cells, *more), household=line.row.household)
