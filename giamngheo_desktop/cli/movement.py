"""`giamngheo movement`: who moved how in a year, and why; notes and bridge of both tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.movement_bridge import Bridge, Count, Passage
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.reports import make
from giamngheo_desktop.services.movement import movement_story
from giamngheo_desktop.services.movement.movement_story import Story, Told, why
from giamngheo_desktop.storage.names import HouseholdName

_STAYS = (Flow.OPENING, Flow.CLOSING)


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    said = texts.CLI["help_movement"]
    command = arguments.added(commands, "movement", common, tell, said, writes=False)
    arguments.year_of_review(command)
    return command


def tell(ask: Ask) -> Answer:
    year, standard = ask.options.year, ask.standard
    first = make.periodic_from(ask.definitions, year)
    found = movement_story.story(ask.database, year=year, standard=standard, periodic_from=first)
    return Answer(movement_json(found, year, standard), [*movement_lines(found)])


def movement_json(
    found: Mapping[HouseholdClass, Story], year: int, standard: str
) -> dict[str, object]:
    return {
        "year": year,
        "standard": standard,
        "tables": [
            {
                "table": table.value,
                "households": [_told(told) for told in story.told],
                "notes": [
                    {**_named(one.household), "passages": [_passage(p) for p in one.passages]}
                    for one in story.notes.between
                ],
                "bridge": _bridge(story.notes.bridge),
            }
            for table, story in found.items()
        ],
    }


def movement_lines(found: Mapping[HouseholdClass, Story]) -> Iterator[str]:
    """Each household that moved with the reason, under its column; then note and bridge."""
    for table, story in found.items():
        flow = None
        for told in story.told:
            if told.step.flow in _STAYS:
                continue
            if told.step.flow is not flow:
                flow = told.step.flow
                yield texts.MOVEMENT["flow"].format(list=texts.LIST_NAMES[table], flow=_flow(told))
            household = texts.household_words(told.household.head, told.household.village)
            yield f"  {household}: {why(told)}"
        if story.notes.between:
            yield texts.between_note(
                table,
                [
                    (one.household.head, one.household.village, one.passages)
                    for one in story.notes.between
                ],
            )
        yield texts.bridge_note(story.notes.bridge)


def _flow(told: Told) -> str:
    return texts.FLOWS[told.step.table, told.step.flow]


def _told(told: Told) -> dict[str, object]:
    step = told.step
    return {
        **_named(told.household),
        "flow": step.flow.value,
        "cause": step.cause.value,
        "households": step.households,
        "persons": step.persons,
        "why": why(told),
        **({"computed": told.computed.value, "reason": told.reason} if told.computed else {}),
    }


def _named(name: HouseholdName) -> dict[str, object]:
    return {"household": str(name.household), "head": name.head, "village": name.village}


def _passage(passage: Passage) -> dict[str, object]:
    ruling = passage.ruling
    return {
        "entered": passage.entered,
        "by": passage.by.value,
        "day": ruling.day.isoformat() if ruling else None,
        "decision": ruling.number or None if ruling else None,
    }


def _bridge(bridge: Bridge) -> dict[str, object]:
    return {
        "opening": bridge.opening,
        "months": [
            {"month": month, **_count(count)} for month, count in sorted(bridge.months.items())
        ],
        "periodic": _count(bridge.periodic),
        "other": _count(bridge.other),
        "closing": bridge.closing,
    }


def _count(count: Count) -> dict[str, object]:
    return {"entered": count.entered, "left": count.left}
