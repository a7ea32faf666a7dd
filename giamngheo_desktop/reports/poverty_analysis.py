"""Phân tích hộ nghèo on paper: the sentences of a plan's part II, and a table of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_rate
from giamngheo_desktop.domain.rates import rate
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    NumberFormat,
    Paragraph,
    ReportDoc,
    Row,
    Run,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.services.targets.poverty_analysis import (
    CAUSE,
    DISABLED,
    HOUSED_BADLY,
    LABOUR,
    NEAR_POOR,
    NO_LABOUR,
    OTHERS,
    POOR,
    PROTECTED,
    SIZE,
    SUPPORTED,
    Analysis,
    Part,
)
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts.paper_words import unit_heading, unit_name

_SAID, _LINES = texts.POVERTY_ANALYSIS, texts.ANALYSIS_LINES
_INNER = (DISABLED, SUPPORTED)  # parts of the line above
_OF_LABOUR = (LABOUR, DISABLED, NO_LABOUR, SUPPORTED)
_FIRST_LINE = 12.7  # mm


def analysis_paper(database: Database, definitions: Definitions, found: Analysis) -> ReportDoc:
    """The sentences, then the table with who is not known."""
    day = found.as_of and format_date(found.as_of)
    title = _SAID["title_day"].format(day=day) if day else _SAID["title"].format(year=found.year)
    said = unit_heading(found.unit_kind, found.unit_name)
    doc = ReportDoc(
        code=_SAID["code"],
        title=(title,),
        subtitle=tuple(filter(None, [said, found.standard.label])),
        body=(*paragraphs(found, definitions), table(found, definitions)),
        notes=tuple(_notes(found, definitions)),
        landscape=False,
        data_date=found.data_day,
        extra={"year": str(found.year)},
    )
    return of_unit(database, doc)


def paragraphs(found: Analysis, definitions: Definitions) -> tuple[Paragraph, ...]:
    """A paragraph each sentence, as it stands in a plan."""
    return tuple(
        Paragraph(runs=(Run(f"- {line}" if at else line),), first_line=_FIRST_LINE)
        for at, line in enumerate(sentences(found, definitions))
    )


def sentences(found: Analysis, definitions: Definitions) -> tuple[str, ...]:
    """What plan 004 says in its part II; what is not known has no number, or says for how many."""
    return tuple(_sentences(found, definitions))


def _sentences(found: Analysis, definitions: Definitions) -> Iterator[str]:
    unit, when = unit_name(found.unit_kind, found.unit_name), _when(found)
    poor = found[POOR]
    if poor.count is None:
        waits = _LINES["waits"].format(count=found.waiting) if found.waiting else ""
        reason = waits or texts.MISSING[found.reason]
        yield _LINES["not_known"].format(when=when, unit=unit, reason=reason)
        return
    if poor.count == 0:
        yield _LINES["no_poor"].format(When=f"{when[:1].upper()}{when[1:]}", unit=unit)
    else:
        numbers = _numbers(found, poor)
        source = _LINES["registered" if found.of_register else "reviewed"]
        words = {"source": source, "when": when, "unit": unit, "rate": _rate(found, poor)}
        yield _LINES["poor"].format(**words, **numbers)
        yield from _of_poor(found, definitions)
    near = found[NEAR_POOR]
    if near.count is not None:
        yield _LINES["near_poor"].format(**_numbers(found, near), rate=_rate(found, near))


def _of_poor(found: Analysis, definitions: Definitions) -> Iterator[str]:
    protected, others = found[PROTECTED], found[OTHERS]
    yield _LINES["social_protection"].format(
        **_numbers(found, protected),
        rate=_rate(found, protected, within=True),
        **{f"others_{key}": text for key, text in _numbers(found, others).items()},
        others=texts.two_digits(others.count or 0),
        others_rate=_rate(found, others, within=True),
    )
    if others.unknown:
        yield _LINES["unsaid"].format(count=texts.two_digits(len(others.unknown)))
    yield from _or_unknown(found[LABOUR], "what_labour", _labour(found))
    housing = found[HOUSED_BADLY]
    said = _LINES["housing"].format(households=texts.two_digits(housing.count or 0))
    yield from _or_unknown(housing, "what_housing", [said])
    causes = found.of(CAUSE)
    said = _LINES["causes"].format(parts=_parts(causes, definitions))
    yield from _or_unknown(causes[0], "what_causes", [said])
    yield _LINES["sizes"].format(parts=_parts(found.of(SIZE), definitions))


def _or_unknown(part: Part, what: str, said: Iterable[str]) -> Iterator[str]:
    """The sentences, and of how many more nobody knows; that alone where nothing is known."""
    if part.count is None:
        yield _LINES["unknown_all"].format(what=_LINES[what])
        return
    yield from said
    if part.unknown:
        count = texts.two_digits(len(part.unknown))
        yield _LINES["unknown"].format(count=count, what=_LINES[what])


def _labour(found: Analysis) -> Iterator[str]:
    counts = {code: texts.two_digits(found[code].count or 0) for code in _OF_LABOUR}
    sources = texts.and_text(found.income_sources)
    by = _LINES["by"].format(sources=sources) if sources else ""
    disabled = _LINES["disabled"].format(households=counts[DISABLED])
    supported = _LINES["supported"].format(households=counts[SUPPORTED], by=by)
    yield _LINES["with_labour"].format(
        households=counts[LABOUR], disabled=disabled if found[DISABLED].count else ""
    )
    yield _LINES["without_labour"].format(
        households=counts[NO_LABOUR], supported=supported if found[SUPPORTED].count else ""
    )


def _parts(parts: tuple[Part, ...], definitions: Definitions) -> str:
    said = (
        _LINES["part"].format(
            name=part_name(part.code, definitions, short=True),
            households=texts.two_digits(part.count),
        )
        for part in parts
        if part.count
    )
    return "; ".join(said) or _LINES["no_part"]


def _numbers(found: Analysis, part: Part) -> dict[str, str]:
    persons = _SAID["missing"] if part.persons is None else texts.two_digits(part.persons)
    return {"households": texts.two_digits(part.count or 0), "persons": persons}


def _rate(found: Analysis, part: Part, *, within: bool = False) -> str:
    """Of all households; nothing where nobody typed how many there are."""
    percent = rate(part.count, found.total).percent
    if percent is None:
        return ""
    return _LINES["rate_within" if within else "rate"].format(rate=format_rate(percent))


def _when(found: Analysis) -> str:
    if found.as_of is not None:
        return _LINES["on_day"].format(day=format_date(found.as_of))
    return _LINES["year_end"].format(year=found.year)


def table(found: Analysis, definitions: Definitions) -> Table:
    """Each part with its persons, its rates and of how many households it is not known."""
    percent = NumberFormat.RATE
    columns = (
        Column(_SAID["households"], "households", weight=7),
        Column(_SAID["persons"], "persons", weight=7),
        Column(_SAID["of_all"], "of_all", format=percent, weight=8),
        Column(_SAID["of_poor"], "of_poor", format=percent, weight=8),
        Column(_SAID["unknown"], "unknown", weight=7),
    )
    return Table(
        labels=(number_column(4), text_column(_SAID["content"], "content", weight=36)),
        columns=columns,
        rows=tuple(_rows(found, definitions)),
        unit=_SAID["unit"],
        number_row=False,
        empty=_SAID["none"].format(year=found.year),
    )


def _rows(found: Analysis, definitions: Definitions) -> Iterator[Row]:
    if found[POOR].count is None and found[NEAR_POOR].count is None:
        return
    number, heading = 0, ""
    for code, part in found.parts.items():
        group = next((one for one in (CAUSE, SIZE) if code.startswith(one)), "")
        if group and group != heading:
            yield Row(("", _SAID["causes" if group == CAUSE else "sizes"]), (BLANK,) * 5, bold=True)
        heading = group
        inner = bool(group) or code in _INNER
        number += not inner
        label = part_name(code, definitions)
        yield Row(
            ("" if inner else str(number), label),
            tuple(_cells(found, part)),
            level=2 if inner else 1,
            bold=code in (POOR, NEAR_POOR),
        )


def _cells(found: Analysis, part: Part) -> Iterator[Cell]:
    yield Cell.of_count(part.count)
    yield Cell.of_count(part.persons)
    yield Cell.of_rate(part.count, found.total)
    poor = part.code in (POOR, NEAR_POOR)
    yield BLANK if poor else Cell.of_rate(part.count, found[POOR].count)
    yield Cell.of_count(len(part.unknown)) if part.unknown else BLANK


def part_name(code: str, definitions: Definitions, *, short: bool = False) -> str:
    """What a part is called, at the head of a line or (`short`) within one."""
    name = _SAID.get(code, "")
    if code.startswith(CAUSE):
        name = definitions.choice_list("causes").entry(code.removeprefix(CAUSE)).short_label
    elif code.startswith(SIZE):
        name = _SAID["size"].format(size=code.removeprefix(SIZE))
    return f"{lower(name[:1])}{name[1:]}" if short else name


def _notes(found: Analysis, definitions: Definitions) -> Iterator[str]:
    if found.waiting:
        yield _SAID["note_waiting"].format(count=found.waiting, year=found.year)
    for code in (POOR, NEAR_POOR):
        if nameless := found[code].nameless:
            name = part_name(code, definitions, short=True)
            yield _SAID["note_nameless"].format(count=nameless, of=name)
    if found[POOR].count is None:
        return
    yield _SAID["note_rate"]
    if any(part.unknown for part in found.parts.values()):
        yield _SAID["note_unknown"]
    if unsaid := found[PROTECTED].unknown:
        yield _SAID["note_protected"].format(count=len(unsaid))
    yield _SAID["note_labour"]
