"""All 101 rows of the five plans can be recorded, and are found again by whatever they name.

`tests/independent/activities/rows.csv` says what each row is recorded as; it was written from the
plans, not from the program.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services import households
from giamngheo_desktop.services.documents import sections
from giamngheo_desktop.services.programme import entries, listing
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, empty_database, make_register
from tests.harness.review import shipped

ROWS = Path(__file__).parents[1] / "independent" / "activities" / "rows.csv"
YEAR, DAY = 2026, date(2026, 6, 30)
# What a row asks for besides, which other parts of the program record.
_ELSEWHERE = {"review", "village_target", "household"}
_BELOW = {"activity_participant", "activity_item"}
_WORDS = ("name", "content", "measures", "description", "situation", "item", "document")


@dataclass(frozen=True)
class PlanRow:
    id: str
    unit: str
    records: tuple[str, ...]
    programme: str
    components: tuple[str, ...]
    body: str
    text: str


def plan_rows() -> list[PlanRow]:
    with ROWS.open(encoding="utf-8") as file:
        return [
            PlanRow(
                id=row["id"],
                unit=row["unit"],
                records=tuple(row["records"].split("+")),
                programme=row["programme"],
                components=tuple(filter(None, row["components"].split("+"))),
                body=row["body"],
                text=row["text"],
            )
            for row in csv.DictReader(file)
        ]


@dataclass
class Typed:
    """What was recorded for the rows: the keys of records by row."""

    database: Database
    register: Register
    homes: Sequence[UUID]
    bodies: dict[str, UUID] = field(default_factory=dict)
    of_row: dict[str, list[UUID]] = field(default_factory=dict)

    def save(self, kind: Kind, /, **values: Any) -> UUID:
        form = shipped().records[kind]
        given = {"area": self.register.commune} if "area" in _columns(kind) else {}
        given |= {"year": YEAR} if "year" in _columns(kind) else {}
        args = (self.database, self.register.context, form)
        asked = {code: value for code, value in values.items() if code in form.form.fields}
        return entries.save(*args, asked, given=given).value

    def body(self, name: str) -> UUID:
        if name not in self.bodies:
            self.bodies[name] = self.save(Kind.BODY, name=name, kind="office", valid_from=DAY)
        return self.bodies[name]

    def record(self, at: int, row: PlanRow) -> None:
        home = self.homes[at % len(self.homes)]
        rows = [one.split(":") for one in row.records if one.split(":")[0] in _BELOW]
        for wanted in row.records:
            name, _, what = wanted.partition(":")
            if name in _ELSEWHERE or name in _BELOW:
                continue
            kind = Kind(name)
            for component in row.components or ("",):
                values = self.values(kind, what, row, component, home)
                if kind is Kind.ACTIVITY:
                    values |= self.below(rows, home, row)
                self.of_row.setdefault(row.id, []).append(self.save(kind, **values))

    def values(
        self, kind: Kind, what: str, row: PlanRow, component: str, home: UUID
    ) -> dict[str, Any]:
        values: dict[str, Any] = dict.fromkeys(_WORDS, f"{row.id} {row.text}")
        values |= {"full_name": row.body or row.id, "note": row.id, "amount": 1_000_000 + 1}
        if component:
            values |= {"programme": row.programme, "component": component}
        if row.body:
            values["body"] = self.body(row.body)
        days = ("starts_on", "booked_on", "supported_on", "visited_on", "happened_on",
                "valid_from", "due_on", "deadline")  # fmt: skip
        values |= dict.fromkeys(days, DAY)
        values |= {"household": home, "village": self.register.villages["A"], "fund": "poor_fund",
                   "direction": "in", "source": "central", "stage": "planned", "state": "planned",
                   "kind": what or "office", "policy": what or "production",
                   "code": what}  # fmt: skip
        match kind:
            case Kind.TASK:
                values["section"] = what
            case Kind.BUDGET_LINE:
                values["stage"] = what or "planned"
            case Kind.FUND_ENTRY:
                values["form"] = what
            case Kind.INCIDENT:
                values["kind"] = shipped().records[kind].form.field("kind").choices[0].code
            case Kind.ASSIGNMENT:
                values |= {"household": None} if what == "village" else {"village": None}
            case Kind.SUPPORT:
                policy = shipped().supports[what]
                values["shares"] = ({"source": "central", "amount": 333_333},)
                values["person"] = self.head(home) if policy.per == "person" else None
        return values

    def below(self, rows: Sequence[Sequence[str]], home: UUID, row: PlanRow) -> Mapping[str, Any]:
        people: list[Mapping[str, Any]] = []
        items: list[Mapping[str, Any]] = []
        for name, what in rows:
            if name == "activity_item":
                items.append({"content": f"{what}: {row.text}"})
            elif what == "officer":
                officer = self.save(Kind.OFFICER, full_name=f"Cán bộ {row.id}", valid_from=DAY)
                people.append({"officer": officer, "attended": True})
            else:
                person = self.head(home) if what == "person" else None
                people.append({"household": home, "person": person, "joined_on": DAY})
        return {"participants": tuple(people), "items": tuple(items)}

    def head(self, home: UUID) -> UUID:
        return households.get(self.database, home, DAY).members[0].uid


def _columns(kind: Kind) -> frozenset[str]:
    return frozenset(records.columns(kind))


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typed]:
    with empty_database(tmp_path_factory.mktemp("rows") / "Sổ hộ.db") as database:
        register = make_register(database)
        homes = [
            register.household(name, f"{name} con", village=village).uid
            for name, village in (("Lò Thị A", "A"), ("Vàng Văn B", "B"), ("Sùng C", "C"))
        ]
        typed = Typed(database, register, homes)
        for at, row in enumerate(plan_rows()):
            typed.record(at, row)
        database.checkpoint()
        yield typed


def listed(typed: Typed, capsys: pytest.CaptureFixture[str], *options: str) -> list[Any]:
    asked = ["activities", "--db", str(typed.database.path), "--year", str(YEAR), "--json"]
    assert entry([*asked, *options]) == 0
    return list(json.loads(capsys.readouterr().out)["rows"])


def test_every_row_is_recorded_in_its_units(
    typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = plan_rows()
    assert len(rows) == 101
    assert {row.id for row in rows} == set(typed.of_row)
    found = {UUID(one["record"]): one for one in listed(typed, capsys)}
    lists = {Kind.BODY.value, Kind.OFFICER.value}
    for row in rows:
        told = [found[uid] for uid in typed.of_row[row.id] if uid in found]
        wanted = [one.partition(":")[0] for one in row.records]
        names = [one for one in wanted if one not in _ELSEWHERE | _BELOW | lists]
        assert sorted({one["kind"] for one in told}) == sorted(set(names)), row.id
        for one in told:
            assert one["units"], row.id
            assert one["name"].startswith(row.id), row.id


def test_they_are_found_by_component_body_village_and_household(
    typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    everything = listed(typed, capsys)
    for code in ("DA3", "DA3-TDA1", "DA7"):
        within = {code} | {f"{code}-TDA{n}" for n in range(1, 5)}
        wanted = [one["record"] for one in everything if one["component"] in within]
        assert wanted
        assert [one["record"] for one in listed(typed, capsys, "--component", code)] == wanted
    for name in sorted({one["body"] for one in everything if one["body"]})[::12]:
        wanted = [one["record"] for one in everything if one["body"] == name]
        assert [one["record"] for one in listed(typed, capsys, "--body", name)] == wanted
    seen = []
    for home in typed.homes:
        key = str(home)
        wanted = [
            one["record"] for one in everything if key in [h["key"] for h in one["households"]]
        ]
        seen += wanted
        assert [one["record"] for one in listed(typed, capsys, "--household", key)] == wanted
    assert len(seen) == len([one for one in everything if one["households"]])
    for name in ("A", "B"):
        village = next(n for one in everything for n in one["villages"] if n.endswith(name))
        wanted = [one["record"] for one in everything if village in one["villages"]]
        assert [one["record"] for one in listed(typed, capsys, "--village", village)] == wanted


def test_a_programme_has_all_that_stands_in_it_and_lines_tell_what_money_is(
    typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [one for one in listed(typed, capsys) if one["programme"]]
    for code in {one["programme"] for one in named}:
        wanted = [one["record"] for one in named if one["programme"] == code]
        assert [one["record"] for one in listed(typed, capsys, "--programme", code)] == wanted
    asked = ["activities", "--db", str(typed.database.path), "--year", str(YEAR)]
    assert entry(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    (fund,) = (at for at, line in enumerate(lines) if line.startswith("Thu, chi quỹ"))
    assert "; Thu; " in lines[fund + 1]
    (budget,) = (at for at, line in enumerate(lines) if line.startswith("Kinh phí: "))
    assert "Ngân sách trung ương" in lines[budget + 1]
    assert "Thôn A" in lines[budget + 1]


def test_no_row_is_left_out_of_every_question(
    typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each names a component, a body, a village or a household."""
    for one in listed(typed, capsys):
        assert one["component"] or one["body"] or one["villages"] or one["households"], one


def test_every_row_comes_out_in_the_plan_or_in_the_report_of_the_year(typed: Typed) -> None:
    """By its words; who helps whom, visits and incidents are counted, nobody is named."""
    desk = (typed.database, typed.register.context, shipped(), typed.register.commune, YEAR)
    papers = [
        sections.begin(*desk, "ke_hoach_chuan").value,
        sections.begin_report(*desk, "bao_cao_nam", "Y").value,
    ]
    docs = [doc for one in papers for doc in written(typed.database, shipped(), one, today=DAY)]
    text = "".join(as_text(doc) for doc in docs)
    commune = typed.register.commune
    lines = listing.of_year(typed.database, shipped(), commune, YEAR).lines
    counted = {Kind.ASSIGNMENT, Kind.VISIT, Kind.INCIDENT}
    named = {line.uid: line.name for line in lines if line.kind not in counted}
    for row in plan_rows():
        told = [named[uid] for uid in typed.of_row[row.id] if uid in named]
        kinds = {one.partition(":")[0] for one in row.records}
        assert told or kinds & {*counted, "body"}, row.id
        for name in told:
            assert name.startswith(row.id)
            assert name in text, row.id
    for kind in counted:
        assert f"row 1*:  | {texts.MERGE_KINDS[kind]} |" in text
    assert "Lò Thị" not in text


def test_an_unknown_name_is_refused(typed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["activities", "--db", str(typed.database.path), "--year", "2026"]
    for options, sentence in (
        (("--component", "DA99"), "Không có dự án, nội dung nào mang mã “DA99”, chỉ có DA1"),
        (("--programme", "2021", "--component", "HP1"), "mang mã “HP1”, chỉ có DA1"),
        (("--programme", "2022"), "Không có chương trình nào mang mã “2022”, chỉ có 2016, 2021"),
        (("--body", "khong"), "Không có cơ quan nào tên “khong” trong năm 2026.\n"),
    ):
        assert entry([*asked, *options]) == 2
        assert sentence in capsys.readouterr().err
    assert entry(["activities", "--db", str(typed.database.path), "--year", "2025"]) == 0
    assert "Chưa ghi gì" in capsys.readouterr().out


def test_a_support_is_found_by_the_component_and_body_of_its_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        register = make_register(database)
        home = register.household("Lò Thị A").uid
        typed = Typed(database, register, [home])
        event = typed.save(
            Kind.SUPPORT_EVENT, policy="production", name="Bò giống", supported_on=DAY,
            programme="2021", component="DA3-TDA1", body=typed.body("Trạm khuyến nông"),
        )  # fmt: skip
        one = typed.save(
            Kind.SUPPORT, household=home, policy="production", supported_on=DAY,
            support_event=event,
        )  # fmt: skip
        for options in (("--component", "DA3"), ("--body", "Trạm khuyến nông")):
            told = listed(typed, capsys, *options)
            assert [row["record"] for row in told] == [str(event), str(one)]
