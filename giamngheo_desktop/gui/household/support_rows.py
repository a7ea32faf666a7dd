"""What the tab Hỗ trợ says of a household, in words: the lines of its table, sums, needs. No
widgets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.table.column import NO_DATA, Align, Column, as_text
from giamngheo_desktop.services.programme import supports
from giamngheo_desktop.services.programme.helping import HelperName
from giamngheo_desktop.services.programme.home_help import FIRST, HomeHelp, Row
from giamngheo_desktop.services.programme.supports import Sum, Support
from giamngheo_desktop.services.programme.taken_part import gift_line, part_line

# The lines above what was got in other households, what it took part in, and gifts of funds.
_ELSEWHERE, _PARTS, _GIFTS = (UUID(int=at) for at in range(3))


class Line(NamedTuple):
    """A support, or the line above those of a year, which has its number as `uid`."""

    uid: UUID
    day: str
    what: str
    amount: str
    source: str
    body: str
    decision: str


def columns() -> Sequence[Column]:
    """Who gave it and by which paper goes where there is little room; the first text wraps, and has
    what is doubtful in a line of its own.
    """
    return (
        Column(key="day", title=_tr("Ngày"), width=96),
        Column(key="what", title=_tr("Nhận gì"), width=95, stretch=True, tip=as_text),
        Column(key="amount", title=_tr("Số tiền (đồng)"), width=95, align=Align.RIGHT),
        Column(key="source", title=_tr("Nguồn vốn"), width=62),
        Column(key="body", title=_tr("Đơn vị"), width=72, gives_way=True),
        Column(key="decision", title=_tr("Quyết định"), width=60, gives_way=True),
    )


class SupportWords:
    """The words of one household."""

    def __init__(self, definitions: Definitions, found: HomeHelp) -> None:
        self._definitions = definitions
        self._found = found
        self._classes = definitions.choice_list("support_grounds").labels

    # -- the table ------------------------------------------------------------------------------

    def lines(self) -> tuple[Line, ...]:
        """By year, the newest first, each below the line with its sum; then what was got
        elsewhere, what it took part in, and what funds gave.
        """
        return tuple(self._lines())

    def headings(self) -> frozenset[UUID]:
        return frozenset({*map(_heading, self._years()), _ELSEWHERE, _PARTS, _GIFTS})

    def _years(self) -> list[int]:
        return sorted({row.year for row in self._found.received.supports}, reverse=True)

    def _lines(self) -> Iterator[Line]:
        for year in self._years():
            rows = [row for row in self._found.received.supports if row.year == year]
            said = _tr("Năm {year}").format(year=year)
            yield _above(_heading(year), said, supports.total(rows))
            for row in reversed(rows):
                yield self._line(row)
        if self._found.elsewhere:
            said = _tr("Ở hộ khác")
            yield _above(_ELSEWHERE, said, supports.total(self._found.elsewhere))
            for row in reversed(self._found.elsewhere):
                yield self._line(row)

        yield from self._part_lines()
        yield from self._gift_lines()

    def _part_lines(self) -> Iterator[Line]:
        parts = self._found.parts
        if parts:
            count = texts.TAKEN_PART["times"].format(count=format_integer(len(parts)))
            yield Line(_PARTS, "", f"{texts.TAKEN_PART['parts']}: {count}", "", "", "", "")
        for one in reversed(parts):
            said = texts.TAKEN_PART["of_year"].format(year=one.year)
            day = format_date(one.day) if one.day else said
            body = self._found.bodies.get(one.activity["body"], "")
            yield Line(one.uid, day, part_line(self._definitions, one), "", "", body, "")

    def _gift_lines(self) -> Iterator[Line]:
        gifts = self._found.gifts
        if gifts:
            what = texts.TAKEN_PART["gifts_counted"].format(count=format_integer(len(gifts)))
            amount = format_integer(sum(row["amount"] for row in gifts))
            yield Line(_GIFTS, "", what, amount, "", "", "")
        for row in reversed(gifts):
            what = gift_line(self._definitions, row)
            body = self._found.bodies.get(row["body"], "")
            day, amount = format_date(row["booked_on"]), format_integer(row["amount"])
            yield Line(row["uid"], day, what, amount, "", body, row["document"] or "")

    def _line(self, row: Support) -> Line:
        signed = format_date(row.decision_on) if row.decision_on else ""
        return Line(
            uid=row.uid,
            day=format_date(row.supported_on),
            what="\n".join([self._what(row), *self._doubts(row)]),
            amount=NO_DATA if row.amount is None else format_integer(row.amount),
            source=self._sources(row),
            body=self._found.bodies.get(row.body, "") if row.body else "",
            decision=row.decision_number or signed,
        )

    def _doubts(self, row: Support) -> Iterator[str]:
        for one in self._found.doubts.get(row.uid, ()):
            said = texts.support_doubt(one, self._classes)
            yield _tr("Cần xem: {doubt}").format(doubt=said)

    def _what(self, row: Support) -> str:
        policy = self._definitions.supports.get(row.policy)
        label = policy.label if policy else row.policy
        content = texts.content_beside(row.content, row.item)
        said = f"{label}: {content}" if content else label
        goods = texts.goods_text(row.item, row.quantity, row.unit or "") if row.item else ""
        return ", ".join(filter(None, (said, goods, self._whom(row))))

    def _whom(self, row: Support) -> str:
        name = self._found.persons.get(row.person, "") if row.person else ""
        if row.household in self._found.heads:
            said = _tr("cho {person}, khi ở hộ {head}")
            return said.format(person=name, head=self._found.heads[row.household])
        return _tr("cho {person}").format(person=name) if name else ""

    def _sources(self, row: Support) -> str:
        if len(row.shares) == 1:
            return self.source(*row.shares)
        return ", ".join(
            f"{self.source(code)} {format_integer(amount)}" for code, amount in row.shares.items()
        )

    def source(self, code: str) -> str:
        return self._definitions.choice_list("funding_sources").short_label_of(code)

    # -- above it -------------------------------------------------------------------------------

    def years(self) -> str:
        """How long it is on the list."""
        said = texts.listed_text(self._found.received.years)
        said = said or _tr("Không có trong danh sách hộ nghèo, hộ cận nghèo")
        return said[:1].upper() + said[1:]

    def by_year(self) -> str:
        """What it got in each year, in one line."""
        said = []
        for year in self._years():
            rows = [row for row in self._found.received.supports if row.year == year]
            amount = supports.total(rows).amount
            shown = NO_DATA if amount is None else format_integer(amount)
            said.append(f"{year}:\u00a0{shown}")  # stays on one line
        return " · ".join(said) if len(said) > 1 else ""

    def sums(self) -> str:
        """All it got, and from whom."""
        whole = self._found.received.total
        since = FIRST.year
        if not whole.supports:
            return _tr("Từ năm {year} chưa ghi lượt hỗ trợ nào").format(year=since)
        counts = list(_counts(whole))
        if whole.amount is not None:
            amount = _tr("{amount} đồng").format(amount=format_integer(whole.amount))
            by_source = [
                f"{self.source(str(source))} {format_integer(part.amount or 0)}"
                for source, part in self._found.received.by_source.items()
                if source is not None
            ]
            more = f" ({', '.join(by_source)})" if len(by_source) > 1 else ""
            counts.insert(1, amount + more)
        return _tr("Từ năm {year}: {sum}").format(year=since, sum="; ".join(counts))

    # -- beside it ------------------------------------------------------------------------------

    def needs(self) -> Iterator[str]:
        for one in self._found.needs:
            name = self._found.persons.get(one.person, "") if one.person else ""
            need = self._label("support_needs", one.code)
            said = _tr("{need} của {person}") if name else "{need}"
            since = _tr("từ {day}").format(day=format_date(one.since))
            yield f"{said.format(need=need, person=name)}, {since}"

    def helpers(self) -> Iterator[str]:
        for one in self._found.helpers:
            said = _tr("{helper}, từ {day}")
            since = format_date(one.assignment.valid_from)
            yield said.format(helper=helper_words(one.helper), day=since)

    def visit(self) -> str:
        visit = self._found.visit
        if visit is None:
            return _tr("Chưa ai đến thăm")
        who = self._found.visitor
        said = _tr("{day}, {who}") if who else "{day}"
        said = said.format(day=format_date(visit["visited_on"]), who=who.name if who else "")
        return ": ".join(filter(None, (said, visit["situation"])))

    def late(self) -> str:
        """Whose next visit is overdue."""
        late = [one for one in self._found.helpers if one.is_overdue]
        said = _tr("Hạn thăm đã qua: {day}")
        return said.format(day=format_date(min(one.due for one in late))) if late else ""

    def plans(self) -> Iterator[str]:
        for row in self._found.plans:
            yield ", ".join(filter(None, self._plan(row)))

    def _plan(self, row: Row) -> Iterator[str]:
        needs = (self._label("support_needs", code) for code in row["needs"] or ())
        yield row["measures"] or ", ".join(needs)
        if row["deadline"]:
            yield _tr("hạn {day}").format(day=format_date(row["deadline"]))
        if row["registered"]:
            yield _tr("đăng ký thoát nghèo")
        if row["result"]:
            yield _tr("kết quả: {result}").format(result=row["result"])

    def incidents(self) -> Iterator[str]:
        for row in self._found.incidents:
            said = (
                f"{format_date(row['happened_on'])}: {self._label('incident_kinds', row['kind'])}"
            )
            if row["handled_on"]:
                done = _tr("đã xử lý {day}").format(day=format_date(row["handled_on"]))
                yield f"{said}, {done}"
            elif row["proposes_review"]:
                yield f"{said}, {_tr('đề nghị rà soát, chưa xử lý')}"
            else:
                yield said

    def _label(self, choices: str, code: str | None) -> str:
        return self._definitions.choice_list(choices).label_of(code)


def helper_words(helper: HelperName) -> str:
    """Name, office and telephone in one line."""
    return ", ".join(filter(None, (helper.name, helper.title or helper.body, helper.phone)))


def _heading(year: int) -> UUID:
    return UUID(int=year)


def _above(uid: UUID, said: str, whole: Sum) -> Line:
    amount = "" if whole.amount is None else format_integer(whole.amount)
    return Line(uid, said, "; ".join(_counts(whole)), amount, "", "", "")


def _counts(whole: Sum) -> Iterator[str]:
    """How many there are, and of how many of them no amount is known."""
    yield _tr("{count} lượt").format(count=format_integer(whole.supports))
    if whole.unpriced:
        yield _tr("{count} lượt chưa ghi số tiền").format(count=format_integer(whole.unpriced))


def _tr(text: str) -> str:
    return QCoreApplication.translate("support_rows", text)
