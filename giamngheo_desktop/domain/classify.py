"""Which class a household has under a standard, by which branch, and what would change it.

Sources: Điều 2 Quyết định 59/2015/QĐ-TTg, Điều 3 Nghị định 07/2021/NĐ-CP, Nghị định
351/2025/NĐ-CP, and for điểm B1 the circulars named in each definition. The numbers come from the
standard alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import (
    AreaType,
    Certainty,
    Fact,
    HouseholdClass,
    PovertyStandard,
)

_SEVERITY = tuple(HouseholdClass)


class ClassifyError(AppError):
    """Input that no rule can classify; the sentences stand in `texts.ERRORS`."""


class Branch(StrEnum):
    """The branch of the rule; INCOME_POOR and DEPRIVATION_POOR are the sub-types of 2016–2021."""

    INCOME_POOR = "income_poor"  # nghèo thu nhập
    DEPRIVATION_POOR = "deprivation_poor"  # nghèo thiếu hụt các dịch vụ xã hội cơ bản
    MULTIDIMENSIONAL_POOR = "multidimensional_poor"
    NEAR_POOR = "near_poor"
    POOR_OR_NEAR_POOR = "poor_or_near_poor"  # the unknown indicators decide
    AVERAGE = "average"
    ABOVE_AVERAGE = "above_average"
    ABOVE_LINE = "above_line"  # the standard's average line is missing
    ABOVE_CUTOFF = "above_cutoff"  # điểm B1 tells nothing about the average


_CLASS_OF = {
    Branch.INCOME_POOR: HouseholdClass.POOR,
    Branch.DEPRIVATION_POOR: HouseholdClass.POOR,
    Branch.MULTIDIMENSIONAL_POOR: HouseholdClass.POOR,
    Branch.NEAR_POOR: HouseholdClass.NEAR_POOR,
    Branch.AVERAGE: HouseholdClass.AVERAGE,
    Branch.ABOVE_AVERAGE: HouseholdClass.NOT_POOR,
    Branch.ABOVE_LINE: HouseholdClass.NOT_POOR,
    Branch.ABOVE_CUTOFF: HouseholdClass.NOT_POOR,
}


class Measure(StrEnum):
    """What was compared with the lines: đồng a person a month, or điểm B1."""

    INCOME = "income"
    SCORE = "score"


class ChangeKind(StrEnum):
    """How a household could come into another class."""

    VALUE_ABOVE = "value_above"  # the income (points) rise above `amount`
    VALUE_UP_TO = "value_up_to"  # they fall to `amount` or less
    MORE_DEPRIVED = "more_deprived"  # `amount` more indicators
    FEWER_DEPRIVED = "fewer_deprived"
    UNKNOWN_DEPRIVED = "unknown_deprived"  # at least `amount` of the unknown ones turn out deprived
    UNKNOWN_MET = "unknown_met"  # at least `amount` of them turn out not deprived


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The smallest change of one kind that gives other classes, and these classes."""

    kind: ChangeKind
    amount: int
    possible: tuple[HouseholdClass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """The result for one household; `texts.reason_text` makes its sentence.

    `household_class` is None where unknown indicators decide; `possible` then holds the classes,
    the poorest first, and `questions` the codes to answer, in official order. `missing` names
    facts of the standard that were not known, `to_confirm` those used but not yet compared with
    the legal text. `area_label` is the standard's own word for the area, where it has one. `lower`
    and `upper` are the lines around the value (None: no line there).
    """

    standard: str
    area_type: AreaType
    measure: Measure
    value: int
    lower: int | None
    upper: int | None
    deprived_min: int
    deprived_max: int
    deprivation_count: int
    household_class: HouseholdClass | None
    possible: tuple[HouseholdClass, ...]
    branch: Branch
    article: str
    basis: str
    area_label: str = ""
    missing: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    question_labels: tuple[str, ...] = ()
    what_would_change: tuple[WhatIf, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """The lines of one standard, area type and measure as bare numbers.

    At or below `outright` poor; at or below `deciding` the indicators decide; at or below
    `average` average.
    """

    measure: Measure
    outright: int | None
    deciding: int
    average: int | None
    count: int

    def branch(self, value: int, deprived: int) -> Branch:
        if self.outright is not None and value <= self.outright:
            return Branch.INCOME_POOR
        if value <= self.deciding:
            if deprived < self.count:
                return Branch.NEAR_POOR
            two_lines = self.outright is not None
            return Branch.DEPRIVATION_POOR if two_lines else Branch.MULTIDIMENSIONAL_POOR
        if self.measure is Measure.SCORE:
            return Branch.ABOVE_CUTOFF
        if self.average is None:
            return Branch.ABOVE_LINE
        return Branch.AVERAGE if value <= self.average else Branch.ABOVE_AVERAGE

    def possible(self, value: int, low: int, high: int) -> tuple[HouseholdClass, ...]:
        found = {_CLASS_OF[self.branch(value, deprived)] for deprived in range(low, high + 1)}
        return tuple(sorted(found, key=_SEVERITY.index))

    @property
    def lines(self) -> list[int]:
        average = None if self.measure is Measure.SCORE else self.average
        return [line for line in (self.outright, self.deciding, average) if line is not None]


def deciding(
    standard: PovertyStandard, *, income: int | None, score_income: int | None
) -> dict[str, int]:
    """The argument of `classify`: điểm B1 where the standard has the form and it is known, as in a
    review (Thông tư 07/2021, Điều 3), else the income; empty while neither is known.
    """
    if standard.has_score_form and score_income is not None:
        return {"b1": score_income}
    return {} if income is None else {"income": income}


def classify(
    standard: PovertyStandard,
    area_type: AreaType,
    *,
    income: int | None = None,
    b1: int | None = None,
    deprived: frozenset[str] = frozenset(),
    unknown: frozenset[str] = frozenset(),
) -> Classification:
    """The class by exactly one of `income` (đồng a person a month) and `b1` (điểm B1).

    `deprived` and `unknown` are indicator codes of the standard. Raises ClassifyError for codes
    it does not have, a code in both, neither or both values, a negative one, and for `b1` under
    a standard without a point form.
    """
    _check(standard, income, b1, deprived, unknown)
    measure = Measure.INCOME if b1 is None else Measure.SCORE
    value = b1 if income is None else income
    assert value is not None  # _check
    rule, facts = _rule(standard, area_type, measure)
    low, high = len(deprived), len(deprived) + len(unknown)
    possible = rule.possible(value, low, high)
    decided = len(possible) == 1
    branch = rule.branch(value, low) if decided else Branch.POOR_OR_NEAR_POOR
    questions = () if decided else standard.in_order(unknown)
    article = standard.income_article if measure is Measure.INCOME else standard.score_article
    area_word = standard.lines[area_type].label
    below = [line for line in rule.lines if line < value]
    above = [line for line in rule.lines if value <= line]
    return Classification(
        standard=standard.code,
        area_type=area_type,
        measure=measure,
        value=value,
        lower=below[-1] if below else None,
        upper=above[0] if above else None,
        deprived_min=low,
        deprived_max=high,
        deprivation_count=rule.count,
        household_class=possible[0] if decided else None,
        possible=possible,
        branch=branch,
        article=article.value or standard.legal_basis,
        basis=_basis(standard, measure),
        area_label=(area_word.value or "") if area_word else "",
        missing=("average_line",) if branch is Branch.ABOVE_LINE else (),
        to_confirm=_to_confirm(facts, value),
        questions=questions,
        question_labels=tuple(standard.indicator(code).short for code in questions),
        what_would_change=tuple(_changes(rule, value, low, high, len(standard.indicators))),
    )


def _check(
    standard: PovertyStandard,
    income: int | None,
    b1: int | None,
    deprived: frozenset[str],
    unknown: frozenset[str],
) -> None:
    if (income is None) == (b1 is None):
        raise ClassifyError("classify_one_value")
    if (income is not None and income < 0) or (b1 is not None and b1 < 0):
        raise ClassifyError("classify_negative", value=b1 if income is None else income)
    if b1 is not None and not standard.has_score_form:
        raise ClassifyError("classify_no_score_form", standard=standard.label)
    if strange := sorted((deprived | unknown) - frozenset(standard.codes)):
        codes = ", ".join(strange)
        raise ClassifyError("classify_unknown_code", standard=standard.label, codes=codes)
    if both := standard.in_order(deprived & unknown):
        raise ClassifyError("classify_code_twice", codes=", ".join(both))


def _rule(
    standard: PovertyStandard, area_type: AreaType, measure: Measure
) -> tuple[_Rule, dict[str, Fact[int]]]:
    """The rule as numbers, and the facts it came from, in the order they are compared."""
    lines = standard.lines[area_type]
    names: dict[str, Fact[int] | None]
    if measure is Measure.INCOME:
        first, second, average = lines.income_line, lines.upper_line, lines.average_line
        names = {"income_line": first, "upper_line": second, "average_line": average}
    else:
        first, second, average = lines.score_cutoff, lines.score_upper_cutoff, None
        names = {"score_cutoff": first, "score_upper_cutoff": second}
    deciding, count = (second or first).value, standard.deprivation_count.value
    assert deciding is not None  # the loader refuses such a file
    assert count is not None  # and such a one
    rule = _Rule(
        measure=measure,
        outright=None if second is None else first.value,
        deciding=deciding,
        average=None if average is None else average.value,
        count=count,
    )
    return rule, {name: fact for name, fact in names.items() if fact is not None}


def _basis(standard: PovertyStandard, measure: Measure) -> str:
    score_article = standard.score_article.value
    if measure is Measure.INCOME or score_article is None:
        return standard.legal_basis
    return f"{score_article}; {standard.legal_basis}"


def _to_confirm(facts: dict[str, Fact[int]], value: int) -> tuple[str, ...]:
    """The lines compared until the class was found that nobody has read in the legal text."""
    used = []
    for name, fact in facts.items():
        if fact.certainty is Certainty.TO_CONFIRM:
            used.append(name)
        if fact.value is not None and value <= fact.value:
            break
    return tuple(used)


def _changes(rule: _Rule, value: int, low: int, high: int, indicators: int) -> list[WhatIf]:
    now = rule.possible(value, low, high)
    changes = []
    if len(now) > 1:
        needed = rule.count - low
        poor, near_poor = (HouseholdClass.POOR,), (HouseholdClass.NEAR_POOR,)
        changes.append(WhatIf(ChangeKind.UNKNOWN_DEPRIVED, needed, poor))
        changes.append(WhatIf(ChangeKind.UNKNOWN_MET, high - rule.count + 1, near_poor))
    up = [(ChangeKind.VALUE_ABOVE, line, line + 1) for line in rule.lines if line >= value]
    down = [(ChangeKind.VALUE_UP_TO, line, line) for line in rule.lines[::-1] if line < value]
    for direction in (up, down):
        for kind, line, other in direction:
            then = rule.possible(other, low, high)
            if then != now:
                changes.append(WhatIf(kind, line, then))
                break
    if len(now) > 1:
        return changes
    more = [(ChangeKind.MORE_DEPRIVED, step, step) for step in range(1, indicators - high + 1)]
    fewer = [(ChangeKind.FEWER_DEPRIVED, step, -step) for step in range(1, low + 1)]
    for direction in (more, fewer):
        for kind, amount, shift in direction:
            then = rule.possible(value, low + shift, high + shift)
            if then != now:
                changes.append(WhatIf(kind, amount, then))
                break
    return changes
