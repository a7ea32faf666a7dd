"""A random commune's projects, supports, budget and funds, written as bare rows.

Beside each row that counts the maker notes what it is worth and where it belongs, as it knows it
from having made it: `by_hand` sums these notes. Rows that must not count are written and not noted.
`traps` says which of the awkward cases a register holds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import make_register
from tests.independent.sums.random_plan import (
    COMPONENTS,
    NONE,
    PROGRAMMES,
    Component,
    Part,
    Place,
    make_plan,
    part_traps,
    placed,
)

YEAR = 2026
YEARS = (2024, 2025, 2026, 2027)
FIRST_DAY = date(2021, 1, 1)
DAY = timedelta(days=1)

SOURCES = (
    "central", "province", "district", "commune", "matching", "policy_credit", "integrated",
    "donors", "poor_fund", "telecom_fund", "people", "other",
)  # fmt: skip
POLICIES = ("health", "education", "production", "credit", "housing", "other")
STAGES = ("planned", "assigned", "allocated", "disbursed", "settled")
FUNDS = ("poor_fund", "disaster_fund", "other")
FORMS = ("money", "goods", "labour")
AMOUNTS = (1, 2, 3, 7, 10, 999_999, 1_000_000, 100_000_001, 333_333_334, 999_999_999_999)


class Stay(NamedTuple):
    village: UUID
    first: date
    last: date | None


@dataclass(frozen=True)
class Home:
    """A household with what the maker knows of it: where it lived when, and who belongs to it."""

    uid: UUID
    stays: tuple[Stay, ...]
    members: tuple[UUID, ...]
    removed: bool

    def village(self, day: date) -> UUID | None:
        for stay in self.stays:
            if stay.first <= day and (stay.last is None or day <= stay.last):
                return stay.village
        return None

    def days(self) -> list[date]:
        """On which it began and ceased to live somewhere, and those beside them."""
        ends = [day for stay in self.stays for day in (stay.first, stay.last) if day]
        return [day + DAY * step for day in ends for step in (-1, 0, 1)]

    def whose(self, day: date) -> UUID:
        """A village of the commune that a support of this day belongs to."""
        begun = [stay for stay in self.stays if stay.first <= day]
        return (begun[-1] if begun else self.stays[0]).village


class Event(NamedTuple):
    uid: UUID
    day: date
    said: Component
    part: Part | None
    removed: bool

    @property
    def lends(self) -> Place:
        """To its supports: nothing from a removed part."""
        return placed(self.said, None if self.part and self.part.removed else self.part)


class Paid(NamedTuple):
    """One share of a support."""

    day: date
    household: UUID
    person: UUID | None
    policy: str
    place: Place
    village: UUID | None
    source: str
    amount: int


class Line(NamedTuple):
    year: int
    place: Place
    village: UUID | None
    body: UUID | None
    source: str
    stage: str
    amount: int


class Entry(NamedTuple):
    fund: str
    form: str
    direction: str
    day: date
    amount: int
    household: UUID | None


@dataclass
class Made:
    commune: UUID
    paid: list[Paid] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    traps: Counter[str] = field(default_factory=Counter)


def split(total: int, parts: int) -> list[int]:
    """Into shares that add up to it: one may be 0 đồng."""
    whole, rest = divmod(total, parts)
    return [whole + (number < rest) for number in range(parts)]


def make(database: Database, seed: int) -> Made:
    """Fill an empty register file. The same seed makes the same money."""
    register = make_register(database, first_day=FIRST_DAY, seed=seed)
    own_villages = [*register.villages.values()]
    other_commune = register.second_commune("Ba Vì", "Z")
    made = Made(register.commune)
    with write_unit(database, register.context, Op.SAVE_UNIT) as work:
        maker = _Maker(random.Random(seed), work, made, own_villages)
        other_village = register.villages["Z"]
        maker.add(  # by mistake once placed in the commune that is counted
            Kind.AREA_VERSION, area=other_village, parent=made.commune, name="Thôn Z", kind="thon",
            search_key="thon z", sort_key="thon z", valid_from=FIRST_DAY, removed=True,
        )  # fmt: skip
        homes = [maker.home(other_village) for _ in range(maker.dice.randint(20, 60))]
        homes += [maker.neighbour(other_village) for _ in range(4)]
        for commune, villages in ((made.commune, own_villages), (other_commune, [other_village])):
            maker.programme(commune, villages, homes)
    return made


class _Maker:
    def __init__(
        self, dice: random.Random, work: WriteUnit, made: Made, villages: Sequence[UUID]
    ) -> None:
        self.dice = dice
        self.work = work
        self.made = made
        self.villages = villages

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def trap(self, name: str, there: object) -> None:
        self.made.traps[name] += bool(there)

    def add(self, kind: Kind, /, **values: Any) -> UUID:
        return self.work.insert(kind, **values)

    def day(self, years: Sequence[int] = YEARS) -> date:
        """The first and the last day of a year come often."""
        first = date(self.dice.choice((*years, YEAR, YEAR, YEAR)), 1, 1)
        return first + DAY * self.dice.choice((0, 364, *self.dice.choices(range(365), k=4)))

    def amount(self) -> int:
        return self.dice.choice((*AMOUNTS, self.dice.randrange(1, 50_000_000)))

    def component(self) -> Component:
        if self.chance(15):
            return self.dice.choice((NONE, NONE, *PROGRAMMES))
        return self.dice.choice(COMPONENTS)

    def named(self, plan: Sequence[Part]) -> tuple[Component, Part | None]:
        """What a line or an event names: a programme, a component, a part of the plan, or none."""
        if self.chance(30):
            return self.component(), None
        own, programme = self.chance(50), self.dice.choice(PROGRAMMES)
        said = self.dice.choice((NONE, NONE, programme, programme, self.component()))
        return said, self.dice.choice([part for part in plan if part.own == own])

    # --- Households ----------------------------------------------------------------------------

    def home(self, elsewhere: UUID) -> Home:
        """One that lived in the commune at some time."""
        one, two = self.dice.sample(self.villages, 2)
        first = self.dice.choice((FIRST_DAY, date(2025, 1, 1), date(2025, 7, 1)))
        moved = date(YEAR, 1, 1) + DAY * self.dice.randrange(365)
        before = moved - DAY
        way = self.dice.choice(("stay", "stay", "move", "twice", "gone", "back", "out", "in"))
        self.trap(f"household: {way}", True)
        stays = {
            "stay": [Stay(one, first, None)],
            "move": [Stay(one, first, before), Stay(two, moved, None)],
            "twice": [
                Stay(one, first, date(2025, 12, 31)),
                Stay(two, date(YEAR, 1, 1), moved),
                Stay(one, moved + DAY, None),
            ],
            "gone": [Stay(one, first, before)],
            "back": [Stay(one, first, date(2025, 12, 1)), Stay(two, moved, None)],
            "out": [Stay(one, first, before), Stay(elsewhere, moved, None)],
            "in": [Stay(elsewhere, date(2025, 1, 1), before), Stay(two, moved, None)],
        }[way]
        return self.write_home(stays, removed=self.chance(8))

    def neighbour(self, village: UUID) -> Home:
        return self.write_home([Stay(village, date(2025, 1, 1), None)], removed=False)

    def write_home(self, stays: list[Stay], *, removed: bool) -> Home:
        self.trap("household removed", removed)
        household = self.add(Kind.HOUSEHOLD, address="Thôn", removed=removed)
        kept = not removed or self.chance(50)
        for stay in stays:
            self.place(household, *stay, removed=not kept)
        if self.chance(20):
            self.trap("place removed", True)
            wrong = self.dice.choice(self.villages)
            self.place(household, wrong, FIRST_DAY, None, removed=True)
        members = tuple(
            self.member(household, stays[0].first, is_head=not number)
            for number in range(self.dice.randint(1, 4))
        )
        return Home(household, tuple(stays), members, removed)

    def place(
        self, household: UUID, village: UUID, first: date, last: date | None, *, removed: bool
    ) -> None:
        self.add(
            Kind.PLACE, household=household, village=village, valid_from=first, valid_to=last,
            removed=removed,
        )  # fmt: skip

    def member(self, household: UUID, first: date, *, is_head: bool) -> UUID:
        person = self.add(
            Kind.PERSON, full_name="Đinh Văn An", given_name="An", search_key="dinh van an",
            sort_key="an", key_version=1,
        )  # fmt: skip
        self.add(
            Kind.MEMBERSHIP, household=household, person=person, is_head=is_head, valid_from=first,
            relation="head" if is_head else "other",
        )  # fmt: skip
        return person

    # --- What a commune does -------------------------------------------------------------------

    def programme(self, commune: UUID, villages: Sequence[UUID], homes: Sequence[Home]) -> None:
        """Everything of one commune; of another one than the register's nothing is noted."""
        ours = commune == self.made.commune
        bodies = [
            self.add(Kind.BODY, area=commune, name=f"Hội {number}", valid_from=FIRST_DAY)
            for number in range(3)
        ]
        plan = make_plan(self.dice, self.add, commune, YEAR, bodies)
        activities = self.activities(commune, plan, villages, homes)
        events = self.events(commune, plan, activities, bodies)
        for home in homes:
            for _ in range(self.dice.randint(0, 4)):
                day = self.day()
                event = self.dice.choice(events) if self.chance(75) else None
                if event and self.chance(80):
                    day = event.day
                elif self.chance(40):
                    day = self.dice.choice(home.days())
                if home.whose(day) in villages:
                    self.support(home, day, event, bodies, ours)
        for _ in range(self.dice.randint(30, 90) if ours else 10):
            self.budget_line(commune, plan, activities, bodies, villages, ours)
        helped = [home for home in homes if home.whose(date(YEAR, 6, 1)) in villages]
        for _ in range(self.dice.randint(20, 50) if ours else 8):
            self.fund_entry(commune, [home for home in helped if not home.removed], bodies, ours)
        self.period_list(commune, helped)

    def activities(
        self,
        commune: UUID,
        plan: Sequence[Part],
        villages: Sequence[UUID],
        homes: Sequence[Home],
    ) -> list[UUID]:
        """With several participants and answers each: who joins them to money counts it twice."""
        found = []
        for number in range(6):
            part = self.dice.choice(plan)
            programme, component = part.chain[0]
            activity = self.add(
                Kind.ACTIVITY, area=commune, year=YEAR, kind="model", name=f"Mô hình {number}",
                programme=programme, component=component, plan_component=part.uid,
                village=self.dice.choice(villages),
            )  # fmt: skip
            for home in self.dice.sample(homes, 3):
                self.add(
                    Kind.PARTICIPANT, activity=activity, household=home.uid, to_return=500,
                    removed=self.chance(20),
                )  # fmt: skip
            for code in ("households", "area"):
                self.add(Kind.ACTIVITY_VALUE, activity=activity, code=code, value="3")
            found.append(activity)
        return found

    def events(
        self,
        commune: UUID,
        plan: Sequence[Part],
        activities: Sequence[UUID],
        bodies: Sequence[UUID],
    ) -> list[Event]:
        found = []
        for number in range(24):
            said, part = self.named(plan)
            day, removed = self.day(), self.chance(10)
            uid = self.add(
                Kind.SUPPORT_EVENT, area=commune, year=day.year, policy=self.dice.choice(POLICIES),
                name=f"Đợt {number}", programme=said[0], component=said[1],
                plan_component=part.uid if part else None, supported_on=day, removed=removed,
                activity=self.dice.choice((None, *activities)),
                body=self.dice.choice((None, *bodies)),
            )  # fmt: skip
            found.append(Event(uid, day, said, part, removed))
        return found

    # --- Money ---------------------------------------------------------------------------------

    def support(
        self, home: Home, day: date, event: Event | None, bodies: Sequence[UUID], ours: bool
    ) -> None:
        inherits = event is not None and not event.removed and self.chance(75)
        said = NONE if inherits else self.component()
        if event and not inherits and said == NONE:
            said = self.dice.choice((*COMPONENTS, *PROGRAMMES))  # or its event would lend
        place = event.lends if event and inherits else placed(said, None)
        person = self.dice.choice((None, *home.members))
        policy, removed = self.dice.choice(POLICIES), self.chance(10)
        support = self.add(
            Kind.SUPPORT, household=home.uid, person=person, policy=policy, supported_on=day,
            support_event=event.uid if event else None, programme=said[0], component=said[1],
            body=self.dice.choice((None, *bodies)), removed=removed,
        )  # fmt: skip
        for code in ("quantity", "place"):
            self.add(Kind.SUPPORT_VALUE, support=support, code=code, value="1")
        shares = [] if self.chance(8) else self.shares()
        noted = ours and not removed and not home.removed
        gone = [self.chance(12) for _ in shares]
        village = home.village(day)
        for (source, amount), share_removed in zip(shares, gone, strict=True):
            self.add(
                Kind.SUPPORT_SHARE, support=support, source=source, amount=amount,
                removed=share_removed,
            )  # fmt: skip
            if noted and not share_removed:
                self.made.paid.append(
                    Paid(day, home.uid, person, policy, place, village, source, amount)
                )
        if noted:
            self.note_support_traps(day, event, said, inherits, village, shares, gone)
            self.trap("support: on the last day in a village", village != home.village(day + DAY))
            self.trap("support: on the first day in one", village != home.village(day - DAY))
        self.trap("support removed", ours and removed)
        self.trap("support of a removed household", ours and home.removed)

    def note_support_traps(
        self,
        day: date,
        event: Event | None,
        said: Component,
        inherits: bool,
        village: UUID | None,
        shares: Sequence[tuple[str, int]],
        gone: Sequence[bool],
    ) -> None:
        sources = [source for source, _ in shares]
        for name, there in {
            "on the first day": (day.month, day.day) == (1, 1),
            "on the last day": (day.month, day.day) == (12, 31),
            "of another year than its event": event and event.day.year != day.year,
            "without event": event is None,
            "of a removed event": event and event.removed,
            "component of its event": inherits and event and event.said[1],
            "another component than its event": event and said[1],
            "a programme alone beside its event": event and said[0] and not said[1],
            "of a programme without component": said[0] and not said[1],
            "of no programme": event is None and not said[0],
            "of a component with others below": said[1] in ("DA1", "DA3", "DA4", "HP1", "HP2"),
            "no village": village is None,
            "no share": not shares,
            "no living share": shares and all(gone),
            "a share removed": any(gone) and not all(gone),
            "four shares": len(shares) == 4,
            "a source twice": len(sources) > len(set(sources)),
            "a share of nothing": any(amount == 0 for _, amount in shares),
        }.items():
            self.trap(f"support: {name}", there)
        lent, part = (event.said, event.part) if event and inherits else (NONE, None)
        for name, there in part_traps(lent, part, removed_lends=False).items():
            self.trap(f"support: {name}", there)
        by_plan = part and not lent[1]
        self.trap("support: by the plan of another year", by_plan and day.year != YEAR)

    def shares(self) -> list[tuple[str, int]]:
        sources = self.dice.sample(SOURCES, self.dice.randint(1, 4))
        if len(sources) > 1 and self.chance(10):
            sources[1] = sources[0]
        return [*zip(sources, split(self.amount(), len(sources)), strict=True)]

    def budget_line(
        self,
        commune: UUID,
        plan: Sequence[Part],
        activities: Sequence[UUID],
        bodies: Sequence[UUID],
        villages: Sequence[UUID],
        ours: bool,
    ) -> None:
        said, part = self.named(plan)
        year = self.dice.choice((*YEARS, YEAR, YEAR, YEAR))
        booked = self.day((year, year + 1))
        removed = self.chance(10)
        line = Line(
            year=year,
            place=placed(said, part),
            village=self.dice.choice((None, *villages)),
            body=self.dice.choice((None, *bodies)),
            source=self.dice.choice(SOURCES),
            stage=self.dice.choice((*STAGES, "assigned", "disbursed")),
            amount=self.amount() * (-1 if self.chance(5) else 1),
        )
        self.add(
            Kind.BUDGET_LINE, area=commune, year=year, programme=said[0],
            component=said[1], plan_component=part.uid if part else None, village=line.village,
            body=line.body, activity=self.dice.choice((None, *activities)), source=line.source,
            stage=line.stage, amount=line.amount, booked_on=booked, removed=removed,
            capital=self.dice.choice((None, "investment", "recurrent")),
        )  # fmt: skip
        if ours and not removed:
            self.made.lines.append(line)
            self.trap("line: taken back", line.amount < 0)
            self.trap("line: booked in another year", booked.year != year)
            self.trap("line: of no component", not line.place.component[1])
            self.trap("line: beside its part of the plan", part and said[1])
            for name, there in part_traps(said, part).items():
                self.trap(f"line: {name}", there)
            by_plan = part and not said[1]
            self.trap("line: by the plan of another year", by_plan and year != YEAR)
        self.trap("line removed", ours and removed)

    def fund_entry(
        self, commune: UUID, homes: Sequence[Home], bodies: Sequence[UUID], ours: bool
    ) -> None:
        few = homes[:6]  # so that some are helped more than once
        removed = self.chance(10)
        entry = Entry(
            fund=self.dice.choice(FUNDS),
            form=self.dice.choice(FORMS),
            direction=self.dice.choice(("in", "out")),
            day=self.day(),
            amount=self.amount(),
            household=self.dice.choice((None, *(home.uid for home in few))),
        )
        self.add(
            Kind.FUND_ENTRY, area=commune, fund=entry.fund, form=entry.form, amount=entry.amount,
            direction=entry.direction, booked_on=entry.day, household=entry.household,
            body=self.dice.choice((None, *bodies)), quantity=150, unit="kg", removed=removed,
        )  # fmt: skip
        if ours and not removed:
            self.made.entries.append(entry)
            self.trap("entry: a household gives", entry.direction == "in" and entry.household)
            self.trap("entry: before the year", entry.day.year < YEAR)
            self.trap("entry: after the year", entry.day.year > YEAR)
        self.trap("entry removed", ours and removed)

    def period_list(self, commune: UUID, homes: Sequence[Home]) -> None:
        """Its amounts are nobody's support."""
        listed = self.add(
            Kind.PERIOD_LIST, area=commune, policy="electricity", period=f"{YEAR}-Q4",
            first_day=date(YEAR, 10, 1), last_day=date(YEAR, 12, 31), issued_on=date(YEAR, 12, 30),
        )  # fmt: skip
        for home in homes[:5]:
            self.add(
                Kind.PERIOD_ROW, period_list=listed, household=home.uid, ground="poor",
                from_day=date(YEAR, 10, 1), amount=self.amount(),
            )  # fmt: skip
