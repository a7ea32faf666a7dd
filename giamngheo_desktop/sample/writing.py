"""Writes the told sample into an empty database: one unit for the commune, one for every year.

Every row carries its last day from the start; only `close_year_in` reads anything back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.children import child_ages
from giamngheo_desktop.sample.book import FIRST_DAY, YEARS, ClassRow, Decision, Home, Stay
from giamngheo_desktop.sample.certificates import write_certificates
from giamngheo_desktop.sample.contexts import ContextAt
from giamngheo_desktop.sample.course import DECISION_DAYS, NEW, OLD, OPENING_DAY
from giamngheo_desktop.sample.material import Commune, Material
from giamngheo_desktop.sample.needs import lacking
from giamngheo_desktop.sample.people import Fact, Person
from giamngheo_desktop.sample.story import Story
from giamngheo_desktop.services.areas import COMPLETE
from giamngheo_desktop.services.classes import close_year_in
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.households import HOUSEHOLD_FIELDS, PERSON_FIELDS

_FIRST_MOMENT = datetime.combine(FIRST_DAY, time(8))
_OFFICE_CLOSES = time(16, 30)
_SETTLED_DAYS = 8  # a year is closed some days after its decision

# Columns of a person that were known before the survey.
_PERSONAL = ("full_name", "given_name", "sex", "birth", "ethnicity")


class Writer:
    """Keeps the uids of the units between the transactions."""

    def __init__(
        self,
        database: Database,
        context_at: ContextAt,
        material: Material,
        story: Story,
        definitions: Definitions,
    ) -> None:
        self.database = database
        self.context_at = context_at
        self.material = material
        self.story = story
        self.definitions = definitions
        self.commune: UUID
        self.villages: list[UUID]

    def write(self, written: Callable[[], None], *, last_open: date | None = None) -> None:
        """Everything; `written` is called after each transaction. The last year is typed on the
        day `last_open` and stays open; None: it is closed like the others.
        """
        with write_unit(self.database, self.context_at(_FIRST_MOMENT), Op.LOAD_SAMPLE) as work:
            work.subject = self.material.commune.name
            self._units(work)
            self._settings(work)
        written()
        for year in YEARS:
            stays_open = last_open if year == YEARS[-1] else None
            decided = DECISION_DAYS.get(year)
            closing = decided + timedelta(days=_SETTLED_DAYS) if decided else OPENING_DAY
            context = self.context_at(datetime.combine(stays_open or closing, _OFFICE_CLOSES))
            with write_unit(self.database, context, Op.LOAD_SAMPLE, unit=self.commune) as work:
                work.subject = str(year)
                self._numbers(work, year)
                self._register(work, year)
                self._classes(work, year)
                if stays_open is None:
                    self._close(work, year)
                if year == YEARS[-1]:
                    write_certificates(work, self.story.book.homes)
            written()

    def _units(self, work: WriteUnit) -> None:
        commune, villages = self.material.commune, self.material.villages
        levels = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, *[Level.VILLAGE] * len(villages))
        uids = work.insert_many(Kind.AREA, [{"level": level.value} for level in levels])
        province, district, self.commune, *self.villages = uids
        changed = commune.district_until + timedelta(days=1)
        local: dict[str, Any] = {"area_type": commune.area_type, "region": commune.region}
        rows = [
            _version(province, commune.province, "tinh"),
            _version(district, commune.district, "huyen", province, until=commune.district_until),
            _version(
                self.commune, commune.name, "xa", district, until=commune.district_until, **local
            ),
            _version(self.commune, commune.name, "xa", province, since=changed, **local),
        ]
        rows += [
            _version(uid, village.name, "thon", self.commune, position=village.position)
            for uid, village in zip(self.villages, villages, strict=True)
        ]
        work.insert_many(Kind.AREA_VERSION, rows)
        if self.story.plan.complete:
            fact = {"code": COMPLETE, "value": "yes", "valid_from": FIRST_DAY, "valid_to": None}
            work.insert_many(Kind.AREA_FACT, [{"area": uid, **fact} for uid in self.villages])

    def _settings(self, work: WriteUnit) -> None:
        work.insert_many(Kind.SETTING, list(_setting_rows(self.material.commune)))

    def _numbers(self, work: WriteUnit, year: int) -> None:
        """Typed population of a year, and the decreases planned for it."""
        words = self.material.commune.words
        printed = year <= YEARS[1] and sum(self.story.plan.typed[year]) == sum(
            village.households for village in self.material.villages
        )
        source = words["population_printed" if printed else "population_later"]
        work.insert_many(
            Kind.POPULATION,
            [
                {
                    "area": uid,
                    "year": year,
                    "households": count.households,
                    "households_kinh": count.households - count.minority_households,
                    "households_minority": count.minority_households,
                    "persons": count.persons,
                    "persons_kinh": count.persons - count.minority_persons,
                    "persons_minority": count.minority_persons,
                    "source": source,
                    "as_of": date(year, 12, 31),
                }
                for uid, count in zip(self.villages, self.story.populations[year], strict=True)
            ],
        )
        work.insert_many(
            Kind.VILLAGE_TARGET,
            [
                {"area": uid, "year": year, "poor_decrease": poor, "near_poor_decrease": near}
                for uid, (poor, near) in zip(
                    self.villages, self.story.targets.get(year, ()), strict=False
                )
            ],
        )

    def _register(self, work: WriteUnit, year: int) -> None:
        """Households, persons and dated facts that begin in the year."""
        homes = self.story.book.homes
        new_homes = [home for home in homes if home.entered.year == year]
        _insert(work, Kind.HOUSEHOLD, new_homes, HOUSEHOLD_FIELDS)
        stays = [
            (home, stay) for home in homes for stay in home.stays if stay.valid_from.year == year
        ]
        new = dict.fromkeys(stay.person for _, stay in stays if stay.person.uid is None)
        for person in new:
            person.values |= {name: getattr(person, name) for name in _PERSONAL}
        _insert(work, Kind.PERSON, list(new), PERSON_FIELDS)
        work.insert_many(
            Kind.PLACE,
            [
                {
                    "household": home.uid,
                    "village": self.villages[place.village],
                    "reason": place.reason,
                    "valid_from": place.valid_from,
                    "valid_to": place.valid_to,
                }
                for home in homes
                for place in home.places
                if place.valid_from.year == year
            ],
        )
        work.insert_many(Kind.MEMBERSHIP, [_membership(home, stay) for home, stay in stays])
        for kind, owner, things in (
            (Kind.HOUSEHOLD_FACT, "household", new_homes),
            (Kind.PERSON_FACT, "person", list(new)),
        ):
            work.insert_many(
                kind, [_fact(owner, thing, fact) for thing in things for fact in thing.facts]
            )

    def _classes(self, work: WriteUnit, year: int) -> None:
        """Decisions and class records that became known in the year."""
        rows = [
            (home, row)
            for home in self.story.book.homes
            for row in home.classes
            if row.recorded == year
        ]
        decisions = dict.fromkeys(
            row.decision for _, row in rows if row.decision is not None and row.decision.uid is None
        )
        papers = sorted(decisions, key=lambda paper: paper.signed_on)
        uids = work.insert_many(Kind.DECISION, [_decision(self.commune, paper) for paper in papers])
        for paper, uid in zip(papers, uids, strict=True):
            paper.uid = uid
        rows.sort(key=lambda pair: pair[1].valid_from)
        work.insert_many(Kind.CLASS_RECORD, [_class_record(home, row) for home, row in rows])

    def _close(self, work: WriteUnit, year: int) -> None:
        closings = {YEARS[0]: [(OLD, "opening")], YEARS[1]: [(OLD, "periodic"), (NEW, "opening")]}
        for standard, kind in closings.get(year, [(NEW, "periodic")]):
            close_year_in(
                work,
                year=year,
                standard=standard,
                definition=self.definitions.standards.get(standard).sha256,
                commune=self.commune,
                kind=kind,
                ages=child_ages(self.definitions.standards.get(standard)),
                scores=self._found(year) if standard == NEW else {},
            )

    def _found(self, year: int) -> dict[UUID, dict[str, Any]]:
        """The indicators that the review of a year found of each household."""
        codes = self.definitions.standards.get(NEW).codes
        found = {}
        for home in self.story.book.homes:
            rows = [row for row in home.classes if (row.standard, row.review_year) == (NEW, year)]
            if rows and home.uid:
                lacks = lacking(home.lacks, rows[-1].household_class)
                bits = sum(1 << place for place, code in enumerate(codes) if code in lacks)
                found[home.uid] = {"deprived_bits": bits, "unknown_bits": 0}
        return found


def _version(
    area: UUID,
    name: str,
    kind: str,
    parent: UUID | None = None,
    *,
    since: date = FIRST_DAY,
    until: date | None = None,
    **values: Any,
) -> dict[str, Any]:
    blank = dict.fromkeys(("code", "position", "area_type", "region"))
    dates = {"valid_from": since, "valid_to": until}
    return {**blank, "area": area, "name": name, "kind": kind, "parent": parent, **values, **dates}


def _setting_rows(commune: Commune) -> Iterator[dict[str, Any]]:
    """Each value ends the day before the next one of its code begins."""
    starts: dict[str, list[tuple[date, str]]] = {}
    for start, values in commune.settings:
        for code, value in values.items():
            starts.setdefault(code, []).append((start, value))
    for code, dated in starts.items():
        ends = [start - timedelta(days=1) for start, _ in dated[1:]]
        for (start, value), end in zip(dated, [*ends, None], strict=True):
            yield {"code": code, "value": value, "valid_from": start, "valid_to": end}


def _insert(
    work: WriteUnit, kind: Kind, things: Sequence[Home | Person], fields: Iterable[str]
) -> None:
    names = tuple(fields)
    uids = work.insert_many(
        kind, [{name: thing.values[name] for name in names} for thing in things]
    )
    for thing, uid in zip(things, uids, strict=True):
        thing.uid = uid


def _membership(home: Home, stay: Stay) -> Mapping[str, Any]:
    return {
        "household": home.uid,
        "person": stay.person.uid,
        "relation": stay.relation,
        "is_head": stay.is_head,
        "position": stay.position,
        "reason": stay.reason,
        "end_reason": stay.end_reason,
        "valid_from": stay.valid_from,
        "valid_to": stay.valid_to,
    }


def _fact(owner: str, thing: Home | Person, fact: Fact) -> Mapping[str, Any]:
    return {
        owner: thing.uid,
        "code": fact.code,
        "value": fact.value,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
    }


def _decision(commune: UUID, paper: Decision) -> Mapping[str, Any]:
    return {
        "area": commune,
        "number": paper.number,
        "signed_on": paper.signed_on,
        "signer": paper.signer,
        "note": paper.note,
    }


def _class_record(home: Home, row: ClassRow) -> Mapping[str, Any]:
    return {
        "household": home.uid,
        "standard": row.standard,
        "review_year": row.review_year,
        "household_class": row.household_class,
        "average_living": row.average_living,
        "source": row.source,
        "decision": row.decision.uid if row.decision else None,
        "note": row.note,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
