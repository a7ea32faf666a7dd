"""Derives the indicators of a household from its own data, with the members that cause each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TestKind:
    """placeholder"""

    params: Mapping[str, str]


TESTS: Mapping[str, TestKind] = {
    "any_member_sick_untreated": TestKind({}),
    "any_member_without_health_insurance": TestKind({"min_age": "int"}),
    "any_adult_unschooled": TestKind({"min_age": "int", "born_from": "int", "education": "str"}),
    "any_child_not_attending": TestKind({"min_age": "int", "below_age": "int"}),
    "house_of_grade": TestKind({"grades": "texts"}),
    "house_area_below": TestKind({"square_metres": "int"}),
    "no_member_uses": TestKind({"services": "texts"}),
    "no_information_asset": TestKind(
        {"shared": "texts", "personal": "texts", "loudspeaker_counts": "bool"}
    ),
    "any_member_without_work": TestKind({"wage_work_of_any_age": "bool"}),
    "dependants_above_share": TestKind(
        {"percent": "int", "child_below": "int", "allowances": "texts"}
    ),
    "any_child_malnourished": TestKind({"below_age": "int"}),
    "any_adult_below_education": TestKind(
        {
            "min_age": "int",
            "max_age": "int",
            "full_age": "int",
            "level_before_full_age": "str",
            "level_from_full_age": "str",
        }
    ),
    "any_child_not_at_level": TestKind({"min_age": "int", "below_age": "int"}),
    "house_parts_not_durable": TestKind({"at_least": "int"}),
    "water_not_from": TestKind({"sources": "texts"}),
    "toilet_not_of": TestKind({"kinds": "texts"}),
}
