"""Each check finds its case and is silent one step beside it; its sentence says what to do."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain.field_checks import check_fields
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.household_checks import Others
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.problems import Problem, Severity, blocking, blocks_closing
from giamngheo_desktop.domain.validation import check_household, count_by_severity
from giamngheo_desktop.texts import IDENTITY_PROBLEMS, PROBLEMS, problem_text

DEFINITIONS = shipped_definitions(paths.resources() / "definitions")
DAY = date(2025, 10, 15)
LABELS = {
    code: field.label
    for code, field in DEFINITIONS.fields("household", "member", "household_derived").items()
}
VILLAGE = UUID(int=900)


def person(number: int, name: str, relation: str, birth: str, sex: str, **other: object) -> Member:
    return replace(
        Member(
            uid=UUID(int=number),
            membership=UUID(int=number + 100),
            full_name=name,
            relation=relation,
            is_head=relation == "head",
            birth=PartialDate.from_iso(birth),
            sex=sex,
            ethnicity="01",
        ),
        **other,  # type: ignore[arg-type]
    )


HEAD = person(1, "Nguyễn Văn An", "head", "1980-05-02", "male", id_number="042080001234")
WIFE = person(2, "Trần Thị Bình", "wife", "1983", "female", id_number="042183004321")
CHILD = person(3, "Nguyễn Thị Chi", "child", "2012-03", "female")
FAMILY = Household(
    uid=UUID(int=10),
    village=VILLAGE,
    members=(HEAD, WIFE, CHILD),
    surveyor="Lê Văn Dũng",
    surveyed_on=DAY,
    house_area=600,
)


def check(household: Household, others: Others | None = None) -> list[Problem]:
    found = check_household(
        household,
        household_form=DEFINITIONS.household,
        member_form=DEFINITIONS.member,
        reference_day=DAY,
        today=DAY,
        others=others,
    )
    for problem in found:
        sentence = problem_text(problem, LABELS)
        assert not re.search(r"[{}]", sentence), sentence
        assert problem.field not in re.findall(r"[a-z]+_[a-z_]+", sentence), sentence
    return found


def codes(household: Household) -> dict[str, Severity]:
    return {problem.code: problem.severity for problem in check(household)}


def family(**changes: dict[str, object]) -> Household:
    """The family with some fields of `head`, `wife`, `child` or `house` changed."""
    members = tuple(
        replace(member, **changes.get(name, {}))  # type: ignore[arg-type]
        for name, member in (("head", HEAD), ("wife", WIFE), ("child", CHILD))
    )
    house = changes.get("house", {})
    return replace(FAMILY, **{"members": members, **house})  # type: ignore[arg-type]


def test_a_sound_family_has_no_finding() -> None:
    assert check(FAMILY) == []


def test_no_identity_number_is_no_finding() -> None:
    household = family(head={"id_number": None, "id_kind": None}, wife={"id_number": ""})
    assert check(household) == []
    assert check(family(head={"id_number": None, "id_kind": "none"})) == []


E, W = Severity.ERROR, Severity.WARNING


def born(text: str, **other: object) -> dict[str, object]:
    return {"birth": PartialDate.from_iso(text), **other}


# (code, severity, the change that calls it, the change beside it that does not)
CASES: list[tuple[str, Severity, dict[str, dict[str, object]], dict[str, dict[str, object]]]] = [
    ("required_missing", E, {"house": {"surveyor": None}}, {}),
    ("required_missing", E, {"child": {"ethnicity": None}}, {}),
    ("required_missing", E, {"child": {"full_name": ""}}, {}),
    ("unknown_choice", E, {"house": {"toilet": "hole"}}, {"house": {"toilet": "septic"}}),
    (
        "unknown_choice",
        E,
        {"house": {"causes": ("land", "luck")}},
        {"house": {"causes": ("land",)}},
    ),
    ("out_of_range", E, {"house": {"house_area": 20001}}, {"house": {"house_area": 20000}}),
    ("out_of_range", E, {"house": {"score_income": -1}}, {"house": {"score_income": 0}}),
    ("house_area_zero", E, {"house": {"house_area": 0}}, {"house": {"house_area": None}}),
    ("house_area_small", W, {"house": {"house_area": 29}}, {"house": {"house_area": 30}}),
    ("code_long", W, {"house": {"code": "42001030011"}}, {"house": {"code": "4200103001"}}),
    (
        "local_minority_of_majority",
        W,
        {"house": {"local_minority": "yes"}},
        {"house": {"local_minority": "yes"}, "head": {"ethnicity": "12"}},
    ),
    ("minority_unlike_head", W, {"house": {"minority": "yes"}}, {"house": {"minority": "no"}}),
    (
        "no_capacity_but_works",
        W,
        {"house": {"no_labour_capacity": "yes"}, "wife": {"job_status": "working"}},
        {"house": {"no_labour_capacity": "yes"}, "wife": {"job_status": "unable"}},
    ),
    (
        "surveyed_in_future",
        E,
        {"house": {"surveyed_on": date(2025, 10, 16)}},
        {"house": {"surveyed_on": DAY}},
    ),
    (
        "value_not_applying",
        W,
        {"child": {"id_kind": "none", "id_number": "042312001234"}},
        {"child": {"id_kind": None, "id_number": "042312001234"}},
    ),
    (
        "school_level_not_attended",
        E,
        {"child": {"attending_school": False, "school_level": "lower_secondary"}},
        {"child": {"attending_school": None, "school_level": "lower_secondary"}},
    ),
    ("no_head", E, {"head": {"is_head": False, "relation": "other"}}, {}),
    ("two_heads", E, {"wife": {"is_head": True, "relation": "head"}}, {}),
    ("head_other_relation", E, {"head": {"relation": "other"}}, {"head": {"relation": None}}),
    ("relation_head_not_head", E, {"wife": {"relation": "head"}}, {}),
    ("relation_sex", E, {"wife": {"sex": "male", "id_number": None}}, {"wife": {"sex": None}}),
    ("relation_sex", E, {"child": {"relation": "son_in_law"}}, {"child": {"sex": None}}),
    (
        "spouse_same_sex",
        W,
        {"head": {"sex": "female", "id_number": None}},
        {"head": {"sex": None}},
    ),
    ("two_spouses", W, {"child": {"relation": "wife"}}, {}),
    (
        "spouse_under_age",
        W,
        {"wife": born("2008", id_number=None)},
        {"wife": born("2007-10-15", id_number=None)},
    ),
    (
        "elder_younger_than_head",
        E,
        {"child": {"relation": "mother"}},
        {"child": born("1960", relation="mother")},
    ),
    (
        "elder_close_to_head",
        W,
        {"child": born("1969", relation="mother")},
        {"child": born("1968-05", relation="mother")},
    ),
    (
        "elder_close_to_head",
        W,
        {"child": born("1956-05-03", relation="grandmother")},
        {"child": born("1956-05-02", relation="grandmother")},
    ),
    ("child_older_than_head", E, {"child": born("1979")}, {"child": born("1980")}),
    ("child_older_than_head", E, {"child": born("1980-05-01")}, {"child": born("1993")}),
    ("child_close_to_head", W, {"child": born("1992-05-01")}, {"child": born("1992-05-02")}),
    ("child_close_to_head", W, {"child": born("1991")}, {"child": born("1992")}),
    (
        "younger_kin_older_than_head",
        W,
        {"child": born("1979", relation="grandchild")},
        {"child": born("1980", relation="grandchild")},
    ),
    (
        "same_person_twice",
        W,
        {
            "child": {
                "full_name": HEAD.full_name.upper(),
                "birth": HEAD.birth,
                "relation": "sibling",
            }
        },
        {"child": {"full_name": HEAD.full_name}},
    ),
    (
        "id_twice_in_household",
        E,
        {"child": born("1983", relation="sibling", id_number="042183004321")},
        {},
    ),
    (
        "id_twice_in_household",
        W,
        {"head": {"id_number": "183004321"}, "wife": {"id_number": "183 004 321"}},
        {},
    ),
    ("id_sex", E, {"wife": {"id_number": "042083004321"}}, {}),
    ("id_birth_year", E, {"wife": {"id_number": "042184004321"}}, {}),
    (
        "id_length_12",
        E,
        {"wife": {"id_kind": "cccd", "id_number": "04218300432"}},
        {"wife": {"id_kind": "cccd"}},
    ),
    ("born_after_reference", E, {"child": born("2025-10-16")}, {"child": born("2025-10-15")}),
    ("born_after_reference", E, {"child": born("2026")}, {"child": born("2025")}),
    ("born_after_reference", E, {"child": born("9999")}, {"child": born("2025-10")}),
    (
        "too_old",
        E,
        {"child": born("1903", relation="grandmother")},
        {"child": born("1904", relation="grandmother")},
    ),
    (
        "head_under_16",
        W,
        {"head": born("2009-10-16", id_number=None)},
        {"head": born("2009-10-15", id_number=None)},
    ),
    (
        "day_in_future",
        E,
        {"child": {"joined_on": date(2025, 10, 16)}},
        {"child": {"joined_on": DAY}},
    ),
    (
        "day_before_birth",
        E,
        {"head": {"id_issued_on": date(1980, 5, 1)}},
        {"head": {"id_issued_on": date(2021, 5, 1)}},
    ),
    ("name_has_digits", W, {"child": {"full_name": "Nguyễn Thị Chi 2"}}, {}),
    ("phone_format", W, {"head": {"phone": "12345"}}, {"head": {"phone": "0912.345 678"}}),
    ("phone_format", W, {"head": {"phone": "091234567"}}, {"head": {"phone": "+84 912345678"}}),
    (
        "student_not_attending",
        E,
        {"child": {"job_status": "student", "attending_school": False}},
        {"child": {"job_status": "student"}},
    ),
    (
        "pregnant_man",
        E,
        {"head": {"pregnant_or_nursing": "pregnant"}},
        {"wife": {"pregnant_or_nursing": "pregnant"}},
    ),
    (
        "unable_works",
        W,
        {"head": {"job_status": "working", "labour_capacity": "unable"}},
        {"head": {"job_status": "working"}},
    ),
    (
        "able_and_unable",
        W,
        {"head": {"job_status": "unable", "labour_capacity": "able"}},
        {"head": {"job_status": "unable"}},
    ),
    (
        "child_works",
        E,
        {"child": born("2020", job_status="working")},
        {"child": born("2020", job_status="unemployed")},
    ),
    (
        "child_works",
        W,
        {"child": born("2010-10-16", job_status="working")},
        {"child": born("2010-10-15", job_status="working")},
    ),
    (
        "child_unwilling",
        W,
        {"child": {"job_status": "unwilling"}},
        {"child": born("2010", job_status="unwilling")},
    ),
    (
        "retired_young",
        W,
        {"child": born("2005", job_status="retired", sex="male")},
        {"child": born("2005", job_status="retired")},
    ),
    (
        "level_too_high",
        W,
        {"child": born("2016", attending_school=True, school_level="lower_secondary")},
        {"child": born("2015", attending_school=True, school_level="lower_secondary")},
    ),
    (
        "level_too_high",
        E,
        {"child": born("2020", attending_school=True, school_level="upper_secondary")},
        {"child": born("2020", attending_school=True, school_level="primary")},
    ),
    (
        "level_too_low",
        W,
        {"child": born("2015", attending_school=True, school_level="preschool")},
        {"child": born("2017", attending_school=True, school_level="preschool")},
    ),
    (
        "completed_too_young",
        E,
        {"child": born("2020", education="upper_secondary")},
        {"child": born("2020", education="none")},
    ),
    (
        "completed_too_young",
        W,
        {"child": born("2012-03", education="lower_secondary")},
        {"child": born("2011", education="lower_secondary")},
    ),
    (
        "elderly_allowance_young",
        W,
        {"wife": {"social_allowance": ("elderly",)}},
        {"wife": {"social_allowance": ("disabled",)}},
    ),
    (
        "orphan_allowance_adult",
        W,
        {"wife": {"social_allowance": ("orphan",)}},
        {"child": {"social_allowance": ("orphan",)}},
    ),
    (
        "pension_young",
        W,
        {"child": {"pension": ("pension",)}},
        {"child": {"pension": ("merit_allowance",)}},
    ),
    ("malnourished_adult", W, {"wife": {"malnourished": True}}, {"child": {"malnourished": True}}),
    (
        "pregnant_age",
        W,
        {"child": born("2015", pregnant_or_nursing="pregnant")},
        {"wife": {"pregnant_or_nursing": "pregnant"}},
    ),
    ("body_impossible", E, {"child": born("2023-05", height=1450)}, {"child": {"height": 1450}}),
    (
        "body_impossible",
        E,
        {"child": born("2023-05", weight=985)},
        {"child": born("2023-05", weight=145)},
    ),
    (
        "body_disproportionate",
        W,
        {"child": {"height": 1400, "weight": 150}},
        {"child": {"height": 1400, "weight": 340}},
    ),
]


@pytest.mark.parametrize(
    ("code", "severity", "wrong", "right"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_each_check_and_its_neighbour(
    code: str,
    severity: Severity,
    wrong: dict[str, dict[str, object]],
    right: dict[str, dict[str, object]],
) -> None:
    assert codes(family(**wrong)).get(code) is severity
    assert code not in codes(family(**right))


def test_a_household_without_members() -> None:
    assert codes(replace(FAMILY, members=())) == {"no_members": E}


def test_with_two_heads_nobody_is_compared_with_either() -> None:
    found = codes(
        family(wife={"is_head": True, "relation": "head"}, child=born("1979", id_number=None))
    )
    assert set(found) == {"two_heads"}


def test_a_hidden_field_is_not_required() -> None:
    school, level = (DEFINITIONS.member.field(c) for c in ("attending_school", "school_level"))
    fields = (school, replace(level, required=True))
    section = replace(DEFINITIONS.member.sections[0], fields=fields)
    form = replace(DEFINITIONS.member, sections=(section,))
    hidden = {"attending_school": False, "school_level": None}
    assert list(check_fields(hidden, form, CHILD.uid, name="")) == []
    (found,) = check_fields({**hidden, "attending_school": True}, form, CHILD.uid, name="")
    assert (found.field, found.code) == ("school_level", "required_missing")


def test_the_same_number_elsewhere() -> None:
    """An error for a personal number, a warning for a CMND; oneself is nobody else."""
    elsewhere = (UUID(int=77), "Trần Thị Bình", "Thôn 3, STT 12")
    found = check(FAMILY, {"042183004321": [elsewhere]})
    assert [(p.code, p.severity, p.record) for p in found] == [("id_elsewhere", E, WIFE.uid)]
    assert "Thôn 3, STT 12" in problem_text(found[0], LABELS)
    assert check(FAMILY, {"042183004321": [(WIFE.uid, "Trần Thị Bình", "Thôn 1")]}) == []
    old = family(wife={"id_number": "183-004-321"})
    found = check(old, {"183004321": [elsewhere]})
    assert [(p.code, p.severity) for p in found] == [("id_elsewhere", W)]


def test_findings_stand_in_paper_order() -> None:
    household = family(
        child={"phone": "1", "sex": None},
        head={"ethnicity": None},
        house={"surveyor": None, "toilet": "hole"},
    )
    found = [(problem.record.int, problem.field) for problem in check(household)]
    assert found == [
        (10, "toilet"),
        (10, "surveyor"),
        (1, "ethnicity"),
        (3, "sex"),
        (3, "phone"),
    ]


def test_an_error_is_overridden_with_a_reason_for_one_or_all() -> None:
    found = check(family(wife={"id_number": "042084004321"}))
    assert [p.code for p in found] == ["id_sex", "id_birth_year"]
    first = found[0]
    assert blocking(found) == tuple(found)
    assert blocking(found, {"id_sex": "giấy tờ ghi sai"}) == (found[1],)
    assert blocking(found, {first.key: "giấy tờ ghi sai"}) == (found[1],)
    assert blocking(found, {"id_sex": "  "}) == tuple(found)
    assert blocking(found, {f"id_sex/{HEAD.uid}/id_number": "khác"}) == tuple(found)
    assert count_by_severity(found) == (2, 0)


def test_warnings_never_block() -> None:
    found = check(family(head={"phone": "1"}))
    assert [p.severity for p in found] == [W]
    assert not blocks_closing(found[0], {})


def test_sentences_name_the_member_and_the_field() -> None:
    found = check(family(child={"ethnicity": None, "full_name": ""}))
    sentences = [problem_text(problem, LABELS) for problem in found]
    assert sentences == [
        "(chưa ghi họ tên): Chưa ghi Họ và tên: ghi vào trước khi kết thúc rà soát.",
        "(chưa ghi họ tên): Chưa ghi Dân tộc: ghi vào trước khi kết thúc rà soát.",
    ]
    (area,) = check(family(house={"house_area": 20001}))
    assert problem_text(area, LABELS) == (
        "Diện tích nhà ở ghi 2.000,1 m², chỉ nhận từ 0,0 m² đến 2.000,0 m²: kiểm tra lại số."
    )


def test_every_sentence_is_used_and_says_what_to_do() -> None:
    of_services = {"no_members", "id_elsewhere", "same_person_elsewhere", "class_without_paper"}
    called = {code for code, *_ in CASES} | of_services
    assert set(PROBLEMS) - called == set()
    assert called <= set(PROBLEMS | IDENTITY_PROBLEMS)
    for code, sentence in PROBLEMS.items():
        assert sentence.endswith("."), code
        assert ":" in sentence, code
        names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
        assert all(name.isidentifier() for name in names), code
