"""Tests of the education of adults and the schooling of children, kinds of `indicator_tests`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from giamngheo_desktop.domain.ages import ages_on
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.domain.indicator_state import (
    NO,
    YES,
    Case,
    IndicatorState,
    Verdict,
    all_of,
    any_member,
    at_every_age,
    fact,
    none_of,
    unknown,
)


def attends(member: Member) -> Verdict:
    """Whether the person is at school; a level that is typed says so too."""
    if member.attending_school is None and member.school_level is not None:
        return YES
    return fact(member.attending_school, "attending_school")


def _completed(case: Case, member: Member, level: str) -> Verdict:
    """Whether the person has graduated from the level or a higher one."""
    reached = case.rules.school.rank(member.education)
    needed = case.rules.school.rank(level)
    if reached is None or needed is None:
        return unknown("education")
    return Verdict(reached >= needed)


def _studies(case: Case, member: Member, level: str, *, courses: bool) -> Verdict:
    """Whether the person is at school at the level or a higher one.

    A short course counts where `courses` do, else it is unclear what it is worth.
    """
    at_school = attends(member)
    if not at_school.holds:
        return at_school
    if courses and member.school_level in case.rules.school.courses:
        return YES
    reached = case.rules.school.rank(member.school_level)
    needed = case.rules.school.rank(level)
    if reached is None or needed is None:
        return unknown("school_level")
    return Verdict(reached >= needed)


def any_adult_below_education(
    case: Case,
    *,
    min_age: int,
    max_age: int,
    full_age: int,
    level_before_full_age: str,
    level_from_full_age: str,
) -> IndicatorState:
    """From `min_age` to `max_age` (both counted) without the education of the age.

    Met by graduating from or studying at the level, by any vocational certificate, and by
    having been trained on the job.
    """

    def is_deprived(member: Member) -> Verdict:
        training = None if member.training is None else member.training != "none"

        def at(age: int) -> Verdict:
            if not min_age <= age <= max_age:
                return NO
            level = level_before_full_age if age < full_age else level_from_full_age
            return none_of(
                _completed(case, member, level),
                _studies(case, member, level, courses=True),
                fact(training, "training"),
                fact(member.trained_on_job, "trained_on_job"),
            )

        return at_every_age(member, case.day, at)

    return any_member(case, is_deprived)


def any_adult_unschooled(
    case: Case, *, min_age: int, born_from: int, education: str
) -> IndicatorState:
    """Of age and born in `born_from` or later, neither graduated from the level nor at school."""

    def is_deprived(member: Member) -> Verdict:
        birth = member.birth
        return all_of(
            fact(None if birth is None else birth.year >= born_from, "birth"),
            at_every_age(member, case.day, lambda age: YES if age >= min_age else NO),
            none_of(_completed(case, member, education), attends(member)),
        )

    return any_member(case, is_deprived)


def any_child_not_attending(case: Case, *, min_age: int, below_age: int) -> IndicatorState:
    def is_deprived(member: Member) -> Verdict:
        away = none_of(attends(member))
        return at_every_age(
            member, case.day, lambda age: away if min_age <= age < below_age else NO
        )

    return any_member(case, is_deprived)


def in_school_age(case: Case, member: Member) -> Verdict:
    """Whether the age by school year has a level."""

    def at(age: int) -> Verdict:
        level = case.rules.school.asked_by_school_year(_school_years(case, member, age))
        return NO if level is None else YES

    return at_every_age(member, case.day, at)


def _school_years(case: Case, member: Member, age: int) -> int:
    """Age by school year; the completed one of who has no birth date."""
    if member.birth is None or ages_on(member.birth, case.day) is None:
        return age
    return case.rules.school.school_year(case.day) - member.birth.year


def any_child_not_at_level(case: Case, *, min_age: int, below_age: int) -> IndicatorState:
    """A child is not at the level of its school year, or at a higher one.

    That reading asks those whose school-year age has a level, whatever their completed age. The
    other one asks those from `min_age` to below `below_age` by completed age; it stands beside
    the first where it leads to another answer.
    """
    school = case.rules.school

    def below_level(member: Member, level: str | None, *, may_have_left: bool) -> Verdict:
        if level is None:
            return NO
        completed = _completed(case, member, school.leaving_level)
        if completed.holds is None and not may_have_left:
            completed = NO
        return none_of(completed, _studies(case, member, level, courses=False))

    def by_school_year(member: Member, age: int) -> Verdict:
        years = _school_years(case, member, age)
        level = school.asked_by_school_year(years)
        return below_level(member, level, may_have_left=years >= school.last_year)

    def by_exact_age(member: Member, age: int) -> Verdict:
        level = school.asked_by_exact_age(age) if min_age <= age < below_age else None
        return below_level(member, level, may_have_left=age >= school.last_year)

    def reading(test: Callable[[Member, int], Verdict]) -> IndicatorState:
        def is_deprived(member: Member) -> Verdict:
            return at_every_age(member, case.day, lambda age: test(member, age))

        return any_member(case, is_deprived)

    asked, exact = reading(by_school_year), reading(by_exact_age)
    if (asked.state, asked.members) == (exact.state, exact.members):
        return asked
    return replace(asked, exact_age=exact)
