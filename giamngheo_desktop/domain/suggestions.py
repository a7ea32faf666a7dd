"""Computed suggestions for boxes that the officer ticks; a suggestion never counts by itself.

The definitions of both groups were found in no source: the tests here are working readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.age_rules import AgeRules
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_state import (
    NO,
    Verdict,
    all_of,
    unknown,
)

_UNABLE_DISABILITY = {"severe", "very_severe"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Yes, no or None (not enough data), with the members it rests on.

    For a yes or no these are the persons that decide, for None those whose data are missing.
    """

    holds: bool | None
    members: tuple[UUID, ...] = ()


def no_labour_capacity(household: Household, day: date, rules: AgeRules) -> Suggestion:
    """Hộ không có khả năng lao động: no member is of working age and able to work.

    Not able: so recorded, or with a severe or very severe disability (mức độ nặng, đặc biệt nặng).
    """

    def works(member: Member) -> Verdict:
        holds, missing = rules.working_age.includes(member.birth, member.sex, day)
        return all_of(_is_able(member), Verdict(holds, missing))

    if not household.members:
        return Suggestion(None)
    verdicts = [(member.uid, works(member)) for member in household.members]
    if able := tuple(uid for uid, verdict in verdicts if verdict.holds):
        return Suggestion(False, able)
    if unsure := tuple(uid for uid, verdict in verdicts if verdict.holds is None):
        return Suggestion(None, unsure)
    return Suggestion(True, tuple(uid for uid, _ in verdicts))


def _is_able(member: Member) -> Verdict:
    if member.labour_capacity is not None:
        return Verdict(member.labour_capacity == "able")
    if member.job_status == "unable" or member.disability_level in _UNABLE_DISABILITY:
        return NO
    if member.job_status is None:
        return unknown("labour_capacity")
    return Verdict(True)


def social_protection(household: Household) -> Suggestion:
    """Hộ thuộc chính sách bảo trợ xã hội: a member draws a monthly social allowance."""
    drawing = tuple(member.uid for member in household.members if member.social_allowance)
    if drawing:
        return Suggestion(True, drawing)
    unsure = tuple(member.uid for member in household.members if member.social_allowance is None)
    return Suggestion(None if unsure or not household.members else False, unsure)
