"""Checks the members of a household against each other, and the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.field_checks import number_text
from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.identity_numbers import fold_identity
from giamngheo_desktop.domain.problems import Problem, error, warning
from giamngheo_desktop.domain.vietnamese import compare_key

_SMALLEST_SHARE = 10  # m² × 10 a person
_LONGEST_CODE = 10


class Holder(NamedTuple):
    """Who else carries an identity number; `household` says where, as the list shows it."""

    person: UUID
    name: str
    household: str


Others = Mapping[str, Sequence[tuple[UUID, str, str]]]


def check_members(household: Household) -> Iterator[Problem]:
    """No members, no head or two, the same person twice."""
    uid = household.uid
    if not household.members:
        yield error(uid, "size", "no_members")
        return
    heads = [member for member in household.members if member.is_head]
    if not heads:
        yield error(uid, "is_head", "no_head")
    for head in heads[1:]:
        names = {"name": head.full_name, "other": heads[0].full_name}
        yield error(head.uid, "is_head", "two_heads", **names)
    seen: dict[tuple[str, object], Member] = {}
    for member in household.members:
        same = (compare_key(member.full_name), member.birth)
        if member.birth is not None and same in seen:
            yield warning(member.uid, "full_name", "same_person_twice", name=member.full_name)
        seen[same] = member


def check_numbers(household: Household, others: Others) -> Iterator[Problem]:
    """The same identity number twice, here or elsewhere; no number is no finding.

    CMND numbers were given by province and may repeat: only a warning.
    """
    numbers = [
        (member, fold_identity(member.id_number))
        for member in household.members
        if member.id_number
    ]
    counted = Counter(number for _, number in numbers)
    for member, number in numbers:
        if not number:
            continue
        make = warning if len(number) == 9 else error
        if counted[number] > 1:
            yield make(
                member.uid,
                "id_number",
                "id_twice_in_household",
                name=member.full_name,
                number=number,
                count=str(counted[number]),
            )
        members = {person.uid for person in household.members}
        for holder in map(Holder._make, others.get(number, ())):
            if holder.person not in members:
                yield make(
                    member.uid,
                    "id_number",
                    "id_elsewhere",
                    name=member.full_name,
                    number=number,
                    other=holder.name,
                    household=holder.household,
                )


def check_household_facts(household: Household, form: FormDef) -> Iterator[Problem]:
    """The house against its members, groups against each other, the household's own code."""
    uid = household.uid
    if household.house_area == 0:
        yield error(uid, "house_area", "house_area_zero")
    elif household.house_area and 0 < household.house_area < household.size * _SMALLEST_SHARE:
        area = number_text(form.field("house_area"), household.house_area)
        yield warning(uid, "house_area", "house_area_small", area=area, size=str(household.size))
    if household.code is not None and len(household.code) > _LONGEST_CODE:
        yield warning(uid, "code", "code_long", value=household.code, limit=str(_LONGEST_CODE))
    if household.local_minority == "yes" and household.is_minority is False:
        yield warning(uid, "local_minority", "local_minority_of_majority")
    head = household.head
    if household.minority is not None and head is not None and head.ethnicity is not None:
        by_head = head.ethnicity not in {"01", "55"}
        if (household.minority == "yes") != by_head:
            yield warning(uid, "minority", "minority_unlike_head", name=head.full_name)
    if household.no_labour_capacity == "yes":
        for member in household.members:
            if member.job_status == "working" and member.labour_capacity != "unable":
                yield warning(
                    uid, "no_labour_capacity", "no_capacity_but_works", name=member.full_name
                )
