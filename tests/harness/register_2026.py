"""The stranger's register of 2026 (`tests/independent/tables_2026`) in a real file, year closed.

Every household is typed as it stood on 31/12/2025; what happened in 2026 is done by the events of
the program, what the papers say of indicators is answered, and the review is closed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.children import child_ages
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import areas, assessment, classes, events, households, settings
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.review import review_closing, reviews
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.settings import LOCAL_GROUPS
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import STANDARD, make_context
from tests.harness.tables import definitions

FOLDER = Path(__file__).parent.parent / "independent" / "tables_2026"
FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2025, 12, 31)
RELATIONS = {
    "Chủ hộ": "head", "Vợ": "wife", "Con": "child", "Con dâu": "daughter_in_law", "Mẹ": "mother",
    "Bố": "father", "Cháu": "grandchild",
}  # fmt: skip
FACTS = ("local_minority", "no_labour_capacity", "social_protection")

Row = dict[str, Any]


def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}_2026.json").read_text("utf-8"))


@dataclass
class Written:
    """The file of the register; `homes` has households by their id there."""

    database: Database
    context: Context = field(default_factory=make_context)
    paper: Row = field(default_factory=lambda: dict(read("register")))
    commune: UUID = field(init=False)
    villages: dict[str, UUID] = field(init=False)
    homes: dict[str, UUID] = field(default_factory=dict)

    @property
    def args(self) -> tuple[Database, Context]:
        return self.database, self.context

    def write(self) -> Written:
        self._commune()
        rows = {row["id"]: row for row in self.paper["households"]}
        for row in rows.values():
            self._at_opening(row, rows)
        classes.close_year(*self.args, **self._year(2025))
        for row in rows.values():
            self._in_2026(row)
        self._review(rows)
        return self

    def _year(self, year: int) -> Row:
        standard = definitions().standards.get(STANDARD)
        return {
            "year": year,
            "standard": STANDARD,
            "definition": standard.sha256,
            "commune": self.commune,
            "ages": child_ages(standard),
        }

    def _commune(self) -> None:
        names = [village["name"] for village in self.paper["villages"]]
        new = NewCommune(
            province="Tỉnh Thí Điểm",
            commune="Xã Thí Điểm",
            first_day=FIRST_DAY,
            year=2026,
            villages=[NewVillage(name=name) for name in names],
            settings={"issuing_body": "UBND XÃ THÍ ĐIỂM"},
        )
        self.commune = areas.new_commune(*self.args, new).value
        tree = areas.tree(self.database, FIRST_DAY)
        self.villages = {area.name: area.uid for area in tree.villages(self.commune)}
        population = {
            self.villages[village["name"]]: {
                name.removeprefix("population_"): value
                for name, value in village.items()
                if name != "name"
            }
            for village in self.paper["villages"]
        }
        areas.save_population(*self.args, 2026, population)
        settings.save(*self.args, {LOCAL_GROUPS: "02 05 19 20"}, date(2026, 1, 1))

    # -- 31/12/2025 -----------------------------------------------------------------------------

    def _at_opening(self, row: Row, rows: dict[str, Row]) -> None:
        event = row["event"] or ""
        if event == "moved_in" or event.startswith("split_from"):
            return
        members = [self._member(one) for one in row["members"] if not _joins_later(row, one)]
        for part in rows.values():
            if part["event"] == f"split_from:{row['id']}":
                founders = (replace(self._member(one), is_head=False) for one in part["members"])
                members += [replace(one, relation="other") for one in founders]
        # Who left in the year stands on no list: somebody grown up, never counted at the close.
        while len(members) < row.get("opening_persons", 0):
            new = households.new_member(self.context, full_name="Lê Văn Rời", relation="other")
            grown = replace(new, sex="male", birth=PartialDate(1960), ethnicity="01")
            members.append(grown)
        village = event.partition("moved_village:")[2] or row["village"]
        self.homes[row["id"]] = self._save(row, tuple(members), village, FIRST_DAY)
        for year in row["history"]:
            self._recognise(row, year["year"], year["class"], _day(year))
        told = {year["year"] for year in row["history"]}
        if row["opening_class"] and 2025 not in told:
            self._recognise(row, 2025, row["opening_class"], date(2025, 12, 11))

    def _member(self, one: Row) -> Member:
        new = households.new_member(self.context, full_name=one["name"])
        kept = ("sex", "ethnicity", "is_head", "health_insurance", "attending_school")
        return replace(
            new,
            **{name: one[name] for name in (*kept, "malnourished")},
            birth=PartialDate.from_iso(one["birth"]),
            relation=RELATIONS[one["relation"]],
        )

    def _household(self, row: Row, members: tuple[Member, ...], village: str) -> Household:
        draft = households.new_household(self.context, self.villages[village])
        return replace(
            draft,
            members=members,
            causes=tuple(row["causes"]),
            merit_household="yes" if row["merit"] else "no",
            score_income=row["b1"],
            **{name: "yes" if row[name] else "no" for name in FACTS},
        )

    def _save(self, row: Row, members: tuple[Member, ...], village: str, day: date) -> UUID:
        draft = self._household(row, members, village)
        return households.save(*self.args, draft, day=day).value.uid

    def _recognise(
        self, row: Row, year: int, name: str, day: date, *, average: bool = False
    ) -> None:
        entry = ClassEntry(
            household=self.homes[row["id"]],
            standard=STANDARD,
            review_year=year,
            household_class=name,
            average_living=average,
            source="decision",
            valid_from=day,
        )
        classes.record(*self.args, entry, commune=self.commune)

    # -- 2026 -----------------------------------------------------------------------------------

    def _in_2026(self, row: Row) -> None:
        event, day = row["event"] or "", date(2026, 5, 4)
        if event == "moved_in":
            self._moves_in(row, day)
            return
        if event.startswith("split_from:"):
            self._splits(row, event.removeprefix("split_from:"), day)
            return
        home = self.homes[row["id"]]
        if event == "moved_away":
            events.move_out(*self.args, household=home, day=day)
        elif event == "died_out":
            for member in self._now(home).members:
                events.death(*self.args, household=home, person=member.uid, day=day)
        elif event:
            village = self.villages[row["village"]]
            events.move_village(*self.args, household=home, village=village, day=day)
        for member in self._now(home, day).members:
            if member.full_name == "Lê Văn Rời":
                events.person_moves_out(*self.args, household=home, person=member.uid, day=day)
        for one in row["members"]:
            if _born(one) and _joins_later(row, one):
                born = date.fromisoformat(one["birth"])
                events.birth(*self.args, household=home, child=self._member(one), day=born)
            elif _joins_later(row, one):
                new = self._member(one)
                events.person_moves_in(*self.args, household=home, member=new, day=day)

    def _moves_in(self, row: Row, day: date) -> None:
        draft = self._household(row, tuple(map(self._member, row["members"])), row["village"])
        brought = None
        if row["history"]:
            (before,) = row["history"]
            brought = ClassEntry(
                household=draft.uid,
                standard=STANDARD,
                review_year=before["year"],
                household_class=before["class"],
                source="decision",
                valid_from=day,
            )
        events.move_in(*self.args, draft=draft, day=day, brought=brought, commune=self.commune)
        self.homes[row["id"]] = draft.uid

    def _splits(self, row: Row, parent: str, day: date) -> None:
        by_birth = {
            (member.full_name, member.birth): member.uid
            for member in self._now(self.homes[parent], day).members
        }
        people = [
            by_birth[one["name"], PartialDate.from_iso(one["birth"])] for one in row["members"]
        ]
        new = events.split(
            *self.args, household=self.homes[parent], persons=people, head=people[0], day=day
        ).value
        self.homes[row["id"]] = new
        base = self._now(new, day)
        typed = self._household(row, (), row["village"])
        facts = {name: getattr(typed, name) for name in (*FACTS, "merit_household", "causes")}
        households.save(*self.args, replace(base, **facts), day=day, base=base)

    def _now(self, home: UUID, day: date = date(2026, 5, 4)) -> Household:
        return households.get(self.database, home, day)

    # -- the review -----------------------------------------------------------------------------

    def _review(self, rows: dict[str, Row]) -> None:
        new = NewReview(
            year=2026,
            begun_on=date(2026, 9, 1),
            reference_day=date(2026, 12, 1),
            standards=(ReviewStandard(code=STANDARD, purpose="movement"),),
        )
        review = reviews.begin(*self.args, definitions(), new, commune=self.commune).value
        with self.database.reader() as connection:
            cases = {row["household"]: row["uid"] for row in stored.cases(connection, review)}
        for row in rows.values():
            if row["closing_class"] is None or not (row["decision"] or row["average_living"]):
                continue
            home = self.homes[row["id"]]
            values = self._found(row, home)
            with write_unit(*self.args, Op.SETTLE_CASE) as work:
                case = cases.get(home) or work.insert(
                    Kind.CASE,
                    **dict.fromkeys(set(records.columns(Kind.CASE)) - {"removed"})
                    | {"review": review, "household": home, "ground": "other"}
                    | {"village": self.villages[row["village"]]},
                )
                work.update(Kind.CASE, case, outcome="reviewed")
                work.insert(Kind.CASE_RESULT, review_case=case, standard=STANDARD, **values)
            day = date.fromisoformat(row["decision"]["date"]) if row["decision"] else None
            average = row["average_living"]
            name = row["closing_class"]
            self._recognise(row, 2026, name, day or date(2026, 12, 10), average=average)
        review_closing.close(*self.args, definitions(), review, reason="Sổ chép từ giấy")

    def _found(self, row: Row, home: UUID) -> Row:
        """What the program finds once the indicators are answered as the papers say."""
        standard = definitions().standards.get(STANDARD)
        day = date(2026, 12, 1)
        held = self._now(home, day)
        answers = {code: Answer(code in row["deprived"], "Theo phiếu") for code in standard.codes}
        assessment.save_answers(*self.args, held, STANDARD, answers)
        found = assessment.assess(
            self.database, definitions(), held, standard=standard, reference_day=day
        )
        bits = [found.indicators[code].state is State.DEPRIVED for code in standard.codes]
        return {
            "household_class": row["closing_class"],
            "possible": None,
            "average_living": row["average_living"],
            "score_income": row["b1"],
            "income": None,
            "deprived_bits": sum(bit << place for place, bit in enumerate(bits)),
            "unknown_bits": sum(
                (found.indicators[code].state is State.UNKNOWN) << place
                for place, code in enumerate(standard.codes)
            ),
            "definition": standard.sha256,
            "computed_on": day,
        }


def _joins_later(row: Row, one: Row) -> bool:
    """Born in 2026, in a household whose size at the opening is told apart."""
    return ("opening_persons" in row and _born(one)) or _grown_by(row, one)


def _born(one: Row) -> bool:
    return bool(one["birth"].startswith("2026"))


def _grown_by(row: Row, one: Row) -> bool:
    """Somebody older who came in the year, where more came than were born."""
    missing = len(row["members"]) - row.get("opening_persons", len(row["members"]))
    missing -= sum(map(_born, row["members"]))
    if missing <= 0:
        return False
    others = [each for each in row["members"] if not each["is_head"] and not _born(each)]
    return one in sorted(others, key=lambda each: each["birth"])[-missing:]


def _day(year: Row) -> date:
    told = year.get("decision")
    return date.fromisoformat(told["date"]) if told else date(year["year"], 12, 14)
