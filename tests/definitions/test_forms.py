"""Forms and lists: whole, equal to the domain's fields, and refused with their place when bad."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import load_definitions
from giamngheo_desktop.definitions.forms import PAGES, form_from, list_from
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.domain.choices import resolve_choice, resolve_choices
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.texts import ERRORS, error_text

FOLDER = paths.resources() / "definitions"
DEFINITIONS = load_definitions(FOLDER)
FORMS = (DEFINITIONS.household, DEFINITIONS.member, DEFINITIONS.form("household_derived"))
FIELDS = [pytest.param(field, id=f"{form.code}.{field.code}") for form in FORMS for field in form]


def codes(record: type, *apart: str) -> set[str]:
    return {field.name for field in dataclasses.fields(record)} - set(apart)


def test_the_form_asks_every_field_of_a_household() -> None:
    asked = {field.code for field in DEFINITIONS.household}
    assert asked == codes(Household, "uid", "members", "facts")


def test_the_form_asks_every_field_of_a_member() -> None:
    assert {field.code for field in DEFINITIONS.member} == codes(Member, "uid", "membership")


def test_dated_facts_are_texts_of_the_records() -> None:
    """A dated fact is stored as text; both records declare such fields as str | None."""
    for form, record in ((DEFINITIONS.household, Household), (DEFINITIONS.member, Member)):
        types = {field.name: field.type for field in dataclasses.fields(record)}
        for field in form:
            if field.dated:
                assert types[field.code] == "str | None", field.code
                assert field.kind is FieldKind.CHOICE, field.code


def test_kinds_fit_the_types_of_the_records() -> None:
    types_of = {
        FieldKind.TEXT: {"str", "str | None"},
        FieldKind.INTEGER: {"int | None"},
        FieldKind.DECIMAL: {"int | None"},
        FieldKind.MONEY: {"int | None"},
        FieldKind.DATE: {"date | None"},
        FieldKind.PARTIAL_DATE: {"PartialDate | None"},
        FieldKind.CHOICE: {"str | None"},
        FieldKind.CHOICES: {"tuple[str, ...] | None"},
        FieldKind.YES_NO: {"bool", "bool | None"},
        FieldKind.AREA: {"UUID | None"},
    }
    for form, record in ((DEFINITIONS.household, Household), (DEFINITIONS.member, Member)):
        types = {field.name: field.type for field in dataclasses.fields(record)}
        assert {f.code: types[f.code] for f in form if types[f.code] not in types_of[f.kind]} == {}


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_helps_names_its_source_and_ends_its_sentence(field: FieldDef) -> None:
    assert field.help.endswith(".")
    assert field.source
    assert field.label == field.label.strip()


def test_every_typed_number_has_both_ends() -> None:
    """The sentence of `out_of_range` tells both."""
    for form in FORMS[:2]:
        for field in form:
            if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY):
                assert field.minimum is not None, field.code
                assert field.maximum is not None, field.code


def test_headings_are_unique_in_each_sheet() -> None:
    for form in FORMS:
        for headings in ([f.excel_label for f in form], [f.label for f in form]):
            assert len(set(headings)) == len(headings), form.code
    together = [field.label for form in FORMS[::2] for field in form]
    assert len(set(together)) == len(together), "one list shows both kinds of columns"


def test_pages_are_the_tabs_and_members_have_their_own() -> None:
    assert {section.page for section in DEFINITIONS.household.sections} == set(PAGES) - {"members"}
    assert {section.page for section in DEFINITIONS.member.sections} == {"members"}


def test_fill_order_is_that_of_the_paper() -> None:
    """Mẫu số 01: Họ và tên · Giới tính · Ngày sinh · Quan hệ · Tình trạng."""
    asked = [field.code for field in DEFINITIONS.member]
    assert asked[:5] == ["full_name", "sex", "birth", "relation", "job_status"]
    grid = [field.code for field in DEFINITIONS.member if field.grid]
    assert grid == [*asked[:5], "ethnicity", "id_number"]
    house = ["house_wall", "house_column", "house_roof"]
    assert [f.code for f in DEFINITIONS.household if f.code in house] == house


def test_every_yes_no_has_the_two_answers() -> None:
    for form in FORMS:
        for field in form:
            if field.kind is FieldKind.YES_NO:
                assert [choice.code for choice in field.choices] == ["yes", "no"], field.code


def test_answers_are_those_of_the_ministry_form() -> None:
    """law.md 5.2, verbatim but for the capital letter."""
    expected = {
        "school_level": "mầm non, mẫu giáo · tiểu học · trung học cơ sở · trung học phổ thông · "
        "khóa đào tạo ngắn hạn · trung cấp · cao đẳng · đại học trở lên",
        "education": "chưa tốt nghiệp tiểu học · tiểu học · trung học cơ sở · trung học phổ thông",
        "training": "chưa qua đào tạo nghề · sơ cấp/chứng chỉ dạy nghề · trung cấp · cao đẳng · "
        "đại học · sau đại học",
        "social_allowance": "người cao tuổi · người khuyết tật · trẻ em mồ côi · khác",
        "job_status": "đang làm việc · không có việc làm · không có khả năng lao động · "
        "đang đi học · không muốn đi làm · nghỉ hưu/nội trợ",
        "job_kind": "công chức, viên chức · làm cho doanh nghiệp · làm thuê cho hộ gia đình · khác",
        "job_contract": "có hợp đồng lao động · không có hợp đồng lao động · "
        "không làm công ăn lương",
        "pension": "đang hưởng lương hưu · đang hưởng trợ cấp BHXH hằng tháng · "
        "đang hưởng trợ cấp người có công hằng tháng",
        "sex": "nam · nữ",
        "relation": "chủ hộ · vợ · chồng · con · bố · mẹ · ông · bà · anh/chị/em · cháu · "
        "con dâu · con rể · khác",
    }
    for code, labels in expected.items():
        found = [choice.label for choice in DEFINITIONS.member.field(code).choices]
        assert [f"{label[0].lower()}{label[1:]}" for label in found] == labels.split(" · "), code


ETHNIC_GROUPS = (
    "Kinh · Tày · Thái · Hoa · Khơ-me · Mường · Nùng · Mông · Dao · Gia-rai · Ngái · Ê-đê · "
    "Ba-na · Xơ-đăng · Sán Chay · Cơ-ho · Chăm · Sán Dìu · Hrê · Mnông · Ra-glai · Xtiêng · "
    "Bru-Vân Kiều · Thổ · Giáy · Cơ-tu · Gié-Triêng · Mạ · Khơ-mú · Co · Ta-ôi · Chơ-ro · Kháng · "
    "Xinh-mun · Hà Nhì · Chu-ru · Lào · La Chí · La Ha · Phù Lá · La Hủ · Lự · Lô Lô · Chứt · "
    "Mảng · Pà Thẻn · Cơ Lao · Cống · Bố Y · Si La · Pu Péo · Brâu · Ơ Đu · Rơ-măm · "
    "Người nước ngoài"
)


def test_ethnic_groups_have_their_numbers() -> None:
    groups = DEFINITIONS.choice_list("ethnic_groups")
    assert [entry.label for entry in groups] == ETHNIC_GROUPS.split(" · ")
    assert [entry.code for entry in groups] == [f"{number:02d}" for number in range(1, 56)]


def test_causes_have_the_short_headings() -> None:
    short = (
        "Thiếu đất sản xuất · Thiếu vốn · Thiếu lao động · Thiếu công cụ sản xuất · "
        "Thiếu kiến thức sản xuất · Thiếu kỹ năng lao động · Ốm đau, tai nạn · Khác"
    )
    causes = DEFINITIONS.choice_list("causes")
    assert [entry.short_label for entry in causes] == short.split(" · ")
    assert all(entry.certainty is Certainty.TO_CONFIRM for entry in causes)


def test_regions_and_area_attributes() -> None:
    regions = DEFINITIONS.choice_list("regions")
    assert [entry.code for entry in regions] == ["NT1", "NT2", "NT3", "NT4", "NT5", "NT6", "TT"]
    attributes = DEFINITIONS.choice_list("area_attributes")
    assert [entry.short_label for entry in attributes][:7] == [
        "Khu vực I", "Khu vực II", "Khu vực III", "ĐBKK", "Bãi ngang", "Biên giới", "ATK",
    ]  # fmt: skip
    assert {entry.group for entry in attributes if entry.code.startswith("zone")} == {"zone"}
    for entry in attributes:
        assert entry.source
        assert entry.certainty is Certainty.TO_CONFIRM


def test_answers_of_the_form_are_those_the_standards_test() -> None:
    """A misspelt code in a standard would never match and call every household deprived."""
    answers = {
        field.code: {choice.code for choice in field.choices}
        for form in FORMS[:2]
        for field in form
    }
    fields = {
        "sources": "water_source",
        "kinds": "toilet",
        "grades": "house_grade",
        "shared": "shared_assets",
        "personal": "personal_assets",
        "allowances": "social_allowance",
    }
    seen = set()
    for standard in DEFINITIONS.standards:
        for indicator in standard.indicators:
            params = {} if indicator.test is None else indicator.test.params
            for name, field in fields.items():
                wanted = params.get(name, ())
                assert isinstance(wanted, tuple)
                assert set(wanted) <= answers[field], f"{standard.code} {indicator.code}"
                seen |= {name} if wanted else set()
    assert {"sources", "kinds"} <= seen


def test_indicators_of_the_standards_have_a_label_among_the_derived() -> None:
    derived = {choice.code for choice in FORMS[2].field("deprived").choices}
    assert {code for standard in DEFINITIONS.standards for code in standard.codes} == derived


def test_versions_by_day(tmp_path: Path) -> None:
    """An older paper is typed into the form of its day; the first form serves the days before."""
    folder = tmp_path / "definitions"
    shutil.copytree(FOLDER, folder)
    text = (folder / "forms" / "household.toml").read_text("utf-8")
    now = DEFINITIONS.household.version
    newer = text.replace(f"version = {now}", f"version = {now + 1}")
    newer = newer.replace("2021-09-01", "2027-01-01")
    (folder / "forms" / "household_2027.toml").write_text(newer, "utf-8")
    definitions = load_definitions(folder)
    assert definitions.form("household", date(2026, 12, 31)).version == now
    assert definitions.form("household", date(2027, 1, 1)).version == now + 1
    assert definitions.form("household", date(2015, 1, 1)).version == now
    assert definitions.household.version == now + 1
    (folder / "forms" / "again.toml").write_text(newer, "utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_definitions(folder)
    assert refused.value.code == "definition_twice"
    assert "household_2027.toml" in error_text(refused.value)


def test_unknown_definition_is_said() -> None:
    with pytest.raises(AppError) as refused:
        DEFINITIONS.form("nothing")
    assert "“nothing”" in error_text(refused.value)


def test_sources_are_kept_for_the_database() -> None:
    source = DEFINITIONS.sources["form", "household", DEFINITIONS.household.version]
    assert len(source.sha256) == 64
    assert source.text.startswith("# Phiếu hộ")


# --- what people write -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("ethnicity", "Kinh", "01"),
        ("ethnicity", "  KINH ", "01"),
        ("ethnicity", "1", "01"),
        ("ethnicity", "08", "08"),
        ("ethnicity", "01 - Kinh", "01"),
        ("ethnicity", "H’Mông", "08"),
        ("ethnicity", "H'mong", "08"),
        ("ethnicity", "Hmông", "08"),
        ("ethnicity", "M'Nông", "20"),
        ("ethnicity", "mnong", "20"),
        ("ethnicity", "Ê đê", "12"),
        ("ethnicity", "E De", "12"),
        ("ethnicity", "Khơ me", "05"),
        ("ethnicity", "Gia Rai", "10"),
        ("ethnicity", "Bru – Vân Kiều", "23"),
        ("ethnicity", "Vân Kiều", "23"),
        ("ethnicity", "Cao Lan", "15"),
        ("ethnicity", "Cơ Tu", "26"),
        ("ethnicity", "Co", "30"),
        ("ethnicity", "Lào", "37"),
        ("ethnicity", "56", None),
        ("ethnicity", "Pháp", None),
        ("ethnicity", "", None),
        ("ethnicity", "…", None),
        ("relation", "Chủ hộ", "head"),
        ("relation", "CHU HO", "head"),
        ("relation", "vợ", "wife"),
        ("relation", "vo", "wife"),
        ("relation", "Con trai", "child"),
        ("relation", "con đẻ", "child"),
        ("relation", "Bà", "grandmother"),
        ("relation", "Bà nội", "grandmother"),
        ("relation", "Ba", None),  # bà, or ba (father)? a person must say
        ("relation", "ba ruột", "father"),
        ("relation", "Má", "mother"),
        ("relation", "Cha", "father"),
        ("relation", "Con dâu", "daughter_in_law"),
        ("relation", "Anh/chị/em", "sibling"),
        ("relation", "Em gái", "sibling"),
        ("relation", "Cháu ngoại", "grandchild"),
        ("relation", "hàng xóm", None),
        ("sex", "Nam", "male"),
        ("sex", "1", "male"),
        ("sex", "2", "female"),
        ("sex", "2: Nữ", "female"),
        ("sex", "nu", "female"),
        ("sex", "3", None),
        ("health_insurance", "x", "yes"),
        ("health_insurance", "Có", "yes"),
        ("health_insurance", "co", "yes"),
        ("health_insurance", "không", "no"),
        ("health_insurance", "0", "no"),
        ("health_insurance", "có thể", None),
        ("job_status", "Có việc làm", "working"),
        ("job_status", "Đang đi học", "student"),
        ("school_level", "THCS", "lower_secondary"),
        ("education", "cấp 3", "upper_secondary"),
    ],
)
def test_free_text(field: str, text: str, code: str | None) -> None:
    assert resolve_choice(DEFINITIONS.member.field(field), text) == code


def test_every_label_alias_and_code_means_its_answer() -> None:
    for form in FORMS:
        for field in form:
            for choice in field.choices:
                for spelling in (choice.label, choice.code, choice.label.upper()):
                    assert resolve_choice(field, spelling) == choice.code, (field.code, spelling)
                for alias in choice.aliases:
                    found = resolve_choice(field, alias)
                    assert found in (choice.code, None), (field.code, alias, found)


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("Thiếu vốn; Ốm đau, tai nạn", ("capital", "illness"), ()),
        ("Thiếu vốn, ốm đau, tai nạn, thiếu lao động", ("capital", "labour", "illness"), ()),
        ("Không có kỹ năng lao động, sản xuất", ("skills",), ()),
        ("thiếu vốn\nlười", ("capital",), ("lười",)),
        ("Không", (), ()),
        ("", (), ()),
        (" ;, ", (), ()),
    ],
)
def test_several_answers(text: str, found: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    assert resolve_choices(DEFINITIONS.household.field("causes"), text) == (found, unknown)


@given(st.text(max_size=30), st.sampled_from([f for form in FORMS[:2] for f in form if f.choices]))
def test_no_text_breaks_reading_and_codes_are_known(text: str, field: FieldDef) -> None:
    known = {choice.code for choice in field.choices}
    assert resolve_choice(field, text) in known | {None}
    found, unknown = resolve_choices(field, text)
    assert set(found) <= known
    assert all(unknown)


@given(st.data())
def test_several_labels_read_back_in_the_order_of_the_form(data: st.DataObject) -> None:
    field = DEFINITIONS.household.field("causes")
    picked = data.draw(st.lists(st.sampled_from(field.choices), unique=True, min_size=1))
    separator = data.draw(st.sampled_from(["; ", "\n", ", ", ","]))
    found, unknown = resolve_choices(field, separator.join(choice.label for choice in picked))
    assert found == tuple(choice.code for choice in field.choices if choice in picked)
    assert unknown == ()


# --- what is refused ---------------------------------------------------------------------------

HEAD = """code = "f"
version = 1
label = "F"
valid_from = 2021-01-01
legal_basis = "L"
[[section]]
code = "s"
label = "S"
page = "info"
"""
FIELD = """[[section.field]]
code = "a"
kind = "text"
label = "A"
source = "S"
"""
SEX = 'choices = [{ code = "male", label = "Nam" }, { code = "female", label = "Nữ" }]\n'
LISTS = {"yes_no": DEFINITIONS.choice_list("yes_no")}


def choice_field(rest: str) -> str:
    return FIELD.replace('"text"', '"choice"') + rest


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (HEAD, "definition_missing_key", "section[1].field"),
        (HEAD.replace("version = 1\n", "") + FIELD, "definition_missing_key", "version"),
        (HEAD.replace("2021-01-01", '"2021"') + FIELD, "definition_not_day", "valid_from"),
        (HEAD.replace('"info"', '"infos"') + FIELD, "definition_value", "section[1].page"),
        (HEAD + FIELD.replace("text", "texts"), "definition_value", "section[1].field[1].kind"),
        (HEAD + FIELD + FIELD, "definition_codes_twice", "section"),
        (HEAD + FIELD + "helpp = 1", "definition_unknown_key", "section[1].field[1].helpp"),
        (HEAD + FIELD + "maximum = 1", "definition_unknown_key", "section[1].field[1].maximum"),
        (
            HEAD + FIELD.replace("text", "date") + "lines = 3",
            "definition_unknown_key",
            "section[1].field[1].lines",
        ),
        (HEAD + FIELD + SEX, "definition_unknown_key", "section[1].field[1].choices"),
        (HEAD + choice_field(""), "definition_missing_key", "section[1].field[1].choices"),
        (HEAD + choice_field('list = "x"'), "definition_value", "section[1].field[1].list"),
        (
            HEAD + choice_field(SEX.replace('"Nữ"', '"Nam"')),
            "definition_spelling_twice",
            "section[1].field[1].choices",
        ),
        (
            HEAD + choice_field(SEX.replace("female", "male")),
            "definition_codes_twice",
            "section[1].field[1].choices",
        ),
        (
            HEAD + FIELD.replace("text", "decimal"),
            "definition_scale",
            "section[1].field[1].scale",
        ),
        (
            HEAD + FIELD.replace("text", "integer") + "minimum = 2\nmaximum = 1",
            "definition_range_order",
            "section[1].field[1].maximum",
        ),
        (HEAD + FIELD.replace("text", "rows"), "definition_columns", "section[1].field[1].column"),
        (
            HEAD + FIELD + 'visible_if = { field = "b", operator = "is", value = "x" }',
            "definition_value",
            "a",
        ),
        (
            HEAD
            + choice_field(SEX)
            + FIELD.replace('"a"', '"b"')
            + 'visible_if = { field = "a", operator = "is", value = "boy" }',
            "definition_value",
            "b",
        ),
        (
            HEAD + FIELD + 'visible_if = { field = "b", operator = "in", value = "x" }',
            "definition_condition",
            "section[1].field[1].visible_if.value",
        ),
        (
            HEAD.replace("legal_basis", "valid_to = 2020-01-01\nlegal_basis") + FIELD,
            "definition_years_order",
            "valid_to",
        ),
    ],
)
def test_a_bad_form_is_refused_with_its_place(text: str, code: str, where: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        form_from(parse_toml(text, "forms/bad.toml"), LISTS)
    assert (refused.value.code, refused.value.params["where"]) == (code, where)
    sentence = error_text(refused.value)
    assert "forms/bad.toml" in sentence
    assert where in sentence
    assert code in ERRORS


def test_the_smallest_form_is_accepted() -> None:
    """So that every refusal above has its own single reason."""
    form = form_from(parse_toml(HEAD + FIELD, "forms/good.toml"), LISTS)
    assert [field.code for field in form] == ["a"]


def test_a_list_says_how_certain_it_is() -> None:
    text = 'code = "l"\nversion = 1\nlabel = "L"\nvalid_from = 2021-01-01\nlegal_basis = "L"\n'
    with pytest.raises(DefinitionError) as refused:
        list_from(parse_toml(text, "lists/l.toml"))
    assert refused.value.params["key"] == "certainty"
