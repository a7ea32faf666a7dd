"""`giamngheo package`: from a commune to its province and back, by the command line alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.cli import main
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.reports.kept import kept
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import empty_database, make_register

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_one(*arguments: str | Path) -> tuple[int, str, str]:
        status = main.entry(["package", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_one


def said(run: Run, *arguments: str | Path, status: int = 0) -> Any:
    found, out, err = run(*arguments, "--json")
    assert (found, err) == (status, "")
    return json.loads(out)


def test_a_package_goes_up_and_a_comment_comes_down(run: Run, tmp_path: Path) -> None:
    commune, province = tmp_path / "xa.db", tmp_path / "tinh.db"
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    with empty_database(commune) as database:
        town = make_register(database)
        town.give_class(town.household("Nguyễn Văn A", "Lê Thị B").uid)
        database.checkpoint()
    package = inbox / "goi.xlsx"
    sent = said(run, "export", "--db", commune, "--year", "2026", "-o", package)
    assert (sent["sequence"], sent["tables"]["person"]) == (1, 2)
    status, out, _ = run("verify", package)
    assert status == 0
    assert "Gói còn nguyên: Sơn Tây, năm 2026, gói số 1" in out
    assert "hộ: 1" in out

    said(run, "collection", "--db", province, "--province", "Tỉnh Quảng Ngãi")
    (inbox / "hong.xlsx").write_bytes(package.read_bytes()[:5000])
    (inbox / "~$goi.xlsx").write_bytes(b"")
    found = said(run, "merge", "--db", province, inbox, status=1)
    assert [one["state"] for one in found] == ["new", "refused"]
    assert found[0]["added"]["household"] == 1
    assert "hong.xlsx" in found[1]["text"]
    status, out, _ = run("merge", "--db", province, package)
    assert (status, out) == (0, "goi.xlsx: Sơn Tây – đã nhận trước đây, không có gì mới\n")
    with closing(Database(province)) as database:
        (entry,) = book.entries(database)
        assert (entry.files[0].name, entry.made[Kind.HOUSEHOLD]) == ("goi.xlsx", 1)
        assert kept(database, entry.step.group).title == ("KẾT QUẢ NHẬN GÓI CỦA XÃ",)
    (row,) = said(run, "status", "--db", province, "--year", "2026")
    assert (row["name"], row["sequence"], row["late"]) == ("Sơn Tây", 1, False)

    run(
        "comment", "Kiểm tra lại số hộ", "--db", province, "--year", "2026", "--unit", "Sơn Tây",
        "--report", "BC1", "--row", "Thôn A", "--column", "Hộ nghèo", "--figure", "1",
    )  # fmt: skip
    back = tmp_path / "gop-y.xlsx"
    said(run, "comments", "--db", province, "--unit", "Sơn Tây", "-o", back)
    (came,) = said(run, "merge", "--db", commune, back)
    assert [one["text"] for one in came["comments"]] == ["Kiểm tra lại số hộ"]
    (again,) = said(run, "merge", "--db", commune, back)
    assert again["comments"] == []
    status, out, _ = run("comments", "--db", commune)
    assert out.startswith("2026 BC1, Thôn A, Hộ nghèo, 1: Kiểm tra lại số hộ (")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("verify", "missing.xlsx"), "missing.xlsx"),
        (("collection", "--province", "Huế"), "--db"),
        (("collection", "--province", "Huế", "--level", "district", "--db", "x.db"), "--district"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert sentence in err
