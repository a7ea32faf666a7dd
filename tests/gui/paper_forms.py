"""A simulated commune whose paper forms come back changed: what stood there and what stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.domain.answers import Answers, Key
from giamngheo_desktop.domain.asked import Asking, asked, tick_of
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.identity_numbers import make_personal_number
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.point_picks import pick_of
from giamngheo_desktop.domain.problems import Severity
from giamngheo_desktop.gui.review import tick_form
from giamngheo_desktop.services.review import case_entry
from giamngheo_desktop.services.review.case_entry import CaseSheet
from tests.gui.commune import definitions

FIXED = ("sex", "relation", "surveyor", "surveyed_on")  # who they are does not change in a year
_UNCLEAR = "short_course"
_FAMILIES = ("Hồ Văn", "Đinh Thị", "Phạm Văn", "Y Blơ", "Nguyễn Thị", "Lò Văn")
_GIVEN = ("An", "Bình", "Cam", "Đào", "Giang", "Hoà", "Khánh", "Lành", "Mận", "Na", "Sen", "Thuỷ")
_LIKELY = {"height": 1200, "weight": 250, "income": 1_200_000}  # where nothing stood before


@dataclass(frozen=True)
class Paper:
    """What stands on the form of a household; `changed` answers are not those of last year, `new`
    are those that last year did not have. `mended` contradicted others until they were typed anew,
    and then nobody asks for them.
    """

    values: Mapping[Key, Any]
    changed: frozenset[Key]
    new: frozenset[Key] = frozenset()
    mended: Mapping[Key, Any] = field(default_factory=dict)


# -- households ---------------------------------------------------------------------------------


def last_year(home: Household, rng: Random, year: int) -> Household:
    """The household with every question answered."""
    members = tuple(_person(member, at, rng, year) for at, member in enumerate(home.members))
    return replace(
        home,
        members=members,
        address=f"Xóm {rng.choice(_GIVEN)} {rng.randint(1, 9)}",
        house_wall=rng.choice(("durable", "not_durable")),
        house_column=rng.choice(("durable", "not_durable")),
        house_roof=rng.choice(("durable", "not_durable")),
        house_area=rng.randint(16, 90) * 10,
        electricity_source="grid",
        electricity_kwh=rng.randint(10, 120),
        water_source=rng.choice(("piped", "surface", "drilled_well")),
        toilet=rng.choice(("septic", "none")),
        shared_assets=rng.choice(((), ("tv",), ("tv", "radio"))),
        personal_assets=rng.choice(((), ("smartphone",))),
        hears_loudspeaker=rng.random() < 0.5,
        score_income=rng.randint(60, 170),
        income=rng.randint(9, 30) * 100_000,
        causes=rng.choice((("capital",), ("land", "capital"))),
        policies_received=(),
        support_needs=rng.choice(((), ("credit",))),
        surveyor="Hồ Thị Mai",
        surveyed_on=date(year - 1, 9, 20),
    )


def _person(member: Member, at: int, rng: Random, year: int) -> Member:
    born = (rng.randint(1965, 1985), rng.randint(1986, 1990), year - 15, year - 10, year - 8, 1950)
    birth = PartialDate(born[at % 6], rng.randint(1, 5), rng.randint(1, 28))
    is_child = birth.year > year - 16
    name = f"{rng.choice(_FAMILIES)} {rng.choice(_GIVEN)}"
    sex = "female" if "Thị" in name else "male"
    school = "lower_secondary" if birth.year < year - 11 else "primary"
    return replace(
        member,
        full_name=name,
        given_name="",
        sex=sex,
        birth=birth,
        relation="head" if at == 0 else "child" if is_child else "other",
        id_kind="cccd",
        id_number=make_personal_number("042", sex, birth.year, rng.randint(0, 999_999)),
        phone=None if is_child else f"09{rng.randint(10_000_000, 99_999_999)}",
        health_insurance=rng.random() < 0.7,
        serious_illness=rng.random() < 0.1,
        malnourished=False if is_child else None,
        height=rng.randint(110, 150) * 10 if is_child else None,
        weight=rng.randint(20, 40) * 10 if is_child else None,
        attending_school=is_child,
        school_level=school if is_child else None,
        education="none" if is_child else rng.choice(("primary", "lower_secondary")),
        training=None if is_child else "none",
        trained_on_job=None if is_child else False,
        social_allowance=(),
        uses_internet=rng.random() < 0.5,
        job_status="student" if is_child else "working",
        job_kind=None if is_child else "other",
        job_contract=None if is_child else "not_wage",
        pension=(),
    )


# -- a year later -------------------------------------------------------------------------------


def paper_of(sheet: CaseSheet, share: float, surveyed: date, rng: Random) -> Paper:
    """The household a year later: `share` of its answers are others; all are surveyed anew, and
    what nobody has asked before is answered.
    """
    start = sheet
    every = tuple(sheet.answers)
    old = {key: value for key in every if (value := said(sheet, key)) is not None}
    chosen = rng.sample([k for k in old if k[1] not in FIXED], round(share * len(old)))
    sheet = answered(sheet, (sheet.household.uid, "surveyed_on"), surveyed)
    for key in chosen:
        sheet = answered(sheet, key, _another(sheet, key, said(sheet, key), rng))
    on_the_way: set[Key] = set()
    while (key := _inconsistent(sheet, start, set(chosen) - on_the_way)) is not None:
        asked_now = key in sheet.answers
        on_the_way.add(key)
        value = _another(sheet, key, said(sheet, key), rng) if asked_now else said(start, key)
        sheet = answered(sheet, key, value)
    values = {key: said(sheet, key) for key in sheet.answers}
    changed = {key for key, value in values.items() if value != said(start, key)}
    mended = {k: v for k in on_the_way if k not in values and (v := said(sheet, k)) is not None}
    return Paper(values, frozenset(changed), frozenset(set(every) - set(old)), mended)


def paper_between(now: Household, home: Household, asking: Asking, day: date) -> Paper:
    """What the form says of a household that was `home` last year."""
    values = {key: _value(now, key) for key in asked(now, day, asking)}
    return Paper(values, frozenset(k for k, value in values.items() if value != _value(home, k)))


def _inconsistent(sheet: CaseSheet, start: CaseSheet, chosen: Iterable[Key]) -> Key | None:
    """What the changes make the form ask is answered, what it asks no more is as it was, and no
    answer contradicts another.
    """
    for key in chosen:
        if key not in sheet.answers and said(sheet, key) != said(start, key):
            return key
    wrong = ((p.record, p.field) for p in sheet.problems if p.severity is Severity.ERROR)
    missing = (key for key in sheet.answers if said(sheet, key) is None)
    return next(chain(missing, wrong), None)


def _another(sheet: CaseSheet, key: Key, old: Any, rng: Random) -> Any:
    question = field_of(sheet, key)
    match question.kind:
        case FieldKind.YES_NO:
            return rng.random() < 0.5 if old is None else not old
        case FieldKind.CHOICE:
            # What a short course is worth to a child nobody says: no class could be told.
            return rng.choice([c.code for c in question.choices if c.code not in (old, _UNCLEAR)])
        case FieldKind.CHOICES:
            codes = [choice.code for choice in question.choices]
            some = {rng.choice(codes) for _ in range(rng.randint(0, 2))}
            found = tuple(code for code in codes if code in some)
            return (codes[0],) if found == old else found
        case FieldKind.PARTIAL_DATE:
            return PartialDate(old.year, 6 + old.month % 6, rng.randint(1, 28))
        case FieldKind.DATE:
            return old + timedelta(days=rng.randint(1, 9))
        case FieldKind.TEXT:
            return _text(sheet, key, old, rng)
    low, high = question.minimum or 0, question.maximum or 10**7
    old = _LIKELY.get(question.code, low) if old is None else old
    step = 100_000 if question.kind is FieldKind.MONEY else 10**question.scale
    return old + step if old + step <= high else old - step


def _text(sheet: CaseSheet, key: Key, old: Any, rng: Random) -> str:
    code = key[1]
    if code == "id_number":
        member = next(member for member in sheet.household.members if member.uid == key[0])
        assert member.birth is not None
        if member.id_kind == "cmnd":
            return f"{rng.randint(100_000_000, 399_999_999)}"
        year, sex = member.birth.year, str(member.sex)
        return make_personal_number("043", sex, year, rng.randint(0, 999_999))
    if code == "phone":
        return f"03{rng.randint(10_000_000, 99_999_999)}"
    if code == "full_name":
        return f"{old.rpartition(' ')[0]} {rng.choice([n for n in _GIVEN if not old.endswith(n)])}"
    return f"{rng.choice(_GIVEN)} {rng.randint(10, 99)}"


# -- one answer ---------------------------------------------------------------------------------


def field_of(sheet: CaseSheet, key: Key) -> FieldDef:
    """The question of a key."""
    record, code = key
    if record != sheet.household.uid:
        return sheet.asking.member_form.field(code)
    more = list(texts.pick_fields(sheet.points, sheet.region))
    for section in tick_form.sections(sheet.asking.standards):
        more += section.fields
    found = next((field for field in more if field.code == code), None)
    return found or sheet.asking.household_form.field(code)


def said(sheet: CaseSheet, key: Key) -> Any:
    """The answer as the form shows it; None where there is none."""
    value, item = sheet.value(key), pick_of(key[1])
    if isinstance(value, Answer):
        return "yes" if value.deprived else "no"
    if item is not None and isinstance(value, tuple):
        assert sheet.points is not None
        kind = next(one.kind for one in sheet.points.form.items if one.code == item)
        return texts.answer_of(kind, value)
    return value


def answered(sheet: CaseSheet, key: Key, entry: Any) -> CaseSheet:
    """The form with another answer on it."""
    home, ticks, picks = sheet.household, sheet.ticks, sheet.picks
    if (tick := tick_of(key[1])) is not None:
        mine = {**ticks.get(tick[0], {}), tick[1]: Answer(entry == "yes")}
        ticks = {**ticks, tick[0]: mine}
    elif (item := pick_of(key[1])) is not None:
        options = texts.options_picked(entry)
        assert options is not None
        picks = {**picks, item: options}
    else:
        home = _with(home, key, entry)
    return case_entry.recompute(definitions(), sheet, home, Answers(), ticks, picks)


def _value(home: Household, key: Key) -> Any:
    if key[0] == home.uid:
        return getattr(home, key[1])
    return next((getattr(m, key[1]) for m in home.members if m.uid == key[0]), None)


def _with(home: Household, key: Key, value: Any) -> Household:
    record, code = key
    if record == home.uid:
        return replace(home, **{code: value})
    members = (replace(m, **{code: value}) if m.uid == record else m for m in home.members)
    return replace(home, members=tuple(members))


def differences(sheet: CaseSheet, paper: Paper) -> dict[Key, tuple[Any, Any]]:
    """Answers stored otherwise than they stand on the paper."""
    return {
        key: (said(sheet, key), value)
        for key, value in paper.values.items()
        if said(sheet, key) != value
    }
