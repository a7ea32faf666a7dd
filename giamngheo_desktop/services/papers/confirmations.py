"""What giấy xác nhận says, and the book of all that were given out in a year."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.issued import IssuedKind, State, leading_number, numbered, padded
from giamngheo_desktop.domain.paper_facts import FactRow
from giamngheo_desktop.services import confirming, issuing
from giamngheo_desktop.services.confirming import Confirmation, Ground
from giamngheo_desktop.services.issued_gaps import Gap, gaps_of
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.services.papers import households
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.services.papers.office import NAMELESS, commune_name, village_names
from giamngheo_desktop.texts.paper_words import CONFIRM, CONFIRM_WHAT


def of_confirmation(reading: Reading, about: About) -> Told:
    """One statement, signed on `about.day` or today; blank without one.

    RefusedErrors of `confirming.ground_in`.
    """
    wanted = about.confirmation
    if wanted is None:
        values, _ = households.household_facts(reading, None, reading.today)
        return Told(values=values)
    found = confirming.ground_in(reading.connection, reading.definitions, wanted, reading.today)
    home = households.read(reading, found.household, found.day)
    names = village_names(reading, found.day)
    village = names.get(home.village, NAMELESS) if home.village else NAMELESS
    values, rows = households.facts_of(reading.definitions, home, village, None)
    day = about.day or reading.today
    sign = issuing.sign_used(reading.connection, IssuedKind.CONFIRMATION, day, found.village)
    people = {member.uid: row for member, row in zip(home.members, rows["members"], strict=True)}
    head = home.head.uid if home.head else None
    person_uid = wanted.person or head
    person = people.get(person_uid, {}) if person_uid else {}
    fields = ("name", "birth", "id_number", "relation")
    return Told(
        values={
            **values,
            **{f"person.{name}": str(person.get(name, "")) for name in fields},
            "person.is_member": "x" if wanted.person not in (None, head) else "",
            "confirm.commune": commune_name(reading, found.day, home.village),
            "standard.label": reading.definitions.standards.get(found.standard).label,
            **_statement(wanted, found),
        },
        place=home.village,
        day=day,
        data_date=found.day,
        number=f"/{sign}" if sign else "",
    )


def _statement(wanted: Confirmation, found: Ground) -> dict[str, str]:
    what = CONFIRM_WHAT[found.what]
    is_escape = found.what is What.NEW_ESCAPE
    return {
        "confirm.day": format_date(found.day),
        "confirm.when": confirming.when_text(wanted, found.day),
        "confirm.what": what,
        "confirm.class": "" if is_escape else what,
        "confirm.escape": what if is_escape else "",
        "confirm.number": padded(found.number or ""),
        "confirm.signed_on": _day(found.signed_on),
        "confirm.since": _day(found.since),
        "confirm.until": _day(found.until),
        "confirm.purpose": wanted.purpose,
        "confirm.receiver": wanted.receiver,
    }


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def of_book(reading: Reading, about: About) -> Told:
    """Every confirmation of a year by its number, with what is missing between them; blank without
    a year.
    """
    year = about.year
    if year is None:
        return Told()
    found = issuing.read(reading.connection, kind=IssuedKind.CONFIRMATION, year=year)
    missing = [gap for gap in gaps_of(found) if gap.cancelled is None]
    lines = [
        (leading_number(one.number or ""), one.number or "", _line(one, found)) for one in found
    ]
    lines += [(gap.first, "", _gap(gap)) for gap in missing]
    cancelled = [one for one in found if one.state is State.CANCELLED]
    return Told(
        values={
            "book.year": str(year),
            "book.count": str(len(found)),
            "book.cancelled": str(len(cancelled)),
        },
        rows={"confirmations": [line for _, _, line in sorted(lines, key=lambda one: one[:2])]},
    )


def _line(one: Issued, found: list[Issued]) -> FactRow:
    return {
        "number": one.number or "",
        "day": format_date(one.issued_on),
        "subject": one.subject or "",
        "content": one.title,
        "purpose": one.purpose or "",
        "receiver": one.recipients or "",
        "signer": one.signer or "",
        "note": _note(one, found),
    }


def _note(one: Issued, found: list[Issued]) -> str:
    if one.cancelled_on is not None:
        return CONFIRM["cancelled"].format(
            day=format_date(one.cancelled_on), reason=one.cancel_reason
        )
    later = next((other for other in found if other.uid == one.replaced_by), None)
    if later is not None:
        return CONFIRM["replaced"].format(number=later.number or "")
    return ""


def _gap(gap: Gap) -> FactRow:
    ends = dict.fromkeys((gap.first, gap.last))
    number = "–".join(numbered(end, "") for end in ends)
    return {"number": f"{number}/{gap.sign}" if gap.sign else number, "note": CONFIRM["gap"]}
