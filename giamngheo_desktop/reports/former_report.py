"""What came from former communes, line by line: on screen before, and as the report kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.kept import keep
from giamngheo_desktop.reports.lined import lined
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.former import Former, Look, Looked, Sum
from giamngheo_desktop.services.exchange.former_taking import Taken
from giamngheo_desktop.services.exchange.former_units import UnitLine
from giamngheo_desktop.storage.engine import Database

CODE = "SOXACU"


class Line(NamedTuple):
    """`about` is a code of `texts.FORMER_ABOUT`, `state` one of `texts.FORMER_STATES`; `unit` is
    what a line of a unit tells, or what may be picked otherwise where a file is refused.
    """

    file: str
    about: str
    said: str
    here: str
    state: str
    unit: UnitLine | None = None


def lines_of(looked: Looked | Former) -> Iterator[Line]:
    """What asks for something first, within each file; the sums at the end."""
    files = looked.files if isinstance(looked, Looked) else map(_taken, looked.taken)
    for one in files:
        yield from _of_file(one)
    for total in looked.sums:
        yield from _of_sum(total)


def former_report(former: Former, day: date) -> ReportDoc:
    said = texts.FORMER
    rows = (
        (line.file, texts.FORMER_ABOUT[line.about], line.said, line.here, _state(line))
        for line in lines_of(former)
    )
    return lined(
        CODE,
        said["title"],
        [],
        ((said["file"], 14), (said["about"], 14), (said["said"], 22), (said["here"], 22),
         (said["state"], 8)),
        rows,
        day=day,
        empty=said["empty"],
    )  # fmt: skip


def keep_former(database: Database, done: Done[Former], day: date) -> None:
    keep(database, done.changes, former_report(done.value, day))


def _taken(taken: Taken) -> Look:
    return Look(file=taken.file, taken=taken)


def _state(line: Line) -> str:
    return texts.FORMER_STATES[line.state]


def _of_file(one: Look) -> Iterator[Line]:
    if one.refused is not None and not one.asks_units:
        state = "open" if one.asks_day else "wrong"
        again = next((unit for unit in one.units if unit.offered), None)
        yield Line(one.file, "file", texts.error_text(one.refused), "", state, again)
    for unit in sorted(one.units, key=lambda line: line.unit is not None):
        yield _of_unit(unit)
    if one.taken is not None:
        yield from _of_taken(one.taken)


def _of_unit(unit: UnitLine) -> Line:
    about = "commune" if unit.level is Level.COMMUNE else "village"
    here = unit.name
    if unit.now and unit.now != unit.name:
        here = texts.FORMER["became"].format(name=unit.name, now=unit.now)
    said = unit.said or texts.FORMER["no_village"]
    return Line(unit.file, about, said, here, "ok" if unit.unit else "open", unit)


def _of_taken(taken: Taken) -> Iterator[Line]:
    file, words = taken.file, texts.FORMER
    yield Line(file, "brings", "", texts.counted(taken.added), "ok")
    if any(taken.kept.values()):
        yield Line(file, "kept", "", texts.counted(taken.kept), "note")
    if taken.moved:
        yield Line(file, "moved", "", words["villages_moved"].format(count=taken.moved), "ok")
    for old, new in taken.relabelled:
        yield Line(file, "code", old, new, "note")
    for twin in taken.twins:
        birth = format_partial_date(twin.birth) if twin.birth else words["no_birth"]
        pattern = words["twins" if twin.home else "twins_gone"]
        said = pattern.format(name=twin.name, birth=birth, home=twin.home)
        yield Line(file, "twin", twin.name, said, "note")
    for row in taken.rows:
        place = words["place"].format(sheet=row.sheet, row=row.row, name=row.name or "–")
        findings = " ".join(texts.IMPORT_FINDINGS[code] for code in row.findings)
        yield Line(file, "row", place, findings, "note" if row.taken else "wrong")
    if taken.left_out:
        yield Line(file, "left", words["rows"].format(count=taken.left_out), "", "")


def _of_sum(total: Sum) -> Iterator[Line]:
    head = texts.FORMER["year"].format(names=", ".join(total.names), year=total.year)
    said = total.said
    for name in figures.MEASURES:
        found, told = total.found.get(name), said.get(name)
        what = texts.FORMER_MEASURES[name]
        if told is not None:
            what = f"{what}: {format_integer(told)}"
        elif total.silent:
            names = ", ".join(total.silent)
            what = texts.FORMER["silent"].format(measure=what, names=names)
        state = "" if told is None else "agrees" if told == found else "differs"
        if state == "agrees" and name in total.counted:
            what, state = texts.FORMER["counted"].format(measure=what), ""
        yield Line(head, "figure", what, "–" if found is None else format_integer(found), state)
