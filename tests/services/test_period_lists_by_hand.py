"""Danh sách kỳ of two registers against the lists that somebody worked out by hand from the same
facts, without the program (tests/independent/period_lists).

Where the two read a rule otherwise the rows stand here with the reason: `ONE_ROW`, `OWN_CHANGED`.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.period_list import Entitled, spans
from giamngheo_desktop.domain.period_reasons import Why
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.programme import period_lists
from giamngheo_desktop.services.programme.entitled_homes import Register as Homes
from giamngheo_desktop.services.programme.period_lines import Moved, PeriodList
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.storage import period_lists as stored
from giamngheo_desktop.storage.engine import Database
from tests.harness.hand_lists import DAY, Hand, Table, opened, told, within
from tests.harness.register import empty_database
from tests.harness.tables import definitions

CODES = {"bhyt": "bhyt", "electricity": "tien_dien"}

# The file has a row for each stretch of days. A list of the program has one line a person, that of
# his last day in the period, by which lists are compared: these rows have none. Their days stand in
# the stretches the program knows, and no number of persons or months hangs on them.
ONE_ROW = {
    "2026-10": [["P09", "H02", "poor", date(2026, 10, 1), date(2026, 10, 11)]],
    "2026-12": [["P47", "H12", "poor", date(2026, 12, 1), date(2026, 12, 9)]],
}

# The file keeps who moved to another village; the rules of the program call him changed
# (`changed_when`, to be confirmed). By the file's rule there is no difference.
OWN_CHANGED = {"2026-11": {"P50": ("village",)}}

WHY = {
    "birth": Why.BIRTH,
    "move_in": Why.MOVED_IN,
    "death": Why.DEATH,
    "move_out": Why.MOVED_OUT,
    "marriage": Why.LEFT,  # to a household that is none of the list's
    "removed": Why.NEVER,
}


def by_its_rules() -> Definitions:
    """The definitions with what the file calls changed."""
    known = definitions()
    lists = {
        code: tuple(
            replace(one, changed_when=replace(one.changed_when, value=("ground", "household")))
            for one in versions
        )
        for code, versions in known.period_lists.items()
    }
    return replace(known, period_lists=lists)


@dataclass(frozen=True)
class Made:
    """One list of the file, and what the program said on the day it was issued."""

    said: Table
    found: PeriodList  # before it was issued
    rows: tuple[Entitled, ...]
    issued: UUID
    stretches: list[list[Any]]
    next_one: PeriodList  # of the period after, on the same day
    hand: Hand

    def name(self, one: Moved) -> str:
        return self.hand.named[one.line.row.key]

    @property
    def ending(self) -> list[Entitled]:
        return [row for row in self.rows if within(row, self.found.period)[1] < self.last]

    @property
    def last(self) -> date:
        return self.found.period.last


@dataclass(frozen=True)
class Whole:
    """All lists of a file, each as the list of its period would be made anew at the end, and the
    file as it was before each was issued.
    """

    lists: list[Made]
    again: list[PeriodList]
    before: dict[str, Path]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Whole]:
    return cache(lambda asked: _whole(asked, tmp_path_factory.mktemp("danh sách")))


@pytest.fixture(params=["bhyt", "bhyt by the file's rules", "electricity"])
def whole(request: pytest.FixtureRequest, worked: Callable[[str], Whole]) -> Whole:
    return worked(request.param)


@pytest.fixture
def bhyt(worked: Callable[[str], Whole]) -> Whole:
    return worked("bhyt")


def _whole(asked: str, folder: Path) -> Whole:
    name = asked.split()[0]
    code, known = CODES[name], definitions() if asked == name else by_its_rules()
    before: dict[str, Path] = {}
    with empty_database(folder / "xã.db") as database:
        hand = opened(database, name)
        made = []
        for said in hand.said["list"]:
            hand.type_until(said["issued_on"])
            database.checkpoint()
            before[said["period"]] = folder / f"{said['period']}.db"
            shutil.copyfile(database.path, before[said["period"]])
            made.append(_issued(hand, said, code, known))
        unit = hand.register.commune
        again = [
            period_lists.preview(database, known, code, one.said["period"], unit=unit)
            for one in made
        ]
    return Whole(made, again, before)


def _issued(hand: Hand, said: Table, code: str, known: Definitions) -> Made:
    day = said["issued_on"]
    desk = hand.register.on(day.isoformat())
    asked, period = (desk.database, desk.context, known, code), said["period"]
    found = period_lists.preview(desk.database, known, code, period, unit=desk.commune)
    done = period_lists.issue(*asked, period, unit=desk.commune, issued_on=day)
    with desk.database.reader() as connection:
        rows = tuple(stored.rows(connection, done.value).values())
    return Made(
        said=said,
        found=found,
        rows=rows,
        issued=done.value,
        stretches=list(_stretches(hand, found)),
        next_one=period_lists.preview(
            desk.database, known, code, _after(found), unit=desk.commune
        ),
        hand=hand,
    )  # fmt: skip


def _after(found: PeriodList) -> str:
    day = found.period.last + DAY
    is_month = len(found.period.months) == 1
    return f"{day.year}-{day.month:02d}" if is_month else f"{day.year}-Q{day.month // 3 + 1}"


def _stretches(hand: Hand, found: PeriodList) -> Iterator[list[Any]]:
    """Every stretch of days on one ground in one household, within the period."""
    villages, named = frozenset(hand.register.villages.values()), hand.named
    with hand.register.database.reader() as connection:
        households = stored.households_of(connection, sorted(villages))
        values = KnownValues(connection, definitions(), found.period.last)
        homes = Homes(connection, definitions(), found.definition, found.period, values, households)
        for own in spans(homes.listed(), found.definition, villages).values():
            rows: list[list[Any]] = []
            for span in own:
                first, last = max(span.first, found.period.first), min(span.last, found.period.last)
                whom = [named[span.person]] if span.person else []
                head = [*whom, named[span.household], span.ground]
                if first > last:
                    continue
                if rows and rows[-1][:-2] == head and rows[-1][-1] + DAY == first:
                    rows[-1][-1] = last  # only the village is another
                else:
                    rows.append([*head, first, last])
            yield from rows


def _sorted(rows: list[list[Any]]) -> list[list[Any]]:
    return sorted(([*row] for row in rows), key=str)


def test_every_row_is_that_of_the_file(whole: Whole) -> None:
    for one in whole.lists:
        missing = ONE_ROW.get(one.said["period"], [])
        expected = [row for row in one.said["rows"] if row not in missing]
        assert len(expected) == len(one.said["rows"]) - len(missing)
        assert told(one.rows, one.found.period, one.hand.named) == _sorted(expected)
        assert one.found.doubtful == ()
        assert {row.amount for row in one.rows} == {None}


def test_every_day_is_counted(whole: Whole) -> None:
    for one in whole.lists:
        if one.hand.said["policy"] == "electricity":
            assert sum(row.months or 0 for row in one.rows) == one.said["months"]
            expected = [row[:-1] for row in one.said["rows"]]
        else:
            expected = one.said["rows"]
            days = sum((last - first).days + 1 for *_, first, last in one.stretches)
            assert days == one.said["days"]
        assert _sorted(one.stretches) == _sorted(expected)


def test_persons_by_ground(bhyt: Whole) -> None:
    for one in bhyt.lists:
        counted = Counter(row.ground for row in one.rows)
        assert {"all": len(one.rows), **counted} == one.said["persons"]


def test_who_is_new_gone_and_the_same_and_why(whole: Whole) -> None:
    for one in whole.lists:
        assert (one.found.base.period if one.found.base else "") == one.said["compared_to"]
        if one.found.base is None:
            continue
        for moved, said, by_class in (
            (one.found.added, one.said["added"], Why.RECOGNISED),
            (one.found.removed, one.said["dropped"], Why.CLASS_ENDED),
        ):
            why = {"class": by_class, **WHY}
            assert {one.name(row): row.reason.why for row in moved} == {
                whom: why[reason] for whom, reason in said
            }
        changed = {one.name(row): row for row in one.found.changed}
        own = OWN_CHANGED.get(one.said["period"], {})
        if "village" not in (one.found.definition.changed_when.value or ()):
            own = {}
        assert {whom: changed.pop(whom).what for whom in own} == own
        named = one.hand.named
        assert _sorted(
            [
                [whom, named[then.row.household], then.row.ground,
                 named[row.line.row.household], row.line.row.ground]
                for whom, row in changed.items() if (then := row.then)
            ]
        ) == _sorted(one.said["changed"])  # fmt: skip
        moved_on = {one.name(row) for row in (*one.found.added, *one.found.changed)}
        kept = {named[row.key] for row in one.rows} - moved_on
        assert kept == set(one.said["kept"]) - set(own)
        assert one.found.kept == len(kept)


def test_what_ends_inside_a_month_and_why(bhyt: Whole) -> None:
    """The list of the next month, looked at on the same day, says why."""
    for one in bhyt.lists[1:]:
        gone = {row.line.row.key: row.reason.why for row in one.next_one.removed}
        assert _sorted(
            [[one.hand.named[row.key], row.to_day, gone[row.key]] for row in one.ending]
        ) == _sorted(
            [
                [whom, day, {"class": Why.CLASS_ENDED, **WHY}[reason]]
                for whom, day, reason in one.said["ending"]
            ]
        )
        rest = gone.keys() - {row.key for row in one.ending}
        is_end_of_standard = one.last == date(2026, 12, 31)
        assert {gone[key] for key in rest} == ({Why.EXPIRED} if is_end_of_standard else set())


def test_months_that_differ(whole: Whole) -> None:
    for before, one in zip(whole.lists, whole.lists[1:], strict=False):
        if one.hand.said["policy"] == "electricity":
            then = {row.key: row.months for row in before.rows}
            assert [
                [one.hand.named[row.key], then[row.key], row.months]
                for row in one.rows
                if row.key in then and then[row.key] != row.months
            ] == one.said["months_changed"]


def test_what_a_list_made_anew_would_hold(bhyt: Whole) -> None:
    late = bhyt.lists[0].hand.said["late"]
    missed, too_much, other_ground = [], [], []
    for one, again in zip(bhyt.lists, bhyt.again, strict=True):
        period, named = again.period, one.hand.named
        then = {row.key: row for row in one.rows}
        missed += told((row.line.row for row in again.added), period, named)
        too_much += told((row.line.row for row in again.removed), period, named)
        for line in again.lines:
            row, old = line.row, then.get(line.row.key)
            if old is None:
                continue
            first, last = within(row, period)
            whom = [named[row.key], named[old.household], old.ground]
            if row.ground != old.ground:
                other_ground.append([*whom, row.ground, first, last])
            elif last < within(old, period)[1]:
                too_much.append([*whom, last + DAY, within(old, period)[1]])
        assert {row.what for row in again.changed} <= {("ground",)}
    assert _sorted(missed) == _sorted(late["missed"])
    assert _sorted(too_much) == _sorted(late["too_much"])
    assert _sorted(other_ground) == _sorted(late["other_ground"])


def test_who_was_on_no_list_is_told_with_the_next(bhyt: Whole) -> None:
    """P24 lived and died between two lists; P33 comes in December with his true day."""
    december = bhyt.lists[-1]
    assert [december.hand.named[one.row.key] for one in december.found.missed] == ["P24"]
    late = {december.name(row): row.reason.day for row in december.found.added if row.is_late}
    assert late == {"P33": date(2026, 10, 20)}


@pytest.mark.parametrize("whole", ["electricity"], indirect=True)
def test_a_quarter_made_anew_says_which_decision_took_a_month(whole: Whole) -> None:
    (q3,) = (one for one in whole.again if one.period.code == "2026-Q3")
    (row,) = q3.changed
    named = whole.lists[0].hand.named
    assert (named[row.line.row.key], row.what) == ("E6", ("months",))
    assert (row.reason.why, row.reason.day) == (Why.CLASS_ENDED, date(2026, 9, 1))
    assert row.reason.decision is not None
    assert row.reason.decision.number == "94/QĐ-UBND"
    assert sum(line.row.months or 0 for line in q3.lines) == 12


def run(
    capsys: pytest.CaptureFixture[str], path: Path, period: str, *more: object
) -> tuple[int, Any, str]:
    asked = ["--db", path, "--policy", "bhyt", "--period", period, "--json", *more]
    code = entry(["period-list", *(str(one) for one in asked)])
    said = capsys.readouterr()
    return code, json.loads(said.out) if code == 0 else None, said.err


def test_the_command_says_the_same_and_issues(
    bhyt: Whole, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    november = bhyt.lists[2]
    path = tmp_path / "xã.db"
    shutil.copyfile(bhyt.before["2026-11"], path)
    code, told_now, _ = run(capsys, path, "2026-11")
    assert code == 0
    named = {str(uid): name for uid, name in november.hand.named.items()}

    def rows(found: dict[str, Any], key: str) -> list[list[str]]:
        return sorted([named[row["person"]], named[row["household"]], row["ground"],
                       row["from_day"], row["to_day"]] for row in found[key])  # fmt: skip

    def whom(found: dict[str, Any], key: str) -> set[tuple[str, str]]:
        return {(named[row["person"]], row["why"]) for row in found[key]}

    assert [row[:3] for row in rows(told_now, "rows")] == sorted(
        row[:3] for row in november.said["rows"]
    )
    assert whom(told_now, "removed") == {("P04", "death"), ("P19", "death"), ("P23", "moved_out")}
    assert (told_now["kept"], told_now["issued"]) == (32, None)

    asked = ("--issued-on", "2026-11-20", "--decision-number", "15/TTr-UBND")
    code, issued, _ = run(capsys, path, "2026-11", "--issue", *asked)
    assert (code, issued["issued"]["issued_on"]) == (0, "2026-11-20")
    assert (issued["issued"]["decision_number"], issued["issued"]["rows"]) == ("15/TTr-UBND", 40)
    for key in ("rows", "added", "removed", "changed", "kept"):
        assert issued[key] == told_now[key]
    code, _, said = run(capsys, path, "2026-11", "--issue", "--issued-on", "2026-11-20")
    assert code == 2
    assert "đã lập ngày 20/11/2026" in said
    code, again, _ = run(capsys, path, "2026-11", "--reprint", "--issued-on", "2026-11-20")
    assert (code, again) == (0, issued)
    assert again["base"]["period"] == "2026-10"
    first, second = tmp_path / "lúc lập.json", tmp_path / "in lại.json"
    assert run(capsys, path, "2026-11", "--reprint", "-o", first)[0] == 0
    _type_the_rest(november.hand, path)
    assert len(run(capsys, path, "2026-11")[1]["rows"]) == 40 - 2 + 2  # H14; P24 and P33
    code, again, _ = run(capsys, path, "2026-11", "--reprint", "-o", second)
    assert rows(again, "rows") == rows(issued, "rows")
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
    assert "Danh sách lập ngày 20/11/2026, số 15/TTr-UBND" in second.read_text(encoding="utf-8")
    assert run(capsys, path, "2026-11", "--reprint", "--posting", "-o", first)[0] == 0
    assert run(capsys, path, "2026-11", "--reprint", "--issued-on", "2026-11-19")[0] == 2
    assert run(capsys, path, "2026-11", "--issued-on", "2026-11-20")[0] == 2
    assert run(capsys, path, "2026-11", "--issue", "--reprint")[0] == 2
    assert run(capsys, path, "2026-12", "--decision-number", "1")[0] == 2


def _type_the_rest(hand: Hand, path: Path) -> None:
    """What was typed after the list of November, into a file of that day; before, the list is
    what one step would take back.
    """
    database = Database(path)
    step = undo.next_step(database)
    assert step is not None
    assert step.op is Op.ISSUE_PERIOD_LIST
    done = sum(row["typed_on"] <= date(2026, 11, 20) for row in hand.said["event"])
    register = replace(hand.register, database=database)
    later = replace(
        hand, register=register, homes=dict(hand.homes), people=dict(hand.people), typed=done
    )
    later.type_until(date(2026, 12, 31))
    database.close()
