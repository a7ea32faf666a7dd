"""What papers are told: exactly the catalogue, nothing unconfirmed as an answer of this year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.paper import Subject
from giamngheo_desktop.domain.paper_facts import KNOWN, Facts
from giamngheo_desktop.services import households
from giamngheo_desktop.services.papers.about import About, Reading
from giamngheo_desktop.services.papers.households import decision_words
from giamngheo_desktop.services.papers.read import READERS, facts_from
from giamngheo_desktop.services.review import case_entry, meetings
from giamngheo_desktop.services.review.meetings import Minutes
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import classes, records
from giamngheo_desktop.texts.paper_words import BOX, TICKED, unit_heading, unit_name
from tests.harness.paper_scene import TODAY, Scene, apply, made, post, whole
from tests.harness.register import FIRST_DAY, Register
from tests.harness.review import MET, SIGNED, shipped

LATER = date(2026, 10, 12)


def told(scene: Scene, subject: Subject, **about: object) -> Facts:
    with scene.register.database.reader() as connection:
        reading = Reading(connection, shipped(), TODAY)
        return facts_from(reading, READERS[subject](reading, About(**about)))  # type: ignore[arg-type]


def subjects(scene: Scene) -> dict[Subject, dict[str, object]]:
    """A subject of each kind of which everything is known."""
    home = scene.review.homes["An"].uid
    review = {"review": scene.review.uid}
    return {
        Subject.HOUSEHOLD: {"household": home},
        Subject.APPLICATION: {"application": apply(scene)},
        Subject.CASE: {**review, "household": home},
        Subject.CERTIFICATE: {"certificate": scene.certificate("An")},
        Subject.REVIEW_VILLAGE: {
            **review,
            "village": scene.review.village,
            "meeting": scene.meeting,
            "posting": scene.posting,
            "household": home,
        },
        Subject.DECISION: review,
    }


def test_the_facts_are_the_catalogue(register: Register) -> None:
    scene = whole(register)
    for subject, about in subjects(scene).items():
        facts, known = told(scene, subject, **about), KNOWN[subject]
        assert set(facts.values) == set(known.fields), subject
        lists = set(known.rows) - {"contents"}  # of the package's cover alone
        assert set(facts.rows) == lists, subject
        for name, rows in facts.rows.items():
            found = {key for row in rows for key in row}
            assert found <= set(known.rows[name]), (subject, name)
            if rows:
                assert found == set(known.rows[name]), (subject, name)


def test_every_reader_is_blank_about_nobody(register: Register) -> None:
    scene = made(register)
    for subject in READERS:
        facts = told(scene, subject)
        assert set(facts.values) <= set(KNOWN[subject].fields), subject
        assert facts.text("commune.name") == "xã Sơn Tây"
        assert not facts.text("head.name")


def test_what_the_register_held_is_last_years_answer_also_once_the_form_is_entered(
    register: Register,
) -> None:
    scene = made(register)
    home = scene.review.homes["An"]
    about = {"review": scene.review.uid, "household": home.uid}

    def rows() -> dict[str, tuple[str, str]]:
        found = told(scene, Subject.CASE, **about).rows["household_questions"]
        return {str(row["label"]): (str(row["options"]), str(row["before"])) for row in found}

    def of_members(question: str) -> tuple[str, str]:
        found = told(scene, Subject.CASE, **about).rows["member_questions_1"]
        row = next(row for row in found if str(row["label"]).startswith(question))
        return str(row["m1"]), str(row["m2"])

    wall, water = "Vật liệu chính của tường nhà", "Nguồn nước sinh hoạt"
    area, minority, shown = "Diện tích nhà ở (m²)", "Hộ dân tộc thiểu số", rows()
    assert [shown[one][1] for one in (wall, water, area)] == ["Bền chắc", "Giếng khoan", "42,5 m²"]
    assert all(TICKED not in options for options, _ in shown.values())
    assert not any("2016" in label for label in shown)  # asked by another standard only
    assert of_members("Tình trạng việc làm") == ("(1)", "(1)")

    case = scene.review.case("An")
    scene.review.open_again("An")
    sheet = case_entry.open_case(scene.register.database, shipped(), case, TODAY)
    head, wife = sheet.household.members
    typed = replace(
        sheet.household,
        water_source="rain",
        house_area=500,
        minority="yes",
        members=(replace(head, job_status="unemployed"), wife),
    )
    answers = sheet.answers
    for key in (
        *((home.uid, code) for code in ("house_wall", "water_source", "house_area", "minority")),
        (head.uid, "job_status"),
    ):
        answers = answers.typed(key, is_empty=False)
    case_entry.save_case(*scene.review.args, shipped(), sheet, typed, answers, day=TODAY)
    before, shown = shown, rows()
    assert shown.keys() == before.keys()
    assert {one: said for one, (_, said) in shown.items()} == {
        one: said for one, (_, said) in before.items()
    }
    assert shown[wall][0].startswith(f"{TICKED}\u00a0Bền chắc   {BOX}")
    assert f"{TICKED}\u00a0Nước mưa" in shown[water][0]
    assert shown[area][0] == "50,0 m²"
    assert shown[minority][0].startswith(f"{TICKED}\u00a0Có")
    ticked = {one for one, (options, _) in shown.items() if TICKED in options}
    assert ticked == {wall, water, minority}  # what was not confirmed is no answer
    assert of_members("Tình trạng việc làm") == ("(1) 2", "(1)")

    entered = shown
    with write_unit(*scene.review.args, Op.CLOSE_YEAR) as work:
        work.update(Kind.REVIEW, scene.review.uid, closed_on=TODAY)
    base = register.get(home.uid, TODAY)
    later = replace(base, water_source="piped", house_roof="durable", minority="no")
    households.save(*scene.review.args, later, day=SIGNED, base=base)
    assert rows() == entered  # what is known since is no answer of a closed review


def test_members_stand_beside_each_other_with_the_codes_of_last_year(register: Register) -> None:
    scene = made(register)
    facts = told(
        scene, Subject.CASE, review=scene.review.uid, household=scene.review.homes["An"].uid
    )
    rows = {str(row["label"]): row for row in facts.rows["member_questions_1"]}
    work = next(row for label, row in rows.items() if label.startswith("Tình trạng việc làm"))
    assert [work[f"m{slot}"] for slot in (1, 2, 3)] == ["(1)", "(1)", ""]
    insured = rows["Có bảo hiểm y tế (1 Có; 2 Không)"]
    assert [insured["m1"], insured["m2"]] == ["", "(1)"]
    pension = next(row for label, row in rows.items() if label.startswith("Hưởng lương hưu"))
    assert pension["m1"] == "(0)"  # none of them, said so
    assert (facts.text("member_1.name"), facts.text("member_2.name")) == ("An", "Ẫm")
    assert facts.rows["member_questions_2"] == []


def test_results_papers_refuse_a_case_without_a_result_by_name(register: Register) -> None:
    scene = made(register)
    post(scene)
    with write_unit(*scene.review.args, Op.SETTLE_CASE) as work:
        for name in ("Bình", "Dung"):
            work.update(Kind.CASE, scene.review.case(name), outcome=None)
    codes = ("bien_ban_hop", "phieu_bieu_quyet", "thong_bao_niem_yet", "ket_qua_thon")
    for code in codes:
        with pytest.raises(RefusedError, match="paper_unsettled") as refused:
            scene.village(code)
        assert refused.value.params == {"count": 2, "names": "Bình, Dung"}
    with pytest.raises(RefusedError, match="paper_unsettled"):
        scene.make("quyet_dinh_cong_nhan", review=scene.review.uid)
    for code in codes:  # a blank one names nobody
        assert scene.make(code, village=scene.review.village)


def test_a_result_that_is_not_decided_is_none(register: Register) -> None:
    scene = made(register)
    scene.review.settle("An", None)  # reviewed, and what is unknown decides
    with pytest.raises(RefusedError, match="paper_unsettled") as refused:
        scene.village("thong_bao_niem_yet")
    assert refused.value.params["names"] == "An"


def test_minutes_of_a_meeting_that_sent_a_case_back(register: Register) -> None:
    """Nineteen of forty: the vote stands in the minutes, the result does not any more."""
    scene = made(register)
    again = meetings.save(
        *scene.review.args,
        scene.review.uid,
        scene.review.village,
        Minutes(held_on=MET, attendants=40),
        {scene.review.case("Cường"): meetings.Vote(19)},
        others=40,
        meeting=scene.meeting,
    )
    facts = told(
        scene,
        Subject.REVIEW_VILLAGE,
        review=scene.review.uid,
        village=scene.review.village,
        meeting=again.value,
    )
    votes = {str(row["head"]): row for row in facts.rows["votes"]}
    assert votes["Cường"] == {
        "head": "Cường",
        "agreed": "19/40",
        "rate": "47,50",
        "conclusion": "Không thống nhất, rà soát lại",
    }
    assert votes["An"]["class"] == "Hộ nghèo"
    assert [row["head"] for row in facts.rows["left_poor"]] == ["Bình"]
    scene.village("bien_ban_hop", meeting=again.value)  # what it agreed to is settled
    with pytest.raises(RefusedError, match="paper_unsettled"):
        scene.village("thong_bao_niem_yet")


def test_the_ballot_of_a_recorded_meeting_names_whom_its_minutes_name(register: Register) -> None:
    scene = made(register)
    place = {"review": scene.review.uid, "village": scene.review.village}
    for meeting in (scene.meeting, None):  # nobody is left to vote on: of the last one
        facts = told(scene, Subject.REVIEW_VILLAGE, meeting=meeting, **place)
        ballot = [(row["head"], row["class"]) for row in facts.rows["ballot"]]
        minutes = told(scene, Subject.REVIEW_VILLAGE, meeting=scene.meeting, **place).rows["votes"]
        assert ballot == [(row["head"], row["class"]) for row in minutes]
        assert [head for head, _ in ballot] == ["An", "Bình", "Cường", "Dung"]


def test_half_of_those_who_came_is_enough(register: Register) -> None:
    scene = made(register)
    meetings.save(
        *scene.review.args,
        scene.review.uid,
        scene.review.village,
        Minutes(held_on=MET, attendants=40),
        {},
        others=20,
        meeting=scene.meeting,
    )
    about = {"review": scene.review.uid, "village": scene.review.village, "meeting": scene.meeting}
    rows = told(scene, Subject.REVIEW_VILLAGE, **about).rows["votes"]
    assert {row["conclusion"] for row in rows} == {"Thống nhất"}
    assert {row["rate"] for row in rows} == {"50,00"}


def test_a_paper_of_something_taken_away_is_refused(register: Register) -> None:
    scene = made(register)
    uid = apply(scene, answered=False)
    with write_unit(*scene.review.args, Op.SAVE_APPLICATION) as work:
        work.remove(Kind.APPLICATION, uid)
    with pytest.raises(RefusedError, match="record_missing"):
        scene.make("mau_04", application=uid)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("xa", "Sơn Tây", "xã Sơn Tây"),
        ("xa", "Xã Sơn Tây", "xã Sơn Tây"),
        ("phuong", "Xã Đàn", "phường Xã Đàn"),
        ("xa", "Xà Bang", "xã Xà Bang"),
        ("thon", "Cây Tắt", "thôn Cây Tắt"),
        ("to_dan_pho", "Tổ dân phố 3", "tổ dân phố 3"),
        ("", "Bản Mới", "Bản Mới"),
    ],
)
def test_a_unit_is_called_by_its_kind_once(kind: str, name: str, said: str) -> None:
    assert unit_name(kind, name) == said
    assert unit_heading(kind, name) == said[:1].upper() + said[1:]


def test_a_decision_is_named_as_it_prints_its_number() -> None:
    said = "số 05/QĐ-UBND ngày 10/12/2026"
    assert decision_words("5/QĐ-UBND", date(2026, 12, 10)) == said
    assert decision_words(None, None) == ""


def test_a_household_is_told_as_it_was_on_the_day(register: Register) -> None:
    """A decision not yet signed says nothing; who was poor that day does not leave another list."""
    scene = whole(register)
    home = scene.review.homes["Bình"].uid  # poor before, near-poor by the decision of SIGNED

    def on(day: date, subject: Subject = Subject.HOUSEHOLD) -> Facts:
        return told(scene, subject, household=home, day=day)

    with scene.register.database.reader() as connection:
        newest = classes.of_household(connection, home)[0]
    after: date = newest["valid_from"]
    before = after - timedelta(days=1)
    said = [on(day).text("household.class") for day in (before, after)]
    assert said == ["Hộ nghèo", "Hộ cận nghèo"]
    known = on(after).rows["classes"]
    assert known[0]["valid_from"] == format_date(after)
    assert on(SIGNED).rows["classes"] == known
    assert on(min(SIGNED, after) - timedelta(days=1)).rows["classes"] == known[1:]
    boxes = ("application.leave_poor", "application.leave_near_poor")
    ticked = [[on(day, Subject.APPLICATION).text(box) for box in boxes] for day in (before, after)]
    assert ticked == [[TICKED, BOX], [BOX, TICKED]]
    assert on(FIRST_DAY).data_date == FIRST_DAY
    for subject in (Subject.HOUSEHOLD, Subject.APPLICATION):
        with pytest.raises(RefusedError, match="household_not_yet"):
            on(FIRST_DAY - timedelta(days=1), subject)


def test_a_certificate_not_yet_issued_has_no_number(register: Register) -> None:
    scene = whole(register)
    home = scene.review.homes["An"].uid
    with scene.register.database.reader() as connection:
        row = records.get(connection, Kind.CERTIFICATE, scene.certificate("An"))
    assert row
    assert row["number"]
    numbers = [
        told(scene, Subject.HOUSEHOLD, household=home, day=day).text("household.certificate_number")
        for day in (row["issued_on"] - timedelta(days=1), row["issued_on"])
    ]
    assert numbers == ["", row["number"]]
