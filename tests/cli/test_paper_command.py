"""`giamngheo paper` and `giamngheo package`: papers without a window."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import docx
import pypdfium2
import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services.unit import write_unit
from tests.cli.commands.console import Commands
from tests.harness.paper_scene import Scene, whole
from tests.harness.register import empty_database, make_register
from tests.harness.review import begin, shipped


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        found = whole(make_register(database))
        database.checkpoint()
        yield found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    return Commands(capsys, tmp_path)


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_blank_and_filled_papers_are_written(run: Commands, scene: Scene, tmp_path: Path) -> None:
    db, path = scene.register.database.path, tmp_path / "ra.pdf"
    ran = run("paper", "mau_01", "--db", db, "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, f"{path}\n", "")
    assert "NGƯỜI ĐỀ NGHỊ" in text(path)
    home: UUID = scene.review.homes["An"].uid
    run("paper", "mau_01", "--db", db, "--household", home, "-o", path)
    assert "Hồ Thị Ẫm" in text(path)
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        assert len(document) == 1
    form = ("paper", "phieu_b", "--db", db, "--review", "2026", "--household", home)
    run(*form, "-o", path)
    assert scene.review.row("An")["form_code"] in text(path)
    ran = run(
        "paper", "thong_bao_niem_yet", "--db", db, "--review", scene.review.uid, "--village",
        "thon a", "--posting", scene.posting, "--format", "docx", "-o", tmp_path / "tb.docx",
        "--json",
    )  # fmt: skip
    written = json.loads(ran.out)["output"]
    assert [Path(name).name for name in written] == ["tb.docx", "tb-2.docx"]
    assert docx.Document(written[1]).tables


def test_the_line_of_a_year_goes_onto_the_certificate(
    run: Commands, scene: Scene, tmp_path: Path
) -> None:
    db, path = scene.register.database.path, tmp_path / "dong.pdf"
    paper = ("paper", "giay_chung_nhan", "--db", db, "-o", path, "--only-year", 2026)
    run(*paper, "--certificate", scene.certificate("An"))
    assert "05/12/2026" in text(path)
    assert "GIẤY CHỨNG NHẬN" not in text(path)
    assert run.refused(*paper) == "Nêu giấy chứng nhận: --certificate MÃ."
    said = run.refused(*paper[:-1], 2030, "--certificate", scene.certificate("An"))
    assert said == "Giấy chứng nhận này chưa có dòng của năm 2030."


def test_the_package_of_a_village_and_of_all(run: Commands, scene: Scene, tmp_path: Path) -> None:
    db, path = scene.register.database.path, tmp_path / "bo.pdf"
    ran = run("package", "--db", db, "--review", "2026", "-o", path)
    assert (ran.code, ran.err) == (0, "")
    whole_text = text(path)
    assert "HỒ SƠ HỌP DÂN" in whole_text
    assert ran.out == f"{path}\n"
    assert whole_text.count("trân trọng kính mời") == 4
    ran = run("package", "--db", db, "--review", "2026", "--village", "Thôn B", "-o", path)
    assert ran.code == 0
    assert text(path).count("trân trọng kính mời") == 1  # nobody is listed: one to be written on
    folder = tmp_path / "kem"
    folder.mkdir()
    run("package", "--db", db, "--review", "2026", "--sheets", "-o", folder / "bo.pdf")
    beside = {one.name.rpartition("_")[0] for one in folder.iterdir() if one.suffix == ".xlsx"}
    assert beside == {"PhieuThon_2026_ThonA"}  # of villages with a list
    (sent, *_) = json.loads(run("exchange", "log", "--db", db, "--json").out)
    assert (sent["op"], sent["files"][0]["note"]) == ("send_sheets", "Thôn A")


def test_forms_without_a_code_are_told(run: Commands, tmp_path: Path) -> None:
    """A code comes with the settled list: before that the dots are to be known of."""
    file, path = tmp_path / "mới.db", tmp_path / "bo.pdf"
    with empty_database(file) as database:
        begin(make_register(database), "An Bình")
        database.checkpoint()
    said = "2 hộ chưa có mã phiếu: chốt danh sách của thôn rồi in lại."
    for what in (("package",), ("paper", "phieu_b")):
        out = run(*what, "--db", file, "--review", "2026", "-o", path).out
        assert out.splitlines()[-1] == said
        assert " ".join(text(path).split()).count("chưa có mã phiếu") == (what == ("package",))


def test_help_names_every_paper_and_a_year_without_a_review_says_what_is_there(
    run: Commands, scene: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("paper", "--help")
    out = " ".join(capsys.readouterr().out.split())
    assert all(f" {code}" in out for code in shipped().papers)
    with write_unit(*scene.review.args, Op.CLOSE_YEAR) as work:
        work.insert(
            Kind.ROUND, area=scene.register.commune, review_year=2025, standard="2022",
            kind="periodic", closed_on=date(2025, 12, 18), definition="0" * 64,
        )  # fmt: skip
    scene.register.database.checkpoint()
    of_past = ("paper", "quyet_dinh_cong_nhan", "--review", "2025", "-o", tmp_path / "ra.pdf")
    said = run.refused(*of_past, "--db", scene.register.database.path)
    assert said.startswith("Năm 2025 chỉ có kết quả đã khóa sổ, không có kỳ rà soát trong sổ này")


def test_what_cannot_be_is_said_in_one_sentence(
    run: Commands, scene: Scene, tmp_path: Path
) -> None:
    db, path = scene.register.database.path, tmp_path / "ra.pdf"
    said = run.refused("paper", "mau_99", "--db", db, "-o", path)
    assert said.startswith("Không có giấy “mau_99”, chỉ có mau_01, ")
    said = run.refused("paper", "mau_01", "--db", db, "--household", "An", "-o", path)
    assert "“An” không phải mã nội bộ" in said
    against = ("--format", "docx", "-o", path)
    assert "không hợp với dạng docx" in run.refused("paper", "mau_01", "--db", db, *against)
    assert "2031" in run.refused("package", "--db", db, "--review", "2031", "-o", path)
    assert not path.exists()


def test_a_file_name_that_contradicts_the_one_format_is_refused(
    run: Commands, scene: Scene, tmp_path: Path
) -> None:
    db = scene.register.database.path
    word, pdf = tmp_path / "bo.docx", tmp_path / "thang.pdf"
    for path in (word, tmp_path / "bo.xlsx", tmp_path / "bo.doc"):
        said = run.refused("package", "--db", db, "--review", "2026", "-o", path)
        assert said == f"Lệnh này chỉ ghi dạng pdf: đổi đuôi tệp {path} thành .pdf."
        assert not path.exists()
    month = ("monthly", "--db", db, "--year", 2026, "--month", 6)
    assert run.refused(*month, "-o", pdf).endswith(f"đổi đuôi tệp {pdf} thành .xlsx.")
    line = ("paper", "giay_chung_nhan", "--db", db, "--only-year", 2026)
    said = run.refused(*line, "--certificate", scene.certificate("An"), "-o", word)
    assert said.endswith(f"đổi đuôi tệp {word} thành .pdf.")
    assert not pdf.exists()
    assert not word.exists()


def test_messages_of_a_month_and_of_a_folder_are_vietnamese(
    run: Commands, scene: Scene, tmp_path: Path
) -> None:
    db, folder = scene.register.database.path, tmp_path / "thư mục.docx"
    folder.mkdir()
    said = run.refused("monthly", "--db", db, "--year", 2026, "--month", 13)
    assert "invalid" not in said
    assert "13" in said
    said = run.refused("template", "check", "--db", db, "mau_01", folder)
    assert "thư mục" in said.removesuffix("thư mục.docx")
    assert "directory" not in said


def test_the_forms_of_a_village_are_filled_for_each_household(
    run: Commands, scene: Scene, tmp_path: Path
) -> None:
    db, path = scene.register.database.path, tmp_path / "ra.pdf"
    of_village = ("--db", db, "--review", "2026", "--village", "Thôn A", "-o", path)
    assert run("paper", "phieu_b", *of_village).code == 0
    printed = text(path)
    codes = [scene.review.row(name)["form_code"] for name in scene.review.homes]
    assert all(code in printed for code in codes)
    assert "Chưa có hộ nào để in giấy này" in run.refused("paper", "phieu_a", *of_village)
    run("paper", "giay_moi", *of_village)
    assert text(path).count("trân trọng kính mời") == len(codes)
    run("paper", "giay_moi", *of_village, "--household", scene.review.homes["An"].uid)
    assert text(path).count("trân trọng kính mời") == 1


def test_an_option_that_a_paper_does_not_take_is_refused(
    run: Commands, scene: Scene, tmp_path: Path
) -> None:
    db, path = scene.register.database.path, tmp_path / "ra.pdf"
    home = scene.review.homes["An"].uid

    def refused(code: str, *options: object) -> str:
        return run.refused("paper", code, "--db", db, "-o", path, *options)

    said = refused("giay_chung_nhan", "--household", home)
    assert said.endswith("không dùng --household, chỉ dùng --certificate, --only-year.")
    for code in ("thong_bao_niem_yet", "bien_ban_hop", "ket_qua_thon"):
        said = refused(code, "--household", home)
        assert "chỉ dùng --review, --village, --meeting, --posting." in said
    said = refused("giay_moi", "--household", home, "--review", "2026")
    assert said.endswith("dùng --household thì cần cả --village.")
    assert "--review" in refused("phieu_b", "--village", "Thôn A")
    assert "confirm make" in refused("confirmation", "--household", home)
    assert "confirm book" in refused("confirmation_book", "--day", "2026-01-01")
    both = ("--household", home, "--application", home)
    assert refused("mau_04", *both).startswith("Không dùng --household cùng với --application")
    assert "--day" in refused("quyet_dinh_cong_nhan", "--day", "2026-01-01")
    assert not path.exists()


def test_without_a_village_the_paper_is_that_of_each_with_a_list(
    run: Commands, scene: Scene, tmp_path: Path
) -> None:
    db, path = scene.register.database.path, tmp_path / "ra.pdf"
    of_all = ("--db", db, "--review", "2026", "-o", path)
    assert run("paper", "ket_qua_thon", *of_all).code == 0
    alone = text(path)
    assert run("paper", "ket_qua_thon", *of_all, "--village", "Thôn A").code == 0
    assert text(path) == alone  # the only village with a list
    assert run("paper", "thong_bao_niem_yet", *of_all).code == 0
    assert "Thôn A" in text(path)
    assert run("paper", "phieu_b", *of_all).code == 0
    codes = [scene.review.row(name)["form_code"] for name in scene.review.homes]
    assert all(code in text(path) for code in codes)
