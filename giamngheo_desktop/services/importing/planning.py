"""Makes the plan of an import: reads the sheets, matches them with the register, compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.list_reading import (
    GONE_IN_NAME,
    ReadHome,
    ReadList,
    ReadPerson,
    each_number_once,
    of_one_household,
    read_list,
)
from giamngheo_desktop.domain.list_title import NO_PAPER, Paper
from giamngheo_desktop.domain.sheet_headings import (
    NAMES,
    Head,
    Headings,
    find_head,
    guessed_head,
)
from giamngheo_desktop.domain.sheet_rows import RowKind
from giamngheo_desktop.domain.sheet_table import Sheet, errors_marked, letter
from giamngheo_desktop.domain.sheet_text import (
    in_unicode,
    names_in_unicode,
)
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services.importing.compare import NOT_KEPT, OF_RESULT, Comparer
from giamngheo_desktop.services.importing.known import (
    Known,
    KnownHome,
    KnownPerson,
    Villages,
    read_known,
)
from giamngheo_desktop.services.importing.mappings import Mappings
from giamngheo_desktop.services.importing.match import (
    NAME_KNOWN,
    HomeMatch,
    PersonMatch,
    match_home,
    match_members,
)
from giamngheo_desktop.services.importing.past import applied_before
from giamngheo_desktop.services.importing.plan import (
    NAME_DIFFERS,
    Candidate,
    CellState,
    ImportPlan,
    LeftOut,
    Persons,
    PlannedRow,
    Purpose,
    RowPlace,
    RowState,
    SheetPlan,
    Suspicion,
    speaks_against_itself,
)
from giamngheo_desktop.services.importing.refusals import without_refused
from giamngheo_desktop.services.importing.repeats import Repeats
from giamngheo_desktop.services.importing.waiting import (
    forbids_new,
    lack_of_head,
    told_of,
    waits,
)
from giamngheo_desktop.services.importing.whose import doubts
from giamngheo_desktop.services.importing.words import word_fields
from giamngheo_desktop.storage import audit, review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.texts import IMPORT_GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file as read: its name, the sha256 of its bytes, its sheets."""

    name: str
    sha256: str
    sheets: Sequence[Sheet]


Finder = Callable[[Sheet, Headings, Mapping[str, str]], Head | None]
Shaper = Callable[[Sheet, Head], tuple[Sheet, Head]]
_Lists = tuple[list[ReadList], list[Suspicion], list[SheetPlan]]


def plan_list(
    database: Database,
    context: Context,
    definitions: Definitions,
    source: Source,
    *,
    purpose: Purpose,
    year: int,
    day: date | None = None,
    persons: Persons | None = None,
    mappings: Mappings | None = None,
    only: str | None = None,
    village: str = "",
    household: UUID | None = None,
    guesses: bool = False,
    paper: Paper = NO_PAPER,
) -> ImportPlan:
    """What the file would change; nothing is written.

    `day` is that of its facts: without it the one that the list names (`số liệu đến ngày …`), else
    the end of the year of a result, else today. `persons` is who the officer said a row is.
    `mappings` are corrected columns by sheet ("" : every sheet), `only` is the one sheet to read;
    hidden ones are read only if named. `village` is the name of the one of whoever the list puts
    in none, `paper` the decision of the rows that name none, before what a title says of it. All
    persons are of `household`, where one is named. Of a
    file without a head it `guesses` where one is: the plan then has columns and no rows, until
    the `mappings` say which one is the name.
    Raises AppErrors `import_no_list`, `import_no_sheet`, `import_day`, `record_missing`.
    """
    today = context.today()
    standard = standard_for(definitions.standards, year).code
    is_result = purpose is Purpose.RESULT
    if only is not None and only not in {sheet.name for sheet in source.sheets}:
        names = ", ".join(sheet.name for sheet in source.sheets)
        raise AppError("import_no_sheet", name=only, known=names)
    asked = (definitions, source, today, mappings or {}, only)
    lists, suspicions, plans = read_lists(*asked, paper=paper)
    if guesses and not lists:
        lists, suspicions, plans = read_lists(*asked, guessed_head, paper)
    if not lists and not (guesses and any(one.headings for one in plans)):
        raise AppError("import_no_list", name=source.name)
    day = _day_of(lists, day, today, purpose, year)
    with database.reader() as connection:
        scope = Scope(year=year, standard=standard) if is_result else None
        known = read_known(connection, day, today, scope, _said(lists))
        before = applied_before(connection, source.sha256)
        _, basis = audit.last_group(connection)
        plan = _planned(
            known,
            context,
            definitions,
            source,
            (lists, suspicions, plans),
            purpose=purpose,
            year=year,
            day=day,
            persons=persons,
            village=village,
            household=household,
        )
        plan = without_refused(connection, plan)
        doubted = doubts(connection, lists, year if is_result else None)
    return replace(plan, applied_before=before, doubts=doubted, basis=basis)


def plan_of_nobody(
    villages: Villages,
    context: Context,
    definitions: Definitions,
    source: Source,
    *,
    year: int,
    day: date,
) -> ImportPlan:
    """A list of results against a register in which nobody is, whose villages are these.

    Raises AppError `import_no_list`.
    """
    read = read_lists(definitions, source, context.today(), {}, None)
    if not read[0]:
        raise AppError("import_no_list", name=source.name)
    known = Known({}, {}, {}, {}, {}, villages)
    purpose = Purpose.RESULT
    act = (known, context, definitions, source, read)
    return _planned(*act, purpose=purpose, year=year, day=day)


def _planned(
    known: Known,
    context: Context,
    definitions: Definitions,
    source: Source,
    read: _Lists,
    *,
    purpose: Purpose,
    year: int,
    day: date,
    persons: Persons | None = None,
    village: str = "",
    household: UUID | None = None,
) -> ImportPlan:
    lists, suspicions, plans = read
    comparer = Comparer(word_fields(definitions), known, purpose)
    planner = _Planner(known, context, comparer, purpose, persons or {})
    placed = (home for one in lists for home in known.villages.placed(one, village))
    homes = list(each_number_once(placed))
    if household is None:
        rows = [row for home in homes for row in planner.home(home)]
    elif (into := known.homes.get(household)) is None:
        raise AppError("record_missing")
    else:
        rows = list(planner.into(into, of_one_household(homes))) if homes else []
    return ImportPlan(
        file_name=source.name,
        sha256=source.sha256,
        purpose=purpose,
        year=year,
        standard=standard_for(definitions.standards, year).code,
        day=day,
        sheets=tuple(replace(one, idle=_idle(one, purpose)) for one in plans),
        rows=tuple(rows),
        left_out=tuple(left for one in lists for left in _left_out(one)),
        suspicions=tuple(suspicions),
    )


def usual_day(purpose: Purpose, year: int, today: date) -> date:
    """Of what day the facts of a list are that says nothing of it."""
    return min(date(year, 12, 31), today) if purpose is Purpose.RESULT else today


def _day_of(
    lists: Sequence[ReadList], asked: date | None, today: date, purpose: Purpose, year: int
) -> date:
    """A result lies in its year."""
    years = (year,) if purpose is Purpose.RESULT else range(1, today.year + 1)
    if asked is not None and (asked > today or asked.year not in years):
        raise AppError("import_day", day=asked)
    told = [day for one in lists if (day := one.title.day) and day <= today and day.year in years]
    return asked or min(told, default=usual_day(purpose, year, today))


def _said(lists: Sequence[ReadList]) -> frozenset[str]:
    """The fields of persons that some row says."""
    members = (one for each in lists for home in each.homes for one in home.members)
    return frozenset(code for one in members for code in one.cells)


def read_lists(
    definitions: Definitions,
    source: Source,
    today: date,
    mappings: Mappings,
    only: str | None,
    finder: Finder = find_head,
    paper: Paper = NO_PAPER,
    headings: Headings | None = None,
    *,
    shaper: Shaper | None = None,
) -> _Lists:
    """The lists of the sheets, what seems to be typed in old fonts, and how each sheet was read.

    `headings` instead of those of a list of households. With a `shaper` each row is a matter of its
    own (`by_row` of `read_list`), and the sheet is read as that gives it back.
    """
    fields = word_fields(definitions)
    headings = headings or definitions.headings
    lists, suspicions, plans = list[ReadList](), list[Suspicion](), list[SheetPlan]()
    for stored in source.sheets:
        if stored.name != only and (only is not None or stored.hidden):
            continue
        sheet, found, small = in_unicode(errors_marked(stored))
        mapping = mappings.get(stored.name, mappings.get("", {}))
        head = finder(sheet, headings, mapping)
        if head is None:
            plans.append(SheetPlan(name=sheet.name, holds="nothing"))
            continue
        sheet, more = names_in_unicode(sheet, head.names)
        suspicions += (*found, *more)
        if shaper is not None:
            sheet, head = shaper(sheet, head)
        holds = "nothing"
        if head.has(*NAMES):
            lists.append(
                read_list(sheet, head, fields, today, small, paper, by_row=shaper is not None)
            )
            holds = lists[-1].holds
        made = _sheet_plan(sheet.name, holds, head, mapping)
        if holds != "nothing":
            made = replace(made, level=lists[-1].title.level, paper=lists[-1].paper)
        plans.append(made)
    return lists, suspicions, plans


def _sheet_plan(name: str, holds: str, head: Head, mapping: Mapping[str, str]) -> SheetPlan:
    certainty = {
        letter(at): "mapping"
        if letter(at) in mapping
        else "layout"
        if head.layout or at in head.placed
        else "heading"
        for at in head.fields
    }
    return SheetPlan(
        name=name,
        holds=holds,
        layout=head.layout,
        heading_rows=head.rows,
        headings=head.headings,
        fields={letter(at): code for at, code in head.fields.items()},
        certainty=certainty,
    )


def _idle(sheet: SheetPlan, purpose: Purpose) -> tuple[str, ...]:
    """The columns of what no record holds, and of a result where the list is something else."""
    of_result = (*OF_RESULT, "class", *NOT_KEPT)
    idle = NOT_KEPT if purpose is Purpose.RESULT else of_result
    return tuple(at for at, code in sheet.fields.items() if code.partition(".")[0] in idle)


def _left_out(one: ReadList) -> Iterator[LeftOut]:
    for row in one.rows:
        if row.kind not in (RowKind.HEADING, RowKind.NUMBERS):
            yield LeftOut(one.sheet.name, row.row, row.about or row.kind.value, row.text)


_NOBODY = ("person_elsewhere", "person_back", "several_persons")  # who it is nobody knows yet


class _Planner:
    """Turns the households of a list into planned rows."""

    def __init__(
        self,
        known: Known,
        context: Context,
        comparer: Comparer,
        purpose: Purpose,
        settled: Persons,
    ) -> None:
        self._known, self._context, self._settled = known, context, settled
        self._comparer, self._purpose = comparer, purpose
        self._taken: dict[UUID, RowPlace] = {}
        self._new = Repeats()

    def home(self, home: ReadHome) -> Iterator[PlannedRow]:
        match, asked = self._match(home)
        return self._rows(home, match, asked)

    def into(self, known: KnownHome, home: ReadHome) -> Iterator[PlannedRow]:
        """The same, where it is said which household it is."""
        return self._rows(home, HomeMatch(known), ())

    def _rows(
        self, home: ReadHome, match: HomeMatch, asked: Sequence[KnownHome]
    ) -> Iterator[PlannedRow]:
        village, finding = self._village(home, match)
        uid = match.home.uid if match.home else self._context.new_id()
        settled = {
            one.row: self._settled[home.sheet, one.row]
            for one in home.members
            if (home.sheet, one.row) in self._settled
        }
        head_row = home.head.row
        heads = {one.head.uid for one in asked if one.head is not None}
        of_persons = {
            row: uid for row, uid in settled.items() if row != head_row or uid not in heads
        }
        members = match_members(home, match.home, self._known, of_persons)
        led = lack_of_head(home, match.home, is_settled=head_row in settled)
        hangs = match.home is not None and not match.sure
        hangs = hangs and members[head_row].finding == NAME_DIFFERS
        for person in home.members:
            found = members[person.row]
            if found.person is not None and settled.get(person.row) == found.person.uid:
                found = PersonMatch(found.person)
            forbidden = finding or ("" if found.person else forbids_new(match.home, led))
            cells = list(self._comparer.person(person, found.person, match.home))
            if person.row == head_row:
                cells += self._comparer.household(home, match.home)
            row = PlannedRow(
                sheet=home.sheet,
                row=person.row,
                home=home.row,
                head=head_row,
                name=person.name or (found.person.name if found.person else ""),
                state=RowState.SAME,
                household=uid,
                person=found.person.uid if found.person else self._context.new_id(),
                is_new_household=match.home is None,
                is_new_person=found.person is None,
                village=village,
                village_name=home.village or self._known.villages.name(village),
                cells=tuple(cells),
                candidates=tuple(self._candidates(asked if person.row == head_row else (), found)),
                is_settled=person.row in settled,
                hangs=hangs,
                finding=forbidden or told_of(found.finding, led if person.row == head_row else ""),
            )
            row = replace(row, state=self._state(row, match, found, problem=bool(forbidden)))
            yield self._once(row, person, found)

    def _once(self, row: PlannedRow, person: ReadPerson, found: PersonMatch) -> PlannedRow:
        """Somebody new who seems to stand in a row above already is only proposed."""
        if not row.is_new_person or found.candidates or row.state is RowState.PROBLEM:
            return row
        twice = self._new.above(row.place, person, row.village)
        if twice is None or row.is_settled:
            return row
        return replace(row, state=RowState.PROPOSAL, twice=twice, finding="person_twice")

    def _match(self, home: ReadHome) -> tuple[HomeMatch, tuple[KnownHome, ...]]:
        """The household, and those of which the officer may say at its head which one it is."""
        match = match_home(home, self._known)
        asked = match.candidates or ((match.home,) if match.home and not match.sure else ())
        place = (home.sheet, home.head.row)
        if asked and place in self._settled:
            match = _settled(match, asked, self._settled[place])
        if match.home and self._taken.setdefault(match.home.uid, place) != place:
            match = HomeMatch(None, False, (match.home,), "household_twice")
            asked = match.candidates
            if self._settled.get(place, match.candidates) is None:
                match = HomeMatch(None)
        return match, asked

    def _village(self, home: ReadHome, match: HomeMatch) -> tuple[UUID | None, str]:
        """The village of the household, and what forbids writing it."""
        if match.finding:
            return None, match.finding
        named = self._known.villages.of_home(home)
        if match.home is not None:
            return match.home.village, "household_later" if match.home.is_late else ""
        if self._purpose is Purpose.UPDATE:
            return None, "household_unknown"
        here = [uid for uid in named if self._known.villages.tree.get(uid) is not None]
        if len(here) == 1:
            closed = review_rows.is_closed(self._known.frozen, here)
            return here[0], "year_closed" if closed else ""
        return None, "village_several" if here else "village_unknown"

    def _candidates(self, homes: Sequence[KnownHome], found: PersonMatch) -> Iterator[Candidate]:
        heads = [home.head for home in homes if home.head is not None]
        others = () if heads and found.person else found.candidates
        everybody = (*others, *heads, *filter(None, [found.elsewhere]))
        for one in {one.uid: one for one in everybody}.values():
            yield candidate_of(self._known, one)

    def _state(
        self,
        row: PlannedRow,
        match: HomeMatch,
        found: PersonMatch,
        *,
        problem: bool,
    ) -> RowState:
        changed = [c for c in row.cells if c.state in (CellState.NEW, CellState.CHANGED)]
        if problem or not row.name or found.finding in _NOBODY:
            return RowState.PROBLEM
        if not row.is_new_person and not changed:
            asks = any(waits(cell) and cell.field != "persons" for cell in row.cells)
            asks = asks or any(cell.finding == GONE_IN_NAME for cell in row.cells)
            return RowState.PROPOSAL if asks else RowState.SAME
        unsure = not match.sure or not found.sure or any(waits(cell) for cell in row.cells)
        unsure = unsure or speaks_against_itself(row.cells)
        if unsure or row.finding not in ("", NAME_KNOWN):
            return RowState.PROPOSAL
        return RowState.NEW if row.is_new_person else RowState.CHANGED


def candidate_of(known: Known, person: KnownPerson) -> Candidate:
    """Somebody of the register, with what tells him apart."""
    birth = format_partial_date(person.birth) if person.birth else ""
    parts = [person.name, birth]
    if (left := person.values.get("left_on")) is not None:
        parts.append(IMPORT_GONE.format(day=left))
    elif (home := known.homes.get(person.household)) is not None:
        parts += [home.head.name if home.head else "", known.villages.name(home.village)]
    return Candidate(person.uid, person.household, " · ".join(dict.fromkeys(filter(None, parts))))


def _settled(match: HomeMatch, asked: Sequence[KnownHome], head: UUID | None) -> HomeMatch:
    """The household the officer chose by its head, None for a new one."""
    if head is None:
        return HomeMatch(None)
    chosen = [home for home in asked if home.head and home.head.uid == head]
    return HomeMatch(chosen[0]) if chosen else match
