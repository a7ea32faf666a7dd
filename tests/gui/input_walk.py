"""The whole program over one file, and how a walk to its inputs goes from place to place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.reports import issued as documents
from giamngheo_desktop.reports.asked import ReportAsked, Stamp, made
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.documents import sections
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.review import applications, case_lists, recognition
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.services.unit import write_unit
from tests.gui import hands, review
from tests.gui.cases import fill_home
from tests.gui.commune import YEAR, World, add_class, add_home, context
from tests.harness.messages import Recorder

LAST = YEAR - 1
Place = tuple[str, QWidget]


@dataclass
class Walk:
    """The whole program over one file in which a review has come far."""

    program: Program
    world: World
    review: UUID
    said: Recorder
    copy: Path  # the file as it was before anybody walked over it
    files: Mapping[str, bytes] = field(default_factory=dict)  # drafts of the place to come

    @property
    def path(self) -> Path:
        return self.session.desk.database.path

    @property
    def session(self) -> Session:
        assert self.program.session is not None
        return self.program.session

    def page(self, key: str):
        self.session.go(key)
        hands.turn_to(self.session.window)
        return self.session.pages[key]

    def drop(self) -> None:
        """What was typed for the test is wanted by nobody."""
        for draft in drafts.find(self.path).drafts:
            drafts.discard(self.path, draft.key)
        self.put()

    def put(self) -> None:
        """What was left half typed in the place to come."""
        folder = drafts.folder_of(self.path)
        for name, content in self.files.items():
            folder.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)

    def again(self) -> Walk:
        """The same file as it was, opened by another program; drafts are put beside it."""
        self.program.session.window.hide()
        program = Program(context(review.AUTUMN, seed=12), InlineRunner)
        program.begin(self.copy)
        return replace(self, program=program)


def begin(folder: Path, said: Recorder) -> Walk:
    """Two villages are before the decisions' papers, the third is in the middle of typing."""
    with review.autumn(folder) as world:
        first = world.homes[0]
        world.homes.append(add_home(world, world.villages[0], "Hồ Văn Mới", 2))
        add_class(world, world.homes[-1], YEAR, "poor")
        third = add_home(world, world.villages[2], "Hồ Thị Ba", 3)
        add_class(world, third, LAST, "poor")
        for home in (first, third):
            fill_home(world, home)
        late = add_home(world, world.villages[2], "Hồ Văn Đơn", 2)
        uid = review.begin(world)
        for village in world.villages[:2]:
            review.confirm(world, uid, village)
            review.settle(world.desk, uid, village)
        paper = Decision(
            number="12/QĐ", signed_on=date(YEAR, 11, 19), valid_from=date(YEAR, 11, 19)
        )
        act = (world.database, world.context)
        recognition.recognise(*act, uid, "2022", paper, reason="Thử")
        case_lists.add(*act, uid, late, Ground.APPLIED)
        applications.save(
            *act,
            Application(
                village=world.villages[2],
                applicant="Hồ Thị Nộp",
                purpose=Purpose.ENTER,
                received_on=date(YEAR, 11, 18),
            ),
        )
        incident = {"household": world.homes[0], "happened_on": date(YEAR, 11, 2)}
        form = world.desk.definitions.records[Kind.INCIDENT]
        entries.save(*act, form, {**incident, "kind": "accident", "proposes_review": True})
        known = (*act, world.desk.definitions, world.commune, YEAR)
        ask_for_reports(world, sections.begin(*known, "ke_hoach_chuan").value)
        sections.begin_report(*known, "bao_cao_dinh_ky", "Q3")
        asked = ReportAsked(code="BC1", year=LAST)
        today, known = world.context.today(), world.desk.definitions
        docs = made(world.database, known, asked, today=today)
        stamp = Stamp(issued_on=today)
        documents.issue(world.database, known, world.context, docs, asked, stamp)
    copy = folder / "again" / world.database.path.name
    copy.parent.mkdir()
    shutil.copy(world.database.path, copy)
    program = Program(context(review.AUTUMN, seed=11), InlineRunner)
    program.begin(world.database.path)
    return Walk(program, world, uid, said, copy)


def ask_for_reports(world: World, plan: UUID) -> None:
    """The unit sends one, each village another; drafts find them in another copy, too."""
    common = {"document": plan, "period": "half", "content": "Kết quả", "due_day": 20}
    with write_unit(world.database, world.context, Op.SAVE_RECORD) as work:
        own = {"uid": UUID(int=1), "direction": "outgoing"}
        work.insert(Kind.REPORT_SCHEDULE, key="own", **own, **common)
        heads = {"uid": UUID(int=2), "direction": "incoming", "senders": "village_heads"}
        work.insert(Kind.REPORT_SCHEDULE, key="villages", **heads, **common)


def give_up(walk: Walk, form) -> None:
    """Leave a form in the place of the list."""
    if form.is_dirty:
        walk.said.will_answer("yes")
    form.leave()
    walk.put()


def dialog(walk: Walk, name: str, shown: QDialog | None) -> Iterator[Place]:
    assert shown is not None, name
    assert shown.isVisible(), name
    hands.turn_to(shown)
    yield name, shown
    if shown.is_dirty:
        walk.said.will_answer("yes")
    shown.reject()
    assert not shown.isVisible()
    walk.put()
    hands.turn_to(walk.session.window)


def leave(walk: Walk, page) -> None:
    if page.section.is_dirty:
        walk.said.will_answer("discard")
    assert page.may_leave()
    walk.put()


def walk_world(walk: Walk) -> World:
    """The open file as the helpers of the tests know it."""
    made = walk.world
    made.desk, made.database = walk.session.desk, walk.session.desk.database
    made.context = walk.session.desk.context
    return made
