"""Definitions of papers: what is refused when a file is loaded, and what the shipped ones say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import load_definitions
from giamngheo_desktop.definitions.loader import DefinitionError
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.paper import Certainty, PaperRows, PaperText
from tests.harness.review import shipped

# What issue and law ask for: each has a definition.
WANTED = {
    "mau_01", "mau_04", "phieu_a", "phieu_b", "bien_ban_hop", "phieu_bieu_quyet",
    "thong_bao_niem_yet", "danh_sach_niem_yet", "quyet_dinh_cong_nhan", "danh_sach_cong_nhan",
    "giay_chung_nhan", "giay_moi", "phieu_thong_tin_ho", "tra_loi_de_nghi", "bia_ho_so",
    "danh_sach_ra_soat", "ket_qua_thon",
}  # fmt: skip


def test_every_paper_of_the_year_is_defined() -> None:
    papers = shipped().papers
    assert set(papers) >= WANTED
    for code in WANTED:
        paper = shipped().paper(code, date(2026, 9, 1))
        assert paper.legal_basis, code
        # The law knows these forms in part only.
        known_form = "Mẫu số" in paper.legal_basis or "Phụ lục" in paper.legal_basis
        assert paper.certainty is (Certainty.TO_CONFIRM if known_form else Certainty.OWN), code


def test_the_numbered_forms_come_first_and_no_two_papers_share_a_name() -> None:
    papers = [versions[-1] for versions in shipped().papers.values()]
    numbered = [paper.form_number for paper in papers if paper.form_number.startswith("Mẫu")]
    assert [paper.form_number for paper in papers[: len(numbered)]] == numbered
    assert numbered == sorted(numbered)
    assert papers[-1].code == "confirmation_book"  # each has its place: none follows unnamed
    labels = [paper.label for paper in papers] + ["Sổ cấp giấy xác nhận"]  # the book itself
    assert len(set(labels)) == len(labels)


def test_letters_are_as_large_as_official_papers_ask() -> None:
    for code in WANTED - {"phieu_b"}:  # a form to be filled in, no văn bản hành chính
        assert shipped().paper(code).size in (13, 14), code


def test_dots_that_are_printed_always_fit_on_a_line() -> None:
    """They stand in the Word template as they are: longer ones would tear apart what is before."""
    room = (210 - 30 - 15) / 25.4 * 72 / 0.25  # letters of one point, a dot is a quarter of them
    for paper in (shipped().paper(code) for code in shipped().papers):
        for piece in paper.body:
            if isinstance(piece, PaperText) and "{" not in piece.text:
                dots = max(re.findall(r"\.+", piece.text), key=len, default="")
                assert len(dots) * (piece.size or paper.size) < room, (paper.code, piece.text)


def test_what_is_signed_has_no_line_to_be_written_into() -> None:
    for code in ("bien_ban_hop", "danh_sach_niem_yet", "danh_sach_cong_nhan", "ket_qua_thon"):
        tables = [piece for piece in shipped().paper(code).body if isinstance(piece, PaperRows)]
        assert tables
        assert all(table.final for table in tables), code


def test_minutes_are_signed_twice_and_attachments_follow() -> None:
    assert shipped().paper("bien_ban_hop").copies == 2
    assert shipped().paper("quyet_dinh_cong_nhan").attached == ("danh_sach_cong_nhan",)
    assert shipped().paper("thong_bao_niem_yet").attached == ("danh_sach_niem_yet",)


def test_the_posted_list_has_no_column_for_what_is_hidden() -> None:
    shown = {
        leaf.field
        for piece in shipped().paper("danh_sach_niem_yet").body
        if isinstance(piece, PaperRows)
        for leaf in piece.leaves()
    }
    assert shown == {"head", "persons", "address", "before", "after", "note"}


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(AppError, match="unknown_paper"):
        shipped().paper("mau_99")


def test_an_attachment_that_is_no_paper_is_refused(tmp_path: Path) -> None:
    folder = copytree(paths.resources() / "definitions", tmp_path / "definitions")
    file = folder / "papers" / "quyet_dinh_cong_nhan.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('["danh_sach_cong_nhan"]', '["khong_co"]'), encoding="utf-8")
    with pytest.raises(DefinitionError, match="definition_value"):
        load_definitions(folder)
