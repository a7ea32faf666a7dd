"""A list of households or members as data: whom it names, and what stands in each column.

A column names a field of `LIST_FIELDS`, the one catalogue that free choice of columns uses too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from giamngheo_desktop.domain.standard import Certainty

REVIEW, NEW_ESCAPE = "review", "new_escape"  # selections beside measures and movement columns


class Per(StrEnum):
    """What a line is."""

    HOUSEHOLD = "household"
    MEMBER = "member"


class Kind(StrEnum):
    """How the value of a field is written."""

    TEXT = "text"
    COUNT = "count"
    SCORE = "score"  # a number that is not added up
    MONEY = "money"
    DAY = "day"  # whole or in part, dd/mm/yyyy
    MARK = "mark"  # x where it is so
    CHOICE = "choice"  # the answers of a form's field
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class ListField:
    """A fact of a line: `source` is where it stands (`services.name_lists`), `table.column`.

    `choices` names the form's field whose answers it has. A field of a member stands only in
    lists of members; those of the household stand in both.
    """

    label: str
    source: str
    kind: Kind = Kind.TEXT
    weight: int = 10
    choices: str = ""

    @property
    def of_member(self) -> bool:
        return self.source.startswith("member.")


def _head_and_member() -> Iterator[tuple[str, ListField]]:
    about = (
        ("name", "Họ và tên {}", "full_name", Kind.TEXT, 22, ""),
        ("birth", "Ngày sinh {}", "birth", Kind.DAY, 9, ""),
        ("birth_year", "Năm sinh {}", "birth_year", Kind.TEXT, 5, ""),
        ("birth_male", "Năm sinh {} (nam)", "birth_male", Kind.TEXT, 5, ""),
        ("birth_female", "Năm sinh {} (nữ)", "birth_female", Kind.TEXT, 5, ""),
        ("age", "Tuổi {}", "age", Kind.SCORE, 4, ""),
        ("sex", "Giới tính {}", "sex", Kind.CHOICE, 5, "sex"),
        ("id_number", "Số CCCD/CMND {}", "id_number", Kind.TEXT, 12, ""),
        ("ethnicity", "Dân tộc {}", "ethnicity", Kind.CHOICE, 8, "ethnic_groups"),
        ("health_insurance", "{} có thẻ BHYT", "health_insurance", Kind.MARK, 5, ""),
        ("education", "Trình độ văn hóa của {}", "education", Kind.CHOICE, 10, "education"),
        ("job_status", "Tình trạng việc làm của {}", "job_status", Kind.CHOICE, 10, "job_status"),
    )
    for whose, word in (("head", "chủ hộ"), ("member", "thành viên")):
        for code, label, column, kind, weight, choices in about:
            source = f"{whose}.{column}"
            said = label.format(word)
            said = said[:1].upper() + said[1:]
            yield f"{whose}_{code}", ListField(said, source, kind, weight, choices)


_POLICIES = {
    "health": "Hỗ trợ y tế",
    "education": "Hỗ trợ giáo dục",
    "production": "Hỗ trợ sản xuất",
    "credit": "Hỗ trợ vay vốn tín dụng",
    "housing": "Hỗ trợ nhà ở",
    "other": "Hỗ trợ khác",
}
_WORDS = ("poor_new", "poor_again", "poor_stays")
_NEAR_WORDS = ("near_poor_new", "near_poor_again", "near_poor_stays")
MOVEMENT_LABELS = dict(
    zip(
        (*_WORDS, *_NEAR_WORDS),
        ("Nghèo mới", "Tái nghèo", "Nghèo cũ", "Cận nghèo mới", "Tái cận nghèo", "Cận nghèo cũ"),
        strict=True,
    )
)

LIST_FIELDS: Mapping[str, ListField] = {
    **dict(_head_and_member()),
    "member_relation": ListField(
        "Quan hệ với chủ hộ", "member.relation", Kind.CHOICE, 8, "relations"
    ),
    "member_school_level": ListField(
        "Đang học cấp", "member.school_level", Kind.CHOICE, 8, "school_level"
    ),
    "member_number": ListField("STT thành viên hộ", "member.number", Kind.SCORE, 4),
    "household_number": ListField("STT hộ", "line.number", Kind.SCORE, 4),
    "code": ListField("Mã hộ", "household.code", weight=7),
    "province": ListField("Tỉnh, thành phố", "unit.province", weight=12),
    "district": ListField("Huyện", "unit.district", weight=12),
    "district_code": ListField("Mã huyện", "unit.district_code", weight=6),
    "commune": ListField("Xã, phường", "unit.commune", weight=12),
    "commune_code": ListField("Mã xã", "unit.commune_code", weight=6),
    "village": ListField("Thôn, tổ dân phố", "unit.village", weight=14),
    "address": ListField("Địa chỉ, số nhà", "household.address", weight=16),
    "full_address": ListField("Địa chỉ", "unit.address", weight=18),
    "persons": ListField("Số nhân khẩu", "line.persons", Kind.COUNT, 5),
    "class": ListField("Phân loại hộ", "line.household_class", Kind.CHOICE, 9, "household_classes"),
    "class_before": ListField(
        "Phân loại đầu kỳ", "line.class_before", Kind.CHOICE, 9, "household_classes"
    ),
    "movement": ListField("Diễn biến trong năm", "movement.status", weight=14),
    **{
        f"is_{code}": ListField(label, f"movement.{code}", Kind.MARK, 5)
        for code, label in MOVEMENT_LABELS.items()
    },
    "decision_number": ListField("Số QĐ công nhận", "decision.number", weight=10),
    "decision_day": ListField("Ngày ban hành QĐ", "decision.signed_on", Kind.DAY, 9),
    "escaped_on": ListField("Công nhận thoát nghèo ngày", "escape.since", Kind.DAY, 9),
    "escaped_until": ListField("Hết thời hạn ngày", "escape.until", Kind.DAY, 9),
    "score_income": ListField("Điểm B1", "line.score_income", Kind.SCORE, 5),
    "score_deprivation": ListField("Điểm B2", "line.score_deprivation", Kind.SCORE, 5),
    "deprivations": ListField("Chỉ số thiếu hụt", "line.deprivations", weight=20),
    "minority": ListField("Hộ DTTS", "line.minority", Kind.MARK, 5),
    "local_minority": ListField("Hộ DTTS tại chỗ", "line.local_minority", Kind.MARK, 5),
    "no_labour_capacity": ListField(
        "Hộ không có khả năng lao động", "line.no_labour_capacity", Kind.MARK, 6
    ),
    "merit_household": ListField(
        "Hộ có thành viên là người có công", "line.merit_household", Kind.MARK, 6
    ),
    "social_protection": ListField(
        "Hộ thuộc chính sách bảo trợ xã hội", "line.social_protection", Kind.MARK, 6
    ),
    "causes": ListField("Nguyên nhân nghèo", "line.causes", Kind.CHOICES, 18, "causes"),
    "support_needs": ListField(
        "Nhu cầu hỗ trợ", "household.support_needs", Kind.CHOICES, 16, "support_needs"
    ),
    **{
        f"received_{code}": ListField(label, f"received.{code}", Kind.MARK, 5)
        for code, label in _POLICIES.items()
    },
    "certificate_number": ListField("Số giấy chứng nhận", "household.certificate_number", weight=9),
    "surveyor": ListField("Rà soát viên", "household.surveyor", weight=12),
    "surveyed_on": ListField("Ngày rà soát", "household.surveyed_on", Kind.DAY, 9),
    "note": ListField("Ghi chú", "household.note", weight=12),
    "remark": ListField("Ghi chú", "line.empty", weight=10),  # to be written by hand
    "review_number": ListField("STT trong danh sách rà soát", "case.position", Kind.SCORE, 4),
    "review_ground": ListField("Diện rà soát", "case.ground", weight=14),
    "form_code": ListField("Mã phiếu", "case.form_code", weight=8),
    "screening": ListField("Kết quả Phiếu A", "case.screening", weight=9),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A heading over `columns`, or a leaf with its field; no field: nobody knows what stands there.

    `letter` is its place on a sheet whose layout is fixed, `head_only` leaves it empty on the lines
    of the other members; there a column that `counts_lines` has no field and numbers them all.
    """

    label: str
    field: str = ""
    number: str = ""
    letter: str = ""
    head_only: bool = False
    counts_lines: bool = False
    columns: tuple[ListColumn, ...] = ()

    def leaves(self) -> Iterator[ListColumn]:
        if not self.columns:
            yield self
        for column in self.columns:
            yield from column.leaves()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameListDef:
    """A list: `selections` name measures, movement columns, `REVIEW` or `NEW_ESCAPE`.

    Lines stand by village; the leading columns up to the name are labels. A list with a `first_row`
    is the sheet of a fixed layout whose data begin there, not a paper. Titles may hold `{year}`
    and `{unit}`, the notes `{day}` too.
    """

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    certainty: Certainty
    title: tuple[str, ...]
    selections: tuple[str, ...]
    per: Per
    columns: tuple[ListColumn, ...]
    landscape: bool = True
    number_row: bool = False
    first_row: int = 0
    notes: tuple[str, ...] = ()

    @property
    def short_label(self) -> str:
        """Without what stands in brackets: the name of a sheet."""
        return self.label.partition(" (")[0]

    def leaves(self) -> tuple[ListColumn, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves())

    @property
    def of_review(self) -> bool:
        return REVIEW in self.selections

    @property
    def of_year(self) -> bool:
        """Whether the results of the year say who is on it, so that closing freezes it."""
        return REVIEW not in self.selections and NEW_ESCAPE not in self.selections

    @property
    def takes_day(self) -> bool:
        """Whether it can be asked for a day: a review has a day of its own, a flow a whole year."""
        return not self.of_review and not any(
            name.startswith("movement:") for name in self.selections
        )

    @property
    def moves(self) -> bool:
        """Whether it asks how households came to where they are, so that years before matter."""
        sources = (LIST_FIELDS[leaf.field].source for leaf in self.leaves() if leaf.field)
        told = any(source.startswith(("movement.", "line.class_before")) for source in sources)
        return told or any(name.startswith("movement:") for name in self.selections)


def fields_for(per: Per) -> Mapping[str, ListField]:
    """The catalogue that columns of such a list are chosen from."""
    return {
        code: field
        for code, field in LIST_FIELDS.items()
        if per is Per.MEMBER or not field.of_member
    }


def chosen(codes: tuple[str, ...], own: tuple[ListColumn, ...]) -> tuple[ListColumn, ...]:
    """The columns of a free choice, in its order. Those of the list's `own` keep their words, and
    the headings above them where they stand side by side. KeyError for a code that is no field.
    """
    paths: dict[str, _Path] = {}
    for path in _paths(own):
        paths.setdefault(path[-1].field, path)
    free = {code: ListColumn(label=LIST_FIELDS[code].label, field=code) for code in codes}
    return _grown([paths.get(code, (column,)) for code, column in free.items()])


_Path = tuple[ListColumn, ...]  # the headings above a leaf, and the leaf


def _paths(columns: tuple[ListColumn, ...], above: _Path = ()) -> Iterator[_Path]:
    for column in columns:
        if column.columns:
            yield from _paths(column.columns, (*above, column))
        elif column.field:
            yield (*above, column)


def _grown(paths: Sequence[_Path]) -> tuple[ListColumn, ...]:
    """The tree of some leaves; column numbers count no other choice."""
    found = []
    for top, below in groupby(paths, key=lambda path: path[0]):
        rest = [path[1:] for path in below]
        columns = _grown(rest) if rest[0] else ()
        found.append(replace(top, number="", columns=columns))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SavedList:
    """The columns a user chose for a list, under a name of their own."""

    name: str
    base: str
    columns: tuple[str, ...]

    def as_json(self) -> str:
        values = {"name": self.name, "base": self.base, "columns": self.columns}
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> SavedList:
        values = json.loads(text)
        return cls(values["name"], values["base"], tuple(values["columns"]))
