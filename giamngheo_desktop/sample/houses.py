"""What a survey writes down about the household itself: house, water, devices, needs, scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from random import Random
from typing import Any

from giamngheo_desktop.sample.book import Home
from giamngheo_desktop.sample.chance import pick, some

_PARTS = ("house_wall", "house_column", "house_roof")
_GOOD_WATER = {"drilled_well": 45, "protected_well": 25, "piped": 18, "protected_spring": 12}
_BAD_WATER = {"unprotected_well": 5, "unprotected_spring": 4, "surface": 1}
_GOOD_TOILETS = {"septic": 50, "pour_flush": 20, "double_vault": 20, "pit_with_seat": 10}
_BAD_TOILETS = {"other": 4, "none": 1}
_CAUSES = {"land": 2, "capital": 5, "tools": 3, "knowledge": 4, "skills": 4, "illness": 2}
_SCORES = {"poor": (62, 128), "near_poor": (85, 138), "not_poor": (146, 232)}
_POLICIES = ("health", "education", "production", "credit", "housing")
_NEEDS = {"housing_quality": "housing", "housing_area": "housing", "water": "water_sanitation"}
_NEEDS |= {"toilet": "water_sanitation", "employment": "job", "telecom": "telecom"}
_NEEDS |= {"nutrition": "nutrition", "adult_education": "training"}
_ORDER = ("credit", "production", "training", "job", "health", "nutrition", "education", "housing")
_NEED_ORDER = (*_ORDER, "water_sanitation", "telecom", "social_assistance")


def house_columns(random: Random, size: int, lacks: Collection[str]) -> dict[str, Any]:
    """House, electricity, water, toilet and devices that agree with what is lacking."""
    poor_house = "housing_quality" in lacks
    weak = some(random, _PARTS, random.choice((2, 2, 3))) if poor_house else []
    if not poor_house and random.random() < 0.15:
        weak = some(random, _PARTS, 1)
    narrow = "housing_area" in lacks
    devices, offline = "information_assets" not in lacks, "telecom" in lacks
    per_person = random.randint(50, 74) if narrow else random.randint(95, 240)
    area = size * per_person if size > 1 else random.randint(180, 420)
    area = max(area, 240) if not narrow else area
    own = [] if offline or not devices else ["smartphone"]
    if own and random.random() < 0.1:
        own = ["laptop", "smartphone"]
    shared = ["tv"] if random.random() < 0.85 else []
    shared += ["phone"] if not shared or random.random() < 0.5 else []
    water = _BAD_WATER if "water" in lacks else _GOOD_WATER
    toilet = _BAD_TOILETS if "toilet" in lacks else _GOOD_TOILETS
    grades = {"weak": 3, "simple": 1} if poor_house else {"permanent": 1, "semi_permanent": 4}
    return {
        **{part: "not_durable" if part in weak else "durable" for part in _PARTS},
        "house_grade": pick(random, grades),
        "house_area": area,
        "electricity_source": "grid",
        "electricity_kwh": random.randint(18, 45) * (size + 1) // 2,
        "water_source": pick(random, water),
        "toilet": pick(random, toilet),
        "shared_assets": tuple(shared) if devices else (),
        "personal_assets": tuple(own),
        "hears_loudspeaker": random.random() < 0.9,
    }


def review_columns(
    random: Random, home: Home, household_class: str, lacks: Collection[str]
) -> dict[str, Any]:
    """Causes, policies, needs and scores; a household never reviewed has none."""
    if not home.classes:
        names = ("causes", "policies_received", "support_needs", "score_income", "income")
        return dict.fromkeys((*names, "quick_screen"))
    listed = household_class != "not_poor"
    average = any(row.average_living and row.valid_to is None for row in home.classes)
    first = home.classes[0]
    return {
        "causes": _causes(random, home) if listed else (),
        "policies_received": tuple(
            code for code in _POLICIES if listed and (code == "health" or random.random() < 0.3)
        ),
        "support_needs": _needs(random, home, lacks) if listed else (),
        # Average living is found by income, poor and near poor by points.
        "score_income": None if average else random.randint(*_SCORES[household_class]),
        "income": random.randint(155, 224) * 10_000 if average else None,
        "quick_screen": True if listed and first.source == "decision" else None,
    }


def _causes(random: Random, home: Home) -> tuple[str, ...]:
    if home.idle:
        return ("labour", "illness") if random.random() < 0.4 else ("labour",)
    chosen = some(random, tuple(_CAUSES), random.choice((1, 2, 2, 3)))
    return tuple(code for code in _CAUSES if code in chosen)


def _needs(random: Random, home: Home, lacks: Collection[str]) -> tuple[str, ...]:
    wanted = {_NEEDS[code] for code in lacks if code in _NEEDS}
    wanted |= {"social_assistance"} if home.idle else {random.choice(("credit", "production"))}
    return tuple(code for code in _NEED_ORDER if code in wanted)


def residence_columns(
    random: Random, words: Mapping[str, str], village: str, surveyor: str, surveyed_on: date
) -> dict[str, Any]:
    """Where the household lives and who visited it."""
    return {
        "address": words["address"].format(number=random.randint(1, 9)),
        "permanent_residence": words["residence"].format(village=village),
        "current_residence": None,
        "surveyor": surveyor,
        "surveyed_on": surveyed_on,
        "note": None,
    }
