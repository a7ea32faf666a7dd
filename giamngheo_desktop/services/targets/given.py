"""Indicators of what households and persons got: who needed it, who was trained, hired, housed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.actual import Actual, Amount, State, Wanted, counted, covered, percent
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.programme.supports import support_node
from giamngheo_desktop.services.targets.living import LISTED, has_access
from giamngheo_desktop.services.targets.world import World
from giamngheo_desktop.storage import actuals as stored
from giamngheo_desktop.storage import records, supports
from giamngheo_desktop.storage.actuals import NeedSpan

# Taking part that answers a need as a support does.
_ACTIVITIES = {
    "job": ("job_fair",),
    "training": ("vocational_class",),
    "legal_aid": ("mobile_legal_aid",),
}
_ACCESS = {"telecom": "telecom"}  # a need that is met by whoever has it, whatever was given
_LEVELS = ("short", "elementary")  # of list training_levels: sơ cấp và dưới 3 tháng
_HOUSING = "housing"
_PRODUCTION = "production"


class _Event(NamedTuple):
    """Somebody got something on a day; `person` None: nobody says who of the household."""

    household: UUID | None
    person: UUID | None
    day: date
    known: bool = True  # that it is what is counted


def in_need(world: World, wanted: Wanted) -> Actual:
    """The coverage of those who had a need on a day of the year while they were of the groups; of
    a year in which the unit recorded nobody's need of anything it is not known who had this one.
    """
    indicator = world.definitions.indicators[wanted.code]
    spans = _spans(world, wanted, indicator.need)
    met = _met(world, indicator.need)
    begun = _with_forms(world, wanted, spans)
    if not spans:
        kind = Kind.HOUSEHOLD if indicator.per == "household" else Kind.PERSON
        found = covered(begun, kind, {})
        if begun.remarks:
            return replace(found.missing("needs_on_forms"), remarks=())
        if not world.has_needs:
            return found.missing("no_needs")
        return replace(found, state=State.NO_NEED, reason="")
    if indicator.per == "household":
        helped = {event.household for event in met}
        homes: dict[UUID, bool | None] = {
            span.household: span.household in helped for span in spans
        }
        if indicator.need in _ACCESS:
            others = [home for home, holds in homes.items() if not holds]
            homes |= has_access(world, others, _ACCESS[indicator.need])
            begun = begun.remarked("undated") if others else begun
        return covered(begun, Kind.HOUSEHOLD, homes)
    asked, unnamed = _persons_in_need(spans, met)
    found = covered(begun, Kind.PERSON, asked, unnamed)
    return found.remarked("need_of_whom") if unnamed else found


def _with_forms(world: World, wanted: Wanted, spans: Iterable[NeedSpan]) -> Actual:
    """Needs that the forms of households tick and nobody recorded are not counted, but told: of
    them no day is known, nor whose they are.
    """
    begun = world.begun(wanted)
    if world.has_moved_on:
        return begun
    code = world.definitions.indicators[wanted.code].need
    ticked = stored.said_on_forms(world.connection, code) & world.present(wanted)
    rest = ticked - {span.household for span in spans}
    return begun.remarked("needs_on_forms") if rest else begun


def _persons_in_need(
    spans: Iterable[NeedSpan], met: Iterable[_Event]
) -> tuple[dict[UUID, bool | None], frozenset[UUID]]:
    """Whether the need of each person was met, and the households of whose need nobody says whose
    it is; it stands for one person, the first one helped for certain, else the first who may have
    been. What a household got for nobody named was for the one who needed it, of several it is not
    known for whom.
    """
    asked: dict[UUID, bool | None] = {}
    named: dict[UUID, set[UUID]] = {}
    unnamed = set[UUID]()
    for span in spans:
        if span.person is None:
            unnamed.add(span.household)
        else:
            asked[span.person] = False
            named.setdefault(span.household, set()).add(span.person)
    for event in sorted(met, key=lambda one: not one.known):
        if event.person in asked and event.person is not None:
            asked[event.person] = event.known or asked[event.person] or None
        elif event.person is not None and event.household in unnamed:
            asked[event.person] = event.known or None
            unnamed.discard(event.household)
        elif event.person is None and event.household in named:
            ones = named[event.household]
            for one in (one for one in ones if not asked[one]):
                asked[one] = len(ones) == 1 or None
    return asked, frozenset(unnamed)


def _spans(world: World, wanted: Wanted, need: str) -> list[NeedSpan]:
    """The needs in force on a day of the year while the household was of the groups: asked of the
    last of these days, one for all that go on, then of the first.
    """
    homes, groups = world.within(wanted.village), world.groups(wanted)
    found = [
        span
        for span in stored.needs(world.connection, need, world.first, world.day)
        if span.household in homes
    ]
    last = {span.uid: min(span.valid_to or world.day, world.day) for span in found}
    first = {span.uid: max(span.valid_from, world.first) for span in found}
    held = set[UUID]()
    for days in (last, first):
        rest = [span for span in found if span.uid not in held]
        if groups:
            world.prepare((days[span.uid], span.household) for span in rest)
        held |= {
            span.uid
            for span in rest
            if world.was_of(span.household, days[span.uid], groups, span.person)
        }
    return [span for span in found if span.uid in held]


def _met(world: World, need: str) -> list[_Event]:
    """Whoever got a support that answers the need, or took part, in the year by the day."""
    policies = [one.code for one in world.definitions.supports.values() if one.need == need]
    found = stored.supports(world.connection, policies, world.day, world.first)
    events = [_Event(got.household, got.person, got.supported_on) for got in found]
    return [*events, *_at_home(world, list(_taken_part(world, *_ACTIVITIES.get(need, ()))))]


def _taken_part(world: World, *kinds: str) -> Iterator[_Event]:
    """Who attended; of whom nobody said so it is not known."""
    for activity, row in world.participants(*kinds):
        if row["attended"] is not False and (row["household"] or row["person"]):
            day = activity["starts_on"] or activity["ends_on"] or world.day
            held = min(max(day, world.first), world.day)
            yield _Event(row["household"], row["person"], held, bool(row["attended"]))


# -- counts -------------------------------------------------------------------------------------


def hired(world: World, wanted: Wanted) -> Actual:
    """Persons with a labour contract of the year, whenever they were advised."""
    found = stored.supports(world.connection, ("job",), date.max)
    said = stored.answers(world.connection, (got.uid for got in found))
    events = []
    for got in found:
        signed = _day(said.get(got.uid, {}).get("contract_on"))
        if signed is not None and world.first <= signed <= world.day:
            events.append(_Event(got.household, got.person, signed))
    return _persons(world, wanted, events)


def _day(text: str | None) -> date | None:
    """A day as answers keep it; what an older definition kept in another form is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def trained(world: World, wanted: Wanted) -> Actual:
    """Persons trained at sơ cấp level or below three months, of a class when it is done; of another
    level they do not count, of one that nobody said they may.
    """
    found = stored.supports(world.connection, ("vocational_training",), world.day, world.first)
    said = stored.answers(world.connection, (got.uid for got in found))
    events = []
    for got in found:
        level = said.get(got.uid, {}).get("training_level")
        if level is None or level in _LEVELS:
            known = level is not None
            events.append(_Event(got.household, got.person, got.supported_on, known))
    for activity, row in world.participants("vocational_class"):
        level = activity.get("training_level")
        if activity["state"] != "done" or (activity["ends_on"] or world.day) > world.day:
            continue
        if row["attended"] is not False and row["person"] and (level is None or level in _LEVELS):
            day = activity["ends_on"] or activity["starts_on"] or world.day
            known = bool(row["attended"]) and level is not None
            events.append(
                _Event(
                    row["household"], row["person"], max(world.first, min(day, world.day)), known
                )
            )
    return _persons(world, wanted, events)


def sent_abroad(world: World, wanted: Wanted) -> Actual:
    """Persons supported to work abroad in the year."""
    found = stored.supports(world.connection, ("work_abroad",), world.day, world.first)
    return _persons(
        world, wanted, (_Event(got.household, got.person, got.supported_on) for got in found)
    )


def housed(world: World, wanted: Wanted) -> Actual:
    """Households supported to build or repair; the share is of those of the list of the year's
    beginning that lacked housing.
    """
    found = stored.supports(world.connection, (_HOUSING,), world.day, world.first)
    events = [_Event(got.household, None, got.supported_on) for got in found]
    result = _households(world, wanted, events)
    poverty, groups = world.poverty, world.groups(wanted) & LISTED
    places = [
        place for place, one in enumerate(poverty.standard.indicators) if one.dimension == _HOUSING
    ]
    lacking = poverty.deprived(poverty.before, groups, places, wanted.village)
    if not lacking or None in lacking.values():
        return result
    of = frozenset(home for home, lacks in lacking.items() if lacks)
    result = replace(result, denominator=Amount.of(Kind.HOUSEHOLD, of))
    if not of or result.value is None or result.numerator is None:
        return result
    return replace(result, share=percent(len(result.numerator.ids & of), len(of)))


def produced(world: World, wanted: Wanted) -> Actual:
    """Households supported in production, or in a model of the year."""
    given = supports.find(
        world.connection,
        *supports.within(policy=_PRODUCTION, since=world.first, until=world.day),
    )
    events = [
        _Event(one.household, None, one.supported_on)
        for one in given
        if world.is_of(support_node(one), wanted.component)
    ]
    for activity, row in world.participants("model"):
        if row["household"] and world.is_of(activity, wanted.component):
            day = row["joined_on"] or activity["starts_on"] or world.day
            if day <= world.day:
                events.append(_Event(row["household"], None, max(day, world.first)))
    return _households(world, wanted, events)


def _households(world: World, wanted: Wanted, events: Iterable[_Event]) -> Actual:
    found = _within(world, wanted, events)
    homes = frozenset(one.household for one in found if one.household is not None)
    return counted(world.begun(wanted), Kind.HOUSEHOLD, homes)


def _persons(world: World, wanted: Wanted, events: Iterable[_Event]) -> Actual:
    """Each person once; one of whom nobody says who it is counts with the household as unknown."""
    found = _within(world, wanted, events)
    sure = frozenset(one.person for one in found if one.person is not None and one.known)
    named = {one.household for one in found if one.person is not None}
    maybe = frozenset(one.person for one in found if one.person is not None) | frozenset(
        one.household
        for one in found
        if one.person is None and one.household is not None and one.household not in named
    )
    return counted(world.begun(wanted), Kind.PERSON, sure, maybe)


def _within(world: World, wanted: Wanted, events: Iterable[_Event]) -> list[_Event]:
    """Those of households of the unit that were of the groups on the day."""
    homes, groups = world.within(wanted.village), world.groups(wanted)
    found = [one for one in _at_home(world, list(events)) if one.household in homes]
    if groups:
        world.prepare((one.day, one.household) for one in found if one.household)
    return [
        one
        for one in found
        if one.household is not None and world.was_of(one.household, one.day, groups, one.person)
    ]


def _at_home(world: World, events: Sequence[_Event]) -> Iterator[_Event]:
    """Each with the household; of who is named alone that of the day."""
    alone: dict[date, set[UUID]] = {}
    for one in events:
        if one.household is None and one.person is not None:
            alone.setdefault(one.day, set()).add(one.person)
    homes = {
        (row["person"], day): row["household"]
        for day, persons in alone.items()
        for row in records.find_on(world.connection, Kind.MEMBERSHIP, day, "person", persons)
    }
    for one in events:
        key = (one.person, one.day)
        yield one if one.household else one._replace(household=homes.get(key))
