"""Answers that are data, the plan taken from a programme, papers attached to records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.plan_numbers import NumberDoubt, official
from giamngheo_desktop.domain.plan_order import in_order
from giamngheo_desktop.domain.vietnamese import sort_key
from giamngheo_desktop.services import successions, undo
from giamngheo_desktop.services.programme import (
    attachments,
    entries,
    offers,
    plan_components,
    years,
)
from giamngheo_desktop.services.programme.attachments import State
from giamngheo_desktop.services.programme.offers import Asked
from giamngheo_desktop.texts import PLAN_NUMBERS
from tests.harness.register import Register, dump, living
from tests.harness.review import shipped

KNOWN = shipped()
YEAR = 2026


def save(register: Register, kind: Kind, /, **values: Any) -> UUID:
    form = KNOWN.records[kind]
    given = years.given(form, register.commune, YEAR)
    act = (register.database, register.context, form)
    return entries.save(*act, values, given=given).value


def offered(register: Register, name: str, **chosen: Any) -> list[Any]:
    asked = Asked(
        unit=register.commune,
        year=YEAR,
        day=date(YEAR, 6, 30),
        chosen={of: frozenset(values) for of, values in chosen.items()},
    )
    return list(offers.offers(register.database, KNOWN, asked, [name])[name])


def test_dated_ones_are_offered_in_their_years_or_where_they_are_chosen(register: Register) -> None:
    old = save(register, Kind.BODY, name="Phòng cũ", valid_from=date(2021, 1, 1),
               valid_to=date(2025, 6, 30))  # fmt: skip
    new = save(register, Kind.BODY, name="Phòng mới", valid_from=date(2025, 7, 1))
    later = save(register, Kind.BODY, name="Sang năm", valid_from=date(YEAR + 1, 1, 1))
    assert [one.value for one in offered(register, "body")] == [new]
    assert [one.value for one in offered(register, "body", body={old})] == [old, new]
    assert later not in {one.value for one in offered(register, "body")}
    save(register, Kind.OFFICER, full_name="Lò Thị A", title="Công chức", body=new,
         valid_from=date(2025, 7, 1))  # fmt: skip
    (officer,) = offered(register, "officer")
    assert (officer.label, officer.short) == ("Lò Thị A – Công chức, Phòng mới", "Lò Thị A")


def test_a_household_is_told_by_head_village_and_class_and_offers_its_own_persons(
    register: Register,
) -> None:
    home = register.household("Vàng Văn B", "Vàng Thị C").uid
    other = register.household("Sùng D").uid
    (shown,) = (one for one in offered(register, "household") if one.value == home)
    assert shown.label.startswith("Vàng Văn B – ")
    assert shown.label.endswith(" – chưa phân loại")
    persons = offered(register, "person")
    assert len([one for one in persons if one.of == home]) == 2
    assert len([one for one in persons if one.of == other]) == 1


def test_components_are_those_of_live_programmes_with_the_number_the_plan_prints(
    register: Register,
) -> None:
    save(register, Kind.PLAN_COMPONENT, printed_name="Truyền thông", printed_number="Dự án 5",
         programme="2021", component="DA6")  # fmt: skip
    found = offered(register, "component")
    assert {one.of for one in found} == {"2021", "2026"}
    (printed,) = (one for one in found if "kế hoạch in" in one.label)
    assert (printed.value, printed.short) == ("DA6", "DA6")
    assert printed.label.endswith("(kế hoạch in: Dự án 5)")
    assert next(one for one in found if one.value == "DA6-TDA1").depth == 1
    (part,) = offered(register, "plan_component")
    assert (part.label, part.of) == ("Dự án 5 Truyền thông", ("2021", "DA6"))


def plan(register: Register) -> dict[UUID, Any]:
    form = KNOWN.records[Kind.PLAN_COMPONENT]
    return years.of_year(register.database, form, register.commune, YEAR)


def ordered(register: Register) -> list[tuple[str, int]]:
    rows = [{**row, "uid": uid} for uid, row in plan(register).items()]
    return [(row["component"], depth) for row, depth in in_order(rows)]


def test_the_tree_of_a_programme_comes_into_the_plan_in_one_step(register: Register) -> None:
    tree = KNOWN.programme("2021")
    own = save(register, Kind.PLAN_COMPONENT, printed_name="Giảm nghèo về thông tin",
               printed_number="5.1", programme="2021", component="DA6-TDA1",
               position=1)  # fmt: skip
    before = living(dump(register.database))
    act = (register.database, register.context, tree, register.commune, YEAR)
    done = plan_components.take(*act)
    found = plan(register)
    assert done.value == len(tree.components) - 1 == len(found) - 1
    assert found[own]["printed_number"] == "5.1"
    numbers = {row["component"]: row["printed_number"] for row in found.values()}
    assert (numbers["DA6"], numbers["DA6-TDA2"]) == ("Dự án 6", "Tiểu dự án 2")
    taken = [code for code, _ in ordered(register) if code != "DA6-TDA1"]
    assert taken == [one.code for one in tree.walk() if one.code != "DA6-TDA1"]
    with pytest.raises(RefusedError) as refused:
        plan_components.take(*act)
    assert refused.value.code == "components_taken"
    undo.undo(register.database, register.context, done.changes.group)
    assert living(dump(register.database)) == before


def test_a_part_moves_among_those_with_the_same_parent(register: Register) -> None:
    act = (register.database, register.context)
    plan_components.take(*act, KNOWN.programme("2021"), register.commune, YEAR)
    uids = {row["component"]: uid for uid, row in plan(register).items()}
    plan_components.move(*act, uids["DA2"], -1)
    assert [code for code, depth in ordered(register) if not depth][:3] == ["DA2", "DA1", "DA3"]
    plan_components.move(*act, uids["DA2"], -1)  # it is the first already
    plan_components.move(*act, uids["DA3-TDA1"], 1)
    found = [code for code, _ in ordered(register)]
    assert found[:2] == ["DA2", "DA1"]
    at = found.index("DA3")
    assert found[at : at + 3] == ["DA3", "DA3-TDA2", "DA3-TDA1"]


def test_numbers_twice_and_numbers_of_another_part_are_told(register: Register) -> None:
    assert official("HP1-NDTP05", PLAN_NUMBERS) == "Nội dung thành phần 05"
    assert official("HP1", PLAN_NUMBERS) == official(None, PLAN_NUMBERS) == ""
    rows = [("DA6", "Dự án 5"), ("DA5", "dự án 5."), ("DA2", "II.1.4"), ("DA3", "ii.1.4"),
            ("DA7", "Dự án 7"), ("DA1", "7")]  # fmt: skip
    uids = {
        code: save(register, Kind.PLAN_COMPONENT, printed_name=code, printed_number=number,
                   programme="2021", component=code)
        for code, number in rows
    }  # fmt: skip
    below = save(register, Kind.PLAN_COMPONENT, printed_name="x", printed_number="Dự án 7",
                 parent=uids["DA7"])  # fmt: skip
    found = plan_components.doubts(plan(register), KNOWN)
    told = {uid: {one.doubt for one in those} for uid, those in found.items()}
    assert told == {
        uids["DA6"]: {NumberDoubt.TWICE, NumberDoubt.NOT_OFFICIAL},
        uids["DA5"]: {NumberDoubt.TWICE},
        uids["DA2"]: {NumberDoubt.TWICE},
        uids["DA3"]: {NumberDoubt.TWICE},
    }
    assert below not in told
    assert "Dự án 6" in " ".join(map(plan_components.doubt_text, found[uids["DA6"]]))


def test_sub_projects_that_a_planned_project_leaves_out_are_told(register: Register) -> None:
    """Of a project that is planned with others of its own; a unit may plan it as a whole, leave out
    a project, or name some of the contents of the programme of 2026.
    """

    def add(programme: str, component: str, **more: Any) -> UUID:
        values = {"printed_name": component, "programme": programme, "component": component}
        return save(register, Kind.PLAN_COMPONENT, **values, **more)

    def told() -> dict[UUID, list[str]]:
        found = plan_components.doubts(plan(register), KNOWN)
        return {uid: [*map(plan_components.doubt_text, those)] for uid, those in found.items()}

    add("2021", "DA3")
    jobs = add("2021", "DA4")
    part = add("2026", "HP1")
    add("2026", "HP1-NDTP04", parent=part)
    assert told() == {}
    for code in ("DA4-TDA1", "DA4-TDA3", "DA6-TDA1"):
        add("2021", code, parent=jobs if code.startswith("DA4") else None)
    said = (
        "Dự án này trong kế hoạch thiếu Tiểu dự án 2, Hỗ trợ người lao động đi làm việc ở nước "
        "ngoài theo hợp đồng: xem lại, không thực hiện thì để nguyên."
    )
    assert told() == {jobs: [said]}
    add("2021", "DA4-TDA2", parent=jobs)
    assert told() == {}


def test_a_paper_is_copied_beside_the_data_and_known_by_its_hash(
    register: Register, tmp_path: Path
) -> None:
    activity = save(register, Kind.ACTIVITY, kind="dialogue", name="Đối thoại")
    source = tmp_path / "Biên bản đối thoại.pdf"
    source.write_bytes(b"%PDF noi dung")
    act = (register.database, register.context)
    before = living(dump(register.database))
    done = attachments.attach(*act, Kind.ACTIVITY, activity, source)

    def papers() -> list[attachments.Attachment]:
        return attachments.attached(register.database, Kind.ACTIVITY, activity)

    (paper,) = papers()
    assert (paper.title, paper.state, paper.size) == (source.name, State.THERE, 13)
    assert paper.path.parent == paths.attachments_dir(register.database.path)
    assert paper.path.name.endswith("-bien_ban_doi_thoai.pdf")
    assert paper.path.read_bytes() == source.read_bytes()
    paper.path.write_bytes(b"%PDF noi khac")
    assert [one.state for one in papers()] == [State.CHANGED]
    paper.path.unlink()
    assert [one.state for one in papers()] == [State.MISSING]
    with pytest.raises(AppError) as missing:
        attachments.attach(*act, Kind.ACTIVITY, activity, tmp_path / "không có.pdf")
    assert missing.value.code == "file_not_found"
    gone = attachments.detach(*act, paper.uid)
    assert papers() == []
    for step in (gone, done):
        undo.undo(*act, step.changes.group)
    assert living(dump(register.database)) == before
    attachments.attach(*act, Kind.ACTIVITY, activity, source)
    entries.remove(*act, KNOWN.records[Kind.ACTIVITY], activity)
    assert papers() == []


def test_kinds_and_policies_are_offered_by_name_and_the_rest_last(register: Register) -> None:
    for name in ("activity_kind", "policy"):
        labels = [one.label for one in offered(register, name)]
        assert labels[:-1] == sorted(labels[:-1], key=sort_key)
        assert labels[-1].endswith("khác")


def test_a_value_of_another_province_is_offered_only_there_or_where_it_is_chosen(
    register: Register,
) -> None:
    key = "bhyt_hcn_hue2021_tw"
    (value,) = (one for one in KNOWN.policy_values if one.key == key)
    assert key not in {one.value for one in offered(register, "value_key")}
    assert "bhyt_hn" in {one.value for one in offered(register, "value_key")}
    assert key in {one.value for one in offered(register, "value_key", value_key={key})}
    assert value.is_known_in(["Tỉnh Thừa Thiên Huế"])
    assert value.is_known_in(["Huế"])
    assert not value.is_known_in(["Gia Lai"])
    assert not value.is_known_in([])


def test_what_went_into_a_commune_is_shown_by_its_name_and_stays_its_own(
    register: Register,
) -> None:
    old, apart = register.second_commune("Sơn Long", "X"), register.second_commune("Sơn Mùa", "Y")
    form = KNOWN.records[Kind.BODY]
    act = (register.database, register.context, form)
    values = {"name": "Hội Nông dân", "valid_from": date(2021, 1, 1)}
    own = save(register, Kind.BODY, **values)
    before, other = (
        entries.save(*act, values, given={"area": unit}).value for unit in (old, apart)
    )
    asked = (register.database, form, register.commune)
    assert [*years.of_year(*asked, YEAR)] == [own]
    successions.record_succession(
        register.database, register.context, olds=[old], news=[register.commune],
        reason="merged", effective_on=date(YEAR, 7, 1),
    )  # fmt: skip
    assert [*years.of_year(*asked, YEAR - 1)] == [own]  # a year that was over by then
    found = years.of_year(*asked, YEAR)
    assert [*found] == [own, before]
    assert other not in found
    with register.database.reader() as connection:
        told = years.others(connection, register.commune, YEAR, found.values())
    assert told == {old: "Sơn Long cũ"}
    labels = [one.label for one in offered(register, "body")]
    assert labels == ["Hội Nông dân", "Hội Nông dân (Sơn Long cũ)"]
    entries.save(*act, {**values, "name": "Hội Nông dân xã"}, before)
    assert years.of_year(*asked, YEAR)[before]["area"] == old


def test_plans_of_two_communes_are_looked_through_each_by_itself(register: Register) -> None:
    old = register.second_commune("Sơn Long", "X")
    form = KNOWN.records[Kind.PLAN_COMPONENT]
    part = {"printed_name": "Nhà ở", "printed_number": "1", "programme": "2021",
            "component": "DA5"}  # fmt: skip
    save(register, Kind.PLAN_COMPONENT, **part)
    act = (register.database, register.context)
    given = {"area": old, "year": YEAR}
    entries.save(*act, form, {**part, "printed_number": "9"}, given=given)
    entries.save(*act, form, {**part, "printed_number": "1", "component": "DA6"}, given=given)
    successions.record_succession(
        *act, olds=[old], news=[register.commune], reason="merged", effective_on=date(YEAR, 7, 1)
    )
    assert len(plan(register)) == 3
    doubts = {one.doubt for those in plan_components.doubts(plan(register), KNOWN).values()
              for one in those}  # fmt: skip
    assert NumberDoubt.TWICE not in doubts
    printed = plan_components.printed(register.database, register.commune, YEAR)
    assert printed == {("2021", "DA5"): "1", ("2021", "DA6"): "1"}
