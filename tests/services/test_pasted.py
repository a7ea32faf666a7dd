"""Which columns a block from Excel has: by its own headings, however few, else by the grid's."""

from __future__ import annotations

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.sheet_headings import find_head
from giamngheo_desktop.domain.sheet_rows import village_of_title
from giamngheo_desktop.services.importing.pasted import pasted_source
from tests.harness import foreign_lists

VIEW = ("full_name", "sex", "birth", "relation", "", "ethnicity", "id_number")


def fields(*lines: str, view: tuple[str, ...] = VIEW) -> list[str] | None:
    """The fields of the block's own columns; None where it is no list."""
    headings = foreign_lists.definitions().headings
    block = [line.split("\t") for line in lines]
    source = pasted_source(headings, block, view)
    if source is None:
        return None
    (sheet,) = source.sheets
    head = find_head(sheet, headings)
    assert head is not None
    return [head.fields.get(at, "") for at in range(max(map(len, block)))]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("Y Lan\tNữ\t1990",), ["full_name", "sex", "birth"]),
        (("Y Lan",), ["full_name"]),
        (("Y Lan\tNữ\t1990\tCon\tlúa\tKinh",), [*VIEW[:6]]),
        (("CCCD\tHọ và tên\tNăm sinh", "051\tY Lan\t1990"), ["id_number", "full_name", "birth"]),
        (("Năm sinh\tHọ tên", "1990\tY Lan"), ["birth", "full_name"]),  # too few for a file
        (("Họ tên", "Y Lan"), ["full_name"]),
        (("Năm sinh\tDân tộc", "1990\tKinh"), None),  # it has headings, and none is a name
    ],
)  # fmt: skip
def test_the_columns_of_a_block(lines: tuple[str, ...], found: list[str] | None) -> None:
    assert fields(*lines) == found


def test_cells_beside_the_names_are_no_list() -> None:
    assert fields("Nữ\t1990", view=VIEW[1:]) is None


def test_the_name_of_a_block_is_no_village() -> None:
    assert village_of_title(texts.IMPORT_PASTED) == ""


def test_the_same_block_is_known_again() -> None:
    headings = foreign_lists.definitions().headings
    one, other, third = (
        pasted_source(headings, block, VIEW)
        for block in ([["A", "b"]], [("A", "b")], [["A"], ["b"]])
    )
    assert one is not None
    assert other is not None
    assert third is not None
    assert one.sha256 == other.sha256 != third.sha256
