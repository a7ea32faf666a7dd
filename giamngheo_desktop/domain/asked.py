"""Which questions a review asks of a household, in paper order.

What the forms say (`FieldDef.review`) and what the indicators of the review's standards read decide
it: `always`; `decides`, where an indicator reads the answer at the age of this member; `valued`,
where it decides or an answer is known; or together with another field. A question whose
`visible_if` does not hold is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from uuid import UUID

from giamngheo_desktop.domain.age_rules import AgeRules
from giamngheo_desktop.domain.answers import Key
from giamngheo_desktop.domain.field_checks import record_of
from giamngheo_desktop.domain.form import FieldDef, FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_tests import TESTS
from giamngheo_desktop.domain.indicators import derive
from giamngheo_desktop.domain.standard import IndicatorTest, PovertyStandard

REVIEW_WAYS = ("always", "decides", "valued")


@dataclass(frozen=True, eq=False, kw_only=True)
class Asking:
    """What a review asks with; `standards` are all of its standards. Equal to itself alone."""

    household_form: FormDef
    member_form: FormDef
    standards: tuple[PovertyStandard, ...]
    rules: AgeRules

    @cached_property
    def tests(self) -> tuple[IndicatorTest, ...]:
        """Those of all standards, each once: two standards often share one."""
        found: list[IndicatorTest] = []
        for standard in self.standards:
            for indicator in standard.indicators:
                test = indicator.test
                if test and all((test.kind, test.params) != (t.kind, t.params) for t in found):
                    found.append(test)
        return tuple(found)


def asked(
    household: Household, day: date, asking: Asking, also: frozenset[Key] = frozenset()
) -> tuple[Key, ...]:
    """The questions of the household's own form, of each member, then what only a tick answers.

    `also` are asked whomever the forms ask: an answer that contradicts another could not be mended
    else, and one that nobody knows would be forgotten.
    """
    asks = partial(_fields, deciding=frozenset(_deciding(household, day, asking)), also=also)
    keys = [(household.uid, code) for code in asks(household, asking.household_form)]
    for member in household.members:
        keys += [(member.uid, code) for code in asks(member, asking.member_form)]
    keys += [(household.uid, code) for code in ticks(asking.standards)]
    return tuple(keys)


def may_ask(form: FormDef, standards: Iterable[PovertyStandard]) -> Iterator[FieldDef]:
    """What a review under these standards may ask of anybody, whatever is known of whom."""
    deciding = {"score_income" if one.has_score_form else "income" for one in standards}
    for standard in standards:
        tests = (one.test for one in standard.indicators if one.test)
        deciding.update(code for test in tests for code in TESTS[test.kind].reads)
    for field in form:
        leader = form.fields.get(field.review, field)
        if leader.review in ("always", "valued") or (
            leader.review == "decides" and leader.code in deciding
        ):
            yield field


def ticks(standards: Iterable[PovertyStandard]) -> Iterator[str]:
    """`2027.waste_treatment`: the indicators of a standard that no answer of the form tells."""
    for standard in standards:
        for indicator in standard.indicators:
            if indicator.test is None:
                yield tick_code(standard.code, indicator.code)


def tick_code(standard: str, indicator: str) -> str:
    return f"{standard}.{indicator}"


def tick_of(code: str) -> tuple[str, str] | None:
    """The standard and indicator of a tick; None for a field of a form."""
    standard, dot, indicator = code.partition(".")
    return (standard, indicator) if dot else None


def hidden(record: Mapping[str, object], form: FormDef) -> Iterator[str]:
    """The fields that do not apply: what decides it is known and says so."""
    for field in form:
        condition = field.visible_if
        if condition and record[condition.field] is not None and not condition.holds(record):
            yield field.code


def _fields(
    item: Household | Member, form: FormDef, *, deciding: frozenset[Key], also: frozenset[Key]
) -> Iterator[str]:
    record = record_of(item, form)
    for field in form:
        leader = form.fields.get(field.review, field)
        shown = field.visible_if is None or field.visible_if.holds(record)
        stays = bool(field.review) and (item.uid, field.code) in also
        if shown and (stays or _is_asked(leader, record, (item.uid, leader.code) in deciding)):
            yield field.code


def _is_asked(field: FieldDef, record: Mapping[str, object], decides: bool) -> bool:
    match field.review:
        case "always":
            return True
        case "decides":
            return decides
        case "valued":
            return decides or record[field.code] is not None
    return False


def _deciding(household: Household, day: date, asking: Asking) -> Iterator[Key]:
    """What the indicators would miss of a household that has answered nothing but its ages."""
    blank = [_blank(member) for member in household.members]
    for member in blank or [_blank(None)]:
        alone = Household(uid=household.uid, members=(member,))
        for standard in asking.standards:
            for state in derive(standard, alone, day, asking.rules).values():
                for missing in state.missing:
                    yield missing.member or household.uid, missing.field
    for standard in asking.standards:
        yield household.uid, "score_income" if standard.has_score_form else "income"


def _blank(member: Member | None) -> Member:
    """Alone in a household: what a test of shares asks of it does not hang on the others."""
    if member is None:
        return Member(uid=UUID(int=0), membership=UUID(int=0), full_name="")
    return Member(
        uid=member.uid,
        membership=member.membership,
        full_name="",
        sex=member.sex,
        birth=member.birth,
    )
