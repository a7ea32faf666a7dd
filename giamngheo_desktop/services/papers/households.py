"""What papers say of a household and its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_words import answer_words
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.field_checks import record_of
from giamngheo_desktop.domain.form import FieldDef, FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.issued import padded
from giamngheo_desktop.domain.paper_facts import FactRow
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.dated import holds, lasts
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.services.papers.office import NAMELESS, VillageName, village_names
from giamngheo_desktop.storage import classes, records
from giamngheo_desktop.storage import households as stored
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts.paper_words import BOX, CLASS_WORDS, PAPERS, TICKED

_SEX_CODES = {"male": "1", "female": "2"}
_NO_SURVEY: Mapping[str, Any] = dict.fromkeys(
    ("quick_screen", "quick_screen_by", "score_income", "income", "surveyor", "surveyed_on")
)
_NOT_TOLD = frozenset({"village", "given_name", "is_head", "full_name", "list_number"})


def read(reading: Reading, uid: UUID, day: date) -> Household:
    """A household on a day, or on the nearest one it is in the register; without the undated facts
    that themselves tell they are of later.

    Raises RefusedError `record_missing`.
    """
    nearest = _day_in_register(reading, uid, day)
    found = stored.load(reading.connection, [uid], nearest).get(uid)
    if found is None:
        raise RefusedError("record_missing")
    if nearest < reading.today:
        found = _without_later(reading, found, nearest)
    return replace(found, certificate_number=_certificate(reading, found, nearest))


def _without_later(reading: Reading, home: Household, day: date) -> Household:
    """No survey with its results and no identity card of after the day, no residence in the village
    moved to since.
    """
    members = tuple(
        replace(one, id_issued_on=None) if one.id_issued_on and one.id_issued_on > day else one
        for one in home.members
    )
    home = replace(home, members=members)
    if home.surveyed_on and home.surveyed_on > day:
        home = replace(home, **_NO_SURVEY)
    moved_to = _village_moved_to(reading, home)
    if not moved_to:
        return home
    return replace(
        home,
        permanent_residence=_unless_in(moved_to, home.permanent_residence),
        current_residence=_unless_in(moved_to, home.current_residence),
    )


def _village_moved_to(reading: Reading, home: Household) -> str:
    """The name of today's village where it is another one than that of the day."""
    day = _day_in_register(reading, home.uid, reading.today)
    now = stored.load(reading.connection, [home.uid], day).get(home.uid)
    if now is None or now.village is None or now.village == home.village:
        return ""
    return village_names(reading, reading.today).get(now.village, NAMELESS).name


def _unless_in(village: str, place: str | None) -> str | None:
    named = f" {search_key(village)} " in f" {search_key(place or '').replace(',', ' ')} "
    return None if named else place


def as_today(reading: Reading, about: About, day: date) -> tuple[str, ...]:
    """The note of a paper about a past day: most of a register is kept as it is."""
    if about.day is None or day >= reading.today:
        return ()
    return (PAPERS["as_today"].format(day=format_date(day)),)


def day_of(reading: Reading, uid: UUID, about: About) -> date:
    """The day asked for, or the last one before it that the household was in the register.

    Raises RefusedError `household_not_yet` where a day before its first one is asked for.
    """
    day = about.day or reading.today
    found = _day_in_register(reading, uid, day)
    if about.day is not None and found > day:
        raise RefusedError("household_not_yet", day=format_date(day), first=format_date(found))
    return found


def village_on(database: Database, definitions: Definitions, uid: UUID, day: date) -> UUID | None:
    """Where a household lives on a day, or on the nearest one it is in the register."""
    with database.reader() as connection:
        nearest = _day_in_register(Reading(connection, definitions, day), uid, day)
        home = stored.load(connection, [uid], nearest).get(uid)
    return home.village if home else None


def _day_in_register(reading: Reading, uid: UUID, day: date) -> date:
    rows = records.find(reading.connection, Kind.PLACE, household=uid)
    stays = [row for row in rows if lasts(row, row["valid_from"])]
    begun = [row for row in stays if row["valid_from"] <= day]
    if begun:
        last = max(begun, key=lambda row: row["valid_from"])["valid_to"]
        return day if last is None else min(day, last)
    return min((row["valid_from"] for row in stays), default=day)


def _certificate(reading: Reading, home: Household, day: date) -> str | None:
    """The number of the certificate held: not of one issued later."""
    rows = records.find(reading.connection, Kind.CERTIFICATE, household=home.uid)
    issued = [row for row in rows if row["issued_on"]]
    if not any(
        row["number"] == home.certificate_number and row["issued_on"] > day for row in issued
    ):
        return home.certificate_number
    before = [row for row in issued if row["issued_on"] <= day]
    last = max(before, key=lambda row: (row["issued_on"], row["uid"]), default=None)
    return last["number"] if last else None


def of_household(reading: Reading, about: About) -> Told:
    """The household's data sheet. RefusedError `household_not_yet`."""
    if about.household is None:
        return Told()
    day = day_of(reading, about.household, about)
    home = read(reading, about.household, day)
    past = classes.of_household(reading.connection, home.uid)
    values, rows = household_facts(reading, home, day)
    return Told(
        values=values,
        rows={
            **rows,
            "household_answers": _answers(home, reading.definitions.household),
            "member_answers": [
                {"name": member.full_name, "answers": _in_line(member, reading.definitions.member)}
                for member in home.members
            ],
            "classes": [
                _class(row) for row in past if row["source"] != "computed" and _known(row, day)
            ],
        },
        place=home.village,
        data_date=day,
        notes=as_today(reading, about, day),
    )


def _known(row: Mapping[str, Any], day: date) -> bool:
    """Whether a class was in force or decided by a day."""
    decided = row["signed_on"]
    return bool(row["valid_from"] <= day or (decided and decided <= day))


def household_facts(
    reading: Reading, home: Household | None, day: date
) -> tuple[dict[str, str], dict[str, Sequence[FactRow]]]:
    """The fields of a household and the rows of its members on a day; without one the boxes."""
    if home is None:
        return {"head.male": BOX, "head.female": BOX}, {}
    names = village_names(reading, day)
    own = classes.of_household(reading.connection, home.uid)
    held = next((row for row in own if row["source"] != "computed" and holds(row, day)), None)
    village = names.get(home.village, NAMELESS) if home.village else NAMELESS
    return facts_of(reading.definitions, home, village, held["household_class"] if held else None)


def facts_of(
    definitions: Definitions, home: Household, village: VillageName, household_class: str | None
) -> tuple[dict[str, str], dict[str, Sequence[FactRow]]]:
    """`household_facts` of a household whose village and class are known."""
    head = home.head
    sex = head.sex if head else None
    values = {f"head.{name}": text for name, text in _person(definitions, head).items()}
    values |= {
        "head.male": TICKED if sex == "male" else BOX,
        "head.female": TICKED if sex == "female" else BOX,
        "head.id_issued_on": format_date(head.id_issued_on) if head and head.id_issued_on else "",
        "head.phone": (head.phone if head else "") or "",
        "village.name": village.name,
        "village.full": village.full,
        "household.code": home.code or "",
        "household.list_number": str(home.list_number or ""),
        "household.address": home.address or "",
        "household.permanent_residence": home.permanent_residence or "",
        "household.current_residence": home.current_residence or "",
        "household.size": str(home.size or ""),
        "household.class": CLASS_WORDS.get(household_class or "", ""),
        "household.certificate_number": home.certificate_number or "",
        "household.note": home.note or "",
    }
    return values, {"members": [_member(definitions, member) for member in home.members]}


def _person(definitions: Definitions, person: Member | None) -> dict[str, str]:
    """What papers print of a head."""
    row = _member(definitions, person) if person else {}
    names = ("name", "sex", "sex_code", "birth", "ethnicity", "id_number")
    return {name: str(row.get(name, "")) for name in names}


def _member(definitions: Definitions, member: Member) -> dict[str, str]:
    form = definitions.member
    return {
        "name": member.full_name,
        "sex": answer_words(form.field("sex"), member.sex),
        "sex_code": _SEX_CODES.get(member.sex or "", ""),
        "birth": format_partial_date(member.birth) if member.birth else "",
        "relation": answer_words(form.field("relation"), member.relation),
        "ethnicity": answer_words(form.field("ethnicity"), member.ethnicity),
        "id_number": member.id_number or "",
        "job": answer_words(form.field("job_status"), member.job_status),
        "joined_on": format_date(member.joined_on) if member.joined_on else "",
    }


def _answers(item: Household | Member, form: FormDef) -> list[dict[str, str]]:
    """Every known answer of a form, in its order."""
    record = record_of(item, form)
    return [
        {"label": field.label, "value": said}
        for field in form
        if field.code not in _NOT_TOLD and (said := _said(field, record[field.code]))
    ]


def _in_line(member: Member, form: FormDef) -> str:
    return "; ".join(PAPERS["answer"].format(**row) for row in _answers(member, form))


def _said(field: FieldDef, value: object) -> str:
    return answer_words(field, value, none=PAPERS["sheet_none"])


def _class(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "year": str(row["review_year"]),
        "standard": row["standard"],
        "class": CLASS_WORDS.get(row["household_class"] or "", ""),
        "decision": decision_words(row["number"], row["signed_on"]),
        "valid_from": format_date(row["valid_from"]),
    }


def decision_words(number: str | None, signed_on: Any) -> str:
    """`số 05/QĐ-UBND ngày 10/12/2026`, as the decision prints its number; empty without one."""
    if not number:
        return ""
    day = format_date(signed_on) if signed_on else "…………"
    return PAPERS["decision"].format(number=padded(number), day=day)
