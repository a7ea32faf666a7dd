"""What moved by itself between two days: the questions whose old answers no longer speak for now.

An answer is touched where the standard would read some answer to the same question otherwise on
the later day: at 6 a child needs an insurance card, at 11 another school, at 18 more schooling.
Which birthdays these are stands in the standards and in `ages.toml` alone; nothing here names one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from giamngheo_desktop.domain.age_rules import AgeRules
from giamngheo_desktop.domain.answers import Key
from giamngheo_desktop.domain.asked import Asking
from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_state import Case, State
from giamngheo_desktop.domain.indicator_tests import TESTS
from giamngheo_desktop.domain.standard import IndicatorTest

_SHARED = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


def touched(
    then: Household, now: Household, day_then: date, day_now: date, asking: Asking
) -> frozenset[Key]:
    """The questions to look at again one by one, whether or not they are asked (any more).

    A household without members on the earlier day was not there: only ages move.
    """
    before = {member.uid: member for member in then.members}
    keys: set[Key] = set()
    for member in now.members:
        old = before.get(member.uid)
        if before and old is None:
            keys |= {(member.uid, field.code) for field in asking.member_form}
            continue
        known = member if old is None else old
        if known.relation != member.relation or known.is_head != member.is_head:
            keys.add((member.uid, "relation"))
        was = replace(member, birth=known.birth, sex=known.sex)
        fields = _read_otherwise(was, member, day_then, day_now, asking)
        keys |= {(member.uid, code) for code in fields}
    if not before:
        return frozenset(keys)
    if before.keys() != {member.uid for member in now.members}:
        # A number is shared among the members: with others it is another answer.
        shared = (field for field in asking.household_form if field.kind in _SHARED)
        read = {"score_income", "income"}.union(*(TESTS[test.kind].reads for test in asking.tests))
        keys |= {(now.uid, field.code) for field in shared if field.code in read}
    if _head(then) != _head(now):
        keys |= {(member.uid, "relation") for member in now.members}
        keys.add((now.uid, "minority"))  # goes by the head where nothing is ticked
    return frozenset(keys)


def touched_by_typing(
    before: Household, now: Household, day: date, asking: Asking
) -> frozenset[Key]:
    """What a corrected birth date, sex, relation or list of members makes doubtful."""
    ties = ("uid", "birth", "sex", "relation", "is_head")
    same = [[getattr(m, tie) for tie in ties] for m in before.members] == [
        [getattr(m, tie) for tie in ties] for m in now.members
    ]
    return frozenset() if same else touched(before, now, day, day, asking)


def _head(household: Household) -> object:
    return household.head and household.head.uid


@lru_cache(maxsize=512)  # of a household that is being typed one member changes at a time
def _read_otherwise(
    was: Member, member: Member, day_then: date, day_now: date, asking: Asking
) -> frozenset[str]:
    """The fields of which some answer counts otherwise now, all other answers being as they are."""
    found: set[str] = set()
    for test in asking.tests:
        for code in TESTS[test.kind].reads:
            field = asking.member_form.fields.get(code)
            if field is not None and any(
                _reading(test, replace(was, **answers), day_then, asking.rules)
                is not _reading(test, replace(member, **answers), day_now, asking.rules)
                for answers in _answers(field, TESTS[test.kind].reads, asking.member_form)
            ):
                found.add(code)
    return frozenset(found)


def _reading(test: IndicatorTest, member: Member, day: date, rules: AgeRules) -> State:
    """What the test says of this member alone."""
    alone = Household(uid=member.uid, members=(member,))
    return TESTS[test.kind].run(Case(alone, day, rules), **test.params).state


def _answers(field: FieldDef, reads: tuple[str, ...], form: FormDef) -> Iterator[dict[str, Any]]:
    """The answers to try, each with those to the questions that follow from it alone."""
    for answer in _choices(field):
        yield {field.code: answer}
        for code in reads:
            following = form.field(code)
            condition = following.visible_if
            if condition is None or condition.field != field.code:
                continue
            if condition.holds({field.code: answer}):
                for other in _choices(following):
                    yield {field.code: answer, code: other}


def _choices(field: FieldDef) -> Collection[Any]:
    """Of a list of several, each alone and none."""
    match field.kind:
        case FieldKind.YES_NO:
            return (True, False)
        case FieldKind.CHOICE:
            return tuple(choice.code for choice in field.choices)
        case FieldKind.CHOICES:
            return ((), *((choice.code,) for choice in field.choices))
    return ()
