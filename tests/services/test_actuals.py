"""Each small change of the register moves what was reached by one household, person or record."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from giamngheo_desktop.domain.actual import Actual, Amount, State
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.indicator_catalogue import IndicatorType
from giamngheo_desktop.services import undo
from giamngheo_desktop.storage.engine import Database
from tests.harness.actual_scene import (
    CHILD,
    JUNE,
    LAST_YEAR,
    Change,
    Scene,
    all_reviewed,
    attends,
    bit,
    both,
    came_in_2026,
    card,
    child,
    child_left,
    counts,
    course,
    in_model,
    informer,
    lacks,
    left_in_2025,
    left_in_2026,
    malnourished,
    mistaken,
    model,
    needs,
    nothing,
    officer,
    severe,
    severe_child,
    somebody_may_have_learnt,
    two_in_need,
)
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import definitions


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Scene]]:
    path = tmp_path_factory.mktemp("actuals") / "sổ.db"
    with empty_database(path) as database:
        scene = Scene(make_register(database)).begin()
        database.checkpoint()
        yield path, scene


@pytest.fixture
def scene(begun: tuple[Path, Scene], tmp_path: Path) -> Iterator[Scene]:
    path, known = begun
    shutil.copyfile(path, tmp_path / "sổ.db")
    database = Database(tmp_path / "sổ.db")
    register = Register(database, known.reg.context, known.reg.commune, known.reg.villages)
    try:
        yield Scene(register, dict(known.homes), dict(known.people))
    finally:
        database.close()


Q1, Q4 = date(2026, 1, 1), date(2026, 12, 31)
# code, what is there before, the change; how it moves numerator, denominator, those not known.
CHANGES: tuple[tuple[str, Change, Change, tuple[int, int, int]], ...] = (
    ("HN-TL", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("HN-TL", nothing, lambda one: one.recognise("An", "near_poor"), (-1, 0, 0)),
    ("HN-TL", nothing, lambda one: one.count(2026, 11), (0, 1, 0)),
    ("HN-TL", nothing, lambda one: one.count(2025, 11), (0, 0, 0)),
    ("HCN-TL", nothing, lambda one: one.recognise("Én", "near_poor"), (1, 0, 0)),
    ("HCN-TL", nothing, lambda one: one.count(2026, 11), (0, 1, 0)),
    ("HN-GIAM-HO", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("HCN-GIAM-HO", nothing, lambda one: one.recognise("Dần", "not_poor"), (-1, 0, 0)),
    ("HN-GIAM-DIEM", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("HN-GIAM-DIEM", nothing, lambda one: one.count(2026, 11), (0, 1, 0)),
    ("HCN-GIAM-DIEM", nothing, lambda one: one.recognise("Én", "near_poor"), (1, 0, 0)),
    ("HCN-GIAM-DIEM", nothing, lambda one: one.count(2026, 9), (0, -1, 0)),
    ("HN-BTXH", nothing, lambda one: one.protect("An"), (1, 0, 0)),
    ("HN-BTXH", nothing, lambda one: one.recognise("Én", "poor"), (0, 1, 0)),
    ("HN-NTM", nothing, lambda one: one.protect("An"), (-1, 0, 0)),
    ("HN-NTM", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("HN-NTM", nothing, lambda one: one.count(2026, 11), (0, 1, 0)),
    ("TH-CHISO", nothing, lambda one: one.reviewed("An", 0), (0, 0, -1)),
    ("TH-CHISO", all_reviewed, lacks("An", "water"), (1, 0, 0)),
    ("TH-CHISO", all_reviewed, lambda one: one.reviewed("An", 0, bit("water")), (0, 0, 1)),
    ("TH-CHISO", all_reviewed, lambda one: one.recognise("Én", "poor"), (0, 1, 1)),
    ("TH-CHISO", all_reviewed, lambda one: one.recognise("An", "near_poor"), (0, 0, 0)),
    ("TH-CHISO", all_reviewed, lacks("Giáp", "water"), (0, 0, 0)),  # no longer poor
    ("VL-TUVAN", nothing, needs("job"), (0, 1, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("job", "Én", "Én"), (0, 0, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("training", "An", "An"), (0, 0, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("job", "An", "An", valid_from=LAST_YEAR,
                                               valid_to=date(2025, 12, 31)), (0, 0, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("job", "An", "An", valid_from=Q4), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), needs("job"), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An", "An"), (1, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "Cúc", "Cúc"), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An", "An", supported_on=LAST_YEAR),
     (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An", "An", supported_on=Q4), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An"), (1, 0, 0)),
    ("VL-TUVAN", needs("job"), attends("job_fair"), (1, 0, 0)),
    ("VL-TUVAN", needs("job"), attends("job_fair", False), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), attends("job_fair", None), (0, 0, 1)),
    ("VL-TUVAN", two_in_need, lambda one: one.got("job", "An"), (0, 0, 2)),  # for which of them?
    ("VL-TUVAN", nothing, needs("job", of_person=False), (0, 0, 1)),
    ("VL-TUVAN", needs("job", of_person=False), lambda one: one.got("job", "An", "An"),
     (1, 1, -1)),
    ("VL-TUVAN", needs("job"), mistaken("An"), (0, -1, 0)),
    ("DT-NHUCAU", nothing, needs("training"), (0, 1, 0)),
    ("DT-NHUCAU", needs("training"), lambda one: one.got("vocational_training", "An", "An"),
     (1, 0, 0)),
    ("DT-NHUCAU", needs("training"), attends("vocational_class"), (1, 0, 0)),
    ("DT-NHUCAU", somebody_may_have_learnt, lambda one: one.came(
        one.held("vocational_class"), "Con An"), (1, 0, -1)),
    ("PL-TGPL", nothing, needs("legal_aid"), (0, 1, 0)),
    ("PL-TGPL", nothing, lambda one: one.need("legal_aid", "Dần", "Dần"), (0, 0, 0)),
    ("PL-TGPL", needs("legal_aid"), lambda one: one.got("legal_aid", "An", "An"), (1, 0, 0)),
    ("PL-TGPL", needs("legal_aid"), attends("mobile_legal_aid"), (1, 0, 0)),
    ("TD-VAY", nothing, needs("credit", of_person=False), (0, 1, 0)),
    ("TD-VAY", nothing, lambda one: one.need("credit", "Giáp"), (0, 1, 0)),  # poor, then escaped
    ("TD-VAY", needs("credit"), lambda one: one.got("credit", "An"), (1, 0, 0)),
    ("TT-DVVT", nothing, needs("telecom", of_person=False), (0, 1, 1)),
    ("TT-DVVT", left_in_2025, lambda one: one.need("telecom", "Én", valid_from=LAST_YEAR),
     (0, 0, 0)),
    ("TT-DVVT", needs("telecom"), lambda one: one.got("telecom", "An"), (1, 0, -1)),
    ("TT-DVVT", needs("telecom"), lambda one: one.says("An", uses_internet=True), (1, 0, -1)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An", supported_on=LAST_YEAR,
                                               answers={"contract_on": "2026-06-10"}), (1, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An",
                                               answers={"contract_on": "2025-12-10"}), (0, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An"), (0, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An", supported_on=Q4,
                                               answers={"contract_on": "2026-06-10"}), (1, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An",
                                               answers={"contract_on": "2026-06-10"}), (0, 0, 1)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "Én", "Én",
                                               answers={"contract_on": "2026-06-10"}), (0, 0, 0)),
    ("VL-HO-1", nothing, lambda one: one.fact("An", "stable_livelihood", "yes"), (1, 0, -1)),
    ("VL-HO-1", nothing, lambda one: one.says("An", job_status="unemployed"), (0, 0, -1)),
    ("VL-HO-1", nothing, lambda one: one.says("An", job_status="working",
                                              job_contract="contract"), (1, 0, -1)),
    ("VL-HO-1", nothing, lambda one: one.says("An", job_status="unable"), (0, -1, -1)),
    ("YT-BHYT", nothing, lambda one: one.says("An", health_insurance=True), (1, 0, -1)),
    ("YT-BHYT", nothing, lambda one: one.says("An", health_insurance=False), (0, 0, -1)),
    ("YT-BHYT", nothing, lambda one: one.says("Én", health_insurance=True), (0, 0, 0)),
    ("YT-BHYT", nothing, card(Q1, Q4), (1, 0, -1)),
    ("YT-BHYT", nothing, card(Q1, JUNE), (0, 0, 0)),
    ("YT-BHYT", lambda one: one.says("An", health_insurance=True), card(Q1, JUNE), (-1, 0, 1)),
    ("YT-BHYT", nothing, child, (0, 1, 1)),
    ("YT-BHYT", nothing, lambda one: one.recognise("Én", "poor"), (0, 1, 1)),
    ("YT-BHYT-MSTB", nothing, lambda one: one.says("Giáp", health_insurance=True), (1, 0, -1)),
    ("YT-BHYT-MSTB", nothing, lambda one: one.person("Con Giáp", "Giáp", **CHILD), (0, 1, 1)),
    ("YT-BHYT-MSTB", nothing, child, (0, 0, 0)),
    ("YT-SDD", nothing, malnourished, (1, 1, -1)),
    ("YT-SDD", nothing, lambda one: one.says("Con An", malnourished=False), (0, 1, -1)),
    ("YT-SDD", nothing, lambda one: one.got("nutrition", "An", "Con An",
                                            answers={"nutrition_state": "stunted"}), (1, 1, -1)),
    ("YT-SDD", malnourished, lambda one: one.got("nutrition", "An", "Con An",
                                                 answers={"nutrition_state": "normal"}),
     (-1, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.says("Con Dần", malnourished=True), (0, 1, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.got("nutrition", "An", "Con An",
                                                    answers={"micronutrients": "1"}), (1, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.came(
        one.held("nutrition", answers={"nutrition_actions": "weighing micronutrients"}), "Con An"),
     (1, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.came(
        one.held("nutrition", answers={"nutrition_actions": "weighing"}), "Con An"), (0, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.came(
        one.held("nutrition", answers={"nutrition_actions": "micronutrients"}), "Con An",
        attended=None), (0, 0, 0)),
    ("GD-DUNGTUOI", nothing, lambda one: one.says("Con An", attending_school=True,
                                                  school_level="primary"), (1, 0, -1)),
    ("GD-DUNGTUOI", nothing, lambda one: one.says("Con An", attending_school=True,
                                                  school_level="preschool"), (0, 0, -1)),
    ("GD-DUNGTUOI", nothing, lambda one: one.says("Con An", attending_school=False), (0, 0, -1)),
    ("GD-DUNGTUOI", nothing, child, (0, 1, 1)),
    ("GD-DUNGTUOI", nothing, mistaken("Con An"), (0, -1, -1)),
    ("DT-NGHE", nothing, lambda one: one.got("vocational_training", "An", "An",
                                             answers={"training_level": "short"}), (1, 0, 0)),
    ("DT-NGHE", nothing, lambda one: one.got("vocational_training", "An", "An",
                                             answers={"training_level": "higher"}), (0, 0, 0)),
    ("DT-NGHE", nothing, lambda one: one.got("vocational_training", "An", "An"), (0, 0, 1)),
    ("DT-NGHE", nothing, attends("vocational_class", training_level="elementary"), (1, 0, 0)),
    ("DT-NGHE", nothing, lambda one: one.came(one.held(
        "vocational_class", state="running", answers={"training_level": "short"}), "An"),
     (0, 0, 0)),  # not done
    ("DT-NGHE", nothing, lambda one: one.came(one.held(
        "vocational_class", ends_on=Q4, answers={"training_level": "short"}), "An"), (0, 0, 0)),
    ("DT-NGHE", attends("vocational_class", training_level="elementary"),
     lambda one: one.got("vocational_training", "An", "An", answers={"training_level": "short"}),
     (0, 0, 0)),  # the same person
    ("XKLD", nothing, lambda one: one.got("work_abroad", "An", "An"), (1, 0, 0)),
    ("XKLD", nothing, lambda one: one.got("work_abroad", "Én", "Én"), (0, 0, 0)),
    ("NO-HOTRO", nothing, lambda one: one.got("housing", "An"), (1, 0, 0)),
    ("NO-HOTRO", lambda one: one.got("housing", "An"), lambda one: one.got("housing", "An"),
     (0, 0, 0)),
    ("NO-HOTRO", all_reviewed, lacks("An", "housing_area"), (0, 1, 0)),
    ("NO-HOTRO", all_reviewed, lacks("An", "water"), (0, 0, 0)),
    ("SX-HO", nothing, lambda one: one.got("production", "An"), (1, 0, 0)),
    ("SX-HO", nothing, in_model, (1, 0, 0)),
    ("SX-HO", in_model, lambda one: one.got("production", "Cúc"), (0, 0, 0)),
    ("SX-HO", nothing, lambda one: one.got("production", "Giáp", supported_on=date(2026, 3, 1)),
     (1, 0, 0)),  # poor that day
    ("NS-HVS", nothing, lambda one: one.lives("An", water_source="piped"), (1, 0, -1)),
    ("NS-HVS", nothing, lambda one: one.lives("An", water_source="surface"), (0, 0, -1)),
    ("NS-HVS", nothing, lambda one: one.recognise("Én", "near_poor"), (0, 1, 1)),
    ("VS-NHATIEU", nothing, lambda one: one.lives("Dần", toilet="septic"), (1, 0, -1)),
    ("VS-NHATIEU", nothing, lambda one: one.lives("Dần", toilet="none"), (0, 0, -1)),
    ("VS-NHATIEU", nothing, lambda one: one.recognise("Én", "near_poor"), (0, 1, 1)),
    ("BTXH-HUONG", nothing, severe, (0, 1, 0)),
    ("BTXH-HUONG", severe, lambda one: one.says("An", social_allowance=("disabled",)), (1, 0, 0)),
    ("BTXH-HUONG", severe, lambda one: one.got("social_assistance", "An", "An",
                                               period_from=LAST_YEAR), (1, 0, 0)),
    ("BTXH-HUONG", lambda one: one.got("social_assistance", "An", "An", period_from=LAST_YEAR),
     lambda one: one.remove(Kind.HOUSEHOLD, one.homes["An"]), (-1, -1, 0)),
    ("BTXH-HUONG", nothing, lambda one: one.need("social_assistance", "Én", "Én"), (0, 1, 0)),
    ("BTXH-HUONG", severe_child, child_left, (0, -1, 0)),
    ("BTXH-HUONG", lambda one: one.got("social_assistance", "An", "Con An",
                                       period_from=LAST_YEAR), child_left, (-1, -1, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model"), (1, 0, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model", state="planned"), (0, 0, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model", starts_on=LAST_YEAR), (0, 0, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model", starts_on=None), (0, 0, 1)),
    ("MH-MOI", nothing, model(replicates="1"), (1, 0, 0)),
    ("MH-NHANRONG", nothing, model(replicates="1"), (1, 0, 0)),
    ("MH-NHANRONG", nothing, model(replicates="0"), (0, 0, 0)),
    ("MH-NHANRONG", nothing, model(), (0, 0, 1)),
    ("MH-NHANRONG", nothing, model(replicates="1", starts_on=None), (0, 0, 1)),
    ("MH-NHANRONG", nothing, model(replicates="0", starts_on=None), (0, 0, 0)),
    ("MH-NHANRONG", nothing, model(replicates="1", state="planned"), (0, 0, 0)),
    ("MH-NHANRONG", nothing, model(replicates="1", starts_on=LAST_YEAR, ends_on=Q4), (0, 0, 0)),
    ("MH-THT-HTX", nothing, lambda one: one.held("producer_group",
                                                 answers={"model_form": "cooperative"}), (1, 0, 0)),
    ("MH-THT-HTX", nothing, lambda one: one.held("producer_group",
                                                 answers={"model_form": "household_group"}),
     (0, 0, 0)),
    ("CB-TAPHUAN", nothing, officer, (0, 1, 0)),
    ("CB-TAPHUAN", nothing, lambda one: one.officer("Liên", poverty_officer=False), (0, 0, 0)),
    ("CB-TAPHUAN", officer, course(True), (1, 0, 0)),
    ("CB-TAPHUAN", officer, course(False), (0, 0, 0)),
    ("CB-TAPHUAN", officer, course(None), (0, 0, 1)),
    ("CB-TAPHUAN", both(officer, course(None)), course(False), (0, 0, 0)),
    ("CB-TAPHUAN", both(officer, course(False)), course(None), (0, 0, 1)),
    ("CB-TAPHUAN", both(officer, course(None)), course(True), (1, 0, -1)),
    ("CB-TTTT", nothing, informer, (0, 1, 0)),
    ("CB-TTTT", nothing, officer, (0, 0, 0)),
    ("CB-TTTT", informer, course(True, about_information="1"), (1, 0, 0)),
    ("CB-TTTT", informer, course(True, about_information="0"), (0, 0, 0)),
    ("CB-TTTT", informer, course(True), (0, 0, 1)),
    ("CB-TTTT", informer, course(None, about_information="1"), (0, 0, 1)),
    ("CB-TTTT", informer, course(False, about_information="1"), (0, 0, 0)),
    ("GS-TUKT", nothing, lambda one: one.held("supervision", answers={"supervision_kind": "self"}),
     (1, 0, 0)),
    ("GS-CAPTREN", nothing, lambda one: one.held("supervision",
                                                 answers={"supervision_level": "province"}),
     (1, 0, 0)),
    ("GS-CAPTREN", nothing, lambda one: one.held("supervision",
                                                 answers={"supervision_level": "commune"}),
     (0, 0, 0)),
    ("KP-GIAINGAN", lambda one: one.book("assigned", 100), lambda one: one.book("assigned", 1),
     (0, 1, 0)),
    ("KP-GIAINGAN", lambda one: one.book("assigned", 100), lambda one: one.book("disbursed", 1),
     (1, 0, 0)),
    ("KP-GIAINGAN", lambda one: one.book("assigned", 100),
     lambda one: one.book("disbursed", 1, booked_on=Q4), (0, 0, 0)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "before", "change", "moves"),
    CHANGES,
    ids=[f"{number}-{row[0]}" for number, row in enumerate(CHANGES)],
)
def test_one_change_moves_it_by_one(
    scene: Scene, code: str, before: Change, change: Change, moves: tuple[int, int, int]
) -> None:
    before(scene)
    old, last = scene.actual(code), undo.next_step(scene.reg.database)
    change(scene)
    new = scene.actual(code)
    assert tuple(b - a for a, b in zip(sizes(old), sizes(new), strict=True)) == moves
    if new.state is State.KNOWN and new.numerator and not code.endswith(("HO", "DIEM", "NTM")):
        whole = new.denominator.number if new.denominator else None
        reached = Fraction(new.numerator.number or 0)
        of_count = whole is None or code in ("HN-BTXH", "TH-CHISO", "NO-HOTRO")
        assert new.value == (reached if of_count else reached * 100 / whole)
    undone(scene, last)
    assert scene.actual(code) == old


def sizes(found: Actual) -> tuple[int, int, int]:
    return amount(found.numerator), amount(found.denominator), amount(found.unknown)


def amount(one: Amount | None) -> int:
    return (one.number or 0) if one is not None else 0


# Of what becomes less: code, the change; how it moves what is counted now, out of how many, and
# the same at the beginning of the year. Points are the difference of these two rates.
ENDS: tuple[tuple[str, Change, tuple[int, int, int, int]], ...] = tuple(
    (code, change, (now, out_of if code.endswith("DIEM") else 0, then, out_of_then))
    for table, codes in (
        ("poor", ("HN-GIAM-HO", "HN-GIAM-DIEM")),
        ("near_poor", ("HCN-GIAM-HO", "HCN-GIAM-DIEM")),
    )
    for code in codes
    for change, (now, out_of, then, out_of_then) in (
        (came_in_2026(table), (1, 0, 0, 0)),
        (left_in_2026(table), (0, 0, 1, 0)),
        (counts(2026), (0, 1, 0, 0)),
        (counts(2025), (0, 0, 0, 1)),
    )
)


@pytest.mark.parametrize(
    ("code", "change", "moves"), ENDS, ids=[f"{n}-{row[0]}" for n, row in enumerate(ENDS)]
)
def test_one_change_moves_one_end_by_one(
    scene: Scene, code: str, change: Change, moves: tuple[int, int, int, int]
) -> None:
    old, last = scene.actual(code), undo.next_step(scene.reg.database)
    change(scene)
    new = scene.actual(code)
    assert tuple(b - a for a, b in zip(ends(old), ends(new), strict=True)) == moves
    now, out_of, then, out_of_then = ends(new)
    if code.endswith("DIEM"):
        assert new.value == Fraction(100 * then, out_of_then) - Fraction(100 * now, out_of)
    else:
        assert new.value == then - now
    undone(scene, last)
    assert scene.actual(code) == old


def test_every_indicator_is_moved_by_some_change(scene: Scene) -> None:
    """Each that the program counts, in its numerator and, where it has one, its denominator."""
    counted = [
        one.code
        for one in definitions().indicators.indicators.values()
        if scene.actual(one.code).state is not State.TYPED
    ]
    computed = {one.code for one in definitions().indicators.indicators.values() if one.computed}
    assert computed <= set(counted)
    assert len(counted) == 36
    assert unmoved(counted, CHANGES, ENDS) == []
    for code in ("HN-TL", "CB-TTTT", "HN-GIAM-DIEM"):  # the check can fail
        others = [row for row in CHANGES if row[0] != code]
        assert (code, "numerator") in unmoved(counted, others, ENDS)
        assert (code, "denominator") in unmoved(counted, others, ENDS)
    assert ("HCN-GIAM-HO", "start") in unmoved(counted, CHANGES, [])


def unmoved(
    codes: Iterable[str],
    changes: Iterable[tuple[str, Change, Change, tuple[int, int, int]]],
    at_ends: Iterable[tuple[str, Change, tuple[int, int, int, int]]],
) -> list[tuple[str, str]]:
    """What no change of the tables moves by exactly one. The communes of a commune are itself."""
    moved = {(code, at) for code, *_, by in changes for at in range(2) if abs(by[at]) == 1}
    moved |= {(code, at + 2) for code, _, by in at_ends for at in range(2) if abs(by[at + 2]) == 1}
    found = []
    for code in codes:
        one = definitions().indicators[code]
        has_rates = one.type is IndicatorType.POINTS
        asked = {
            "numerator": True,
            "denominator": (bool(one.denominator) or has_rates) and one.per != "commune",
            "start": one.is_decrease,
            "denominator of the start": has_rates,
        }
        found += [
            (code, what)
            for at, (what, is_asked) in enumerate(asked.items())
            if is_asked and (code, at) not in moved
        ]
    return found


def undone(scene: Scene, last: undo.Step | None) -> None:
    """Everything that was done since."""
    while (step := undo.next_step(scene.reg.database)) != last:
        assert step is not None
        undo.undo(scene.reg.database, scene.reg.context, step.group)


def ends(found: Actual) -> tuple[int, int, int, int]:
    assert found.opening is not None
    parts = (found, found.opening)
    now, out_of, then, out_of_then = (
        amount(one) for part in parts for one in (part.numerator, part.denominator)
    )
    return now, out_of, then, out_of_then
