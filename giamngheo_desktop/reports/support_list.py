"""Bảng kê hỗ trợ hộ gia đình, to be signed, and the list of supports that is hung out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer, money_in_words
from giamngheo_desktop.domain.support_list import (
    AMOUNTS,
    FIELDS,
    SupportColumn,
    SupportListDef,
    When,
    Written,
    without_numbers,
)
from giamngheo_desktop.reports.document import (
    BLANK,
    Align,
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Signature,
    Table,
)
from giamngheo_desktop.reports.goods import quantity
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.reports.issuer import letterhead, signatures
from giamngheo_desktop.services import areas, settings
from giamngheo_desktop.services.exchange.work_package import held_villages
from giamngheo_desktop.services.programme.support_lists import Line, lines, posted
from giamngheo_desktop.storage import record_names
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.supports import Support

_SAID = texts.SUPPORT_LIST
TO_SIGN, TO_POST = "bang_ke", "cong_khai"
_FORMATS = {Written.NUMBER: NumberFormat.MONEY, Written.MONEY: NumberFormat.MONEY}
_CENTRED = (Written.MARK,)
_MOST_SOURCES = 3  # with a column each, where no other columns are added
_ROOM = "\n\n"  # three lines: for a signature, a fingerprint
_BY_HAND = "." * 24  # room for the twelve digits of an identity number
_BY_BANK = "bank"


def support_list(
    database: Database,
    definitions: Definitions,
    code: str,
    found: Sequence[Support],
    *,
    day: date,
) -> ReportDoc:
    """The list `code` of these supports, in the version in force when the last one was given.

    `day` is that of an empty list. AppError `unknown_definition`.
    """
    last = max((row.supported_on for row in found), default=day)
    definition = definitions.support_list(code, last)
    told = lines(database, definitions, found)
    if definition.public:
        told = posted(told)
    values = settings.get(database, last)
    paper = _Paper(definitions, definition, told)
    subtitle = tuple(filter(None, _about(database, definitions, definition, found, paper)))
    return ReportDoc(
        code=definition.code,
        title=definition.title,
        subtitle=subtitle,
        letterhead=letterhead(values),
        landscape=definition.landscape,
        body=(paper.table(),),
        notes=(*_part(database, last), *paper.notes()),
        signatures=_signers(definition, values),
        data_date=last,
        program=program(),
        extra={"version": str(definition.version), "certainty": definition.certainty.value},
    )


def _part(database: Database, day: date) -> Iterator[str]:
    """That the file is a copy with the households of some villages, so that others may lack."""
    for commune in areas.tree(database, day).of_level(Level.COMMUNE):
        if held := held_villages(database, day, commune.uid):
            yield _SAID["part"].format(villages=", ".join(area.name for area in held))


def _signers(definition: SupportListDef, values: Mapping[str, str]) -> tuple[Signature, ...]:
    preparer, signer = signatures(values)
    if not definition.payer:
        return preparer, signer
    payer = Signature(titles=(definition.payer,), hint=_SAID["payer_hint"])
    return preparer, payer, signer


def _about(
    database: Database,
    definitions: Definitions,
    definition: SupportListDef,
    found: Sequence[Support],
    paper: _Paper,
) -> Iterator[str]:
    """What all supports of the list have in common, and when they were given by whom."""
    if len(events := {row.event_name for row in found}) == 1 and (name := events.pop()):
        yield without_numbers(name) if definition.public else name
    if len(contents := {line.content for line in paper.lines}) == 1 and not paper.has("content"):
        yield _SAID["content"].format(content=contents.pop())
    components = {(row.programme, row.component) for row in found}
    if len(components) == 1:
        yield _component(definitions, *components.pop())
    yield "; ".join(filter(None, (_days(found), _decision(found))))
    bodies = list(dict.fromkeys(row.body for row in found if row.body is not None))
    if bodies:
        with database.reader() as connection:
            known = record_names.of_kind(connection, Kind.BODY, bodies)
        yield _SAID["body"].format(names="; ".join(sorted(known.values())))
    if not definition.public:
        yield _SAID["basis"].format(basis=definition.legal_basis)


def _component(definitions: Definitions, programme: str | None, code: str | None) -> str:
    """Its official name; our code is no number of the unit's plan."""
    if code is None or programme is None or programme not in definitions.programmes:
        return ""
    part = definitions.programme(programme).by_code.get(code)
    return _SAID["component"].format(name=part.name) if part else ""


def _days(found: Sequence[Support]) -> str:
    if not found:
        return ""
    first, last = (end(row.supported_on for row in found) for end in (min, max))
    said = _SAID["day" if first == last else "days"]
    return said.format(first=format_date(first), last=format_date(last))


def _decision(found: Sequence[Support]) -> str:
    """The one paper that all of them name."""
    named = {(row.decision_number, row.decision_on) for row in found}
    number, day = named.pop() if len(named) == 1 else (None, None)
    if not number:
        return ""
    said = _SAID["decision" if day else "decision_undated"]
    return said.format(number=number, day=format_date(day) if day else "")


class _Paper:
    """The table of a list with the columns that it needs, and what is said below it."""

    def __init__(
        self, definitions: Definitions, definition: SupportListDef, told: Sequence[Line]
    ) -> None:
        self.lines, self._definition = told, definition
        sources = definitions.choice_list("funding_sources")
        self._labels, self._whole_labels = sources.short_labels, sources.labels
        used = {source for line in told for source in line.shares}
        known = [code for code in sources.codes if code in used]
        self._sources = [*known, *sorted(used - {*known})]
        self._receipts = definitions.choice_list("receipts").labels
        self._has = {
            When.ALWAYS: True,
            When.GOODS: any(line.item for line in told),
            When.PERSONS: any(line.persons for line in told),
            When.SEVERAL_DAYS: len({line.day for line in told}) > 1,
            When.SEVERAL_CONTENTS: len({line.content for line in told}) > 1,
        }
        added = sum(self._has[when] for when in When if when is not When.ALWAYS)
        self._is_apart = 1 < len(self._sources) <= _MOST_SOURCES - added
        columns = [one for one in definition.columns if self._has[one.when]]
        self._fields = [leaf.field for one in columns for leaf in one.leaves()]
        names = self._fields.index("head") + 1
        self._names = names
        numbers = count(1)
        self._columns = [_numbered(self._column(one), numbers) for one in columns]

    def has(self, field: str) -> bool:
        """Whether a column of the field is printed."""
        return field in self._fields

    def _column(self, column: SupportColumn) -> Column:
        label = column.label
        if self._has[When.GOODS] and column.label_of_goods:
            label = column.label_of_goods
        if column.columns:
            return Column(label, columns=tuple(map(self._column, column.columns)))
        if column.field == AMOUNTS and self._is_apart:
            parts = [self._leaf(self._labels.get(one, one), AMOUNTS, one) for one in self._sources]
            return Column(label, columns=(*parts, self._leaf(_SAID["whole"], AMOUNTS)))
        return self._leaf(label, column.field)

    @staticmethod
    def _leaf(label: str, field: str, source: str = "") -> Column:
        about = FIELDS[field]
        return Column(
            label,
            f"{field}.{source}" if source else field,
            format=_FORMATS.get(about.written, NumberFormat.TEXT),
            align=Align.CENTER if about.written in _CENTRED else None,
            weight=about.weight,
        )

    def table(self) -> Table:
        labels, values = self._columns[: self._names], self._columns[self._names :]
        return Table(
            labels=tuple(labels),
            columns=tuple(values),
            rows=tuple(self._rows()),
            name_at=self._names - 1,
            sheet=self._definition.label,
            empty=_SAID["empty"],
        )

    def _leaves(self) -> list[Column]:
        return [leaf for column in self._columns for leaf in column.leaves()]

    def _rows(self) -> Iterator[Row]:
        keys = [leaf.key for leaf in self._leaves()]
        number, before, signed = 0, None, None
        for line in self.lines:
            whom = (line.household, self._name(line), line.id_number, line.village)
            if is_first := whom != before:
                number, before = number + 1, whom
            signs = (*whom, line.day)
            room = _ROOM if signs != signed else ""
            signed = signs
            cells = [self._cell(key, line, number, is_first, room) for key in keys]
            labels = tuple(str(cell.value) for cell in cells[: self._names])
            yield Row(labels, tuple(cells[self._names :]), household=line.household)
        if self.lines:
            yield self._total(keys)

    @staticmethod
    def _name(line: Line) -> str:
        instead = _SAID["instead"].format(name=line.recipient) if line.recipient else ""
        return "\n".join(filter(None, (line.head, instead)))

    def _cell(self, key: str, line: Line, number: int, is_first: bool, room: str) -> Cell:
        field, _, source = key.partition(".")
        match field:
            case "amount" | "amounts":
                if source:
                    return Cell(line.shares[source]) if source in line.shares else BLANK
                return Cell.of_count(line.amount)
            case "quantity":
                return BLANK if not line.item else Cell.of_count(quantity(line.quantity))
            case "persons":
                return Cell(len(line.persons)) if line.persons else BLANK
            case "receipt":
                return Cell(self._receipts[_BY_BANK] if line.receipt == _BY_BANK else room)
            case "number":
                return Cell(str(number) if is_first else "")
            case "head":
                return Cell(self._name(line) if is_first else "")
            case "id_number":
                return Cell((line.id_number or _BY_HAND) if is_first else "")
            case "address" | "village":
                return Cell(getattr(line, field) if is_first else "")
            case "day":
                return Cell(format_date(line.day))
            case "note" if len(self._sources) > 1 and not self._is_apart:
                shares = self._shares(line.shares, self._labels)
                return Cell("; ".join(filter(None, (*shares, line.note))))
        return Cell(getattr(line, field))

    def _total(self, keys: Sequence[str]) -> Row:
        said = _SAID["total"].format(households=len({line.household for line in self.lines}))
        labels = (*("",) * (self._names - 1), said)
        return Row(labels, tuple(self._sum(key) for key in keys[self._names :]), level=0)

    def _sum(self, key: str) -> Cell:
        field, _, source = key.partition(".")
        if source:
            return Cell(sum(line.shares.get(source, 0) for line in self.lines))
        if field in ("amount", "amounts"):
            return Cell.of_count(self._amount)
        if field == "persons":
            return Cell(len({one for line in self.lines for one in line.persons}))
        if field == "quantity" and len(self._goods()) == 1:
            return Cell.of_count(quantity(*self._goods().values()))
        return BLANK

    @property
    def _amount(self) -> int | None:
        amounts = [line.amount for line in self.lines if line.amount is not None]
        return sum(amounts) if amounts else None

    def _goods(self) -> dict[tuple[str, str], int | None]:
        """Hundredths by what it is and its unit; None where a quantity is not known."""
        found: dict[tuple[str, str], int | None] = {}
        for line in self.lines:
            if line.item:
                key = line.item, line.unit
                so_far = found.get(key, 0)
                known = line.quantity is not None and so_far is not None
                found[key] = (so_far or 0) + (line.quantity or 0) if known else None
        return found

    def notes(self) -> Iterator[str]:
        has_goods = self._has[When.GOODS]
        if self._amount is not None:
            said = _SAID["in_words_of_goods" if has_goods else "in_words"]
            words = money_in_words(self._amount)
            yield said.format(words=f"{words[:1].upper()}{words[1:]}")
        if self._sources and not self._definition.public:
            shares = self._shares(self._by_source(), self._whole_labels)
            yield _SAID["sources"].format(sources="; ".join(shares))
        if has_goods:
            yield _SAID["goods"].format(goods="; ".join(map(_goods_text, self._goods().items())))
        if lacks := " ".join(self._lacks()):
            yield lacks

    def _lacks(self) -> Iterator[str]:
        """What the register does not know; in one note, for notes stand with the signatures."""
        if unpriced := sum(line.unpriced for line in self.lines):
            yield _SAID["unpriced"].format(count=unpriced)
        if self.has("id_number"):
            unknown = {
                (line.household, line.recipient) for line in self.lines if not line.id_number
            }
            if unknown:
                yield _SAID["no_id"].format(count=len(unknown))

    def _by_source(self) -> dict[str, int]:
        return {
            source: sum(line.shares.get(source, 0) for line in self.lines)
            for source in self._sources
        }

    @staticmethod
    def _shares(shares: Mapping[str, int], labels: Mapping[str, str]) -> Iterator[str]:
        for source, amount in shares.items():
            label = labels.get(source, source)
            yield _SAID["source"].format(source=label, amount=format_integer(amount))


def _numbered(column: Column, numbers: Iterator[int]) -> Column:
    """(1), (2) … below the headings."""
    if column.columns:
        return replace(column, columns=tuple(_numbered(one, numbers) for one in column.columns))
    return replace(column, number=str(next(numbers)))


def _goods_text(goods: tuple[tuple[str, str], int | None]) -> str:
    (item, unit), hundredths = goods
    if hundredths is None:
        return _SAID["goods_unknown"].format(item=item)
    return texts.goods_text(item, hundredths, unit)
