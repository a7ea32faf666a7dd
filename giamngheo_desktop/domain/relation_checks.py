"""Checks the relation to the head (quan hệ với chủ hộ) against sex and birth dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from giamngheo_desktop.domain.ages import ages_on, certainly_younger, most_years_between
from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.problems import Problem, error, warning

_SEXES = {
    "wife": "female",
    "mother": "female",
    "grandmother": "female",
    "daughter_in_law": "female",
    "husband": "male",
    "father": "male",
    "grandfather": "male",
    "son_in_law": "male",
}
_SPOUSES = ("wife", "husband")
_MARRIAGE_AGES = {"wife": 18, "husband": 20}  # Luật Hôn nhân và gia đình 2014, Điều 8
_PARENT_GAP = 12  # years between parent and child below which a slip is likelier than the truth
_GRANDPARENT_GAP = 24
_OLDER = {"father": _PARENT_GAP, "mother": _PARENT_GAP}
# "Cháu" may be a nephew, dâu and rể may be older than the head: unlikely, not impossible.
_YOUNGER_KIN = ("grandchild", "daughter_in_law", "son_in_law")
_MUCH_OLDER = {"grandfather": _GRANDPARENT_GAP, "grandmother": _GRANDPARENT_GAP}


def check_relations(
    household: Household, form: FormDef, *, reference_day: date
) -> Iterator[Problem]:
    """Findings about each member's relation to the one head; no head, nothing to compare."""
    labels = form.field("relation")
    heads = [member for member in household.members if member.is_head]
    head = heads[0] if len(heads) == 1 else None
    for member in household.members:
        relation = labels.choice_label(member.relation)
        if member.is_head != (member.relation == "head") and member.relation is not None:
            code = "head_other_relation" if member.is_head else "relation_head_not_head"
            yield error(member.uid, "relation", code, name=member.full_name, relation=relation)
        expected = _SEXES.get(member.relation or "")
        if expected is not None and member.sex is not None and member.sex != expected:
            sex = form.field("sex").choice_label(member.sex)
            yield error(
                member.uid,
                "relation",
                "relation_sex",
                name=member.full_name,
                relation=relation,
                sex=sex,
            )
        if head is not None and member is not head:
            yield from _check_against_head(member, head, relation)
    yield from _check_spouses(household, reference_day)


def _check_against_head(member: Member, head: Member, relation: str) -> Iterator[Problem]:
    params = {"name": member.full_name, "head": head.full_name, "relation": relation}
    if member.relation in _SPOUSES and head.sex is not None and _SEXES[member.relation] == head.sex:
        yield warning(member.uid, "relation", "spouse_same_sex", **params)
    if member.birth is None or head.birth is None:
        return
    older_by = {**_OLDER, **_MUCH_OLDER}.get(member.relation or "")
    if older_by is not None:
        if certainly_younger(member.birth, head.birth):
            yield error(member.uid, "birth", "elder_younger_than_head", **params)
        elif most_years_between(member.birth, head.birth) < older_by:
            gap = str(most_years_between(member.birth, head.birth))
            yield warning(member.uid, "birth", "elder_close_to_head", years=gap, **params)
    elif member.relation == "child":
        if certainly_younger(head.birth, member.birth):
            yield error(member.uid, "birth", "child_older_than_head", **params)
        elif most_years_between(head.birth, member.birth) < _PARENT_GAP:
            gap = str(most_years_between(head.birth, member.birth))
            yield warning(member.uid, "birth", "child_close_to_head", years=gap, **params)
    elif member.relation in _YOUNGER_KIN and certainly_younger(head.birth, member.birth):
        yield warning(member.uid, "birth", "younger_kin_older_than_head", **params)


def _check_spouses(household: Household, reference_day: date) -> Iterator[Problem]:
    spouses = [member for member in household.members if member.relation in _SPOUSES]
    for member in spouses[1:]:
        names = {"name": member.full_name, "other": spouses[0].full_name}
        yield warning(member.uid, "relation", "two_spouses", **names)
    for member in spouses:
        ages = ages_on(member.birth, reference_day)
        lowest = _MARRIAGE_AGES[member.relation or ""]
        if ages is not None and ages[1] < lowest:
            params = {"name": member.full_name, "age": str(ages[1]), "lowest": str(lowest)}
            yield warning(member.uid, "birth", "spouse_under_age", **params)
