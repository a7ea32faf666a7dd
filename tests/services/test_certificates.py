"""Giấy chứng nhận: a paper that stays, with a line signed each year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.review import certificates, recognition
from giamngheo_desktop.services.review.certificates import Signed
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import STANDARD, Register, dump, living
from tests.harness.review import BEGUN, IN_FORCE, SIGNED, Review, begin

DAY = date(2026, 12, 5)
LATER = date(2026, 12, 20)


@pytest.fixture
def review(register: Register) -> Review:
    """An and Bình are poor, Chi leaves the list."""
    review = begin(register, "An Bình Chi")
    for name, result in (("An", "poor"), ("Bình", "poor"), ("Chi", "not_poor")):
        review.settle(name, result)
    paper = Decision(number="31/QĐ-UBND", signed_on=SIGNED, valid_from=IN_FORCE)
    recognition.recognise(*review.args, review.uid, STANDARD, paper, reason="họp sau")
    return review


def sign(review: Review, *names: str, day: date = DAY, **values: int) -> Signed:
    homes = {review.homes[name].uid for name in names}
    return certificates.sign(*review.args, review.uid, homes, signed_on=day, **values).value


def of(review: Review, name: str) -> list[certificates.Certificate]:
    return certificates.of_household(review.register.database, review.homes[name].uid)


def rows(review: Review) -> list[tuple[str, str | None, date | None]]:
    found = certificates.of_review(review.register.database, review.uid)
    return [(row.head, row.number, row.signed_on) for row in found]


def test_certificates_are_numbered_and_signed_by_list(review: Review) -> None:
    assert review.missing("certify") == {"uncertified": 2}
    assert rows(review) == [("An", None, None), ("Bình", None, None)]
    assert sign(review, "Bình", "An", first_number=7) == (2, 2)
    first, second = "07/GCN-HN.HCN", "08/GCN-HN.HCN"
    assert rows(review) == [("An", first, DAY), ("Bình", second, DAY)]
    assert review.missing("certify") == {}
    (paper,) = of(review, "An")
    (line,) = paper.lines
    assert (line.year, line.household_class, line.signed_on) == (2026, "poor", DAY)
    assert sign(review, "An", day=LATER) == (0, 1)  # the day was mistyped
    assert rows(review)[0] == ("An", first, LATER)
    assert review.register.get(review.homes["An"].uid).certificate_number == first


def test_the_next_number_is_the_next_free_one(review: Review) -> None:
    sign(review, "An", first_number=41)
    with pytest.raises(RefusedError, match="certificate_number_taken"):
        sign(review, "Bình", first_number=41)
    sign(review, "Bình")
    assert of(review, "Bình")[0].number == "42/GCN-HN.HCN"


def test_an_old_certificate_gets_a_line_and_keeps_its_number(review: Review) -> None:
    with write_unit(*review.args, Op.SAVE_HOUSEHOLD) as work:
        work.update(Kind.HOUSEHOLD, review.homes["An"].uid, certificate_number="5/GCN")
    assert sign(review, "An") == (0, 1)
    (paper,) = of(review, "An")
    assert (paper.number, paper.issued_on, len(paper.lines)) == ("5/GCN", None, 1)
    homes = {review.homes["An"].uid}
    certificates.unsign(*review.args, review.uid, homes)
    assert of(review, "An") == []
    assert review.register.get(review.homes["An"].uid).certificate_number == "5/GCN"


def test_a_line_of_an_earlier_year_stays_on_the_paper(review: Review) -> None:
    home = review.homes["An"].uid
    with write_unit(*review.args, Op.ISSUE_CERTIFICATES) as work:
        old = work.insert(Kind.CERTIFICATE, household=home, number="5", issued_on=date(2025, 12, 1))
        for year, day in ((2025, date(2025, 12, 1)), (2026, date(2026, 4, 1))):
            work.insert(
                Kind.CERTIFICATE_YEAR, certificate=old, year=year, household_class="poor",
                signed_on=day,
            )  # fmt: skip
    assert review.missing("certify") == {"uncertified": 2}  # that of spring is another decision's
    sign(review, "An")
    (paper,) = of(review, "An")
    assert [line.year for line in paper.lines] == [2025, 2026, 2026]
    certificates.unsign(*review.args, review.uid, {home})
    assert [line.year for line in of(review, "An")[0].lines] == [2025, 2026]


def test_a_reissued_certificate_replaces_the_old_one(review: Review) -> None:
    sign(review, "An")
    (old,) = of(review, "An")
    with pytest.raises(RefusedError, match="certificate_number_taken"):
        certificates.reissue(*review.args, old.uid, number=old.number or "", issued_on=LATER)
    new = certificates.reissue(*review.args, old.uid, number="9", issued_on=LATER, note="rách")
    held, before = of(review, "An")
    assert (held.uid, held.replaces, held.note) == (new.value, old.uid, "rách")
    assert [line.signed_on for line in held.lines] == [LATER]
    assert before.lines == old.lines
    assert rows(review)[0] == ("An", "9", LATER)
    with pytest.raises(RefusedError, match="certificate_replaced"):
        certificates.reissue(*review.args, old.uid, number="10", issued_on=LATER)
    review.undo()
    assert of(review, "An") == [old]


def test_a_change_of_members_is_noted_on_the_paper(review: Review) -> None:
    sign(review, "An")
    (paper,) = of(review, "An")
    change = certificates.change_members
    change(*review.args, paper.uid, day=DAY, papers="giấy khai sinh")
    change(*review.args, paper.uid, day=LATER, papers="giấy đăng ký kết hôn")
    assert of(review, "An")[0].note == (
        "05/12/2026: thay đổi thành viên theo giấy khai sinh.\n"
        "20/12/2026: thay đổi thành viên theo giấy đăng ký kết hôn."
    )
    certificates.correct(*review.args, paper.uid, number="11", issued_on=DAY, note=None)
    assert (of(review, "An")[0].number, of(review, "An")[0].note) == ("11", None)


def test_what_cannot_be_signed_is_refused(review: Review) -> None:
    for name, day, code in (
        ("Chi", DAY, "certificate_for_listed"),
        ("An", BEGUN - timedelta(days=1), "before_review"),
        ("An", date(2027, 1, 5), "event_in_future"),
    ):
        with pytest.raises(RefusedError, match=code):
            sign(review, name, day=day)
    sign(review, "An")
    with pytest.raises(RefusedError, match="decision_in_use"):
        recognition.take_back(*review.args, review.uid, STANDARD, reason="nhầm")


def test_signing_is_one_step_to_undo(review: Review) -> None:
    before = living(dump(review.register.database))
    sign(review, "An", "Bình")
    done = living(dump(review.register.database))
    certificates.unsign(*review.args, review.uid, {home.uid for home in review.homes.values()})
    assert living(dump(review.register.database)) == before
    review.undo()
    assert living(dump(review.register.database)) == done
    review.undo()
    assert living(dump(review.register.database)) == before
