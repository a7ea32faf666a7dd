"""Whether a support fits who got it: the class of the day, the 36 months, the same thing twice.

What is found is told and never stops anybody: a register may lag behind, an officer may know more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.new_escape import Escape, months_later
from giamngheo_desktop.domain.policy import PolicyValue, on
from giamngheo_desktop.domain.standard import AVERAGE_LIVING, NEW_ESCAPE, HouseholdClass
from giamngheo_desktop.domain.vietnamese import search_key

POORER = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
ESCAPED_NEAR_POOR = "escaped_near_poor"  # for how long no source says
LONG = 3  # years on the list from which it is told
SOON = 30  # days before the end of a card or period from which it is told


class Why(StrEnum):
    """What is doubtful about a support."""

    NOT_HERE = "not_here"  # the household is not in the register that day
    NO_PERSON = "no_person"  # of a policy for persons
    NOT_MEMBER = "not_member"  # the person is none of the household's that day
    NO_CLASS = "no_class"  # no recognised class holds that day
    OTHER_CLASS = "other_class"  # one that the policy is not for
    ESCAPE_OVER = "escape_over"  # hộ mới thoát nghèo once, no longer
    TWICE = "twice"
    TWO_SOURCES = "two_sources"  # the highest level alone applies: TT 60/2026/TT-BTC Điều 2.3.b
    EXPIRES = "expires"
    EXPIRED = "expired"
    OTHER_VALUE = "other_value"  # the value it was worked out with did not hold that day
    OTHER_YEAR = "other_year"  # its event is of the plan of another year than that of its day


# Nothing of this is said of whom a danh sách kỳ entitles on the day.
OF_GROUND = frozenset(
    {Why.NOT_HERE, Why.NOT_MEMBER, Why.NO_CLASS, Why.OTHER_CLASS, Why.ESCAPE_OVER}
)


@dataclass(frozen=True, slots=True)
class Same:
    """What two supports of one policy share: the content that both say, the days they are for."""

    content: str | None
    days: tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One warning of a support: `household_class` held then; `day` is the last one of an escape or
    period, or that of the `other` support, with which it has the `same`.
    """

    why: Why
    support: UUID
    household_class: str | None = None
    day: date | None = None
    other: UUID | None = None
    same: Same | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a household was on a day; `by_province` is its class under a standard of the province.

    `escape` is the last one, over or not; `once_near_poor`: it was recognised so by then; `members`
    are those of the day. `is_known`: the register had begun by then.
    """

    household_class: str | None = None
    average_living: bool = False
    by_province: str | None = None
    escape: Escape | None = None
    once_near_poor: bool = False
    is_here: bool = True
    is_known: bool = True
    members: frozenset[UUID] = frozenset()

    def state(self, day: date) -> str | None:
        """The class it was supported as: poverty first, then the escape, then average living."""
        if self.household_class in POORER:
            return self.household_class
        if self.escape is not None and self.escape.holds_on(day):
            return NEW_ESCAPE
        return AVERAGE_LIVING if self.average_living else self.household_class

    def held(self, day: date) -> frozenset[str]:
        """Everything that may entitle it."""
        codes = {self.household_class, self.by_province, self.state(day)}
        if self.average_living:
            codes.add(AVERAGE_LIVING)
        if self.once_near_poor and not codes & {*POORER}:
            codes.add(ESCAPED_NEAR_POOR)
        return frozenset(code for code in codes if code is not None)


NOBODY = Standing(is_here=False)
BEFORE = Standing(is_here=False, is_known=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For whom a policy is; `classes` None: no source says. `of_dead`: who died is no member."""

    classes: frozenset[str] | None = None
    per_person: bool = False
    of_dead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A support as the rules look at it; `sources` are those it was paid from."""

    uid: UUID
    household: UUID
    person: UUID | None
    policy: str
    supported_on: date
    content: str | None = None
    item: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    months: int | None = None
    value_key: str | None = None
    value_used: str | None = None
    class_then: str | None = None
    sources: frozenset[str] = frozenset()
    plan_year: int | None = None  # of its event

    def period(self, *, often: bool = False) -> tuple[date, date]:
        """The days it is for; without any it is of its year, or of its day alone where the policy
        gives `often`.
        """
        day = self.supported_on
        if self.period_from is None and self.period_to is None:
            return (day, day) if often else (date(day.year, 1, 1), date(day.year, 12, 31))
        if self.period_from is None:
            assert self.period_to is not None
            return min(day, self.period_to), self.period_to
        if self.period_to is not None:
            return self.period_from, self.period_to
        if self.months:
            last = months_later(self.period_from, self.months) - timedelta(days=1)
            return self.period_from, last
        return self.period_from, date(self.period_from.year, 12, 31)


def of_class(given: Given, standing: Standing, terms: Terms) -> tuple[Doubt, ...]:
    """Whether who got it was entitled; before the register begins only what was typed tells."""
    day, found = given.supported_on, list[Doubt]()
    if terms.per_person and given.person is None:
        found.append(Doubt(why=Why.NO_PERSON, support=given.uid))
    if standing.is_known and not standing.is_here:
        return (*found, Doubt(why=Why.NOT_HERE, support=given.uid))
    stranger = given.person is not None and given.person not in standing.members
    if stranger and standing.is_known and not terms.of_dead:
        found.append(Doubt(why=Why.NOT_MEMBER, support=given.uid))
    state = standing.state(day) if standing.is_known else given.class_then
    held = standing.held(day) | ({state} if state else set())
    if terms.classes is not None and not terms.classes & held:
        escape = standing.escape
        if NEW_ESCAPE in terms.classes and escape is not None and day >= escape.until:
            found.append(Doubt(why=Why.ESCAPE_OVER, support=given.uid, day=escape.last))
        elif state is None:
            found.append(Doubt(why=Why.NO_CLASS, support=given.uid))
        else:
            found.append(Doubt(why=Why.OTHER_CLASS, support=given.uid, household_class=state))
    return tuple(found)


def of_value(given: Given, values: Iterable[PolicyValue]) -> tuple[Doubt, ...]:
    """Whether the value it names may have held that day."""
    if not given.value_key or not given.value_used:
        return ()
    held = on(values, given.value_key, given.supported_on)
    if any(search_key(one.value) == search_key(given.value_used) for one in held):
        return ()
    return (Doubt(why=Why.OTHER_VALUE, support=given.uid),)


def of_year(given: Given) -> tuple[Doubt, ...]:
    """It counts in the year of its day, whatever plan its event belongs to."""
    if given.plan_year in (None, given.supported_on.year):
        return ()
    return (Doubt(why=Why.OTHER_YEAR, support=given.uid),)


def same(one: Given, other: Given, often: Collection[str] = ()) -> Same | None:
    """What makes them the same content to the same household (and person) for days they share; None
    where they are two things. What one of the two does not say is no difference. `often` are the
    policies of which each day is something of its own.
    """
    if (one.household, one.policy) != (other.household, other.policy):
        return None
    if one.person is not None and other.person is not None and one.person != other.person:
        return None
    if _differs(one.content, other.content) or _differs(one.item, other.item):
        return None
    spans = [each.period(often=one.policy in often) for each in (one, other)]
    begins, ends = max(first for first, _ in spans), min(last for _, last in spans)
    if begins > ends:
        return None
    said = (mine for mine, its in ((one.content, other.content), (one.item, other.item)) if its)
    return Same(next(filter(None, said), None), (begins, ends))


def _differs(one: str | None, other: str | None) -> bool:
    keys = search_key(one or ""), search_key(other or "")
    return "" not in keys and keys[0] != keys[1]


def repeats(
    asked: Iterable[Given], known: Iterable[Given], often: Collection[str] = ()
) -> Iterator[Doubt]:
    """Those of `asked` that say what another one says; `known` has them and all others; `often` as
    for `same`.
    """
    near: dict[tuple[UUID, str], list[Given]] = {}
    for one in known:
        near.setdefault((one.household, one.policy), []).append(one)
    for one in asked:
        for other in near.get((one.household, one.policy), ()):
            shared_by = same(one, other, often) if other.uid != one.uid else None
            if shared_by is not None:
                shared = one.sources & other.sources or not (one.sources and other.sources)
                why = Why.TWICE if shared else Why.TWO_SOURCES
                day = other.supported_on
                yield Doubt(why=why, support=one.uid, other=other.uid, day=day, same=shared_by)


def ending(
    asked: Iterable[Given], known: Iterable[Given], today: date, within: int = SOON
) -> Iterator[Doubt]:
    """Those whose card or period ends within so many days or has ended, where nothing goes on."""
    later: dict[tuple[UUID, UUID | None, str], list[Given]] = {}
    for one in known:
        later.setdefault((one.household, one.person, one.policy), []).append(one)
    for one in asked:
        if one.period_to is None or one.period_to > today + timedelta(days=within):
            continue
        others = later.get((one.household, one.person, one.policy), ())
        if not any(_goes_on(one, other) for other in others):
            why = Why.EXPIRED if one.period_to < today else Why.EXPIRES
            yield Doubt(why=why, support=one.uid, day=one.period_to)


def _goes_on(one: Given, other: Given) -> bool:
    assert one.period_to is not None
    alike = not _differs(one.content, other.content) and not _differs(one.item, other.item)
    return alike and other.period_to is not None and other.period_to > one.period_to


@dataclass(frozen=True, slots=True)
class ListedYears:
    """Review years in a row that recognised a household as poor or near-poor, up to the last one.

    `at_least`: the first of them is an opening list; what was before the register does not know.
    """

    years: tuple[int, ...] = ()
    at_least: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.years) >= LONG


def listed_years(listed: Mapping[int, bool], openings: Iterable[int] = ()) -> ListedYears:
    """`listed` says of each review year with a result whether it put the household on the list;
    `openings` are the years known from an opening list.
    """
    if not listed:
        return ListedYears()
    year, run = max(listed), list[int]()
    while listed.get(year):
        run.insert(0, year)
        year -= 1
    return ListedYears(tuple(run), bool(run) and run[0] in set(openings))
