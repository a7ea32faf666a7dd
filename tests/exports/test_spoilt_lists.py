"""Thousands of spoilt workbooks: each refused or read, none kills, hangs, fills or writes.

A handful of each kind by default, at least 500 of each with `--long`, which prints the counts.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.domain.vietnamese import compare_key
from giamngheo_desktop.exports.workbook_guard import FAILED, LOCKED, TOO_BIG, UNSAFE
from tests.harness.examples import examples
from tests.harness.spoilt_lists import PANIC
from tests.independent.lists.make_books import make
from tests.independent.lists.mutate import KINDS, REFUSED, mutate
from tests.independent.lists.people import HOUSEHOLDS

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
