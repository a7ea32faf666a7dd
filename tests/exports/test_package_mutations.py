"""Packages that were damaged in every way: refused in a sentence, or read as they were written."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.texts import error_text
from tests.exports.test_package import ROWS, read, written
from tests.harness.examples import examples

EACH = examples(2, 500)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
Mutation = Callable[[bytes, random.Random], bytes]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _edited(data: bytes, chance: random.Random, edit: Callable[[str], str]) -> bytes:
    """With one sheet of data, or the manifest, edited as text."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        chosen = chance.choice([name for name in old.namelist() if "/data" in name])
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, edit(text.decode()) if name == chosen else text)
    return target.getvalue()


def changed_text(data: bytes, chance: random.Random) -> bytes:
    def edit(text: str) -> str:
        cells = list(re.finditer(r"<t[^>]*>([^<]+)</t>", text))
        cell = chance.choice(cells)
        at = chance.randrange(cell.start(1), cell.end(1))
        other = next(letter for letter in "xy" if letter != text[at])
        return text[:at] + other + text[at + 1 :]

    return _edited(data, chance, edit)


def lost_row(data: bytes, chance: random.Random) -> bytes:
    def edit(text: str) -> str:
        rows = re.findall(r"<row>.*?</row>", text, re.DOTALL)
        return text.replace(chance.choice(rows), "", 1)

    return _edited(data, chance, edit)


def wrong_type(data: bytes, chance: random.Random) -> bytes:
    kinds = ("<c><v>1</v></c>", '<c t="b"><v>1</v></c>', "<c><f>1+1</f><v>2</v></c>", "<c/>")

    def edit(text: str) -> str:
        cells = list(re.finditer(r'<c t="inlineStr">.*?</c>', text, re.DOTALL))
        cell = chance.choice(cells)
        return text[: cell.start()] + chance.choice(kinds) + text[cell.end() :]

    return _edited(data, chance, edit)


def bomb(data: bytes, chance: random.Random) -> bytes:
    return _edited(data, chance, lambda text: text.replace("<worksheet", f"{BOMB}<worksheet", 1)
                   .replace("<t>", "<t>&b;", 1))  # fmt: skip


def far_cell(data: bytes, chance: random.Random) -> bytes:
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return _edited(data, chance, lambda text: text.replace("</sheetData>", cell))


def member_gone(data: bytes, chance: random.Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        lost = chance.choice(old.namelist())
        for name in old.namelist():
            if name != lost:
                new.writestr(name, old.read(name))
    return target.getvalue()


MUTATIONS: tuple[Mutation, ...] = (
    cut_off, flipped, changed_text, lost_row, wrong_type, bomb, far_cell, member_gone
)  # fmt: skip


@pytest.mark.timeout(3600)
def test_a_damaged_package_is_refused_or_read_as_it_was(tmp_path: Path) -> None:
    data, _ = written(ROWS)
    path = tmp_path / "a.xlsx"
    chance = random.Random(7)
    found: Counter[str] = Counter()
    sentences: set[str] = set()
    with PackageReader() as reader:
        for mutation in MUTATIONS:
            for _ in range(EACH):
                path.write_bytes(mutation(data, chance))
                try:
                    _, tables = read(reader, path)
                except AppError as refused:
                    sentences.add(error_text(refused))
                    found[f"{mutation.__name__} {refused.code}"] += 1
                else:
                    assert tables == {"person": list(ROWS), "area": []}
                    found[f"{mutation.__name__} whole"] += 1
    print(f"\n{dict(found)}")
    assert all("a.xlsx" in sentence for sentence in sentences)
    for mutation in (cut_off, changed_text, lost_row, far_cell):
        assert found[f"{mutation.__name__} whole"] == 0
