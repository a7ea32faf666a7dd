"""What the preview of papers does off the GUI thread: papers to one PDF, told how far, stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview import paper
from giamngheo_desktop.reports.asked import Asked
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.placed import PlacedCell
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked, made
from giamngheo_desktop.services.exchange import village_sheets
from giamngheo_desktop.services.exchange.village_sheets import VillageSheet
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.papers.package import PER_HOUSEHOLD as PER_HOUSEHOLD
from giamngheo_desktop.storage.engine import Database

_WRITABLE = 12  # papers that are still written to Word and Excel, a file each


class Pulse:
    """What a worker calls now and then: it tells how far it is, and ends it where it shall."""

    def __init__(self, stop: Event, send: Callable[[tuple[int, int]], None]) -> None:
        self._stop = stop
        self._send = send

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled

    def tell(self, done: int, total: int) -> None:
        self.check()
        self._send((done, total))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Papers as one PDF; `docs` are theirs where they may be written to Word and Excel too.

    `workbook` makes the Excel file where that has a layout of its own, which only one of the papers
    `of_villages` has; `enter` puts that file, by its name, into the book of what was sent. `homes`
    are the lines that lead to a household. Papers that belong `together` are one Word file.
    """

    data: bytes
    sizes: tuple[tuple[float, float], ...]
    docs: tuple[ReportDoc, ...] = ()
    workbook: Callable[[], bytes] | None = None
    enter: Callable[[str], Done[None] | None] | None = None
    homes: Mapping[PlacedCell, UUID] = field(default_factory=dict)
    of_villages: bool = False
    together: bool = False


Job = Callable[[Pulse], Bundle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A paper to be shown: `title` says which and of whom, `name` is its file's, without suffix.

    `blank` makes the empty form in its place where it is refused; `review` and `village` lead to
    the forms that are missing. What is `asked` for may be issued. `warning` is to be known before
    it is used.
    """

    title: str
    name: tuple[str | int, ...]
    job: Job
    blank: Job | None = None
    review: UUID | None = None
    village: UUID | None = None
    asked: Asked | None = None
    warning: str = ""


def one(desk: Desk, code: str, about: About | None = None) -> Job:
    """One paper with those attached to it; blank without `about`."""
    return partial(_one, *_of(desk), code, about or About())


def of_template(desk: Desk, code: str, path: Path) -> Job:
    """A paper, blank, as a Word file that is not in use yet would print it."""
    return partial(_of_template, *_of(desk), code, path)


def of_villages(desk: Desk, code: str, review: UUID, village: UUID | None) -> Job:
    """The paper of a village, or of every one; for each household where each gets one."""
    return partial(_of_villages, *_of(desk), code, review, None if village is None else (village,))


def of_certificates(desk: Desk, certificates: Sequence[UUID]) -> Job:
    return partial(_of_certificates, *_of(desk), tuple(certificates))


def line_of_year(desk: Desk, certificate: UUID, year: int) -> Job:
    """Only the line of a year, for the certificate the household holds."""
    return partial(_line_of_year, *_of(desk), certificate, year)


def meeting_package(desk: Desk, review: UUID, village: UUID | None) -> Job:
    """Bộ hồ sơ họp thôn of a village, in Excel its sheet to fill in; or of every one."""
    return partial(_package, *_of(desk), desk.context, review, village)


def form_of_household(desk: Desk, code: str, household: UUID) -> Job:
    """A form of the review the household stands in now, filled in."""
    return partial(_form_of_household, *_of(desk), code, household)


def of_doc(make: Callable[[], ReportDoc]) -> Job:
    """What is made at once, such as a list; `make` must hold no widget."""
    return partial(_of_doc, make)


def programme_order(
    desk: Desk, title: str, name: tuple[str | int, ...], asked: ProgrammeAsked
) -> Order:
    """A paper of the programme, which may be issued."""
    make = partial(made, desk.database, desk.definitions, asked)
    return Order(title=title, name=name, job=of_doc(make), asked=asked)


_Place = tuple[Database, Definitions, date]


def _of(desk: Desk) -> _Place:
    return desk.database, desk.definitions, desk.context.today()


def _one(
    database: Database,
    definitions: Definitions,
    today: date,
    code: str,
    about: About,
    pulse: Pulse,
) -> Bundle:
    from giamngheo_desktop.reports.papers import make_paper

    return bundle(make_paper(database, definitions, code, about, today=today), pulse)


def _of_template(
    database: Database,
    definitions: Definitions,
    today: date,
    code: str,
    path: Path,
    pulse: Pulse,
) -> Bundle:
    from giamngheo_desktop.reports.paper_templates import check
    from giamngheo_desktop.reports.papers import blank_paper

    read = check(path, definitions.paper(code))
    pulse.check()
    return bundle((blank_paper(database, definitions, read.paper, today),), pulse)


def _of_villages(
    database: Database,
    definitions: Definitions,
    today: date,
    code: str,
    review: UUID,
    villages: Sequence[UUID] | None,
    pulse: Pulse,
) -> Bundle:
    from giamngheo_desktop.reports.paper_batches import for_villages

    docs = for_villages(database, definitions, code, review, villages, today=today, tell=pulse.tell)
    return bundle(docs, pulse)


def _of_certificates(
    database: Database,
    definitions: Definitions,
    today: date,
    certificates: Sequence[UUID],
    pulse: Pulse,
) -> Bundle:
    from giamngheo_desktop.reports.paper_batches import for_certificates

    docs = for_certificates(database, definitions, certificates, today=today, tell=pulse.tell)
    return bundle(docs, pulse)


def _line_of_year(
    database: Database,
    definitions: Definitions,
    today: date,
    certificate: UUID,
    year: int,
    pulse: Pulse,
) -> Bundle:
    from giamngheo_desktop.reports.papers import certificate_line

    found = certificate_line(database, definitions, certificate, year, today=today)
    pulse.check()
    return Bundle(data=found.data, sizes=paper.sizes(found.data))


def _package(
    database: Database,
    definitions: Definitions,
    today: date,
    context: Context,
    review: UUID,
    village: UUID | None,
    pulse: Pulse,
) -> Bundle:
    from giamngheo_desktop.exports.village_sheet import village_workbook
    from giamngheo_desktop.reports.meeting_package import render_package, village_sheet

    found = render_package(
        database,
        definitions,
        review,
        None if village is None else (village,),
        today=today,
        step=pulse.check,
        tell=pulse.tell,
    )
    sheet = village and village_sheet(database, context, definitions, review, village)
    return Bundle(
        data=found.data,
        sizes=paper.sizes(found.data),
        workbook=partial(village_workbook, sheet) if sheet else None,
        enter=partial(_enter, database, context, sheet) if sheet else None,
        of_villages=village is None,
    )


def _enter(
    database: Database, context: Context, sheet: VillageSheet, name: str
) -> Done[None] | None:
    from giamngheo_desktop.exports.village_sheet import sealed_workbook

    sent = [(sheet, sealed_workbook(sheet)[1], name)]
    return village_sheets.record_sent(database, context, sent)


def _form_of_household(
    database: Database,
    definitions: Definitions,
    today: date,
    code: str,
    household: UUID,
    pulse: Pulse,
) -> Bundle:
    from giamngheo_desktop.services.papers.cases import review_of

    review = review_of(database, household)
    return _one(
        database, definitions, today, code, About(household=household, review=review), pulse
    )


def _of_doc(make: Callable[[], ReportDoc], pulse: Pulse) -> Bundle:
    return bundle((make(),), pulse)


def bundle(docs: Iterable[ReportDoc], pulse: Pulse, *, together: bool = False) -> Bundle:
    """Draws one after the other, so that a thousand forms need no room but that of the file."""
    from giamngheo_desktop.reports.pdf import render_bundle

    kept: list[ReportDoc] = []

    def seen() -> Iterable[ReportDoc]:
        for doc in docs:
            pulse.check()
            if len(kept) <= _WRITABLE:
                kept.append(doc)
            yield doc

    data = render_bundle(seen(), pulse.check, places=False).data
    many = len(kept) > _WRITABLE
    docs = () if many else tuple(kept)
    return Bundle(data=data, sizes=paper.sizes(data), docs=docs, together=together)


def signed_copies(desk: Desk, docs: Sequence[ReportDoc]) -> int:
    """How many copies of a paper are signed: minutes are, of which two are kept."""
    codes = {doc.code for doc in docs}
    if len(codes) != 1 or not codes <= set(desk.definitions.papers):
        return 1
    return desk.definitions.paper(codes.pop(), desk.context.today()).copies
