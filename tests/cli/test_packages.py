"""`giamngheo package`: from a commune to its province and back, by the command line alone."""

from __future__ import annotations

import getpass
import io
import json
import random
import re
import shlex
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, exchange_packages, main, passphrase
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package_columns import HEALTH, PERSONAL
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.reports.kept import kept
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.programme import period_lists
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import package_rows, packages
from giamngheo_desktop.storage.engine import Database
from tests.harness.random_records import Clerk
from tests.harness.register import empty_database, make_context, make_register
from tests.harness.review import shipped

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


def test_a_package_goes_up_and_a_comment_comes_down(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
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
    assert "Nơi nhận: tỉnh\n" in out
    assert "hộ: 1" in out

    assert re.search(r"lập lúc [0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}\.", out)
    others = (
        ("work", "merge", package),
        ("village-sheets", "merge", package),
        ("import", package, "--as", "new"),
    )
    for command in others:
        assert main.entry([*map(str, command), "--db", str(commune)]) == 2
        told = capsys.readouterr().err
        assert told.startswith("Tệp goi.xlsx là gói báo cáo của xã gửi lên"), command
    said(run, "collection", "--db", province, "--province", "Tỉnh Quảng Ngãi")
    (tmp_path / "trong").mkdir()
    status, _, err = run("merge", "--db", province, tmp_path / "trong")
    assert (status, err.startswith("Không có gói nào")) == (2, True)
    (inbox / "hong.xlsx").write_bytes(package.read_bytes()[:5000])
    (inbox / "~$goi.xlsx").write_bytes(b"")
    found = said(run, "merge", "--db", province, inbox, status=1)
    assert [one["state"] for one in found] == ["new", "refused"]
    assert found[0]["added"]["household"] == 1
    assert "hong.xlsx" in found[1]["text"]
    status, out, _ = run("merge", "--db", province, package)
    assert (status, out) == (0, "goi.xlsx: Sơn Tây – đã nhận trước đây, không có gì mới\n")
    forged = tmp_path / "gia.xlsx"
    opened = load_workbook(package)
    assert opened["Bìa"].page_setup.fitToHeight == 1
    opened["Bìa"]["B3"] = "Xã khác"
    opened.save(forged)
    for command in (("verify", forged), ("merge", "--db", province, forged)):
        status, out, err = run(*command, "--json")
        text = err.strip()
        assert (status, json.loads(out)) == (
            2,
            {"error": {"code": "package_row_changed", "text": text}},
        )
        assert "gia.xlsx bị sửa hoặc hỏng ở sheet Bìa, dòng 3" in text
    status, out, err = run("merge", "--db", province, forged, inbox / "hong.xlsx")
    assert (status, len(out.splitlines()), err) == (2, 2, "")  # none of them could be taken
    with closing(Database(province)) as database:
        (entry,) = book.entries(database)
        assert (entry.files[0].name, entry.made[Kind.HOUSEHOLD]) == ("goi.xlsx", 1)
        assert kept(database, entry.step.group).title == ("KẾT QUẢ NHẬN GÓI CỦA XÃ",)
    (row,) = said(run, "status", "--db", province, "--year", "2026")
    assert (row["name"], row["sequence"], row["late"]) == ("Sơn Tây", 1, False)
    assert (row["for_district"], found[0]["for_district"]) == (False, False)
    settle = ("settle", "--db", province, "--unit", "Sơn Tây")
    assert run(*settle) == (2, "", "Không có gói nào của Sơn Tây phải hỏi lại kiểu này.\n")
    context = make_context(seed=7)
    with (
        closing(Database(province)) as database,
        write_unit(database, context, Op.RECEIVE_PACKAGE) as work,
    ):
        (got,) = packages.received(work.connection)
        work.insert(
            Kind.PACKAGE, area=got["area"], kind="up", direction="received", sequence=1,
            year=2026, sha256="2" * 64, made_at="2020-12-02T08:00:00", received_on=context.today(),
        )  # fmt: skip
    _, out, _ = run("status", "--db", province, "--year", "2026")
    (way,) = (line for line in out.splitlines() if "package settle" in line)
    assert run(*shlex.split(way.partition("package ")[2])) == (
        0, "Sơn Tây: đã ghi là hỏi xã rồi, 1 gói.\n", ""
    )  # fmt: skip
    (row,) = said(run, "status", "--db", province, "--year", "2026")
    assert row["doubt"] is None

    year = ("--db", province, "--year", "2025", "--limit", "1/2")
    status, out, _ = run("expect", "xã Sơn Tây", "Ba Tơ", *year)
    assert (status, out.splitlines()[0]) == (main.FINDINGS, "Ba Tơ: chưa gửi – muộn")
    assert "chưa gửi gói năm 2025; mới nhất là gói số 1 (năm 2026)" in out
    run(
        "comment", "Kiểm tra lại số hộ", "--db", province, "--year", "2026", "--unit", "Sơn Tây",
        "--report", "BC1", "--row", "Thôn A", "--column", "Hộ nghèo", "--figure", "1",
    )  # fmt: skip
    back = tmp_path / "gop-y.xlsx"
    said(run, "comments", "--db", province, "--unit", "Sơn Tây", "-o", back)
    with closing(Database(Path(province))) as database:
        (sent, *_) = book.entries(database)
    assert (sent.step.op, sent.files[0].name) == (Op.SEND_COMMENTS, "gop-y.xlsx")
    (came,) = said(run, "merge", "--db", commune, back)
    assert [one["text"] for one in came["comments"]] == ["Kiểm tra lại số hộ"]
    (again,) = said(run, "merge", "--db", commune, back)
    assert again["comments"] == []
    status, out, _ = run("comments", "--db", commune)
    assert out.startswith("2026 BC1, Thôn A, Hộ nghèo, 1: Kiểm tra lại số hộ (")


def test_it_has_one_name(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("export", "--help")
    assert "giamngheo package export" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run("--help")
    shown = re.findall(r"[a-z]+", capsys.readouterr().out)
    assert {*exchange_packages._STEPS} <= {*shown}
    with pytest.raises(SystemExit):
        main.entry(["--help"])
    assert "packages" not in capsys.readouterr().out


def test_a_package_goes_up_with_a_passphrase(run: Run, tmp_path: Path) -> None:
    commune, province, inbox = tmp_path / "xa.db", tmp_path / "tinh.db", tmp_path / "nhan"
    inbox.mkdir()
    with empty_database(commune) as database:
        make_register(database).household("Nguyễn Văn A")
        database.checkpoint()
    key, package = tmp_path / "khoa.txt", inbox / "goi.xlsx"
    key.write_text("mật khẩu của xã\n", encoding="utf-8")
    command = ("export", "--db", commune, "--year", "2026", "-o", package)
    said(run, *command, "--passphrase-file", key)
    (inbox / "khac.xlsx").write_bytes(package.read_bytes())
    short = tmp_path / "ngan.txt"
    short.write_text("abc", encoding="utf-8")
    status, _, err = run(*command, "--passphrase-file", short)
    assert (status, err) == (2, "Mật khẩu phải có ít nhất 8 ký tự.\n")

    status, out, err = run("verify", package)
    assert (status, out) == (2, "")
    assert err.startswith("Tệp goi.xlsx có mật khẩu: gõ mật khẩu nơi gửi đã báo")
    said(run, "collection", "--db", province, "--province", "Tỉnh Quảng Ngãi")
    key.write_text(unicodedata.normalize("NFD", "mật khẩu của xã"), encoding="utf-8")
    found = said(run, "merge", "--db", province, inbox, "--passphrase-file", key)
    assert [one["state"] for one in found] == ["new", "same"]


def test_a_passphrase_is_typed_unseen_and_twice_to_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = arguments.Parser()
    passphrase.add_options(parser)
    asking = parser.parse_args(["--ask-passphrase"])
    typed: list[str] = []
    monkeypatch.setattr(getpass, "getpass", lambda _question: typed.pop(0))
    with pytest.raises(AppError, match="passphrase_not_typed"):
        passphrase.to_open(asking)  # nobody sits there
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", screen)
    typed[:] = ["mật khẩu 1", "mật khẩu 1", "mật khẩu 1", "mật khẩu 2", "mật khẩu 3"]
    assert passphrase.to_lock(asking) == Passphrase("mật khẩu 1")
    with pytest.raises(AppError, match="passphrase_differs"):
        passphrase.to_lock(asking)
    assert passphrase.to_open(asking) == Passphrase("mật khẩu 3")
    assert passphrase.to_lock(parser.parse_args([])) is None
    with pytest.raises(AppError, match="cli_contradiction"):
        passphrase.to_open(parser.parse_args(["--ask-passphrase", "--passphrase-file", "a"]))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"mot dong\nhai dong\n"])
def test_a_file_that_holds_no_passphrase_is_refused(content: bytes, tmp_path: Path) -> None:
    parser = arguments.Parser()
    passphrase.add_options(parser)
    path = tmp_path / "khoa.txt"
    path.write_bytes(content)
    with pytest.raises(AppError, match="passphrase_file"):
        passphrase.to_open(parser.parse_args(["--passphrase-file", str(path)]))


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


def test_records_of_every_kind_are_told_on_their_way(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {*texts.COUNTED_KINDS} == {*texts.MERGE_KINDS} == {*Kind}
    commune, province = tmp_path / "xa.db", tmp_path / "tinh.db"
    packed = [tmp_path / "goi1.xlsx", tmp_path / "goi2.xlsx"]
    export = ("export", "--db", commune, "--year", "2026", "-o")
    with empty_database(commune) as database:
        town = make_register(database)
        town.give_class(town.household("Nguyễn Văn A", "Lê Thị B").uid)
    _, out, _ = run(*export, packed[0])
    home = next(line for line in out.splitlines() if line.startswith("Thông tin riêng để lại"))
    assert all((texts.PERSONAL[group] in home) == (group != HEALTH) for group in PERSONAL)
    with closing(Database(commune)) as database:
        clerk = Clerk(database, town.context, town.commune, random.Random(3))
        for _ in range(4):
            for form in shipped().records.values():
                clerk.save(form)
            clerk.write()  # the sections of a plan have no form
        period_lists.issue(database, town.context, shipped(), "bhyt", "2026-05", unit=town.commune)
    said(run, *export, packed[1])
    said(run, "collection", "--db", province, "--province", "Tỉnh Quảng Ngãi")
    status, out, err = run("merge", "--db", province, packed[1])
    assert (status, err) == (0, "")
    sent = [*package_rows.SENT[package_rows.SENT.index(Kind.BODY) :]]
    assert all(f" {texts.COUNTED_KINDS[kind]}" in out for kind in sent)
    with closing(Database(province)) as database:
        (entry,) = book.entries(database)
        assert {*sent} <= entry.made.keys()
        assert any("khoản thu chi quỹ" in str(row) for row in kept(database, entry.step.group).body)
    assert main.entry(["exchange", "log", "--db", str(province)]) == 0
    assert re.search(r"goi2\.xlsx – .* hoạt động, .* hỗ trợ mới", capsys.readouterr().out)
