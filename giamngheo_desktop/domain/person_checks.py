"""Checks one member: papers against sex and birth, and what the age does not allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from giamngheo_desktop.domain.ages import ages_on, born_after
from giamngheo_desktop.domain.body_checks import check_body
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.domain.identity_numbers import check_identity
from giamngheo_desktop.domain.problems import Problem, error, warning

_OLDEST = 120
_PHONE = re.compile(r"(?:0|\+?84)[0-9]{9,10}")
_PHONE_SIGNS = re.compile(r"[\s.\-()]")

# Youngest age at which an answer is possible at all, and at which it is usual. A level is reached
# by the school year (năm − năm sinh), so that a child may be a year younger than its class.
_SCHOOL_FROM = {
    "primary": (4, 5),
    "lower_secondary": (8, 10),
    "upper_secondary": (11, 14),
    "short_course": (10, 14),
    "intermediate": (11, 14),
    "college": (13, 17),
    "university": (13, 17),
}
_SCHOOL_UNTIL = {"preschool": 8, "primary": 18, "lower_secondary": 25}
_COMPLETED_FROM = {
    "education": {"primary": (8, 10), "lower_secondary": (12, 14), "upper_secondary": (14, 17)},
    "training": {
        "elementary": (12, 15),
        "intermediate": (14, 17),
        "college": (16, 19),
        "university": (17, 20),
        "postgraduate": (19, 22),
    },
}
_WORK_FROM = (6, 15)  # 15: Bộ luật Lao động 2019, Điều 3
_JOB_SEEKING_FROM = 15


def check_person(
    member: Member, form: FormDef, *, reference_day: date, today: date
) -> Iterator[Problem]:
    """Findings about one person; ages are those of the reference day (ngày rà soát)."""
    yield from _check_papers(member, today)
    yield from _check_texts(member)
    yield from _check_contradictions(member)
    if member.birth is None:
        return
    if born_after(member.birth, reference_day):
        yield error(
            member.uid,
            "birth",
            "born_after_reference",
            name=member.full_name,
            birth=format_partial_date(member.birth),
            day=format_date(reference_day),
        )
        return
    ages = ages_on(member.birth, reference_day)
    if ages is not None:
        yield from _check_ages(member, form, ages)
        yield from check_body(member, form, ages)


def _check_papers(member: Member, today: date) -> Iterator[Problem]:
    name = member.full_name
    codes = check_identity(member.id_kind, member.id_number, member.sex, member.birth)
    for code in codes:
        yield error(member.uid, "id_number", code, name=name)
    for field, day in (("id_issued_on", member.id_issued_on), ("joined_on", member.joined_on)):
        if day is None:
            continue
        if day > today:
            yield error(member.uid, field, "day_in_future", name=name, day=format_date(day))
        if member.birth is not None and day < member.birth.earliest:
            yield error(member.uid, field, "day_before_birth", name=name, day=format_date(day))


def _check_texts(member: Member) -> Iterator[Problem]:
    if any(char.isdigit() for char in member.full_name):
        yield warning(member.uid, "full_name", "name_has_digits", name=member.full_name)
    phone = _PHONE_SIGNS.sub("", member.phone or "")
    if phone and not _PHONE.fullmatch(phone):
        yield warning(
            member.uid, "phone", "phone_format", name=member.full_name, value=member.phone or ""
        )


def _check_contradictions(member: Member) -> Iterator[Problem]:
    """Two answers about one person that cannot both be right, whatever the age."""
    uid, name = member.uid, member.full_name
    if member.job_status == "student" and member.attending_school is False:
        yield error(uid, "job_status", "student_not_attending", name=name)
    if member.pregnant_or_nursing == "pregnant" and member.sex == "male":
        yield error(uid, "pregnant_or_nursing", "pregnant_man", name=name)
    if member.job_status == "working" and member.labour_capacity == "unable":
        yield warning(uid, "labour_capacity", "unable_works", name=name)
    if member.job_status == "unable" and member.labour_capacity == "able":
        yield warning(uid, "labour_capacity", "able_and_unable", name=name)


def _check_ages(member: Member, form: FormDef, ages: tuple[int, int]) -> Iterator[Problem]:
    youngest, oldest = ages
    if youngest > _OLDEST:
        yield error(
            member.uid,
            "birth",
            "too_old",
            name=member.full_name,
            age=str(youngest),
            oldest=str(_OLDEST),
        )
        return
    report = _reporter(member, ages)
    if member.is_head and oldest < 16:
        yield report(warning, "is_head", "head_under_16")
    yield from _check_work(member, oldest, report)
    yield from _check_schooling(member, form, ages, report)
    yield from _check_benefits(member, ages, report)


Report = Callable[..., Problem]


def _reporter(member: Member, ages: tuple[int, int]) -> Report:
    """Makes findings that tell the age: `7`, or `7–8` where the birth date leaves it open."""
    youngest, oldest = ages
    age = str(oldest) if youngest == oldest else f"{youngest}–{oldest}"

    def report(make: Callable[..., Problem], field: str, code: str, **params: str) -> Problem:
        return make(member.uid, field, code, name=member.full_name, age=age, **params)

    return report


def _check_work(member: Member, oldest: int, report: Report) -> Iterator[Problem]:
    impossible, unusual = _WORK_FROM
    if member.job_status == "working" and oldest < unusual:
        yield report(error if oldest < impossible else warning, "job_status", "child_works")
    if member.job_status == "unwilling" and oldest < _JOB_SEEKING_FROM:
        yield report(warning, "job_status", "child_unwilling")
    # The answer is one for the retired and for those who keep the house: a young woman may.
    young = 18 if member.sex == "female" else 40
    if member.job_status == "retired" and oldest < young:
        yield report(warning, "job_status", "retired_young")


def _check_schooling(
    member: Member, form: FormDef, ages: tuple[int, int], report: Report
) -> Iterator[Problem]:
    youngest, oldest = ages
    if member.school_level is not None:
        level = form.field("school_level").choice_label(member.school_level)
        impossible, unusual = _SCHOOL_FROM.get(member.school_level, (0, 0))
        if oldest < unusual:
            make = error if oldest < impossible else warning
            yield report(make, "school_level", "level_too_high", level=level)
        elif youngest > _SCHOOL_UNTIL.get(member.school_level, _OLDEST):
            yield report(warning, "school_level", "level_too_low", level=level)
    for code, answer in (("education", member.education), ("training", member.training)):
        impossible, unusual = _COMPLETED_FROM[code].get(answer or "", (0, 0))
        if oldest < unusual:
            make = error if oldest < impossible else warning
            level = form.field(code).choice_label(answer)
            yield report(make, code, "completed_too_young", level=level)


def _check_benefits(member: Member, ages: tuple[int, int], report: Report) -> Iterator[Problem]:
    youngest, oldest = ages
    allowances = member.social_allowance or ()
    if "elderly" in allowances and oldest < 60:
        yield report(warning, "social_allowance", "elderly_allowance_young")
    if "orphan" in allowances and youngest > 22:
        yield report(warning, "social_allowance", "orphan_allowance_adult")
    if "pension" in (member.pension or ()) and oldest < 40:
        yield report(warning, "pension", "pension_young")
    if member.malnourished and youngest >= 16:
        yield report(warning, "malnourished", "malnourished_adult")
    if member.pregnant_or_nursing == "pregnant" and not (oldest >= 12 and youngest <= 55):
        yield report(warning, "pregnant_or_nursing", "pregnant_age")
