"""Reads a sheet with a list as households and persons; every cell keeps where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from giamngheo_desktop.domain.cell_dates import DateColumn, date_column
from giamngheo_desktop.domain.cell_reading import Read
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.gone_words import says_gone
from giamngheo_desktop.domain.identity_numbers import check_identity
from giamngheo_desktop.domain.list_cells import CLASS_COLUMNS, CellReader, ReadCell
from giamngheo_desktop.domain.list_fields import KEY
from giamngheo_desktop.domain.list_grouping import (
    names_homes,
    names_maybe_cut,
    tells_relations,
    together,
)
from giamngheo_desktop.domain.list_title import (
    NO_PAPER,
    NO_TITLE,
    ListTitle,
    Paper,
    Said,
    read_title,
)
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.sheet_headings import Head
from giamngheo_desktop.domain.sheet_rows import (
    RowKind,
    SheetRow,
    classified,
    village_in,
    village_of_title,
    villages_mentioned,
)
from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.domain.vietnamese import compare_key

_SECTIONS = (
    RowKind.VILLAGE, RowKind.HOUSEHOLD, RowKind.WORDS, RowKind.NAMELESS, RowKind.HEADING_AGAIN,
)  # fmt: skip
NAME_MAYBE_CUT = "name_maybe_cut"
GONE_IN_NAME, GONE_IN_NOTE = "gone_in_name", "gone_in_note"
HOME_UNSAID = "home_unsaid"  # nothing says that each row of the list is a household
_SEXES = {"wife": "female", "husband": "male"}


@dataclass(frozen=True, slots=True)
class ReadPerson:
    row: int
    cells: Mapping[str, ReadCell]

    def value(self, code: str) -> object:
        found = self.cells.get(code)
        return found.read.value if found else None

    @property
    def name(self) -> str:
        return str(self.value("full_name") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHome:
    """A household of the list; `village` as written there, `row` its first one."""

    sheet: str
    row: int
    number: str
    village: str
    facts: Mapping[str, ReadCell]
    members: tuple[ReadPerson, ...]
    led: str = ""  # whom the column of the heads names
    by_address: bool = False  # the village is only what the address names first
    above: Mapping[str, ReadCell] = field(default_factory=dict)  # what a title says, no row
    left: str = ""  # the class that a list of exits says it left
    finding: str = ""

    @property
    def head(self) -> ReadPerson:
        heads = [one for one in self.members if one.value("relation") == "head"]
        return heads[0] if heads else self.members[0]


def of_one_household(homes: Sequence[ReadHome]) -> ReadHome:
    """All that a list read as several, where it is known to be one that exists already.

    That each row is a household with its head was the list's shape, and nobody said it.
    """
    facts = {code: cell for home in reversed(homes) for code, cell in home.facts.items()}
    facts.pop("persons", None)
    members = [
        ReadPerson(
            one.row,
            {code: cell for code, cell in one.cells.items() if code != "relation" or cell.column},
        )
        for home in homes
        for one in home.members
    ]
    first = homes[0]
    return ReadHome(
        sheet=first.sheet,
        row=first.row,
        number="",
        village=first.village,
        facts=facts,
        members=tuple(members),
        by_address=first.by_address,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """`rows` are those that gave nobody, `paper` is the decision of those that name none;
    `mentioned` is what may name the village of all of it, where no row does.
    """

    sheet: Sheet
    head: Head
    holds: str  # members, households
    homes: tuple[ReadHome, ...]
    rows: tuple[SheetRow, ...]
    title: ListTitle = NO_TITLE
    paper: Paper = NO_PAPER
    mentioned: tuple[str, ...] = ()


@dataclass(slots=True)
class _Home:
    row: int
    number: str = ""
    village: str = ""
    said: Mapping[str, ReadCell] = field(default_factory=dict)  # by the row above it
    members: list[ReadPerson] = field(default_factory=list)
    facts: list[Mapping[str, ReadCell]] = field(default_factory=list)
    led: str = ""  # whom the column of the heads names


def read_list(
    sheet: Sheet,
    head: Head,
    fields: Mapping[str, FieldDef],
    today: date,
    small: frozenset[int] = frozenset(),
    paper: Paper = NO_PAPER,
    *,
    by_row: bool = False,
) -> ReadList:
    """`fields` are those of the forms, `small` the rows of a font without toned capitals, `paper`
    what the officer says of the decision: it stands before the title, behind the rows. `by_row`:
    each row is a matter of its own, of somebody who may stand in others too; it makes no household.
    """
    rows = list(classified(sheet, head))
    data = [row.row for row in rows if row.kind is RowKind.DATA]
    reader = CellReader(sheet, head, fields, today, _dates(sheet, head, fields, data), small)
    titles = [row.text for row in rows if row.kind is RowKind.TITLE]
    grouper = _Grouper(
        reader,
        next(_villages_of([*titles, sheet.name]), ""),
        single=by_row or not tells_relations(head),
        joined=frozenset() if by_row else together(sheet, head, data),
        heads=not by_row,
        cut=names_maybe_cut(sheet, head, data),
    )
    others = [row for row in rows if not grouper.take(row)]
    between = [row.row for row in others if row.kind in _SECTIONS]
    sections = [" | ".join(sheet.filled(row).values()) for row in between]
    title = read_title(titles, sheet.name, sections)
    has_class_column = head.has(*CLASS_COLUMNS)
    if has_class_column:
        title = replace(title, left="")
    said = Said(title, paper, today, has_class_column=has_class_column)
    members = grouper.has_members
    unsaid = "" if names_homes(head, [*titles, sheet.name]) else HOME_UNSAID
    found = [
        _titled(_finished(home, sheet.name, counted=members, unsaid=unsaid), said)
        for home in grouper.homes
    ]
    homes = found if by_row else each_number_once(found)
    return ReadList(
        sheet=sheet,
        head=head,
        holds="members" if members else "households",
        homes=tuple(homes),
        rows=(*others, *grouper.twice),
        title=title,
        paper=said.paper,
        mentioned=tuple(villages_mentioned(titles, sheet.name)),
    )


def _villages_of(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for part in text.split(" | "):
            if found := village_of_title(part):
                yield found


def _dates(
    sheet: Sheet, head: Head, fields: Mapping[str, FieldDef], rows: Sequence[int]
) -> dict[str, DateColumn]:
    """What each column of days says as a whole, by its field."""
    found = {}
    for at, code in head.fields.items():
        if code in fields and fields[code].kind in (FieldKind.DATE, FieldKind.PARTIAL_DATE):
            heading = " ".join(head.paths.get(at, ()))
            found[code] = date_column(heading, (sheet.at(row, at) for row in rows))
    return found


class _Grouper:
    """Puts the rows of persons together to households, from top to bottom."""

    def __init__(
        self,
        reader: CellReader,
        village: str,
        *,
        single: bool,
        joined: frozenset[int],
        heads: bool,
        cut: bool,
    ) -> None:
        """`single`: each row is a household, with its head where they are `heads`, but for those
        `joined` to one above. `cut`: the names may go on in a column that has no heading.
        """
        self.homes: list[_Home] = []
        self.twice: list[SheetRow] = []
        self.has_members = not single or bool(joined)
        self._reader = reader
        self._village = village
        self._above: dict[str, ReadCell] = {}
        self._closed = True  # the next person begins a household
        self._single, self._joined, self._cut = single, joined, cut
        self._heads = heads

    def take(self, row: SheetRow) -> bool:
        """Whether the row is a person's."""
        if row.kind is RowKind.VILLAGE:
            self._village, self._closed = row.text, True
        elif row.kind is RowKind.HOUSEHOLD:
            self._closed, self._above = True, dict(self._reader.of_household_row(row))
        elif row.kind is RowKind.DATA:
            self._person(row.row)
            return True
        return False

    def _person(self, row: int) -> None:
        is_single = self._single and self._heads and row not in self._joined
        cells = self._reader.person(row, is_single=is_single)
        number = self._reader.text(row, "household_number")
        if self._begins(row, cells, number):
            village = self._reader.text(row, "village") or self._village
            led = self._reader.text(row, "head_name")
            self.homes.append(_Home(row, number, village, self._above, led=led))
            self._closed, self._above = False, {}
        home = self.homes[-1]
        person = ReadPerson(row, cells)
        if person.name and (doubt := self._doubt_of_name(row)):
            name = cells["full_name"].read
            looked_at = replace(name, finding=name.finding or doubt, mended=True)
            person = _with(person, "full_name", looked_at)
        if any(_is_same(person, other) for other in home.members):
            self.twice.append(SheetRow(row, RowKind.DATA, person.name, "row_twice"))
            return
        home.members.append(self._head_once(home, person))
        home.facts.append(self._reader.household(row))

    def _doubt_of_name(self, row: int) -> str:
        if says_gone(self._reader.text(row, "note")):
            return GONE_IN_NOTE
        return NAME_MAYBE_CUT if self._cut else ""

    def _begins(self, row: int, cells: Mapping[str, ReadCell], number: str) -> bool:
        if self._closed or self._single:
            return self._closed or row not in self._joined
        home = self.homes[-1]
        if number and home.number:
            return number != home.number or self._is_numbered_anew(row, cells)
        relation = cells.get("relation")
        is_head = relation is not None and relation.read.value == "head"
        return bool(number and not home.number) or is_head

    def _is_numbered_anew(self, row: int, cells: Mapping[str, ReadCell]) -> bool:
        """The same number again: another village counts from 1, or a second head of one home."""
        home, village = self.homes[-1], self._reader.text(row, "village")
        relation = cells.get("relation")
        if relation is None or relation.read.value != "head":
            return False
        return bool(village) and compare_key(village) != compare_key(home.village)

    @staticmethod
    def _head_once(home: _Home, person: ReadPerson) -> ReadPerson:
        if person.value("relation") != "head":
            return person
        if any(other.value("relation") == "head" for other in home.members):
            return _with(person, "relation", Read(finding="second_head"))
        return person


def _is_same(one: ReadPerson, other: ReadPerson) -> bool:
    codes = ("full_name", "birth", "id_number")
    if one.value("birth") is None and one.value("id_number") is None:
        return False
    return all(one.value(code) == other.value(code) for code in codes)


def _with(person: ReadPerson, code: str, read: Read) -> ReadPerson:
    cells = dict(person.cells)
    cells[code] = replace(cells[code], read=read)
    return ReadPerson(person.row, cells)


def _finished(home: _Home, sheet: str, *, counted: bool, unsaid: str) -> ReadHome:
    members = _led(home, tuple(_checked(person) for person in home.members))
    heads = [at for at, one in enumerate(members) if one.value("relation") == "head"]
    at = heads[0] if heads else 0
    facts = dict(home.said)
    for told in (home.facts[at], *home.facts):
        for code, cell in told.items():
            if not cell.read.is_nothing and facts.get(code) is None:
                facts[code] = cell
    if counted and (said := facts.get("persons")) is not None:
        value = said.read.value
        if isinstance(value, int) and value != len(members):
            facts["persons"] = replace(said, read=Read(value, "count_differs"))
    village = home.village
    if not village and (address := facts.get("address")) is not None:
        parts = str(address.read.value or "").split(",")
        village = next((found for part in parts if (found := village_in(part.strip()))), "")
    return ReadHome(
        sheet=sheet,
        row=home.row,
        number=home.number,
        village=village,
        by_address=not home.village,
        facts=facts,
        members=members,
        led=home.led,
        finding=unsaid if heads else "head_missing",
    )


def _titled(home: ReadHome, said: Said) -> ReadHome:
    return replace(home, above=said.beside(home.row, home.facts), left=said.title.left)


def _led(home: _Home, members: tuple[ReadPerson, ...]) -> tuple[ReadPerson, ...]:
    """Of a household of several whose rows tell no relation, the head is whom the column of the
    heads names: that somebody stands first says nothing.
    """
    first = members[0].cells.get("relation")
    if len(members) == 1 or first is None or first.column:
        return members
    head, led = first.read, compare_key(home.led)
    found = []
    for one in members:
        cells = {code: cell for code, cell in one.cells.items() if code != "relation"}
        if led and compare_key(one.name) == led:
            cells["relation"] = ReadCell(one.row, "", home.led, head)
        found.append(ReadPerson(one.row, cells))
    return tuple(found)


def _checked(person: ReadPerson) -> ReadPerson:
    """What the cells of one person say against each other."""
    sex, relation = person.value("sex"), person.value("relation")
    if isinstance(relation, str) and sex and _SEXES.get(relation, sex) != sex:
        person, sex = _with(person, "sex", Read(finding="sex_contradicts")), None
    number, birth = person.value("id_number"), person.value("birth")
    if isinstance(number, str):
        kept = birth if isinstance(birth, PartialDate) else None
        codes = check_identity(None, number, str(sex) if sex else None, kept)
        if "id_placeholder" in codes:
            return _with(person, "id_number", Read(finding="id_placeholder"))
        if set(codes) & {"id_sex", "id_birth_year"}:
            read = person.cells["id_number"].read
            return _with(person, "id_number", replace(read, finding="id_contradicts"))
    return person


def each_number_once(homes: Iterable[ReadHome]) -> Iterator[ReadHome]:
    """A number or an id of two persons is the first one's."""
    owners: set[object] = set()
    for home in homes:
        members = []
        for person in home.members:
            for code, finding in ((KEY, "key_twice"), ("id_number", "id_twice")):
                value = person.value(code)
                if value is not None and value in owners:
                    person = _with(person, code, Read(finding=finding))
                elif value is not None:
                    owners.add(value)
            members.append(person)
        yield replace(home, members=tuple(members))
