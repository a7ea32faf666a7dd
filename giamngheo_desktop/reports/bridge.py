"""The bridge of a cell between two ends: its steps with names, and the same as a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.bridge import Asked, Cause, Step
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.measures import CountOf
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.report import Counted, Movement, ReportDef, RowWords, cells
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.build import STATUS
from giamngheo_desktop.reports.document import (
    BLANK,
    OPENING_COUNT,
    UNPLACED,
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Source,
    Table,
    text_column,
)
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.reports.issuer import letterhead
from giamngheo_desktop.services import areas, bridging, names, settings
from giamngheo_desktop.services.bridging import Explained, Number
from giamngheo_desktop.services.names import HouseholdName, PersonName, Villages
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.storage.engine import Database

Then = int | date  # the end of a year, or a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step: `households` or `persons` as the panel of names shows them; `reasons` by them."""

    cause: Cause
    text: str
    amount: int
    households: Sequence[HouseholdName] = ()
    persons: Sequence[PersonName] = ()
    reasons: Mapping[UUID, str]

    @property
    def named(self) -> Iterator[tuple[str, str, str]]:
        """Name, village and why of each."""
        for home in self.households:
            yield home.head, home.village, self.reasons.get(home.household, "")
        for one in self.persons:
            yield one.full_name, one.village, self.reasons.get(one.person, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """From `start`, counted at `then`, by `lines` to `end`, counted by `source`.

    `standard` is what its standard is called, `day` the one its later number speaks of.
    """

    source: Source
    then: str
    now: str
    start: int
    lines: tuple[Line, ...]
    end: int
    day: date
    standard: str

    @property
    def equation(self) -> str:
        """294 − 64 − 45 + 5 + 14 = 204."""
        return texts.bridge_equation(self.start, [line.amount for line in self.lines], self.end)


def countable(source: Source) -> Source:
    """The count that a cell's bridge is about: of a rate its numerator, of the opening and closing
    of a movement the list at that end. Raises AppErrors `bridge_typed`, `bridge_flow`,
    `bridge_unnamed`.
    """
    column = Movement.of(source.measure)
    if column is not None:
        if column.flow not in (Flow.OPENING, Flow.CLOSING):
            raise AppError("bridge_flow")
        of = CountOf.PERSONS if column.persons else CountOf.HOUSEHOLDS
        year = source.year
        if year is not None and column.flow == Flow.OPENING:
            year -= 1
        source = replace(source, measure=f"{column.table}_{of.value}", year=year)
    if source.measure == OPENING_COUNT:
        raise AppError("bridge_unnamed", when=texts.bridge_end(source.year, source.as_of))
    if Asked.of_measure(source.measure) is None:
        raise AppError("bridge_typed")
    return replace(source, denominator="")


def bridge(database: Database, definitions: Definitions, source: Source, then: Then) -> Bridge:
    """Why the number of `source` is another one than at the end of a year, or on a day, before.

    The earlier number is that of the recognised classes, on the units of the later one. Raises
    AppErrors of `countable`, `bridge_not_before`, `bridge_other_standard`; `bridge_unknown`,
    `bridge_range` or `bridge_unnamed` where one of both numbers is not known whole.
    """
    source = countable(source)
    before = _before(source, then)
    ends = tuple(texts.bridge_end(one.year, one.as_of) for one in (before, source))
    day = make.scope_of(source).day
    if make.scope_of(before).day >= day:
        raise AppError("bridge_not_before", then=ends[0], now=ends[1])
    asked = Asked.of_measure(source.measure)
    assert asked is not None, source.measure
    number = Number(
        asked=asked,
        unit=source.unit,
        geography=source.geography or day,
        unplaced=source.group == UNPLACED,
    )
    try:
        start = _value(database, definitions, before, number, ends[0])
    except AppError as error:
        if error.code == "bridge_unknown":
            _check_standard(definitions, source.standard, make.scope_of(before).year, ends)
        raise
    values = (start, _value(database, definitions, source, number, ends[1]))
    found = bridging.explain(database, number, make.scope_of(before), make.scope_of(source))
    for value, named, when in zip(values, (found.chain.start, found.chain.end), ends, strict=True):
        if value != named:
            raise AppError("bridge_unnamed", when=when)
    now = texts.bridge_end(source.year, source.as_of, runs=found.running is not None)
    words = _Words(definitions, source.standard, asked, now, _is_village(database, number))
    chain = found.chain
    lines = tuple(_line(database, found, step, words, (before, source)) for step in chain.steps)
    return Bridge(
        source=source,
        then=ends[0],
        now=now,
        start=chain.start,
        lines=lines,
        end=chain.end,
        day=found.running or day,
        standard=definitions.standards.get(source.standard).label,
    )


def paper(database: Database, found: Bridge, *, code: str, heading: str, place: str) -> ReportDoc:
    """The bridge of a table's cell, to print or to write: `heading` is its column, `place` its row.

    `code` is that of the table.
    """
    source = found.source
    day = make.scope_of(source).day
    said = texts.BRIDGE["from_to"].format(then=found.then, now=found.now)
    return ReportDoc(
        code=texts.BRIDGE["code"].format(code=code),
        title=(texts.BRIDGE["title"],),
        subtitle=(f"{heading} – {place}", said, found.equation),
        letterhead=letterhead(settings.get(database, day)),
        landscape=False,
        body=tuple(_tables(found)),
        data_date=found.day,
        standard=found.standard,
        program=program(),
        extra={"year": str(day.year), "standard": source.standard, "status": source.status},
    )


def _before(source: Source, then: Then) -> Source:
    official = replace(
        source,
        status=STATUS[True],
        geography=source.geography or make.scope_of(source).day,
        denominator="",
    )
    if isinstance(then, date):
        return replace(official, year=None, as_of=then)
    return replace(official, year=then, as_of=None)


def _check_standard(definitions: Definitions, code: str, year: int, ends: tuple[str, ...]) -> None:
    """Raises AppError `bridge_other_standard` for a year that was reviewed under another one."""
    own = definitions.standards.get(code)
    if own.covers(year):
        return
    try:
        other = standard_for(definitions.standards, year)
    except AppError:
        return  # older than all
    if other.code != code:
        raise AppError(
            "bridge_other_standard", then=ends[0], now=ends[1], before=other.label, own=own.label
        )


def _value(
    database: Database, definitions: Definitions, source: Source, number: Number, when: str
) -> int:
    """The number as a table of its own prints it; only one that is known whole has a bridge."""
    scope = make.scope_of(source)
    request = make.asked_for(
        database,
        definitions,
        _one_column(source.measure),
        year=scope.year,
        unit=source.unit,
        recognised=scope.recognised,
        as_of=source.as_of,
        geography=number.geography,
        standard=source.standard,
    )
    request = replace(request, edition=source.edition)
    return _number(database, request, number, when)


def _number(database: Database, request: Request, number: Number, when: str) -> int:
    data = table_data(database, request)
    rows = [data.total]
    if number.unplaced:
        rows = [row for row in data.rows if row.unit is None]
    if not rows:
        return 0
    value, upper = rows[0].values[_KEY], rows[0].uppers.get(_KEY)
    if value is None:
        raise AppError("bridge_unknown", when=when)
    if upper is not None and upper != value:
        raise AppError("bridge_range", when=when)
    if _KEY in rows[0].nameless:
        raise AppError("bridge_unnamed", when=when)
    return value


_KEY = "number"


def _one_column(measure: str) -> ReportDef:
    """A table with nothing but this number, of any unit, recognised or preliminary."""
    units = {level: RowWords("") for level in Level}
    return replace(cells({_KEY: Counted(measure)}), rows=units, has_status=True)


def _is_village(database: Database, number: Number) -> bool:
    unit = areas.tree(database, number.geography).get(number.unit)
    return unit is not None and unit.level is Level.VILLAGE


@dataclass(frozen=True, slots=True)
class _Words:
    definitions: Definitions
    standard: str
    asked: Asked
    now: str
    of_village: bool

    def of(self, cause: Cause) -> str:
        return texts.bridge_step(
            cause,
            self.asked.group,
            now=self.now,
            fact=texts.bridge_fact(cause.fact, self._name(cause.fact)) if cause.fact else "",
            of_person=self.asked.persons,
            of_village=self.of_village,
        )

    def _name(self, fact: str) -> str:
        """What the indicator or the cause of a filter is called."""
        kind, _, code = fact.partition("=")
        if kind == "deprived":
            indicators = self.definitions.standards.get(self.standard).indicators
            return indicators[int(code)].short
        if kind == "cause":
            return self.definitions.choice_list("causes").entry(code).short_label
        return ""


def _line(
    database: Database,
    found: Explained,
    step: Step,
    words: _Words,
    ends: tuple[Source, Source],
) -> Line:
    """Who left is named as he stood then, who came as he stands now."""
    left = step.amount < 0
    day = make.scope_of(ends[0] if left else ends[1]).day
    geography = ends[0].geography or day
    stand = Villages(geography, found.then if left else found.now)
    people = words.asked.persons
    return Line(
        cause=step.cause,
        text=words.of(step.cause),
        amount=step.amount,
        households=() if people else names.of_households(database, step.ids, day, stand),
        persons=names.of_persons(database, step.ids, day, stand) if people else (),
        reasons={one: found.reasons[one] for one in step.ids},
    )


def _tables(found: Bridge) -> Iterator[Table]:
    said = texts.BRIDGE
    rows = [(found.then, found.start, True)]
    rows += [(line.text, line.amount, False) for line in found.lines]
    rows.append((found.now, found.end, True))
    yield Table(
        # The state's lines of a workbook stand over the second of the two columns.
        labels=(text_column(said["step_label"], "step", weight=4),),
        columns=(Column(said["amount"], "amount", weight=5),),
        rows=tuple(
            Row((_sentence(text),), (Cell.of_count(amount),), bold=bold)
            for text, amount, bold in rows
        ),
        title=said["steps"],
        name_at=0,
        number_row=False,
    )
    people = any(line.persons for line in found.lines)
    yield Table(
        labels=(
            text_column(said["number"], "tt", weight=2),
            text_column(said["person" if people else "head"], "name", weight=14),
        ),
        columns=(
            Column(said["village"], "village", format=NumberFormat.TEXT, weight=10),
            Column(said["why"], "why", format=NumberFormat.TEXT, weight=30),
        ),
        rows=tuple(_names(found)),
        number_row=False,
        empty=said["none"],
    )


def _names(found: Bridge) -> Iterator[Row]:
    for line in found.lines:
        named = tuple(line.named)
        said = texts.BRIDGE["names"].format(text=_sentence(line.text), count=len(named))
        yield Row(("", said), (BLANK, BLANK), bold=True)
        for number, (name, village, why) in enumerate(named, start=1):
            yield Row((str(number), name), (Cell(village), Cell(why)))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
