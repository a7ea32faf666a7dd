"""`giamngheo work`: out to another computer and back, as a technician types it."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services import events, households
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import TODAY, empty_database, make_context, make_register


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = entry([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def note(file: Path, uid: object, text: str, seed: int) -> None:
    database = Database(file)
    home = replace(households.get(database, uid, TODAY), note=text)  # type: ignore[arg-type]
    households.save(database, make_context(seed=seed), home, day=TODAY)
    database.close()


def test_out_and_back_with_a_clash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, there, packed = (tmp_path / name for name in ("xã.db", "máy 2.db", "Gói.xlsx"))
    with empty_database(file) as database:
        register = make_register(database)
        home = register.household("Y Lan", "A Tý")
    leave = ("work", "export", "--villages", "1-2", "-o", packed)
    (tmp_path / "khoa.txt").write_text("mật khẩu của xã", encoding="utf-8")
    key = ("--passphrase-file", tmp_path / "khoa.txt")
    told = (0, f"{packed}: 1 hộ của Thôn A, Thôn B\n", "")
    assert run(capsys, *leave, *key, "--db", file) == told
    code, out, _ = run(capsys, "package", "verify", packed, *key)
    assert (code, "Lần sửa: " in out, "Việc đã làm: " in out) == (0, True, True)
    merge = ("work", "merge", packed)
    assert run(capsys, *merge, "--db", file)[0] == 2  # it is locked
    code, out, _ = run(capsys, *merge, *key, "--db", there)
    first, second = out.splitlines()  # new records are counted, not listed
    assert "lần sửa mà sổ này chưa biết" in first
    assert "; Hộ 1" in second
    code, out, _ = run(capsys, *merge, *key, "--db", there, "--json")
    assert (code, json.loads(out)["counts"]["clash"]) == (0, 0)
    note(file, home.uid, "của xã", seed=3)
    note(there, home.uid, "của thôn", seed=4)
    for base, village in ((file, "B"), (there, "C")):
        with contextlib.closing(Database(base)) as copy:
            args = (copy, make_context(seed=ord(village)))
            to = register.villages[village]
            events.move_village(*args, household=home.uid, village=to, day=TODAY)
    code, out, _ = run(capsys, *leave[:3], "1-3", *leave[4:], "--db", there)
    assert (code, "không có hộ của Thôn C: gói" in out, "Thôn A: gói" in out) == (1, True, False)
    assert run(capsys, *leave, "--db", there)[0] == 0
    code, out, _ = run(capsys, *merge, "--db", file, "--dry-run")
    assert code == 1  # a clash, and nothing written
    assert "Hộ – Y Lan: Ghi chú: máy này ghi “của xã”, gói ghi “của thôn”" in out
    before = Database(file)
    assert households.get(before, home.uid, TODAY).note == "của xã"
    before.close()
    code, out, _ = run(capsys, *merge, "--db", file, "--prefer", "theirs")
    assert (code, "Đã chọn bản của gói ở 2 chỗ xung đột." in out) == (1, True)
    after = Database(file)
    assert households.get(after, home.uid, TODAY).note == "của thôn"
    assert households.get(after, home.uid, TODAY).village == register.villages["C"]
    assert merging.open_clashes(after) == []
    after.close()
    code, _, err = run(capsys, *leave[:3], "Thôn X", "-o", packed, "--db", file)
    assert (code, err) == (2, "Không có thôn nào khớp với “Thôn X”.\n")
    code, _, err = run(capsys, *leave[:3], "2-99", "-o", packed, "--db", file)
    assert (code, err) == (2, "Danh sách chỉ có 3 thôn, không tới “2-99”: nêu lại các thôn.\n")


def test_a_household_typed_on_both_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, there, packed = (tmp_path / name for name in ("xã.db", "máy 2.db", "Gói.xlsx"))
    with empty_database(file) as database:
        register = make_register(database)
        leave = ("work", "export", "--villages", "1", "-o", packed)
        assert run(capsys, *leave, "--db", file)[0] == 0
        assert run(capsys, "work", "merge", packed, "--db", there)[0] == 0
        ours = register.household("Y Lan", "A Tý")
        with contextlib.closing(Database(there)) as other:
            theirs = replace(register, database=other, context=make_context(seed=9)).household(
                "Y Lan", "Y Hoa"
            )
    assert run(capsys, *leave, "--db", there)[0] == 0
    assert run(capsys, "work", "merge", packed, "--db", file)[0] == 1  # somebody has to look
    code, out, _ = run(capsys, "work", "twins", "--db", file, "--json")
    (said,) = json.loads(out)
    assert (code, said["here"], said["there"]) == (1, ours.uid.hex, theirs.uid.hex)
    assert "Y Hoa" in run(capsys, "work", "twins", "--db", file)[1]
    assert run(capsys, "work", "join", "hộ", theirs.uid, "--db", file)[0] == 2
    assert run(capsys, "work", "join", ours.uid, theirs.uid, "--db", file)[0] == 0
    assert run(capsys, "work", "twins", "--db", file)[:2] == (
        0,
        "Không có cặp hộ nào cần trả lời.\n",
    )
    code, _, err = run(capsys, "work", "apart", ours.uid, theirs.uid, "--db", file)
    assert (code, err.strip()) == (2, texts.ERRORS["record_missing"])
