"""A simulated commune whose paper forms come back changed, and a clerk who types them.

The clerk looks at the screen and at the paper, knows the keys, and has every press counted: a
held Ctrl or Shift is a press too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.answers import AnswerState, Key
from giamngheo_desktop.domain.asked import Asking, asked
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.identity_numbers import make_personal_number
from giamngheo_desktop.domain.numbers import format_decimal
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.check_boxes import CheckBoxes
from giamngheo_desktop.gui.forms.options import options_of, resolve
from giamngheo_desktop.gui.review.case_view import CaseView
from tests.gui import hands
from tests.gui.hands import Key as Press
from tests.gui.hands import Modifier

FIXED = ("sex", "relation", "surveyor", "surveyed_on")  # who they are does not change in a year
_FAMILIES = ("Hồ Văn", "Đinh Thị", "Phạm Văn", "Y Blơ", "Nguyễn Thị", "Lò Văn")
_GIVEN = ("An", "Bình", "Cam", "Đào", "Giang", "Hoà", "Khánh", "Lành", "Mận", "Na", "Sen", "Thuỷ")
_PAST = AnswerState.CONFIRMED


@dataclass(frozen=True)
class Paper:
    """What stands on the form of a household; `changed` answers are not those of last year."""

    home: Household
    values: Mapping[Key, Any]
    changed: frozenset[Key]

    def typed(self, asking: Asking) -> int:
        """What typing all of it costs: the characters of each answer, and Enter."""
        fields = {**asking.member_form.fields, **asking.household_form.fields}
        return sum(
            len(text_of(fields[code], value)) + 1 for (_, code), value in self.values.items()
        )


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


def paper_of(
    home: Household, asking: Asking, day: date, share: float, surveyed: date, rng: Random
) -> Paper:
    """The household a year later: `share` of its answers are others; all are surveyed anew."""
    every = asked(home, day, asking)
    chosen = rng.sample([k for k in every if k[1] not in FIXED], round(share * len(every)))
    now = replace(home, surveyed_on=surveyed)
    for key in chosen:
        field = _field(asking, now, key)
        now = _with(now, key, _another(field, _value(now, key), now, key, rng))
    now = _consistent(now, home, chosen, asking, day, rng)
    values = {key: _value(now, key) for key in asked(now, day, asking)}
    changed = {k for k, value in values.items() if value != _value(home, k)}
    return Paper(now, values, frozenset(changed))


def _consistent(
    now: Household, home: Household, chosen: list[Key], asking: Asking, day: date, rng: Random
) -> Household:
    """What the changes make the form ask is answered; what it asks no more is as it was."""
    while True:
        keys = asked(now, day, asking)
        gone = [k for k in chosen if k not in keys and _value(now, k) != _value(home, k)]
        missing = [key for key in keys if _value(now, key) is None]
        if gone:
            now = _with(now, gone[0], _value(home, gone[0]))
        elif missing:
            field = _field(asking, now, missing[0])
            now = _with(now, missing[0], _another(field, None, now, missing[0], rng))
        else:
            return now


def _another(field: FieldDef, old: Any, home: Household, key: Key, rng: Random) -> Any:
    match field.kind:
        case FieldKind.YES_NO:
            return rng.random() < 0.5 if old is None else not old
        case FieldKind.CHOICE:
            return rng.choice([c.code for c in field.choices if c.code != old])
        case FieldKind.CHOICES:
            codes = [choice.code for choice in field.choices][:9]  # those that digits reach
            some = {rng.choice(codes) for _ in range(rng.randint(0, 2))}
            found = tuple(code for code in codes if code in some)
            return (codes[0],) if found == old else found
        case FieldKind.PARTIAL_DATE:
            return PartialDate(old.year, 6 + old.month % 6, rng.randint(1, 28))
        case FieldKind.DATE:
            return old + timedelta(days=rng.randint(1, 9))
        case FieldKind.TEXT:
            return _text(field.code, old, home, key, rng)
    low, high = field.minimum or 0, field.maximum or 10**7
    if old is None:
        old = {"height": 1200, "weight": 250}.get(field.code, low)
    step = 10**field.scale
    return old + step if old + step <= high else old - step


def _text(code: str, old: Any, home: Household, key: Key, rng: Random) -> str:
    if code == "id_number":
        member = next(member for member in home.members if member.uid == key[0])
        assert member.birth is not None
        year, sex = member.birth.year, str(member.sex)
        return make_personal_number("043", sex, year, rng.randint(0, 999_999))
    if code == "phone":
        return f"03{rng.randint(10_000_000, 99_999_999)}"
    if code == "full_name":
        return f"{old} {rng.choice(_GIVEN)}"
    return f"{rng.choice(_GIVEN)} {rng.randint(10, 99)}"


def _field(asking: Asking, home: Household, key: Key) -> FieldDef:
    form = asking.household_form if key[0] == home.uid else asking.member_form
    return form.field(key[1])


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


# -- what is typed ------------------------------------------------------------------------------


def text_of(field: FieldDef, value: Any) -> str:
    """The shortest that can be typed for a value: digits for answers of a list."""
    match field.kind:
        case _ if value is None:
            return ""
        case FieldKind.YES_NO:
            return "1" if value else "2"
        case FieldKind.CHOICE:
            return next(_spellings(field, value))
        case FieldKind.CHOICES:
            codes = [choice.code for choice in field.choices]
            return "".join(str(codes.index(code) + 1) for code in value) or "0"
        case FieldKind.DATE:
            return f"{value:%d%m%Y}"
        case FieldKind.PARTIAL_DATE:
            return f"{value.day:02d}{value.month:02d}{value.year}" if value.day else str(value.year)
        case FieldKind.DECIMAL:
            return format_decimal(value, scale=field.scale).replace(".", "")
    return str(value)


def _spellings(field: FieldDef, code: str) -> Iterator[str]:
    options = options_of(field)
    at = next(at for at, option in enumerate(options) if option.value == code)
    label = options[at].label
    for text in (str(at + 1), *(label[:end] for end in range(1, len(label) + 1))):
        found = resolve(options, text, field)
        if found is not None and found.value == code:
            yield text


class Clerk:
    """Types forms; `presses` counts."""

    def __init__(self, view: CaseView) -> None:
        self.view = view
        self.presses = 0

    def press(self, key: Press, modifier: Modifier = Modifier.NoModifier) -> None:
        held = [m for m in (Modifier.ControlModifier, Modifier.ShiftModifier) if modifier & m]
        self.presses += 1 + len(held)
        hands.press(key, modifier=modifier)

    def write(self, text: str) -> None:
        self.presses += len(text)
        hands.write(text)

    def enter_form(self, paper: Paper) -> None:
        """From the first open question to Ctrl+Enter."""
        form = self.view.form
        if len(self._other(paper)) <= 2:  # as last year but for the date: look at all of it
            while form.unseen():
                self.press(Press.Key_PageDown)
            self.press(Press.Key_Space, Modifier.ControlModifier | Modifier.ShiftModifier)
        while (key := form.current()) is not None:
            if self.view.answering.answers.state(key) is _PAST:
                break  # only what the paper leaves open is left
            self._answer(key, paper)
        self.press(Press.Key_Return, Modifier.ControlModifier)

    def _answer(self, key: Key, paper: Paper) -> None:
        other = self._other(paper)
        if key in other:
            self._type(key, paper.values[key])
            self.press(Press.Key_Return)
            return
        states = self.view.answering.answers.states
        section = [k for k in self.view.form.keys_of_section(key) if k in states]
        rest = section[section.index(key) :]
        grey = [k for k in rest if states[k] is AnswerState.CARRIED]
        if len(grey) > 2 and not any(k in other for k in rest):
            self.press(Press.Key_Space, Modifier.ControlModifier)
        else:
            self.press(Press.Key_Space)

    def _type(self, key: Key, value: Any) -> None:
        field = self.view.form.field(key)
        if not isinstance(field.input(), CheckBoxes):
            self.write(text_of(field.field, value))
            return
        shown = field.value() or ()
        assert isinstance(shown, tuple)
        others = tuple(
            c.code for c in field.field.choices if (c.code in shown) != (c.code in value)
        )
        self.write(text_of(field.field, others if value else ()))

    def _other(self, paper: Paper) -> set[Key]:
        """Where the screen does not say what the paper says."""
        return {key for key, value in paper.values.items() if self._shown(key) != value}

    def _shown(self, key: Key) -> Any:
        return self.view.form.value(key)


def differences(home: Household, paper: Paper) -> dict[tuple[UUID, str], tuple[Any, Any]]:
    """Answers stored otherwise than they stand on the paper."""
    return {
        key: (_value(home, key), value)
        for key, value in paper.values.items()
        if _value(home, key) != value
    }
