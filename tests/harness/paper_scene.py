"""A village's review with everything a paper can be about: list, meeting, posting, decision,
certificates, applications."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.applications import Outcome, Purpose
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.services import households, settings
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import (
    answering,
    applications,
    certificates,
    meetings,
    postings,
    recognition,
    surveyors,
)
from giamngheo_desktop.services.review.answering import Answer
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.review.meetings import Minutes, Vote
from giamngheo_desktop.services.review.postings import Posting
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import reviews as stored
from tests.harness.register import FIRST_DAY, STANDARD, Register
from tests.harness.review import BEGUN, MET, POSTED, SIGNED, Review, begin, shipped

OFFICES = {
    "superior_body": "",
    "issuing_body": "ỦY BAN NHÂN DÂN\nXÃ SƠN TÂY",
    "place_name": "Sơn Tây",
    "signer_authority": "TM. ỦY BAN NHÂN DÂN",
    "signer_title": "CHỦ TỊCH",
    "signer_name": "Đinh Văn Thử",
    "steering_committee": "Ban Chỉ đạo rà soát xã Sơn Tây",
    "preparer_name": "Lò Thị Hà",
}
TODAY = date(2026, 12, 31)
MINUTES = Minutes(
    held_on=MET,
    attendants=40,
    place="nhà văn hóa thôn",
    chair="Hồ Văn Đích",
    chair_title="Trưởng thôn",
    secretary="Đinh Thị Lệ",
    secretary_title="Chi hội trưởng Phụ nữ",
    household_signer="Hồ Văn Ẩn",
    committee=2,
    organisations=3,
    front=1,
    surveyors=1,
    households_present=4,
    note="Đề nghị xã xem lại đường vào xóm 2.",
)
MOTHER = {
    "relation": "wife",
    "is_head": False,
    "sex": "female",
    "birth": PartialDate(1985, 3, 7),
    "health_insurance": True,
    "job_status": "working",
}


@dataclass
class Scene:
    """Four households: An stays poor, Bình becomes near-poor, Cường leaves, Dung leaves the list of
    the near-poor.
    """

    review: Review
    meeting: UUID
    posting: UUID | None = None
    application: UUID | None = None

    @property
    def register(self) -> Register:
        return self.review.register

    def make(self, code: str, **about: object) -> tuple[ReportDoc, ...]:
        return make_paper(self.register.database, shipped(), code, About(**about), today=TODAY)  # type: ignore[arg-type]

    def village(self, code: str, **about: object) -> tuple[ReportDoc, ...]:
        return self.make(code, review=self.review.uid, village=self.review.village, **about)

    def case(self, code: str, name: str) -> ReportDoc:
        (doc,) = self.make(code, review=self.review.uid, household=self.review.homes[name].uid)
        return doc

    def certificate(self, name: str) -> UUID:
        home = self.review.homes[name].uid
        return certificates.of_household(self.register.database, home)[0].uid


def made(register: Register) -> Scene:
    """Everything but the decision, the certificates and what a test adds."""
    settings.save(register.database, register.context, OFFICES, FIRST_DAY)
    review = begin(register, "An Bình Cường", "Dung")
    enrich(review, "An")
    surveyors.set_surveyors(*review.args, review.uid, {review.village: ["Hồ Thị Mai"]})
    review.confirm()
    for name, result in CLASSES.items():
        review.settle(name, result)
    score(review)
    votes = {review.case("Cường"): Vote(30, None)}
    meeting = meetings.save(
        *review.args, review.uid, review.village, MINUTES, votes, others=40
    ).value
    return Scene(review, meeting)


CLASSES = {"An": "poor", "Bình": "near_poor", "Cường": "not_poor", "Dung": "not_poor"}


def score(review: Review) -> None:
    """Điểm B1 120, three indicators: what every result was found from."""
    with write_unit(*review.args, Op.SETTLE_CASE) as work:
        for row in stored.results(work.connection, review.uid):
            values = {"score_income": 120, "deprived_bits": 0b111, "unknown_bits": 0}
            work.update(Kind.CASE_RESULT, row["uid"], **values)


def enrich(review: Review, name: str) -> Household:
    """A wife, an address, papers and answers for one household."""
    register = review.register
    home = register.get(review.homes[name].uid, BEGUN)
    head = replace(
        home.members[0],
        id_kind="cccd",
        id_number="051080000123",
        id_issued_on=date(2021, 5, 9),
        phone="0900000001",
        job_status="working",
        pension=(),
    )
    draft = replace(
        home,
        members=(head, register.member("Hồ Thị Ẫm", **MOTHER)),
        address="Xóm 2",
        permanent_residence="Thôn A, xã Sơn Tây",
        current_residence="Xóm 2, thôn A",
        code="ST-001",
        list_number=1,
        note="Nhà gần suối",
        house_wall="durable",
        house_area=425,
        water_source="drilled_well",
        shared_assets=("tv", "phone"),
    )
    base = home
    saved = households.save(
        register.database, register.context, draft, day=FIRST_DAY, base=base
    ).value
    review.homes[name] = saved
    return saved


def post(scene: Scene) -> None:
    posting = Posting(
        begun_on=POSTED, number="45/TB-UBND", places="nhà văn hóa thôn A, bảng tin xã"
    )
    done = postings.save_posting(
        *scene.review.args, shipped(), scene.review.uid, [scene.review.village], posting
    )
    (scene.posting,) = done.value


def decide(scene: Scene) -> None:
    paper = Decision(
        number="31/QĐ-UBND", signed_on=SIGNED, valid_from=date(2026, 12, 2), signer="Đinh Văn Ký"
    )
    recognition.recognise(*scene.review.args, scene.review.uid, STANDARD, paper, reason="bản thử")


def certify(scene: Scene) -> None:
    homes = {scene.review.homes[name].uid for name in ("An", "Bình")}
    certificates.sign(*scene.review.args, scene.review.uid, homes, signed_on=date(2026, 12, 5))


def apply(scene: Scene, *, answered: bool = True) -> UUID:
    """An application of An to leave the list, refused."""
    register = scene.register
    paper = Application(
        village=scene.review.village,
        applicant="An",
        purpose=Purpose.LEAVE,
        received_on=date(2026, 12, 10),
        household=scene.review.homes["An"].uid,
        reasons=("disaster",),
        detail="Đã có việc làm ổn định",
    )
    uid = applications.save(register.database, register.context, paper).value
    if answered:
        given = Answer(
            application=uid,
            outcome=Outcome.REFUSED,
            day=date(2026, 12, 20),
            number="47/TB-UBND",
            reasons="Điểm B1 chưa vượt 140 điểm.",
        )
        args = (register.database, register.context, shipped(), given)
        answering.answer(*args, commune=register.commune)
    return uid


def whole(register: Register) -> Scene:
    """With decision and certificates."""
    scene = made(register)
    post(scene)
    decide(scene)
    certify(scene)
    return scene
