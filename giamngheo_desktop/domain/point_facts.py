"""What a household's own data answer to the items of Phiếu B1; None where data are missing.

Items that no data of the register answer (land, animals, dependants in the form's own sense) are
answered by the options the officer picks on the paper form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from giamngheo_desktop.domain.answers import Key
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.point_table import Fact

# The question of the forms that answers an item: the form and the code of its field.
READS: Mapping[str, tuple[str, str]] = {
    "training": ("member", "training"),
    "job": ("member", "job_kind"),
    "pension": ("member", "pension"),
    "house_wall": ("household", "house_wall"),
    "house_column": ("household", "house_column"),
    "house_roof": ("household", "house_roof"),
    "house_area": ("household", "house_area"),
    "electricity_source": ("household", "electricity_source"),
    "electricity_kwh": ("household", "electricity_kwh"),
    "water": ("household", "water_source"),
    "toilet": ("household", "toilet"),
}


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


def missing(household: Household, item: str) -> tuple[Key, ...]:
    """The answers that an item is read from and that nobody has given."""
    form, code = READS.get(item, ("", ""))
    if form == "household":
        return () if getattr(household, code) is not None else ((household.uid, code),)
    if form == "member":
        return tuple((m.uid, lacks) for m in household.members if (lacks := _LACKS[item](m)))
    return ()


def _members(household: Household) -> Fact:
    return Fraction(household.size) if household.size else None


def _house_area(household: Household) -> Fact:
    if household.house_area is None or not household.size:
        return None
    return Fraction(household.house_area, 10 * household.size)


def _electricity(household: Household) -> Fact:
    if household.electricity_source == "none":
        return Fraction(0)
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
    if member.training != "none":
        return member.training
    return None if member.education is None else f"school_{member.education}"


def _job(member: Member) -> str | None:
    """Who does not work has no kind of job; who works and did not say which is not known."""
    if member.job_kind is not None:
        return member.job_kind
    return None if member.job_status in (None, "working") else ""


# The first answer that is missing of a member; "" where none is.
_LACKS: Mapping[str, Callable[[Member], str]] = {
    "training": lambda m: "" if _training(m) else "education" if m.training else "training",
    "job": lambda m: "" if _job(m) is not None else "job_kind" if m.job_status else "job_status",
    "pension": lambda m: "pension" if m.pension is None else "",
}


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
