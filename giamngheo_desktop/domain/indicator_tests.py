"""The kinds of test that derive an indicator; which one and with what numbers, a standard says.

Each function takes the case, and by keyword the parameters of the definition file. The thresholds
are quoted in `resources/definitions/standards`, with the decree they come from.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from giamngheo_desktop.domain.education_tests import (
    any_adult_below_education,
    any_adult_unschooled,
    any_child_not_at_level,
    any_child_not_attending,
)
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.domain.indicator_state import (
    NO,
    YES,
    Case,
    IndicatorState,
    MissingField,
    State,
    Verdict,
    all_of,
    any_member,
    at_every_age,
    fact,
    none_of,
    of_household,
    unknown,
    unknown_state,
)

_USES = {"phone": "uses_phone", "internet": "uses_internet"}
_PARTS = ("house_wall", "house_column", "house_roof")


# work and dependants


def any_member_without_work(case: Case, *, wage_work_after_retirement: bool) -> IndicatorState:
    """Unemployed though of working age and able, or in wage work without a contract.

    Nobody is asked below the minimum working age.
    """
    working_age = case.rules.working_age
    min_age = working_age.min_age.value or 0

    def of_working_age(member: Member) -> Verdict:
        holds, missing = working_age.includes(member.birth, member.sex, case.day)
        return Verdict(holds, missing)

    def is_deprived(member: Member) -> Verdict:
        def if_old_enough(verdict: Verdict) -> Verdict:
            return at_every_age(member, case.day, lambda age: verdict if age >= min_age else NO)

        match _job_status(member):
            case "unemployed":
                able = NO if member.labour_capacity == "unable" else YES
                return all_of(able, of_working_age(member))
            case "working" | None if member.job_contract == "no_contract":
                after = wage_work_after_retirement
                return if_old_enough(YES) if after else of_working_age(member)
            case "working":
                return NO if member.job_contract else if_old_enough(unknown("job_contract"))
            case None:
                return if_old_enough(unknown("job_status"))
            case _:
                return NO

    return any_member(case, is_deprived)


def _job_status(member: Member) -> str | None:
    """The status as typed, or as the recorded capacity implies it; a pupil may well work."""
    if member.job_status is None and member.labour_capacity == "unable":
        return "unable"
    return member.job_status


def dependants_above_share(
    case: Case, *, percent: int, child_below: int, allowances: tuple[str, ...]
) -> IndicatorState:
    """More than `percent` of the members are children or draw one of the monthly allowances."""

    def is_dependant(member: Member) -> Verdict:
        drawn = member.social_allowance
        if drawn is not None and not set(drawn).isdisjoint(allowances):
            return YES
        older = unknown("social_allowance") if drawn is None else NO
        return at_every_age(member, case.day, lambda age: YES if age < child_below else older)

    verdicts = [(member.uid, is_dependant(member)) for member in case.household.members]
    sure = tuple(uid for uid, verdict in verdicts if verdict.holds)
    unsure = [(uid, verdict) for uid, verdict in verdicts if verdict.holds is None]
    threshold = percent * len(verdicts)
    if 100 * len(sure) > threshold:
        return IndicatorState(state=State.DEPRIVED, members=sure)
    if 100 * (len(sure) + len(unsure)) <= threshold:
        return IndicatorState(state=State.NOT_DEPRIVED)
    return unknown_state(
        MissingField(field, uid) for uid, verdict in unsure for field in sorted(verdict.missing)
    )


# health


def any_member_sick_untreated(case: Case) -> IndicatorState:
    return any_member(case, lambda member: fact(member.sick_untreated, "sick_untreated"))


def any_member_without_health_insurance(case: Case, *, min_age: int) -> IndicatorState:
    def is_deprived(member: Member) -> Verdict:
        uninsured = none_of(fact(member.health_insurance, "health_insurance"))
        return at_every_age(member, case.day, lambda age: uninsured if age >= min_age else NO)

    return any_member(case, is_deprived)


def any_child_malnourished(case: Case, *, below_age: int) -> IndicatorState:
    def is_deprived(member: Member) -> Verdict:
        flagged = fact(member.malnourished, "malnourished")
        return at_every_age(member, case.day, lambda age: flagged if age < below_age else NO)

    return any_member(case, is_deprived)


# housing, water, sanitation


def house_parts_not_durable(case: Case, *, at_least: int) -> IndicatorState:
    """At least so many of wall, column and roof are of materials that do not last."""
    parts = {part: getattr(case.household, part) for part in _PARTS}
    bad = sum(material == "not_durable" for material in parts.values())
    empty = [part for part, material in parts.items() if material is None]
    if bad >= at_least or bad + len(empty) < at_least:
        return of_household(Verdict(bad >= at_least))
    return of_household(unknown(*empty))


def house_of_grade(case: Case, *, grades: tuple[str, ...]) -> IndicatorState:
    grade = case.household.house_grade
    return of_household(fact(None if grade is None else grade in grades, "house_grade"))


def house_area_below(case: Case, *, square_metres: int) -> IndicatorState:
    """Less than so many m² a member; the area is stored as m² × 10."""
    area = case.household.house_area
    if area is None:
        return of_household(unknown("house_area"))
    return of_household(Verdict(area < 10 * square_metres * case.household.size))


def water_not_from(case: Case, *, sources: tuple[str, ...]) -> IndicatorState:
    source = case.household.water_source
    return of_household(fact(None if source is None else source not in sources, "water_source"))


def toilet_not_of(case: Case, *, kinds: tuple[str, ...]) -> IndicatorState:
    kind = case.household.toilet
    return of_household(fact(None if kind is None else kind not in kinds, "toilet"))


# information


def no_member_uses(case: Case, *, services: tuple[str, ...]) -> IndicatorState:
    """No member uses any of the services: phone, internet."""
    members = case.household.members
    answers = [
        (member.uid, _USES[service], getattr(member, _USES[service]))
        for member in members
        for service in services
    ]
    if any(used for _, _, used in answers):
        return IndicatorState(state=State.NOT_DEPRIVED)
    if missing := [MissingField(field, uid) for uid, field, used in answers if used is None]:
        return unknown_state(missing)
    return IndicatorState(state=State.DEPRIVED, members=tuple(member.uid for member in members))


def no_information_asset(
    case: Case,
    *,
    shared: tuple[str, ...],
    personal: tuple[str, ...],
    loudspeaker_counts: bool,
) -> IndicatorState:
    """None of the things owned; where it counts, the commune's loudspeaker not heard either."""
    home = case.household

    def owns(owned: tuple[str, ...] | None, counted: tuple[str, ...], field: str) -> Verdict:
        return fact(None if owned is None else not set(owned).isdisjoint(counted), field)

    ways = [
        owns(home.shared_assets, shared, "shared_assets"),
        owns(home.personal_assets, personal, "personal_assets"),
    ]
    if loudspeaker_counts:
        ways.append(fact(home.hears_loudspeaker, "hears_loudspeaker"))
    return of_household(none_of(*ways))


@dataclass(frozen=True, slots=True)
class Derivation:
    """One kind of test: its function, the parameters a definition must give, the answers it reads.

    `reads` leaves out birth and sex, which all of them may need.
    """

    run: Callable[..., IndicatorState]
    reads: tuple[str, ...]

    @property
    def params(self) -> dict[str, str]:
        """Name → int, bool, str or texts, as the function's keyword parameters are annotated."""
        return {
            name: "texts" if parameter.annotation.startswith("tuple") else parameter.annotation
            for name, parameter in inspect.signature(self.run).parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }


_SCHOOLING = ("education", "attending_school", "school_level")

TESTS: Mapping[str, Derivation] = {
    test.__name__: Derivation(test, reads)
    for test, reads in (
        (any_member_without_work, ("job_status", "job_contract", "labour_capacity")),
        (dependants_above_share, ("social_allowance",)),
        (any_member_sick_untreated, ("sick_untreated",)),
        (any_member_without_health_insurance, ("health_insurance",)),
        (any_child_malnourished, ("malnourished",)),
        (any_adult_below_education, (*_SCHOOLING, "training", "trained_on_job")),
        (any_adult_unschooled, _SCHOOLING),
        (any_child_not_attending, ("attending_school", "school_level")),
        (any_child_not_at_level, _SCHOOLING),
        (house_parts_not_durable, _PARTS),
        (house_of_grade, ("house_grade",)),
        (house_area_below, ("house_area",)),
        (water_not_from, ("water_source",)),
        (toilet_not_of, ("toilet",)),
        (no_member_uses, tuple(_USES.values())),
        (no_information_asset, ("shared_assets", "personal_assets", "hears_loudspeaker")),
    )
}
