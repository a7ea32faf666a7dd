"""What issuing does off the GUI thread: frozen documents, and confirmations before they are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_work import Bundle, Job, Order, Pulse
from giamngheo_desktop.gui.review.drafting import OF_ISSUED
from giamngheo_desktop.reports import issued as documents
from giamngheo_desktop.reports.asked import Asked, PaperAsked, Stamp, asked_from, made
from giamngheo_desktop.reports.issued import CONFIRMATION
from giamngheo_desktop.services import confirm_search, drafts
from giamngheo_desktop.services.confirm_search import Found
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.services.drafts import Draft
from giamngheo_desktop.services.issuing import Beside, Issued
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.storage.engine import Database

ISSUE_DRAFT = "phat-hanh-"  # what the drafts of Phát hành begin with, after `OF_ISSUED`
ASKED, TITLE = "asked", "title"  # the fields of such a draft that say of which document


def title_of(row: Issued) -> str:
    """`12/BC-UBND, ngày 12/01/2026: Báo cáo … (đã hủy)`."""
    said = _tr("Số {number}, ngày {day}: {title}")
    if not row.number:
        said = _tr("Chưa có số, ngày {day}: {title}")
    return said.format(number=row.number, day=format_date(row.issued_on), title=row.title)


def code_of(row: Issued) -> str:
    """`BC1`; lists are known by their titles."""
    return row.code if row.code.isupper() else ""


def number_words(found: Beside) -> str:
    """`Cùng số với BC1 ngày 28/11/2026.`; which numbers are told from it by a letter alone; and
    that one without ký hiệu may be of any row.
    """
    said = []
    if found.same:
        others = ", ".join(map(_named, found.same))
        said.append(_tr("Cùng số với {others}.").format(others=others))
    if found.near:
        others = ", ".join(f"{one.number} ({_named(one)})" for one in found.near)
        said.append(_tr("Đã có {others}: thêm chữ là một số khác.").format(others=others))
    if found.sign:
        apart = _tr("Không có ký hiệu thì không rõ thuộc dãy số nào, …/{sign} hay dãy khác.")
        said.append(apart.format(sign=found.sign))
    return " ".join(said)


def _named(one: Issued) -> str:
    said = _tr("{title} ngày {day}")
    return said.format(title=code_of(one) or one.title, day=format_date(one.issued_on))


def frozen_order(desk: Desk, row: Issued) -> Order:
    """The document exactly as it was issued."""
    said = title_of(row)
    if row.cancelled_on is not None or row.replaced_by is not None:
        said = f"{said} ({texts.ISSUED_STATES[row.state]})"
    name = (row.code, row.number or "", row.issued_on.isoformat())
    return Order(title=said, name=name, job=_frozen_job(desk, row.uid))


def unfinished(desk: Desk) -> list[Draft]:
    """The drafts of Phát hành, the newest first."""
    found = drafts.find(desk.database.path).drafts
    prefix = f"{OF_ISSUED}{ISSUE_DRAFT}"
    return [
        one for one in found if one.key.startswith(prefix) and {ASKED, TITLE} <= one.record.keys()
    ]


def drafted_order(desk: Desk, draft: Draft) -> Order:
    """The document of a draft, made again. RefusedErrors of `asked_from`."""
    asked = asked_from(str(draft.record[ASKED]))
    job = partial(_drafted, desk.database, desk.definitions, desk.context.today(), asked)
    return Order(title=str(draft.record[TITLE]), name=(draft.key,), job=job, asked=asked)


def confirmation(desk: Desk, wanted: Confirmation, stamp: Stamp) -> Job:
    """The paper as it will be issued."""
    today = desk.context.today()
    return partial(_confirmation, desk.database, desk.definitions, today, wanted, stamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Whom a confirmation is for, and what it says to begin with: what is in force today. Where
    nothing is, the paper says so; a day or year that has passed is chosen by hand.
    """

    found: Found
    what: What = What.POOR
    day: date
    number: str = ""


def choose(desk: Desk, found: Found) -> Chosen:
    today = desk.context.today()
    if not found.today:
        return Chosen(found=found, day=today)
    what = found.today[0].what
    person = None if found.is_head else found.person
    wanted = Confirmation(what=what, household=found.household, person=person)
    number = next_number(desk, wanted, today)
    return Chosen(found=found, what=what, day=today, number=number)


def choose_household(desk: Desk, household: UUID) -> Chosen | None:
    """None where it is not in the register any more."""
    today = desk.context.today()
    found = confirm_search.find_head(desk.database, desk.definitions, household, today=today)
    return None if found is None else choose(desk, found)


def next_number(desk: Desk, wanted: Confirmation, issued_on: date) -> str:
    """The number the book proposes; nothing where nothing can be confirmed."""
    try:
        return documents.proposed_number(
            desk.database,
            desk.definitions,
            wanted,
            issued_on=issued_on,
            today=desk.context.today(),
        )
    except AppError:
        return ""


def _frozen_job(desk: Desk, uid: UUID) -> Job:
    return partial(_frozen, desk.database, uid)


def _frozen(database: Database, uid: UUID, pulse: Pulse) -> Bundle:
    return paper_work.bundle(documents.reprinted(database, uid), pulse)


def _drafted(
    database: Database, definitions: Definitions, today: date, asked: Asked, pulse: Pulse
) -> Bundle:
    return paper_work.bundle(made(database, definitions, asked, today=today), pulse)


def _confirmation(
    database: Database,
    definitions: Definitions,
    today: date,
    wanted: Confirmation,
    stamp: Stamp,
    pulse: Pulse,
) -> Bundle:
    about = About(confirmation=wanted, day=stamp.issued_on)
    asked = PaperAsked(code=CONFIRMATION, about=about)
    docs = made(database, definitions, asked, today=today)
    return paper_work.bundle(documents.stamped(database, definitions, docs, asked, stamp), pulse)


def _tr(text: str) -> str:
    return QCoreApplication.translate("issue_work", text)
