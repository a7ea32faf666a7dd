"""Indicators of how households and their members live: insurance, school, nutrition, work, water.

What the register says without a day speaks of the day it was typed; that is remarked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.actual import Actual, Amount, State, Wanted, counted, covered, percent
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.education_tests import any_child_not_at_level, in_school_age
from giamngheo_desktop.domain.entitlement import Given
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_state import NO, YES, Case, at_every_age
from giamngheo_desktop.domain.indicator_state import State as Deprived
from giamngheo_desktop.domain.indicators import state_of
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.services.targets.poverty import TABLES
from giamngheo_desktop.services.targets.world import World
from giamngheo_desktop.storage import actuals as stored
from giamngheo_desktop.storage.actuals import Got

LISTED = frozenset(TABLES)
CHILD_BELOW = 16
_DIMENSIONS = {"water": "water_sanitation"}  # of list target_dimensions, as standards call it
_SEVERE = ("very_severe", "severe")
_LEVEL_AGES = {"min_age": 3, "below_age": CHILD_BELOW}


# -- deprivation --------------------------------------------------------------------------------


def deprived(world: World, wanted: Wanted) -> Actual:
    """Poor and near-poor households lacking an indicator, or any of a dimension, or any at all."""
    poverty, groups = world.poverty, world.groups(wanted) & LISTED
    begun = replace(poverty.begun(wanted.code), day=world.day)
    places = list(_places(poverty.standard, wanted))
    if not places:
        return begun.missing("no_indicator")
    if (reason := poverty.lacks(groups, wanted.village)) is not None:
        return begun.missing(reason)
    found = poverty.deprived(poverty.scope, groups, places, wanted.village)
    sure = frozenset(home for home, lacks in found.items() if lacks)
    maybe = frozenset(home for home, lacks in found.items() if lacks is None)
    result = replace(
        counted(begun, Kind.HOUSEHOLD, sure, maybe),
        denominator=Amount.of(Kind.HOUSEHOLD, frozenset(found)),
    )
    if result.value is None or not found:
        return result
    return replace(result, share=percent(len(sure), len(found)))


def _places(standard: PovertyStandard, wanted: Wanted) -> Iterator[int]:
    """The places of the indicators asked for in the order of the standard."""
    dimension = _DIMENSIONS.get(wanted.dimension or "", wanted.dimension)
    for place, indicator in enumerate(standard.indicators):
        if wanted.indicator is not None:
            if indicator.code == wanted.indicator:
                yield place
        elif dimension in (None, indicator.dimension):
            yield place


def lives_without(indicator: str) -> Callable[[World, Wanted], Actual]:
    """The coverage of households that do not lack an indicator of the standard: water, toilet.

    Of a closed year the frozen results say it, else what the register holds.
    """

    def found(world: World, wanted: Wanted) -> Actual:
        poverty, groups = world.poverty, world.groups(wanted)
        begun = poverty.begun(wanted.code)
        if indicator not in poverty.standard.codes:
            return begun.missing("no_indicator")
        if poverty.frozen and groups <= LISTED:
            place = poverty.standard.codes.index(indicator)
            lacks = poverty.deprived(poverty.scope, groups, [place], wanted.village)
            return covered(begun, Kind.HOUSEHOLD, _opposite(lacks))
        homes = world.households(world.present(wanted))
        asked = {uid: _has(world, home, indicator) for uid, home in homes.items()}
        return _undated(world, covered(begun, Kind.HOUSEHOLD, asked))

    return found


def _has(world: World, home: Household, indicator: str) -> bool | None:
    case = Case(home, world.day, world.definitions.ages)
    state = state_of(world.poverty.standard.indicator(indicator), case).state
    return None if state is Deprived.UNKNOWN else state is Deprived.NOT_DEPRIVED


def has_access(world: World, homes: Iterable[UUID], indicator: str) -> dict[UUID, bool | None]:
    """Whether households do not lack an indicator, as the register has it now."""
    if world.has_moved_on or indicator not in world.poverty.standard.codes:
        return dict.fromkeys(homes)
    found = world.households(list(homes))
    return {uid: _has(world, home, indicator) for uid, home in found.items()}


def _opposite(lacks: Mapping[UUID, bool | None]) -> dict[UUID, bool | None]:
    return {one: None if known is None else not known for one, known in lacks.items()}


def _undated(world: World, found: Actual) -> Actual:
    """With the remark that facts without days were counted; of a year long past they are none."""
    if world.has_moved_on:
        return replace(found, low=None, high=None).missing("undated")
    return found.remarked("undated")


# -- persons ------------------------------------------------------------------------------------


def insured(world: World, wanted: Wanted) -> Actual:
    """Members with a card that holds on the day, by the supports; else as the register says.

    Whose last card is over is not known to have none: the next one may not have been typed.
    """
    persons = world.persons(wanted)
    cards: dict[UUID, list[Got]] = {}
    for got in stored.supports(world.connection, ("health_insurance",), world.day):
        if got.person in persons:
            cards.setdefault(got.person, []).append(got)
    asked: dict[UUID, bool | None] = {}
    for uid, gots in cards.items():
        holds = any(first <= world.day <= last for first, last in map(_period, gots))
        asked[uid] = holds or None
    others = {uid: home for uid, home in persons.items() if uid not in cards}
    register = _members(world, others.values())
    for uid in others:
        asked[uid] = register[uid].health_insurance if uid in register else None
    found = covered(world.begun(wanted), Kind.PERSON, asked)
    return _undated(world, found) if others else found


def _period(got: Got) -> tuple[date, date]:
    given = Given(
        uid=got.uid,
        household=got.household,
        person=got.person,
        policy=got.policy,
        supported_on=got.supported_on,
        period_from=got.period_from,
        period_to=got.period_to,
        months=got.months,
    )
    return given.period()


def at_school(world: World, wanted: Wanted) -> Actual:
    """Children of an age with a level of school who are at it, or at a higher one."""
    asked, maybe = dict[UUID, bool | None](), set[UUID]()
    for home in world.households(world.present(wanted)).values():
        for member in home.members:
            case = Case(replace(home, members=(member,)), world.day, world.definitions.ages)
            is_asked = in_school_age(case, member).holds
            if is_asked:
                state = any_child_not_at_level(case, **_LEVEL_AGES).state
                known = state is Deprived.NOT_DEPRIVED
                asked[member.uid] = None if state is Deprived.UNKNOWN else known
            elif is_asked is None:
                maybe.add(member.uid)
    found = covered(world.begun(wanted), Kind.PERSON, asked, frozenset(maybe))
    return _undated(world, found)


def malnourished(world: World, wanted: Wanted) -> Actual:
    """Of the children below 16 who were measured those who are malnourished; `unknown` are the
    others, whom the rate does not speak of.
    """
    states = _nutrition(world, wanted)
    measured = {one: state for one, state in states.items() if state is not None}
    begun = world.begun(wanted)
    found = covered(begun, Kind.PERSON, measured)
    if not measured:
        found = begun.missing("not_measured" if states else "nobody")
    rest = frozenset(states) - frozenset(measured)
    if rest:
        found = replace(found, unknown=Amount.of(Kind.PERSON, rest))
        found = found.remarked("some_not_measured")
    return _undated(world, found)


def supplemented(world: World, wanted: Wanted) -> Actual:
    """Malnourished children below 16 who were given micronutrients in the year."""
    states = _nutrition(world, wanted)
    children = frozenset(one for one, state in states.items() if state)
    given = _micronutrients(world)
    begun = world.begun(wanted)
    if not children:
        unmeasured = any(state is None for state in states.values())
        return begun.missing("not_measured") if unmeasured else replace(begun, state=State.NO_NEED)
    found = covered(begun, Kind.PERSON, {one: one in given for one in children})
    if any(state is None for state in states.values()):
        found = found.remarked("some_not_measured")
    return _undated(world, found)


def _nutrition(world: World, wanted: Wanted) -> dict[UUID, bool | None]:
    """Whether each child below 16 is malnourished: by the newest record of the year, else as the
    register says. Whose age is not known is no child here.
    """
    told: dict[UUID, bool] = {}
    found = stored.supports(world.connection, ("nutrition",), world.day, world.first)
    said = stored.answers(world.connection, (got.uid for got in found))
    for got in found:
        state = said.get(got.uid, {}).get("nutrition_state")
        if got.person is not None and state is not None:
            told[got.person] = state != "normal"
    return {
        member.uid: told.get(member.uid, member.malnourished)
        for member in _members(world, world.present(wanted)).values()
        if at_every_age(member, world.day, lambda age: YES if age < CHILD_BELOW else NO).holds
    }


def _micronutrients(world: World) -> frozenset[UUID]:
    found = stored.supports(world.connection, ("nutrition",), world.day, world.first)
    said = stored.answers(world.connection, (got.uid for got in found))
    given = {got.person for got in found if said.get(got.uid, {}).get("micronutrients") == "1"}
    for activity, row in world.participants("nutrition"):
        if "micronutrients" in (activity.get("nutrition_actions") or ()) and row["attended"]:
            given.add(row["person"])
    return frozenset(one for one in given if one is not None)


def has_work(world: World, wanted: Wanted) -> Actual:
    """Households with a member of working age and able who has lasting work, of those with any."""
    asked, maybe = dict[UUID, bool | None](), set[UUID]()
    for uid, home in world.households(world.present(wanted)).items():
        works, may_work = set[bool | None](), False
        for member in home.members:
            is_worker = _of_working_age(world, member)
            lasting = _has_lasting_work(member)
            if is_worker:
                works.add(lasting)
            elif is_worker is None and lasting is not False:
                may_work = True
        if works:
            unsure = None in works or may_work
            asked[uid] = True if True in works else (None if unsure else False)
        elif may_work:
            maybe.add(uid)
    found = covered(world.begun(wanted), Kind.HOUSEHOLD, asked, frozenset(maybe))
    return _undated(world, found)


def _of_working_age(world: World, member: Member) -> bool | None:
    if member.labour_capacity == "unable" or member.job_status == "unable":
        return False
    rules = world.definitions.ages.working_age
    return rules.includes(member.birth, member.sex, world.day)[0]


def _has_lasting_work(member: Member) -> bool | None:
    """By its dated fact, else wage work with a contract; work of one's own does not tell."""
    if member.stable_livelihood is not None:
        return member.stable_livelihood == "yes"
    if member.job_status == "working":
        known = {"contract": True, "no_contract": False}
        return known.get(member.job_contract or "")
    return None if member.job_status is None else False


def assisted(world: World, wanted: Wanted) -> Actual:
    """Who gets the monthly social assistance, of the members known to be entitled to it on the day:
    who gets it, has a recorded need of it, or is severely disabled.
    """
    cards = stored.supports(world.connection, ("social_assistance",), world.day)
    getting = {got.person for got in cards if _holds(got, world.day)}
    getting |= {one for _, one in stored.drawing(world.connection, world.day)}
    severe = stored.with_fact(world.connection, world.day, "disability_level", _SEVERE)
    spans = stored.needs(world.connection, "social_assistance", world.day, world.day)
    told = getting | {one for _, one in severe} | {need.person for need in spans}
    homes = stored.homes_of(world.connection, world.day, told)
    here = world.present(wanted)
    answer = {one: one in getting for one, home in homes.items() if home in here}
    found = covered(world.begun(wanted), Kind.PERSON, answer)
    return _undated(world, found.remarked("entitled_as_known"))


def _holds(got: Got, day: date) -> bool:
    """Of an allowance without an end: it goes on."""
    first, last = _period(got)
    endless = got.period_from is not None and got.period_to is None and got.months is None
    return first <= day and (endless or day <= last)


def _members(world: World, homes: Iterable[UUID]) -> dict[UUID, Member]:
    found = world.households(dict.fromkeys(homes))
    return {member.uid: member for home in found.values() for member in home.members}
