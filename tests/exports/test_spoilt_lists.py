"""Thousands of spoilt workbooks: each refused or read, none kills, hangs, fills or writes.

A handful of each kind by default, at least 500 of each with `--long`, which prints the counts.
"""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import compare_key
from giamngheo_desktop.exports.list_read import read_list
from giamngheo_desktop.exports.workbook_guard import FAILED, LOCKED, TOO_BIG, UNSAFE
from giamngheo_desktop.exports.xlsx_read import read_workbook
from tests.harness.examples import examples
from tests.harness.spoilt_lists import PANIC
from tests.independent.lists.make_books import make
from tests.independent.lists.mutate import KINDS, REFUSED, mutate
from tests.independent.lists.people import HOUSEHOLDS
from tests.independent.lists.zips import pack, parts_of

BOOKS = ("members_27", "detailed_19", "exits", "free_members")
MOST_MEMORY = 500 * 1024  # kB
MOST_SECONDS = 30
REAL = {compare_key(person.name) for home in HOUSEHOLDS.values() for person in home.members}
# These may write a person's name otherwise than it was.
NAMES_SPOILT = {
    *("bytes_flipped", "hole", "control_characters", "long_text", "wrong_types", "formulas"),
    *("odd_numbers", "odd_dates", "addresses_wrong", "headings_moved", "rows_shuffled"),
    "external_links",
    *("shared_string_out_of_range", "parts_swapped", "entry_twice"),
}


def _read(folder: Path) -> tuple[list[dict[str, Any]], int]:
    """What is said of each file; one that kills the reader is taken out, and the others go on."""
    told, peak = [], 0
    while count := sum(1 for _ in folder.iterdir()):
        done = subprocess.run(
            [sys.executable, "-m", "tests.harness.spoilt_lists", str(folder)],
            capture_output=True,
            check=False,
            timeout=MOST_SECONDS * max(20, count // 5),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        told += [line for line in lines if "code" in line]
        peak = max([peak, *(line["peak"] for line in lines if "peak" in line)])
        if done.returncode == 0:
            break
        assert done.returncode < 0 or b"memory" in done.stderr.lower(), done.stderr[-2000:]
        begun = [line["begun"] for line in lines if "begun" in line]
        told.append({"file": begun[-1], "code": TOO_BIG, "names": [], "seconds": 0})
        for name in begun:
            (folder / name).unlink()
    return told, peak


def _spoil(folder: Path, kinds: list[str], count: int) -> None:
    for kind in kinds:
        for seed in range(count):
            data = mutate(kind, seed, make(BOOKS[seed % len(BOOKS)]))
            (folder / f"{kind}-{seed:04}.xlsx").write_bytes(data)


def _check(told: list[dict[str, Any]], count: int, kinds: list[str]) -> dict[str, dict[int, int]]:
    counts: dict[str, dict[int, int]] = {kind: {} for kind in kinds}
    for one in told:
        kind = one["file"].rpartition("-")[0]
        counts[kind][one["code"]] = counts[kind].get(one["code"], 0) + 1
        assert one["code"] in (0, FAILED, TOO_BIG, LOCKED, UNSAFE, PANIC), one
        assert one["seconds"] < MOST_SECONDS, one
        if kind in REFUSED:
            assert one["code"] or not one["names"], one
        elif kind not in NAMES_SPOILT:
            assert {compare_key(name) for name in one["names"]} <= REAL, one
    assert all(sum(found.values()) == count for found in counts.values())
    return counts


@pytest.mark.timeout(300)
def test_a_spoilt_workbook_is_refused_or_read_without_harm(tmp_path: Path) -> None:
    folder = tmp_path / "spoilt"
    folder.mkdir()
    kinds = list(KINDS)
    _spoil(folder, kinds, 1)
    before = {path.name for path in tmp_path.iterdir()}
    told, peak = _read(folder)
    _check(told, 1, kinds)
    assert peak < MOST_MEMORY
    assert {path.name for path in tmp_path.iterdir()} == before


_END = "</Relationships>"
_OFFICE = "openxmlformats-officedocument.spreadsheetml"
_STRINGS = f"application/vnd.{_OFFICE}.sharedStrings+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def _one_text_often(letters: int, times: int) -> bytes:
    """A workbook of some kilobytes in which each row names the one long text there is."""
    made, book = io.BytesIO(), Workbook()
    book.active.append(["x"])
    book.save(made)
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(2, times + 2)
    )
    ends = {
        "xl/worksheets/sheet1.xml": ("</sheetData>", f"{rows}</sheetData>"),
        "xl/_rels/workbook.xml.rels": (
            _END,
            f'<Relationship Id="rIdS" Type="{_RELATION}" Target="/xl/sharedStrings.xml"/>{_END}',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/></Types>',
        ),
    }
    parts = [
        (name, body.replace(*(text.encode() for text in ends.get(name, ("", "")))))
        for name, body in parts_of(made.getvalue())
        if name != "xl/sharedStrings.xml"
    ]
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<sst xmlns="{main}"><si><t>{"a" * letters}</t></si></sst>'
    return pack([*parts, ("xl/sharedStrings.xml", text.encode())])


@pytest.mark.parametrize(
    ("read", "letters", "times"), [(read_workbook, 30_000, 2_000), (read_list, 2_000, 30_000)]
)
def test_one_long_text_named_often_does_not_fill_the_program(
    read: Callable[[Path], object], letters: int, times: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(_one_text_often(letters, 20))
    assert read(path)
    path.write_bytes(_one_text_often(letters, times))
    with pytest.raises(AppError, match="workbook_too_big"):
        read(path)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", KINDS)
def test_five_hundred_of_each_kind(kind: str, tmp_path: Path, capsys: Any) -> None:
    count = examples(500, 500)
    folder = tmp_path / "spoilt"
    folder.mkdir()
    _spoil(folder, [kind], count)
    told, peak = _read(folder)
    counts = _check(told, count, [kind])
    assert peak < MOST_MEMORY
    with capsys.disabled():
        print(f"  {kind}: {count} files, by exit code {counts[kind]}, peak {peak // 1024} MB")


@pytest.mark.parametrize("asked", ["--read-workbook", "--read-list", "--read-table"])
def test_a_reader_loads_neither_texts_nor_commands(tmp_path, asked):
    """Every foreign file starts one: what takes longer than the reading stays out."""
    begin = [sys.executable, "-X", "importtime", "-m", "giamngheo_desktop"]
    done = subprocess.run(
        [*begin, asked, str(tmp_path / "không có.xlsx")], capture_output=True, check=False
    )
    assert done.returncode == FAILED
    for name in (b"giamngheo_desktop.texts", b"giamngheo_desktop.cli", b"sqlalchemy", b"openpyxl"):
        assert name not in done.stderr
