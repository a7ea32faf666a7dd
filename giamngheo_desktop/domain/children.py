"""What the tables count of children: how many, and how many lack what; of which ages.

A child is a person under 16. Which of them are asked about insurance, nutrition and school is the
rule of the standard's own indicators; what a standard does not define is not counted under it.
"""

from __future__ import annotations

from dataclasses import dataclass

from giamngheo_desktop.domain.standard import PovertyStandard

CHILD_BELOW = 16


@dataclass(frozen=True, slots=True)
class Ages:
    """Completed ages, `below` not counted."""

    first: int
    below: int

    def __str__(self) -> str:
        return f"{self.first}-{self.below}"


ChildAges = dict[str, Ages]  # by what is counted


@dataclass(frozen=True, slots=True)
class Told:
    """What an indicator of the household says of its children, by the indicator's place.

    A household that does not lack it has none of these children; one that does has one at least
    where `both`, that is where the indicator asks exactly them.
    """

    place: int
    both: bool

    def __str__(self) -> str:
        return f"{'told' if self.both else 'within'}={self.place}"


# The tests of indicators that ask for it.
_TESTS = {
    "children_uninsured": ("any_member_without_health_insurance",),
    "children_malnourished": ("any_child_malnourished",),
    "children_out_of_school": ("any_child_not_attending", "any_child_not_at_level"),
}
COUNTED = ("children", *_TESTS)
# Of these a household without lack has no such child. A child that left school after the lower
# secondary level is at its level, so `any_child_not_at_level` says nothing of who attends.
_ASKS_THEM = {
    "any_member_without_health_insurance": False,  # grown-ups as well
    "any_child_malnourished": True,
    "any_child_not_attending": True,
}


def child_ages(standard: PovertyStandard) -> ChildAges:
    """The ages that count under a standard; what it has no test for is absent."""
    found = {"children": Ages(0, CHILD_BELOW)}
    tests = {item.test.kind: item.test.params for item in standard.indicators if item.test}
    for name, kinds in _TESTS.items():
        for kind in kinds:
            if kind in tests:
                first = int(str(tests[kind].get("min_age", 0)))
                below = int(str(tests[kind].get("below_age", CHILD_BELOW)))
                found[name] = Ages(first, min(below, CHILD_BELOW))
    return found


def told_by_indicators(standard: PovertyStandard) -> dict[str, Told]:
    """The indicator that tells of what is counted; absent where none does."""
    return {
        name: Told(place, _ASKS_THEM[item.test.kind])
        for name, kinds in _TESTS.items()
        for place, item in enumerate(standard.indicators)
        if item.test and item.test.kind in kinds and item.test.kind in _ASKS_THEM
    }
