"""Takes from a household what its class wants: the deprivations of the standard of 2022.

Poor households end with three to five deprived indicators, near poor ones with two at most.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from random import Random

from giamngheo_desktop.sample.book import Home
from giamngheo_desktop.sample.chance import heaviest, pick, some
from giamngheo_desktop.sample.members import CHILD
from giamngheo_desktop.sample.people import Person

_HOW_MANY = {
    "poor": {3: 50, 4: 32, 5: 18},
    "near_poor": {0: 10, 1: 38, 2: 52},
    "not_poor": {0: 50, 1: 36, 2: 14},
}
# How often each lack is met, where the members allow it at all.
_WEIGHTS = {
    "employment": 5,
    "nutrition": 3,
    "health_insurance": 1,
    "adult_education": 3,
    "school_attendance": 1,
    "housing_quality": 6,
    "housing_area": 2,
    "water": 3,
    "toilet": 6,
    "telecom": 5,
    "information_assets": 2,
}
_HOUSE = ("housing_quality", "housing_area", "water", "toilet")


def deprive(random: Random, home: Home, day: date, household_class: str) -> frozenset[str]:
    """Choose what the household lacks and write it into its members' values.

    What its house lacks is returned for `houses` to write; the members stand as on `day`.
    """
    members = home.residents
    lacks = ["dependents"] if _dependants(members, day) * 2 > len(members) else []
    wanted = pick(random, _HOW_MANY[household_class])
    codes = [code for code in _WEIGHTS if _feasible(code, members, day, household_class)]
    weights = [float(_WEIGHTS[code]) for code in codes]
    for code in heaviest(random, codes, weights, len(codes)):
        # Nobody is online in a home without any device.
        pair = ("telecom", code) if code == "information_assets" else (code,)
        adds = [each for each in pair if each not in lacks]
        if len(lacks) + len(adds) <= wanted:
            lacks += adds
    for code in lacks:
        _take(random, code, members, day)
    if "telecom" in lacks:
        for person in members:
            person.values["uses_internet"] = False
    elif not any(person.values["uses_internet"] for person in members):
        _youngest_adult(members, day).values["uses_internet"] = True
    return frozenset(lacks)


def lacking(lacks: Collection[str], household_class: str) -> frozenset[str]:
    """What a household lacked in a year that it had this class: as surveyed later, as far as the
    class allows.
    """
    least, most = min(_HOW_MANY[household_class]), max(_HOW_MANY[household_class])
    usual = sorted(_WEIGHTS, key=lambda code: (code not in lacks, -_WEIGHTS[code]))
    known = [code for code in ("dependents", *usual) if code in lacks]
    others = [code for code in usual if code not in lacks]
    return frozenset([*known[:most], *others[: max(0, least - len(known))]])


def _dependants(members: Sequence[Person], day: date) -> int:
    return sum(
        person.age(day) < CHILD
        or any(code in ("elderly", "disabled") for code in person.values["social_allowance"])
        for person in members
    )


def _candidates(code: str, members: Sequence[Person], day: date) -> list[Person]:
    """The members in whom a lack can show."""
    found = []
    for person in members:
        age, values = person.age(day), person.values
        fits = {
            "employment": values["job_status"] == "working" and 17 <= age < 55,
            "nutrition": 1 <= age < 15,
            "health_insurance": age >= 18,
            "adult_education": 18 < age < 30 and not person.disabled,
            "school_attendance": 3 <= age < 15,
        }
        if fits[code]:
            found.append(person)
    return found


def _feasible(code: str, members: Sequence[Person], day: date, household_class: str) -> bool:
    if code == "housing_area":
        return len(members) >= 3
    if code in _HOUSE or code in ("telecom", "information_assets"):
        return True
    if code == "health_insurance" and household_class != "not_poor":
        return False  # the state insures the poor and the near poor
    return bool(_candidates(code, members, day))


def _take(random: Random, code: str, members: Sequence[Person], day: date) -> None:
    if code in _HOUSE or code in ("dependents", "telecom", "information_assets"):
        return
    (person,) = some(random, _candidates(code, members, day), 1)
    values = person.values
    match code:
        case "employment" if random.random() < 0.3:
            values |= {"job_status": "unemployed", "job_kind": None, "job_contract": None}
            person.facts = [fact for fact in person.facts if fact.code != "stable_livelihood"]
        case "employment":
            values |= {"job_kind": "household_hire", "job_contract": "no_contract"}
            for fact in person.facts:
                if fact.code == "stable_livelihood":
                    fact.value = "no"
        case "nutrition":
            values["height"] = values["height"] * 88 // 100
            values["weight"] = values["weight"] * 80 // 100
            values["malnourished"] = True
        case "health_insurance":
            values["health_insurance"] = False
        case "adult_education":
            values |= {"education": "lower_secondary", "training": "none"}
            values |= {"attending_school": False, "school_level": None}
            if values["job_status"] == "student":
                values |= {"job_status": "working", "job_kind": "other", "job_contract": "not_wage"}
        case "school_attendance":
            values |= {"attending_school": False, "school_level": None}
            if values["job_status"] == "student":
                values["job_status"] = None


def _youngest_adult(members: Sequence[Person], day: date) -> Person:
    grown = [person for person in members if person.age(day) >= CHILD] or list(members)
    return max(grown, key=lambda person: person.born)
