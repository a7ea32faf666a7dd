"""The paper forms of the hand-written review walk: what each act says a household answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from giamngheo_desktop.domain.household import Household, Member
from tests.harness.walk_town import HOUSE, SURVEYORS, answers_of
from tests.independent import review_walk as paper


def household(key: str) -> paper.Household:
    return next(home for home in paper.HOUSEHOLDS if home.key == key)


def acts(key: str, kind: str, **detail: object) -> list[paper.Act]:
    """The acts of a kind, in their order."""
    return [
        act
        for act in household(key).acts
        if act.kind == kind and detail.items() <= act.detail.items()
    ]


def people() -> dict[str, paper.Member]:
    """Everybody who is in the commune at some time of the year, by name."""
    found = {}
    for home in paper.HOUSEHOLDS:
        more = [act.detail["member"] for act in home.acts if "member" in act.detail]
        found.update({member.name: member for member in (*more, *home.members)})
    return found


def filled(home: Household, form: paper.Act) -> Household:
    """The household as its paper form of the act says; the members are those of the register."""
    lacks: Mapping[str, str] = form.detail["deprived"]
    known = people()
    members = tuple(
        replace(member, **(answers_of(known[member.full_name]) | _person(member, lacks)))
        for member in home.members
    )
    answers = HOUSE | {
        "house_area": 100 * home.size + 100,
        "surveyor": home.surveyor or next(iter(SURVEYORS.values())),
        "surveyed_on": date.fromisoformat(form.day),
        "score_income": form.detail["b1"],
    }
    return replace(home, members=members, **(answers | _house(lacks)))


def _house(lacks: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "housing_quality" in lacks:
        assert lacks["housing_quality"] == "tường và mái"
        found |= {"house_wall": "not_durable", "house_roof": "not_durable"}
    if "housing_area" in lacks:
        found["house_area"] = 10 * int(re.findall(r"\d+", lacks["housing_area"])[0])
    if "water" in lacks:
        found["water_source"] = "surface"
    if "toilet" in lacks:
        found["toilet"] = "none" if lacks["toilet"] == "không có" else "other"
    return found


def _person(member: Member, lacks: Mapping[str, str]) -> dict[str, Any]:
    def names(indicator: str) -> bool:
        return lacks.get(indicator, "").split(":")[0] == member.full_name

    found: dict[str, Any] = {}
    if names("employment") and "không có việc" in lacks["employment"]:
        found |= {"job_status": "unemployed", "job_kind": None, "job_contract": None}
    elif names("employment"):
        found |= {"job_kind": "household_hire", "job_contract": "no_contract"}
    if names("nutrition"):
        found["malnourished"] = True
    if names("health_insurance"):
        found["health_insurance"] = False
    if names("adult_education"):
        found["education"] = "primary"
    if names("school_attendance"):
        found |= {"attending_school": False, "school_level": None}
    if "telecom" in lacks:
        found["uses_internet"] = False
    return found
