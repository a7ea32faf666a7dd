"""Columns of a free choice keep the heading tree of the list they are chosen for."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.name_list import LIST_FIELDS, ListColumn, chosen

_GROUP = ListColumn(
    label="Quyết định",
    columns=(
        ListColumn(label="Số", field="decision_number", number="(7)"),
        ListColumn(label="Ngày", field="decision_day", number="(8)"),
    ),
)
OWN = (
    ListColumn(label="Họ và tên", field="head_name", number="(1)"),
    ListColumn(label="Nhóm", columns=(_GROUP, ListColumn(label="DTTS", field="minority"))),
    ListColumn(label="Nơi ở", field="address"),
)


def paths(
    columns: tuple[ListColumn, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    for column in columns:
        yield from (
            paths(column.columns, (*above, column.label))
            if column.columns
            else [(*above, column.label)]
        )


OF = {leaf.field: path for leaf, path in zip(
    (leaf for column in OWN for leaf in column.leaves()), paths(OWN), strict=True)}  # fmt: skip


def test_what_remains_keeps_its_headings_and_words() -> None:
    left = chosen(("head_name", "decision_day", "minority"), OWN)
    assert list(paths(left)) == [
        ("Họ và tên",),
        ("Nhóm", "Quyết định", "Ngày"),
        ("Nhóm", "DTTS"),
    ]
    assert len(left) == 2  # one heading over both
    assert {leaf.number for column in left for leaf in column.leaves()} == {""}


def test_another_column_between_parts_a_heading() -> None:
    left = chosen(("decision_number", "note", "decision_day"), OWN)
    assert [column.label for column in left] == ["Nhóm", "Ghi chú", "Nhóm"]


@given(st.lists(st.sampled_from(sorted(LIST_FIELDS)), unique=True))
def test_every_choice_has_its_columns_in_its_order(codes: list[str]) -> None:
    found = chosen(tuple(codes), OWN)
    assert [leaf.field for column in found for leaf in column.leaves()] == codes
    wanted = [OF.get(code, (LIST_FIELDS[code].label,)) for code in codes]
    assert list(paths(found)) == wanted
