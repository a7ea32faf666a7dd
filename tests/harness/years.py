"""Whole years of a commune acted through the services, beside a plain model told the same things.

The model knows no code of the project: what a year ends with it reads from the base tables by SQL
just before the closing, and counts BC1, BC2 and BC3 of every edition by the table of the law.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas, classes, events, households, undo
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.movement.corrections import Correction
from tests.harness.register import STANDARD, Register, make_context
from tests.harness.tables import TOTAL, definitions, paper

Rows = dict[str, list[int | None]]
FIRST, LAST = 2024, 2026
CLASSES = ("poor", "near_poor", "not_poor")
LISTED = ("poor", "near_poor")
NOW, ALWAYS = 10**6, 1


@dataclass(frozen=True)
class End:
    """A household at the end of a closed year."""

    village: str
    code: str
    average: bool
    persons: int


@dataclass
class Spell:
    """What counts in the editions from `since` to `until`."""

    value: Any
    since: int = ALWAYS
    until: int = NOW

    def holds(self, edition: int) -> bool:
        return self.since <= edition <= self.until


@dataclass
class Model:
    ends: dict[int, dict[UUID, list[Spell]]] = field(default_factory=dict)  # by closed year
    recognised: dict[tuple[UUID, int], list[Spell]] = field(default_factory=dict)
    brought: dict[UUID, tuple[int, str | None]] = field(default_factory=dict)  # arrivals
    population: dict[tuple[int, str], list[Spell]] = field(default_factory=dict)
    closed_at: dict[int, int] = field(default_factory=dict)  # the edition a year was closed in
    edition: int = 1
    turns: list[tuple[int, str, int]] = field(default_factory=list)  # edition, what, year

    def at(self, year: int, edition: int) -> dict[UUID, End]:
        found = {}
        for home, spells in self.ends.get(year, {}).items():
            values = [one.value for one in spells if one.holds(edition)]
            if values and values[0] is not None:
                found[home] = values[0]
        return found

    def earlier(self, home: UUID, year: int, edition: int) -> set[str]:
        return {
            one.value
            for (uid, then), spells in self.recognised.items()
            for one in spells
            if uid == home and then < year and one.holds(edition)
        }

    def bc1(self, year: int, edition: int) -> Rows:
        """Households and persons, then households and persons of each class and of MSTB."""
        rows: Rows = {}
        for village in "ABC":
            here = [end for end in self.at(year, edition).values() if end.village == village]
            row: list[int | None] = list(self._lived(year, village, edition))
            for meant in (
                [end for end in here if end.code == "poor"],
                [end for end in here if end.code == "near_poor"],
                [end for end in here if end.average],
            ):
                row += [len(meant), sum(end.persons for end in meant)]
            rows[f"Thôn {village}"] = row
        return _with_total(rows)

    def _lived(self, year: int, village: str, edition: int) -> tuple[int | None, int | None]:
        spells = self.population.get((year, village), ())
        return next((one.value for one in spells if one.holds(edition)), (None, None))

    def movement(self, table: str, year: int, edition: int) -> Rows:
        """Columns 1 to 9 by row, households then persons."""
        opening, ended = self.at(year - 1, edition), self.at(year, edition)
        cells: Counter[tuple[str, int, str]] = Counter()

        def add(village: str, column: int, homes: int, persons: int) -> None:
            cells[village, column, "ho"] += homes
            cells[village, column, "khau"] += persons

        for home in {*opening, *ended}:
            was, now = opening.get(home), ended.get(home)
            stood = was is not None and was.code == table
            stands = now is not None and now.code == table
            if stood and was:
                add(was.village, 1, 1, was.persons)
            if stands and now:
                add(now.village, 9, 1, now.persons)
            if stood and was and not stands:
                column = 4 if now is None else 2 if now.code in LISTED else 3
                add(was.village, column, 1, was.persons)
            elif stood and stands and was and now:
                if was.village != now.village:
                    add(was.village, 4, 1, was.persons)
                    add(now.village, 8, 1, now.persons)
                elif was.persons != now.persons:
                    grown = now.persons - was.persons
                    add(now.village, 8 if grown > 0 else 4, 0, abs(grown))
            elif stands and now:
                if was is not None and was.code in LISTED:
                    add(was.village, 5, 1, now.persons)
                    if was.village != now.village:
                        add(was.village, 4, 1, now.persons)
                        add(now.village, 8, 1, now.persons)
                    continue
                came, brought = self.brought.get(home, (0, None))
                if came == year and brought in LISTED:
                    column = 8
                else:
                    column = 6 if table in self.earlier(home, year, edition) else 7
                add(now.village, column, 1, now.persons)
        rows: Rows = {
            f"Thôn {village}/{kind}": [cells[village, column, kind] for column in range(1, 10)]
            for village in "ABC"
            for kind in ("ho", "khau")
        }
        for kind in ("ho", "khau"):
            rows |= {
                f"{TOTAL}/{kind}": _sum(row for key, row in rows.items() if key.endswith(kind))
            }
        return rows


def _sum(rows: Iterable[list[int | None]]) -> list[int | None]:
    columns = zip(*rows, strict=True)
    return [None if None in column else sum(n or 0 for n in column) for column in columns]


def _with_total(rows: Rows) -> Rows:
    return rows | {TOTAL: _sum(rows.values())}


class Years:
    """The register and the model. An action picks from what is there on its day."""

    def __init__(self, register: Register) -> None:
        self.register, self.model = register, Model()
        self.names = {uid: name for name, uid in register.villages.items()}
        self.past: list[tuple[UUID, Model]] = []
        self.papers = 0
        register.context = make_context(
            start=datetime.fromisoformat(f"{LAST + 2}-06-01 08:00"), seed=5
        )

    @property
    def args(self) -> tuple[Any, Any]:
        return self.register.database, self.register.context

    def ask(self, text: str, *values: object) -> list[tuple[Any, ...]]:
        """Plain SQL on the file itself."""
        with closing(sqlite3.connect(self.register.database.path)) as connection:
            return connection.execute(text, values).fetchall()

    def here(self, day: date) -> dict[UUID, tuple[str, int]]:
        """Who lives where with how many members on a day."""
        found = self.ask(
            "SELECT p.household, p.village, (SELECT count(DISTINCT m.person) FROM membership m"
            " WHERE m.household = p.household AND m.removed = 0 AND m.valid_from <= ?1"
            " AND (m.valid_to IS NULL OR m.valid_to >= ?1)) FROM household_place p"
            " WHERE p.removed = 0 AND p.valid_from <= ?1"
            " AND (p.valid_to IS NULL OR p.valid_to >= ?1) ORDER BY p.household",
            day.isoformat(),
        )
        return {UUID(hex=home): (self.names[UUID(hex=v)], size) for home, v, size in found}

    def members(self, home: UUID, day: date) -> list[UUID]:
        return [member.uid for member in self.register.get(home, day).members]

    # -- acts -----------------------------------------------------------------------------------

    def do(self, act: str, a: int, b: int, day: date) -> bool:
        """Whether it was possible; the model and the register are told alike."""
        before, last = deepcopy(self.model), undo.next_step(self.args[0])
        try:
            getattr(self, act)(a, b, day)
        except RefusedError:
            self.model = before
            return False
        step = undo.next_step(self.args[0])
        if step is not None and step != last:
            self.past.append((step.group, before))
        return True

    def take_back(self) -> None:
        if self.past:
            newest = self.model.edition  # one taken back is not given again
            group, self.model = self.past.pop()
            undo.undo(*self.args, group)
            self.model.edition = newest

    def _home(self, number: int, day: date) -> UUID:
        homes = list(self.here(day))
        if not homes:
            raise RefusedError("nobody")
        return homes[number % len(homes)]

    def _leaving(self, number: int, day: date) -> UUID:
        """One whose classes all began before the day: they held."""
        home = self._home(number, day)
        later = self.ask(
            "SELECT 1 FROM class_record WHERE removed = 0 AND household = ? AND valid_from >= ?",
            home.hex,
            day.isoformat(),
        )
        if later:
            raise RefusedError("recognised later")
        return home

    def _draft(self, a: int, b: int) -> Any:
        people = [self.register.member(f"Người {n}", relation="other") for n in range(1 + b % 4)]
        people[0] = replace(people[0], is_head=True, relation="head")
        draft = households.new_household(
            self.register.context, self.register.villages["ABC"[a % 3]]
        )
        return replace(draft, members=tuple(people))

    def new(self, a: int, b: int, day: date) -> None:
        households.save(*self.args, self._draft(a, b), day=day)

    def arrive(self, a: int, b: int, day: date) -> None:
        draft, code = self._draft(a, b), (None, *CLASSES)[(a + b) % 4]
        entry = self._entry(draft.uid, code or "", day, day.year - a % 2)
        commune = self.register.commune
        events.move_in(
            *self.args, draft=draft, day=day, brought=entry if code else None, commune=commune
        )
        self.model.brought[draft.uid] = (day.year, code)
        if code:
            self._recognised(entry)

    def _entry(self, home: UUID, code: str, day: date, year: int, **values: Any) -> ClassEntry:
        self.papers += 1
        return ClassEntry(
            household=home, standard=STANDARD, review_year=year, household_class=code,
            source="decision", valid_from=day, decision_number=f"{self.papers}/QĐ",
            decision_on=day, **values,
        )  # fmt: skip

    def _recognised(self, entry: ClassEntry) -> None:
        key = entry.household, entry.review_year
        self.model.recognised.setdefault(key, []).append(Spell(entry.household_class))

    def recognise(self, a: int, b: int, day: date) -> None:
        code = CLASSES[b % 3]
        average = code == "not_poor" and b % 2 == 0
        home = self._home(a, day)
        if any(uid == home for uid, *_ in self._beginning(day)):
            raise RefusedError("same day")
        entry = self._entry(home, code, day, day.year, average_living=average)
        classes.record(*self.args, entry, commune=self.register.commune)
        self._recognised(entry)

    def _beginning(self, day: date) -> list[tuple[UUID, ...]]:
        rows = self.ask(
            "SELECT household FROM class_record WHERE removed = 0 AND valid_from = ?",
            day.isoformat(),
        )
        return [(UUID(hex=row[0]),) for row in rows]

    def birth(self, a: int, b: int, day: date) -> None:
        child = self.register.member("Bé", birth=None, relation="child")
        events.birth(*self.args, household=self._home(a, day), child=child, day=day)

    def death(self, a: int, b: int, day: date) -> None:
        home = self._leaving(a, day)
        people = self.members(home, day)
        events.death(*self.args, household=home, person=people[b % len(people)], day=day)

    def die_out(self, a: int, b: int, day: date) -> None:
        """All members; each is an act of its own to take back."""
        home = self._leaving(a, day)
        for person in self.members(home, day):
            before = deepcopy(self.model)
            events.death(*self.args, household=home, person=person, day=day)
            step = undo.next_step(self.args[0])
            assert step is not None
            self.past.append((step.group, before))
        self.past.pop()  # the last one is the act itself

    def leave(self, a: int, b: int, day: date) -> None:
        events.move_out(*self.args, household=self._leaving(a, day), day=day)

    def move(self, a: int, b: int, day: date) -> None:
        village = self.register.villages["ABC"[b % 3]]
        events.move_village(*self.args, household=self._home(a, day), village=village, day=day)

    def split(self, a: int, b: int, day: date) -> None:
        home = self._home(a, day)
        people = self.members(home, day)
        events.split(
            *self.args, household=home, persons=people[:1], head=people[0], day=day,
            village=self.register.villages["ABC"[b % 3]],
        )  # fmt: skip

    def merge(self, a: int, b: int, day: date) -> None:
        source, target = self._leaving(a, day), self._home(b, day)
        events.merge(*self.args, source=source, target=target, day=day)

    def populate(self, a: int, b: int, day: date) -> None:
        """The population of a village and year, typed or, where the year is closed, corrected."""
        village, numbers = "ABC"[a % 3], (100 + b, 400 + a)
        closed = day.year in self.model.ends
        spells = self.model.population.setdefault((day.year, village), [])
        if spells and spells[-1].value == numbers:
            raise RefusedError("same")
        areas.save_population(
            *self.args, day.year,
            {self.register.villages[village]: {"households": numbers[0], "persons": numbers[1]}},
            reason="Công an xã báo lại" if closed else "",
        )  # fmt: skip
        if closed:
            self._turn("population", day.year)
            if spells:
                spells[-1].until = self.model.edition - 1
            spells.append(Spell(numbers, self.model.edition))
        else:
            spells[:] = [Spell(numbers)]

    def _turn(self, what: str, year: int) -> None:
        self.model.edition += 1
        self.model.turns.append((self.model.edition, what, year))

    def correct(self, a: int, b: int, day: date) -> None:
        """A result of a closed year; the day says which."""
        year, code = day.year, (*CLASSES, None)[b % 4]
        homes = sorted({*self.model.ends.get(year, ()), *self.here(date(year, 12, 31))})
        if not homes or year not in self.model.ends:
            raise RefusedError("open")
        home = homes[a % len(homes)]
        spells = self.model.ends[year].setdefault(home, [])
        was: End | None = spells[-1].value if spells else None
        wanted = Correction(
            household=home, standard=STANDARD, year=year, household_class=code, reason="Nhầm",
            document=f"ĐC {self.papers}",
        )  # fmt: skip
        self.papers += 1
        corrections.correct(*self.args, wanted, commune=self.register.commune)
        self._turn("result", year)
        edition = self.model.edition
        if spells:
            spells[-1].until = edition - 1
        if code is None:
            spells.append(Spell(None, edition))
        else:
            village, persons = (
                (was.village, was.persons) if was else self.here(date(year, 12, 31))[home]
            )
            spells.append(Spell(End(village, code, False, persons), edition))
        known = self.model.recognised.setdefault((home, year), [])
        last = [one for one in known if one.until == NOW]
        if last:
            last[-1].until = edition - 1
        if code is not None:
            known.append(Spell(code, edition))

    # -- closing --------------------------------------------------------------------------------

    def close(self, year: int) -> None:
        """What the year ends with is read from the base tables, by the rules of the law."""
        before, day = deepcopy(self.model), date(year, 12, 31)
        here = self.here(day)
        ends = {}
        for home, (village, persons) in here.items():
            rows = self.ask(
                "SELECT household_class, average_living, review_year FROM class_record"
                " WHERE household = ?1 AND removed = 0 AND valid_from <= ?2"
                " AND (valid_to IS NULL OR valid_to >= ?2) AND source <> 'computed'",
                home.hex,
                day.isoformat(),
            )
            assert len(rows) <= 1
            for code, average, of in rows:
                # Of an earlier year only who stands on a list goes on with the class.
                if of == year or code in LISTED or average:
                    ends[home] = [Spell(End(village, code, bool(average), persons))]
        classes.close_year(
            *self.args, year=year, standard=STANDARD, definition="0" * 64,
            commune=self.register.commune,
        )  # fmt: skip
        self.model.ends[year], self.model.closed_at[year] = ends, self.model.edition
        step = undo.next_step(self.args[0])
        assert step is not None
        self.past.append((step.group, before))

    # -- what must hold -------------------------------------------------------------------------

    def editions(self, code: str, year: int) -> list[int]:
        """For each lần of a table the last edition of the file that counts in it."""
        later = (turn for turn in self.model.turns if turn[0] > self.model.closed_at[year])
        begun = [
            edition
            for edition, what, of in later
            if (what == "result" and (of == year or (code != "BC1" and of < year)))
            or (what == "population" and code == "BC1" and of == year)
        ]
        return [*(edition - 1 for edition in begun), self.model.edition]

    def check(self) -> None:
        """Every edition of every closed year, and the opening of the open one after it."""
        for year in self.model.ends:
            bc1 = self._check("BC1", year)
            if year - 1 in self.model.ends:
                two, three = self._check("BC2", year), self._check("BC3", year)
                for row in ("Thôn A", "Thôn B", "Thôn C", TOTAL):
                    poor, near = two[f"{row}/ho"], three[f"{row}/ho"]
                    assert (poor[1], poor[4]) == (near[4], near[1])  # columns 2 and 5 meet
                    assert [poor[8], two[f"{row}/khau"][8]] == bc1[row][2:4]
                    assert [near[8], three[f"{row}/khau"][8]] == bc1[row][4:6]
            self._check_opening(year, bc1)

    def _check(self, code: str, year: int) -> Rows:
        """Returns the newest edition."""
        table = {"BC2": "poor", "BC3": "near_poor"}.get(code, "")
        model = self.model
        expected = [
            model.movement(table, year, edition) if table else model.bc1(year, edition)
            for edition in self.editions(code, year)
        ]
        count = make.editions_of(self.register.database, definitions(), code, year=year)
        found = [self.printed(code, year, number) for number in range(1, count + 1)]
        # What was corrected outside of what a table shows may begin an edition that is no other.
        assert found[-1] == expected[-1], (code, year)
        assert _thinned(found) == _thinned(expected), (code, year)
        for row in (row for rows in found for row in rows.values()):
            if table:
                one, two, three, four, five, six, seven, eight, nine = (n or 0 for n in row)
                assert nine == one - two - three - four + five + six + seven + eight
        return found[-1]

    def _check_opening(self, year: int, closed: Rows) -> None:
        """Column 1 of the year after is what this one closed with, open or closed.

        After the last one another standard begins: nothing of it is carried over.
        """
        for code, at in (("BC2", 2), ("BC3", 4)):
            rows = self.printed(code, year + 1)
            for row in ("Thôn A", "Thôn B", "Thôn C", TOTAL):
                wanted = closed[row][at : at + 2] if year < LAST else [None, None]
                opening = [rows[f"{row}/{kind}"][0] for kind in ("ho", "khau")]
                assert opening == wanted, (code, year, row)

    def printed(self, code: str, year: int, edition: int | None = None) -> Rows:
        """A table by row; of BC1 the columns that are counted, of the others 1 to 9."""
        doc = paper(self.register.database, code, year, edition=edition)
        (table,) = doc.tables
        keys = [leaf.key for leaf in table.value_leaves]
        rows = {}
        for row in table.rows:
            values = {key: cell.value for key, cell in zip(keys, row.cells, strict=True)}
            name = table.row_name(row) + (f"/{row.kind}" if row.kind else "")
            rows[name] = [values[key] for key in (BC1_KEYS if code == "BC1" else keys)]
        return rows


def _thinned(tables: list[Any]) -> list[Any]:
    """Without repeats of the one before: what differs from edition to edition."""
    return [one for at, one in enumerate(tables) if at == 0 or one != tables[at - 1]]


BC1_KEYS = (
    "households", "persons", "poor_households", "poor_persons", "near_poor_households",
    "near_poor_persons", "average_living_households", "average_living_persons",
)  # fmt: skip
