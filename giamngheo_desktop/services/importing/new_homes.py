"""Writes households that are new to the register, thousands at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.identity_numbers import kind_of_number
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.services import living
from giamngheo_desktop.services.class_papers import decision_of
from giamngheo_desktop.services.households import HOUSEHOLD_FACTS, PERSON_FACTS
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import areas, records, review_rows
from giamngheo_desktop.storage.households import HOUSEHOLD_FIELDS, PERSON_FIELDS
from giamngheo_desktop.storage.review_rows import Scope

CLASS = ("household_class", "decision_number", "decision_on")
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewPerson:
    uid: UUID
    values: Values  # fields and dated facts of the person, and relation


@dataclass(frozen=True, slots=True)
class NewHome:
    """`values` are fields and dated facts of the household and its class with the paper."""

    uid: UUID
    village: UUID
    values: Values
    members: tuple[NewPerson, ...]


def person_values(values: Values) -> dict[str, Any]:
    """The columns of a person that a list says, with what follows from them."""
    found = {name: values[name] for name in PERSON_FIELDS if name in values}
    if "full_name" in found:
        found["given_name"] = split_name(found["full_name"])[1]
    if number := found.get("id_number"):
        found.setdefault("id_kind", kind_of_number(number))
    return found


def write_homes(
    work: WriteUnit,
    homes: Sequence[NewHome],
    *,
    day: date,
    year: int,
    standard: str,
    communes: Mapping[UUID, UUID],
) -> None:
    """All of them since `day`, or since their decision where that is earlier and finds their
    village; they follow it where it went since.

    `communes` are those of the villages. Raises RefusedError `class_of_closed_year`.
    """
    if not homes:
        return
    begins = dict(_begins(work, homes, day))
    work.insert_many(
        Kind.HOUSEHOLD,
        [
            {"uid": home.uid, **{name: home.values.get(name) for name in HOUSEHOLD_FIELDS}}
            for home in homes
        ],
    )
    places = work.insert_many(
        Kind.PLACE,
        [
            {
                "household": home.uid,
                "village": home.village,
                "reason": "opening",
                "valid_from": begins[home.uid],
                "valid_to": None,
            }
            for home in homes
        ],
    )
    ended = {step.old for step in areas.successions(work.connection)}
    for home, place in zip(homes, places, strict=True):
        if home.village in ended:
            living.follow(work, place)
    _facts(
        work,
        Kind.HOUSEHOLD_FACT,
        "household",
        (
            (home.uid, code, home.values[code], begins[home.uid])
            for home in homes
            for code in HOUSEHOLD_FACTS
            if home.values.get(code) is not None
        ),
    )
    _members(work, homes, begins)
    _classes(work, homes, begins, year=year, standard=standard, communes=communes)


def _begins(work: WriteUnit, homes: Sequence[NewHome], day: date) -> Iterator[tuple[UUID, date]]:
    there: dict[date, set[UUID]] = {}
    for home in homes:
        signed: date = home.values.get("decision_on") or day
        if signed < day and signed not in there:
            rows = records.find_on(
                work.connection, Kind.AREA_VERSION, signed, "area", {each.village for each in homes}
            )
            there[signed] = {row["area"] for row in rows}
        is_early = signed < day and home.village in there[signed]
        yield home.uid, signed if is_early else day


def _facts(
    work: WriteUnit, kind: Kind, owner: str, facts: Iterable[tuple[UUID, str, str, date]]
) -> None:
    rows = [
        {owner: uid, "code": code, "value": value, "valid_from": day, "valid_to": None}
        for uid, code, value, day in facts
    ]
    if rows:
        work.insert_many(kind, rows)


def _members(work: WriteUnit, homes: Sequence[NewHome], begins: Mapping[UUID, date]) -> None:
    people = [(home, at, one) for home in homes for at, one in enumerate(home.members, 1)]
    work.insert_many(
        Kind.PERSON,
        [
            {
                "uid": one.uid,
                **dict.fromkeys(PERSON_FIELDS),
                **person_values(one.values),
            }
            for _, _, one in people
        ],
    )
    work.insert_many(
        Kind.MEMBERSHIP,
        [
            {
                "household": home.uid,
                "person": one.uid,
                "relation": one.values.get("relation"),
                "is_head": one.values.get("relation") == "head",
                "position": at,
                "reason": "opening",
                "valid_from": begins[home.uid],
                "valid_to": None,
                "end_reason": None,
            }
            for home, at, one in people
        ],
    )
    facts = (
        (one.uid, code, one.values[code], begins[home.uid])
        for home, _, one in people
        for code in PERSON_FACTS
        if one.values.get(code)
    )
    _facts(work, Kind.PERSON_FACT, "person", facts)


def _classes(
    work: WriteUnit,
    homes: Sequence[NewHome],
    begins: Mapping[UUID, date],
    *,
    year: int,
    standard: str,
    communes: Mapping[UUID, UUID],
) -> None:
    classed = [home for home in homes if home.values.get("household_class")]
    if not classed:
        return
    frozen = review_rows.is_frozen(work.connection, Scope(year=year, standard=standard))
    if any(review_rows.is_closed(frozen, [home.village]) for home in classed):
        raise RefusedError("class_of_closed_year", year=year)
    papers: dict[tuple[Any, ...], UUID | None] = {}
    rows = []
    for home in classed:
        number, signed = (home.values.get(code) for code in CLASS[1:])
        key = (communes[home.village], number, signed)
        if key not in papers:
            papers[key] = decision_of(work, *key, year)
        rows.append(
            {
                "household": home.uid,
                "standard": standard,
                "review_year": year,
                "household_class": home.values["household_class"],
                "possible": None,
                "average_living": False,
                "source": "decision" if papers[key] else "opening",
                "decision": papers[key],
                "note": None,
                "valid_from": max(signed or begins[home.uid], begins[home.uid]),
                "valid_to": None,
            }
        )
    work.insert_many(Kind.CLASS_RECORD, rows)
