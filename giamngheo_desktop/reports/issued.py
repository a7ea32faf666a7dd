"""Issued documents: stamped with number and day, kept, read back, and held against today's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.issued import IssuedKind
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.reports.asked import (
    KEPT,
    Asked,
    ListAsked,
    PaperAsked,
    ReportAsked,
    Stamp,
    made,
    made_table,
    request_of,
)
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.issued_numbers import book_number, printed_number
from giamngheo_desktop.reports.issuer import letterhead, signatures
from giamngheo_desktop.reports.known_cells import refuse_empty
from giamngheo_desktop.reports.make import periodic_from, refuse_future
from giamngheo_desktop.reports.papers import BLANK
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked, paper_of
from giamngheo_desktop.reports.stored_doc import loaded, stored
from giamngheo_desktop.services import areas, closed_years, confirming, issuing, names, settings
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.services.issuing import Beside, Issued, NewIssue
from giamngheo_desktop.services.movement import editions
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.programme.within import known_until
from giamngheo_desktop.storage.engine import Database

CONFIRMATION = "confirmation"  # the code of its paper


def stamped(
    database: Database,
    definitions: Definitions,
    docs: Sequence[ReportDoc],
    asked: Asked,
    stamp: Stamp,
) -> tuple[ReportDoc, ...]:
    """The documents as they are issued: number, place and day, signer on the first one."""
    first, *attached = docs
    if not (isinstance(asked, PaperAsked) or _is_written(definitions, asked)):
        # A paper was made for its day, a document keeps the head it was written with.
        first = _of_signing_day(database, definitions, first, asked, stamp.issued_on)
    head = first.letterhead
    if head is not None and (head.number or not isinstance(asked, PaperAsked)):
        number = printed_number(head.number, stamp.number)
        place = settings.get(database, stamp.issued_on).get("place_name", "")
        head = replace(
            head,
            number=texts.PAPER["number"].format(number=number) if number else head.number,
            place_date=texts.place_and_date(place, stamp.issued_on),
        )
    signers = first.signatures
    if stamp.signer and signers:
        signers = (*signers[:-1], replace(signers[-1], name=stamp.signer))
    return (replace(first, letterhead=head, signatures=signers), *attached)


def _is_written(definitions: Definitions, asked: Asked) -> bool:
    """Whether it is a plan or report as a written paper."""
    if not isinstance(asked, ProgrammeAsked):
        return False
    return paper_of(definitions, asked.code).of is Kind.DOCUMENT


def proposed_signer(database: Database, doc: ReportDoc, asked: Asked, day: date) -> str:
    """Who signs it on a day, by the settings; of a paper who stands on it."""
    if isinstance(asked, PaperAsked):
        return doc.signatures[-1].name if doc.signatures else ""
    return settings.get(database, day).get("signer_name", "")


def _of_signing_day(
    database: Database,
    definitions: Definitions,
    doc: ReportDoc,
    asked: ReportAsked | ListAsked | ProgrammeAsked,
    day: date,
) -> ReportDoc:
    """With the offices, signers and receivers of the day it is signed on, around the same numbers;
    who signs between the first and the last one stays, a paper that nobody signs stays one.
    """
    values = settings.get(database, day)
    preparer, signer = signatures(values)
    signers = (preparer, *doc.signatures[1:-1], signer) if doc.signatures else ()
    doc = replace(doc, letterhead=letterhead(values), signatures=signers)
    if not isinstance(asked, ReportAsked):
        return doc
    doc = replace(doc, recipients=tuple(values.get("report_recipients", "").splitlines()))
    if doc.form is None:
        return doc
    # They stand in the cells of its workbook too.
    again = made_table(database, definitions, asked, day)
    return replace(doc, form=again.form) if again.body == doc.body else doc


def issue(
    database: Database,
    definitions: Definitions,
    context: Context,
    docs: Sequence[ReportDoc],
    asked: Asked,
    stamp: Stamp,
) -> Done[UUID]:
    """Keep what is on the screen as issued; `load` gives what is to be printed and signed.

    A confirmation also needs its number. RefusedErrors of `issuing.issue` and `prepared`.
    """
    new = prepared(database, definitions, context, docs, asked, stamp)
    return issuing.issue(database, context, new)


def prepared(
    database: Database,
    definitions: Definitions,
    context: Context,
    docs: Sequence[ReportDoc],
    asked: Asked,
    stamp: Stamp,
) -> NewIssue:
    """What `issue` keeps. RefusedErrors of `make.refuse_future`, `standard_unreviewed` and those of
    `refuse_empty` of a table, and those of `confirming.ground` for a confirmation.
    """
    if not isinstance(asked, PaperAsked):
        refuse_future(database, asked.as_of, context.today())
    _refuse_unreviewed(database, definitions, asked)
    if not _is_written(definitions, asked):  # a table in a text is not all that it says
        refuse_empty(docs[0])
    tells_of, why = signed_since(database, definitions, docs[0], asked)
    asked = _of_day(asked, context.today())
    stamp = replace(stamp, number=book_number(docs, kind_of(asked), stamp.number))
    first, *attached = stamped(database, definitions, docs, asked, stamp)
    new = NewIssue(
        kind=kind_of(asked),
        code=asked.code if isinstance(asked, ProgrammeAsked) else first.code,
        title=" ".join(first.title),
        year=stamp.issued_on.year if isinstance(asked, PaperAsked) else asked.year,
        issued_on=stamp.issued_on,
        number=stamp.number,
        standard=first.extra.get("standard", ""),
        edition=int(first.extra["edition"]) if "edition" in first.extra else None,
        recipients=stamp.recipients or "\n".join(first.recipients),
        signer=first.signatures[-1].name if first.signatures else "",
        purpose=stamp.purpose,
        replaces=stamp.replaces,
        asked=stored((asked, stamp), *KEPT),
        document=stored((first, *attached)),
        tells_of=tells_of,
        tells_why=why,
    )
    about = _about(definitions, asked)
    whom = _whom(database, about, context.today())
    subject = whom or _of_what(database, first, asked, stamp.issued_on)
    new = replace(new, place=place_of(asked), household=about.household, subject=subject)
    if about.confirmation is not None:
        new = _confirmation(database, definitions, context, about.confirmation, new)
    return new


def _about(definitions: Definitions, asked: Asked) -> About:
    """The household it is about, if it is about one."""
    if isinstance(asked, PaperAsked):
        return asked.about
    if isinstance(asked, ProgrammeAsked) and paper_of(definitions, asked.code).of is Kind.HOUSEHOLD:
        return About(household=asked.about, day=asked.as_of)
    return BLANK


def kind_of(asked: Asked) -> IssuedKind:
    return IssuedKind.PAPER if isinstance(asked, PaperAsked) else IssuedKind.REPORT


def give_number(database: Database, context: Context, uid: UUID, typed: str) -> Done[None]:
    """The văn thư numbered it after it was printed; RefusedErrors of `issuing.give_number` and
    `load`.
    """
    row = issuing.get(database, uid)
    number = book_number(load(database, uid), row.kind, typed)
    return issuing.give_number(database, context, uid, number)


def beside(database: Database, row: Issued, typed: str) -> Beside:
    """What to say of that number before; RefusedErrors of `load`."""
    number = book_number(load(database, row.uid), row.kind, typed)
    return issuing.beside(database, row.kind, row.code, number, row.issued_on, row.area)


def place_of(asked: Asked) -> UUID | None:
    """The unit it is about."""
    return asked.about.village if isinstance(asked, PaperAsked) else asked.unit


def issue_confirmation(
    database: Database,
    definitions: Definitions,
    context: Context,
    wanted: Confirmation,
    stamp: Stamp,
) -> Done[UUID]:
    """Make a confirmation and enter it into the book; without day and year it speaks of the day
    it is issued on. RefusedErrors of `issue`.
    """
    if wanted.day is None and wanted.year is None:
        wanted = replace(wanted, day=stamp.issued_on)
    asked = PaperAsked(code=CONFIRMATION, about=About(confirmation=wanted, day=stamp.issued_on))
    docs = made(database, definitions, asked, today=context.today())
    return issue(database, definitions, context, docs, asked, stamp)


def proposed_number(
    database: Database,
    definitions: Definitions,
    wanted: Confirmation,
    *,
    issued_on: date,
    today: date,
) -> str:
    """The next number of the book a confirmation belongs to; RefusedErrors of
    `confirming.ground`.
    """
    ground = confirming.ground(database, definitions, wanted, today=today)
    return issuing.next_number(database, IssuedKind.CONFIRMATION, issued_on, ground.village)


def load(database: Database, uid: UUID) -> tuple[ReportDoc, ...]:
    """The document as it was issued, with those attached; `reprinted` is what is printed of it.

    Raises RefusedErrors `issued_not_found`, `issued_tampered`, and those of `stored_doc.loaded`.
    """
    return _documents(issuing.content(database, uid)[1])


def reprinted(database: Database, uid: UUID) -> tuple[ReportDoc, ...]:
    """`load`, with a mark at the foot of each page where it was cancelled since."""
    row, docs = issuing.get(database, uid), load(database, uid)
    if row.cancelled_on is None:
        return docs
    mark = texts.PAPER["cancelled"].format(day=format_date(row.cancelled_on))
    return tuple(replace(doc, mark=mark) for doc in docs)


def asked_of(database: Database, uid: UUID) -> tuple[Asked, Stamp]:
    """How an issued document was asked for and stamped; RefusedErrors of `load`."""
    match loaded(issuing.content(database, uid)[0], *KEPT):
        case (asked, Stamp() as stamp) if isinstance(asked, Asked):
            return asked, stamp
    raise RefusedError("issued_unreadable")


def signed_since(
    database: Database, definitions: Definitions, doc: ReportDoc, asked: Asked
) -> tuple[date | None, str]:
    """The first day on which the document can be signed, and why: a closed year was reviewed at
    its end, is official by its decisions and stands still since it was closed, or corrected.
    """
    if isinstance(asked, PaperAsked):
        wanted = asked.about.confirmation
        return _first_day({"about_day": wanted.day if wanted else asked.about.day})
    if asked.as_of is not None or doc.data_date is None:  # a plan is made beforehand
        return _first_day({"about_day": asked.as_of})
    if isinstance(asked, ProgrammeAsked):
        return _first_day({"known": known_until(database, doc.data_date)})
    if doc.extra["frozen"] != "true":
        goes_on = doc.data_date < date(asked.year, 12, 31)
        known = doc.data_date if goes_on else None
        return _first_day({"begun": date(asked.year, 1, 1), "known": known}, asked.year)
    where = (asked.year, asked.unit)
    standard, edition = doc.extra["standard"], doc.extra.get("edition", "")
    days = {
        "reviewed": periodic_from(definitions, asked.year),
        "decided": closed_years.newest_decision(database, asked.year, standard, asked.unit),
        "closed": closed_years.unit_closed_on(database, *where),
        "corrected": editions.newest_begun(database, request_of(database, definitions, asked)),
    }
    return _first_day(days, asked.year, edition)


def _first_day(
    days: Mapping[str, date | None], year: int | str = "", edition: str = ""
) -> tuple[date | None, str]:
    """The last of the days and what it is, by the codes of `texts.SIGNED_SINCE`."""
    known = {code: day for code, day in days.items() if day is not None}
    if not known:
        return None, ""
    code = max(known, key=lambda one: known[one])
    day = format_date(known[code])
    return known[code], texts.SIGNED_SINCE[code].format(day=day, year=year, edition=edition)


def _of_day(asked: Asked, day: date) -> Asked:
    """A confirmation for today stays one for that day, whenever it is held against the data."""
    wanted = asked.about.confirmation if isinstance(asked, PaperAsked) else None
    if not isinstance(asked, PaperAsked) or wanted is None or wanted.day or wanted.year:
        return asked
    return replace(asked, about=replace(asked.about, confirmation=replace(wanted, day=day)))


def _documents(text: str) -> tuple[ReportDoc, ...]:
    found = loaded(text)
    if not (isinstance(found, tuple) and all(isinstance(one, ReportDoc) for one in found)):
        raise RefusedError("issued_unreadable")
    return found


def _refuse_unreviewed(database: Database, definitions: Definitions, asked: Asked) -> None:
    """A table under a standard that is none of its year has nothing in it."""
    if isinstance(asked, PaperAsked | ProgrammeAsked) or asked.standard is None:
        return
    chosen = definitions.standards.get(asked.standard)
    recognised = asked.recognised if isinstance(asked, ReportAsked) else True
    if chosen.covers(asked.year) or closed_years.was_reviewed(
        database, asked.year, chosen.code, recognised=recognised, as_of=asked.as_of
    ):
        return
    raise RefusedError("standard_unreviewed", year=asked.year, standard=chosen.label)


def _of_what(database: Database, doc: ReportDoc, asked: Asked, day: date) -> str:
    """What stands under its title, and the village where that does not name it."""
    lines, unit = doc.subtitle, place_of(asked)
    said = ", ".join(lines if len(lines) == 1 else map(_bare, lines))
    if unit is None:
        return said
    if not isinstance(asked, PaperAsked):
        day = asked.as_of or date(asked.year, 12, 31)
    if isinstance(asked, ReportAsked):
        day = asked.geography or day
    area = areas.tree(database, day).get(unit)
    if area is None or area.level is not Level.VILLAGE or area.name in said:
        return said
    return f"{area.name}, {_bare(said)}".rstrip(", ")


def _bare(line: str) -> str:
    """Without the brackets around the whole of it; those of a name stay."""
    return line[1:-1] if line.startswith("(") and line.endswith(")") else line


def _whom(database: Database, about: About, today: date) -> str:
    """The household a paper is about: its head and village on the day."""
    if about.household is None:
        return ""
    found = names.of_households(database, [about.household], about.day or today)
    return ", ".join(part for one in found for part in (one.head, one.village) if part)


def _confirmation(
    database: Database,
    definitions: Definitions,
    context: Context,
    wanted: Confirmation,
    new: NewIssue,
) -> NewIssue:
    ground = confirming.ground(database, definitions, wanted, today=context.today())
    since, why = new.tells_of, new.tells_why
    if since is None:
        since, why = _first_day({"recognised": ground.signed_on})
    when = confirming.when_text(wanted, ground.day)
    return replace(
        new,
        kind=IssuedKind.CONFIRMATION,
        title=texts.CONFIRM["content"].format(
            what=texts.CONFIRM_WHAT[ground.what], when=lower(when[:1]) + when[1:]
        ),
        subject=ground.subject,
        year=ground.year or ground.day.year,
        standard=ground.standard,
        place=ground.village,
        household=ground.household,
        person=ground.person,
        recipients=wanted.receiver,
        purpose=wanted.purpose,
        tells_of=since,
        tells_why=why,
    )
