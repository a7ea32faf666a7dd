"""Nothing a person can type makes a check raise; ages hold every possible birthday."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain import ages
from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.household_checks import Others
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.validation import check_household
from giamngheo_desktop.texts import problem_text

DEFINITIONS = shipped_definitions(paths.resources() / "definitions")
LABELS = {
    code: field.label
    for code, field in DEFINITIONS.fields("household", "member", "household_derived").items()
}

PARTIAL_DATES = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.integers(1900, 2026).map(PartialDate),
)
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(["042183004321", "0", "Y", "H'Bia", "1"]))


def values(field: FieldDef) -> st.SearchStrategy[object]:
    """Everything the type of a field allows, codes of the form among them."""
    known = [choice.code for choice in field.choices]
    match field.kind:
        case FieldKind.YES_NO:
            return st.booleans()
        case FieldKind.CHOICE:
            return st.one_of(st.sampled_from(known), TEXTS)
        case FieldKind.CHOICES:
            return st.lists(st.one_of(st.sampled_from(known), TEXTS), max_size=3).map(tuple)
        case FieldKind.DATE:
            return st.dates()
        case FieldKind.PARTIAL_DATE:
            return PARTIAL_DATES
        case FieldKind.AREA:
            return st.uuids()
        case FieldKind.TEXT:
            return TEXTS
    return st.one_of(st.integers(-(10**12), 10**12), st.integers(0, 3000))


def records(form: FormDef) -> st.SearchStrategy[dict[str, object]]:
    """Any subset of the fields, so that every pair of answers meets sooner or later."""
    required = {"is_head": st.booleans(), "full_name": TEXTS} if form.code == "member" else {}
    optional = {f.code: st.none() | values(f) for f in form if f.code not in required}
    return st.fixed_dictionaries(required, optional=optional)


MEMBERS = st.builds(
    lambda uid, values: Member(uid=uid, membership=uid, **values),
    st.integers(1, 4).map(lambda number: UUID(int=number)),
    records(DEFINITIONS.member),
)
HOUSEHOLDS = st.builds(
    lambda values, members: Household(uid=UUID(int=10), members=tuple(members), **values),
    records(DEFINITIONS.household),
    st.lists(MEMBERS, max_size=4),
)
OTHERS = st.dictionaries(
    TEXTS, st.lists(st.tuples(st.uuids(), TEXTS, TEXTS), max_size=2), max_size=2
)


@settings(max_examples=150)
@given(HOUSEHOLDS, st.dates(), st.dates(), OTHERS)
def test_no_record_makes_a_check_raise(
    household: Household, reference_day: date, today: date, others: Others
) -> None:
    found = check_household(
        household,
        household_form=DEFINITIONS.household,
        member_form=DEFINITIONS.member,
        reference_day=reference_day,
        today=today,
        others=others,
    )
    for problem in found:
        assert problem_text(problem, LABELS)


def test_the_fuzz_covers_every_field() -> None:
    names = {field.name for field in fields(Member)} | {field.name for field in fields(Household)}
    asked = {field.code for form in (DEFINITIONS.member, DEFINITIONS.household) for field in form}
    assert names - asked == {"uid", "membership", "members", "facts"}


@given(PARTIAL_DATES, st.dates())
def test_ages_bound_every_possible_birthday(birth: PartialDate, day: date) -> None:
    found = ages.ages_on(birth, day)
    if birth.earliest > day:
        assert found is None
        return
    assert found is not None
    latest = min(ages.last_birthday(birth), day)
    youngest, oldest = found
    assert youngest == ages.years_between(latest, day)
    assert oldest == ages.years_between(birth.earliest, day)
    assert 0 <= youngest <= oldest <= youngest + 1
