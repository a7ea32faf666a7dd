"""What a household's own data answer to the items of Phiếu B1; None where data are missing.

Items that no data of the register answer (land, animals, dependants in the form's own sense) are
answered by the options the officer picks on the paper form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.point_table import Fact


def point_facts(household: Household, picked: Iterable[str] = ()) -> dict[str, Fact]:
    """By item code; `picked` are "item:option" as ticked on the form and win over the data.

    "item:" alone says that none of the options is met.
    """
    facts = {code: read(household) for code, read in _FACTS.items()}
    chosen: dict[str, set[str]] = {}
    for pick in picked:
        item, _, option = pick.partition(":")
        chosen.setdefault(item, set()).update({option} - {""})
    return {**facts, **{item: frozenset(options) for item, options in chosen.items()}}


def _members(household: Household) -> Fact:
    return Fraction(household.size) if household.size else None


def _house_area(household: Household) -> Fact:
    if household.house_area is None or not household.size:
        return None
    return Fraction(household.house_area, 10 * household.size)


def _electricity(household: Household) -> Fact:
    return None if household.electricity_kwh is None else Fraction(household.electricity_kwh)


def _pensions(household: Household) -> Fact:
    if any(member.pension is None for member in household.members):
        return None
    return Fraction(sum(bool(member.pension) for member in household.members))


def _of_members(read: Callable[[Member], str | None]) -> Callable[[Household], Fact]:
    def found(household: Household) -> Fact:
        codes = [read(member) for member in household.members]
        return None if None in codes else frozenset(code for code in codes if code)

    return found


def _training(member: Member) -> str | None:
    """Training after school, else the level of schooling with "school_" before it."""
    if member.training not in (None, "none"):
        return member.training
    return None if member.education is None else f"school_{member.education}"


def _job(member: Member) -> str | None:
    """Who does not work has no kind of job; who works and did not say which is not known."""
    if member.job_kind is not None:
        return member.job_kind
    return None if member.job_status in (None, "working") else ""


def _of_household(name: str) -> Callable[[Household], Fact]:
    def found(household: Household) -> Fact:
        value = getattr(household, name)
        return None if value is None else frozenset({value})

    return found


_FACTS: Mapping[str, Callable[[Household], Fact]] = {
    "members": _members,
    "training": _of_members(_training),
    "job": _of_members(_job),
    "pension": _pensions,
    "house_wall": _of_household("house_wall"),
    "house_column": _of_household("house_column"),
    "house_roof": _of_household("house_roof"),
    "house_area": _house_area,
    "electricity_source": _of_household("electricity_source"),
    "electricity_kwh": _electricity,
    "water": _of_household("water_source"),
    "toilet": _of_household("toilet"),
}
