"""The targets of a plan with what is reached: giao, phấn đấu, thực hiện, % đạt, đánh giá."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.indicator_catalogue import (
    HUNDRED,
    Comparator,
    Good,
    IndicatorType,
)
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.rates import rate
from giamngheo_desktop.domain.target_sentence import asks_words
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.reports.document import (
    BLANK,
    Align,
    Cell,
    Column,
    ReportDoc,
    Row,
    Table,
    group,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.reports.target_numbers import measured, measured_amount, promised
from giamngheo_desktop.services.targets.judging import (
    NO_START,
    NOT_BEGUN,
    STANDARDS_DIFFER,
    Judged,
    number_of,
)
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from giamngheo_desktop.services.targets.tracking import Tracked, Tracking
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts.paper_words import unit_heading

_SAID = texts.TRACKING
_GROUPS = "target_groups"  # the list of answers
# Remarks that say whom, or what, a number is of.
_READ = ("some_not_measured", "entitled_as_known", "with_replicated")


def targets_paper(database: Database, found: Tracking) -> ReportDoc:
    """ "Kết quả thực hiện chỉ tiêu giảm nghèo năm …" as of the day of the tracking."""
    unit = unit_heading(found.unit_kind, found.unit_name)
    doc = ReportDoc(
        code=_SAID["code"],
        title=(_SAID["title"].format(year=found.year),),
        subtitle=tuple(filter(None, [unit, _plan_text(found), day_text(found)])),
        body=(table(found),),
        notes=tuple(notes(found)),
        data_date=found.data_day,
        extra={"year": str(found.year)},
    )
    return of_unit(database, doc)


def table(found: Tracking) -> Table:
    """One row a target, as it stands in the plan: a signed paper has no short names."""
    columns = (
        text_column(_SAID["unit"], "unit", weight=6, align=Align.CENTER),
        Column(_SAID["baseline"], "baseline", weight=7),
        Column(_SAID["assigned"], "assigned", weight=7),
        Column(_SAID["pursued"], "pursued", weight=7),
        Column(_SAID["reached"], "reached", weight=7),
        group(
            _SAID["share"],
            Column(_SAID["of_assigned"], "of_assigned", weight=7),
            Column(_SAID["of_pursued"], "of_pursued", weight=7),
        ),
        text_column(_SAID["state"], "state", weight=18),
    )
    empty = "no_targets" if found.plan else "no_plan"
    return Table(
        labels=(number_column(4), text_column(_SAID["target"], "target", weight=34)),
        columns=columns,
        rows=tuple(
            Row((str(at), target_sentence(line.target, found.unit_kind)), tuple(_cells(line)))
            for at, line in enumerate(found.lines, 1)
        ),
        number_row=False,
        empty=_SAID[empty].format(year=found.year),
    )


def _cells(line: Tracked) -> Iterator[Cell]:
    kind = line.target.indicator.type
    yield Cell(line.target.unit)
    yield _measured(line.start, kind)
    yield _promised(line.target.assigned)
    yield _promised(line.target.pursued)
    yield _measured(line.value, kind, _not_known(line))
    for judged in (line.assigned, line.pursued):
        yield _share(judged)
    yield Cell(state_text(line))


def _share(judged: Judged | None) -> Cell:
    """A dash where it went the other way: nobody reaches less than nothing, the state says it."""
    share = judged.share if judged else None
    if share is not None and share < 0:
        return Cell(_SAID["nothing"])
    return _measured(share, IndicatorType.RATE)


def _not_known(line: Tracked) -> Cell:
    if line.target.is_qualitative:
        return BLANK
    no_need = line.state is TargetState.NO_NEED
    return Cell.of_missing("no_need" if no_need else "no_data")


def _measured(value: Fraction | None, kind: IndicatorType, otherwise: Cell = BLANK) -> Cell:
    return otherwise if value is None else Cell(measured(value, kind))


def _promised(value: Fraction | None) -> Cell:
    """What nobody asks for is left empty."""
    return BLANK if value is None else Cell(promised(value))


def target_name(target: PlanTarget, definitions: Definitions) -> str:
    """What a target is about, short, for a screen: with its groups where the plan chose them; of
    one without a number what shall be reached.
    """
    if target.content and (target.is_qualitative or asks_words(target.indicator)):
        return target.content
    name = target.indicator.label
    if not target.groups:
        return name
    answers = definitions.choice_list(_GROUPS)
    labels = [
        _inside(answers.entry(code).short_label) for code in answers.codes if code in target.groups
    ]
    return _SAID["of_group"].format(name=name, group=", ".join(labels))


def _inside(label: str) -> str:
    """A label within a name; one that is letters of its own stays."""
    return label if label[1:2].isupper() else f"{lower(label[:1])}{label[1:]}"


def target_sentence(target: PlanTarget, unit_kind: str) -> str:
    """A target as the plan prints it, of what is aimed at, else of what was given."""
    value = target.assigned if target.pursued is None else target.pursued
    kind = texts.UNIT_KINDS.get(unit_kind, texts.UNIT_KINDS["xa"])
    return texts.target_sentence(
        target.indicator,
        target.groups,
        target.comparator,
        None if value is None else int(value * HUNDRED),
        basis=target.basis,
        dimension=target.dimension,
        content=target.content,
        addition=target.addition,
        unit_word=texts.WRITTEN["whole_unit"].format(kind=kind),
    )


def state_text(line: Tracked) -> str:
    """The words of the state; of both numbers where they differ."""
    said = texts.TARGET_STATES
    both = line.pursued, line.assigned
    if line.state not in _JUDGED or None in both or _same(*both):
        return said[line.state]
    words = {
        name: said[judged.state]
        for name, judged in zip(("pursued", "assigned"), both, strict=True)
        if judged is not None
    }
    return _SAID["both_states"].format(**words)


_JUDGED = (
    TargetState.REACHED,
    TargetState.ON_WAY,
    TargetState.BEHIND,
    TargetState.NOT_REACHED,
)


def _same(one: Judged | None, other: Judged | None) -> bool:
    return one is None or other is None or one.state is other.state


def forecast_text(line: Tracked) -> str:
    """What the year is expected to end with and how that is known; that it is not known; empty
    where there is nothing to expect any more.
    """
    found = line.forecast
    if found is None:
        waits = not (line.is_over or line.target.is_qualitative)
        return _SAID["no_forecast"] if waits else ""
    basis = texts.forecast_basis(
        leaving=len(found.leaving),
        coming=found.coming,
        fallen=len(found.fallen),
        planned=len(found.planned),
    )
    value = measured_amount(found.value, line.target)
    return _SAID["forecast"].format(value=value, basis=basis)


def fall_text(line: Tracked) -> str:
    """What lies behind a fall: in households the movement of the year, in points the two rates;
    empty where that is not known, or the number is not counted.
    """
    actual = line.actual
    if line.is_typed or actual.value is None:
        return ""
    if line.target.indicator.type is IndicatorType.POINTS:
        rates = [_rate_text(end) for end in (actual.opening, actual)]
        return _SAID["rates"].format(start=rates[0], now=rates[1]) if all(rates) else ""
    escaped, net = actual.escaped, actual.net_escaped
    if escaped is None or net is None or len(actual.moved) < len(Flow):
        return ""
    table = "near_poor" if actual.code.startswith("HCN-") else "poor"
    return texts.net_escaped(table, escaped, net, actual.moved)


def _rate_text(end: Actual | None) -> str:
    """ "2,20 % (56/2.550 hộ)"; empty where it is not known."""
    numbers = [number_of(one) for one in (end.numerator, end.denominator)] if end else [None, None]
    part, whole = numbers
    percent = rate(part, whole).percent
    if percent is None or part is None or whole is None:
        return ""
    return _SAID["rate"].format(
        percent=format_rate(percent), part=format_integer(part), whole=format_integer(whole)
    )


def reason_text(line: Tracked) -> str:
    """Why there is no number, or none that compares, and what could be done; else empty."""
    change = line.without_start
    said = [_why_none(line)]
    if change is not None:
        said.append(texts.changed_offer(*change.said))
    return " ".join(filter(None, said))


def _why_none(line: Tracked) -> str:
    if line.value is not None or line.state is TargetState.NO_NEED or not line.reason:
        return ""
    if line.reason == NOT_BEGUN:
        return _SAID[NOT_BEGUN]
    if line.without_start is not None and line.reason in NO_START:
        return ""  # that is what the new standard says
    said = texts.ACTUAL_REASONS[line.reason]
    if line.reason != STANDARDS_DIFFER:
        return said
    offer = _SAID["offer_none"]
    if line.opening is not None:
        value = measured_amount(line.opening.value, line.target)
        offer = _SAID["offer"].format(value=value)
    return " ".join((said, offer))


def heading_text(found: Tracking) -> str:
    """Of which plan and which day a tracking is; empty where there is no plan."""
    if found.plan is None:
        return ""
    return _SAID["of_both"].format(plan=_plan_text(found), day=day_text(found))


def day_text(found: Tracking) -> str:
    """Of which day its numbers are, and when the last of them was written; those of a list that was
    closed with the year of its end.
    """
    day = min(found.day, date(found.year, 12, 31))
    said = _SAID["of_day"].format(day=format_date(day))
    if found.data_day < day:
        said = _SAID["of_written"].format(said=said, day=format_date(found.data_day))
    return _SAID["of_closed"].format(said=said, year=found.year) if found.has_closed else said


def _plan_text(found: Tracking) -> str:
    if found.plan is None:
        return ""
    said = _SAID["of_draft" if found.is_draft else "of_plan"].format(year=found.year)
    if found.version == 1:
        return said
    return _SAID["of_version"].format(said=said, version=found.version)


def notes(found: Tracking) -> Iterator[str]:
    """What who reads the table must know; what the desk has still to do is said there alone."""
    lines = found.lines
    if lines:
        yield _SAID["note_points"]
    if any(line.target.indicator.good is Good.LOWER for line in lines):
        yield _SAID["note_share"]
    if any(line.target.comparator is Comparator.ABOUT for line in lines):
        yield _SAID["note_about"]
    change = next((line.without_start for line in lines if line.without_start), None)
    if change is not None:
        yield texts.changed_text(*change.said)
    for line in lines:
        name = target_sentence(line.target, found.unit_kind)
        if not (line.is_typed or line.is_closed) and line.target.due < found.data_day:
            day = format_date(line.measured_on)
            yield _SAID["note_day"].format(target=name, day=day)
        yield from _line_notes(line, name)


def _line_notes(line: Tracked, name: str) -> Iterator[str]:
    typed, actual = line.typed, line.actual
    if typed is not None and (line.is_typed or line.target.is_qualitative):
        day = format_date(typed.measured_on)
        key = "note_typed_dated" if day in (typed.source or "") else "note_typed"
        yield _SAID[key].format(target=name, source=typed.source, day=day)
    elif line.target.is_qualitative:
        return
    elif reason_text(line):
        if line.reason == STANDARDS_DIFFER and line.without_start is None:
            reason = texts.ACTUAL_REASONS[STANDARDS_DIFFER]
            yield _SAID["note_reason"].format(target=name, reason=reason)
        if actual.low is not None and actual.high is not None:
            yield _SAID["note_range"].format(
                target=name,
                low=measured_amount(actual.low, line.target),
                high=measured_amount(actual.high, line.target),
                count=actual.unknown.number if actual.unknown else "",
            )
    if line.state is TargetState.BEHIND:
        yield _SAID["note_forecast"].format(target=name, forecast=forecast_text(line))
    for code in () if line.is_typed else actual.remarks:
        if code in _READ:
            yield _SAID["note_reason"].format(target=name, reason=texts.ACTUAL_REMARKS[code])
