"""The main job without a display, in this process: files, and what stands in them."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from giamngheo_desktop.cli import headless
from giamngheo_desktop.cli.self_check import check_papers
from giamngheo_desktop.reports.written import PLAN
from giamngheo_desktop.services import issuing
from giamngheo_desktop.storage.engine import Database


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with closing(headless.make_sample_papers(tmp_path_factory.mktemp("out"))) as work:
        return list(work)


def test_every_table_is_there_in_both_forms(made):
    names = {path.name for path in made}
    assert names == {
        headless.SAMPLE,
        "TongHop_2026.json",
        *(
            f"{code}_2026_XaSonTayDuLieuMau.{form}"
            for code in ("BC1", "THON", "THONTH")
            for form in headless.FORMATS
        ),
    }
    assert all(path.stat().st_size > 500 for path in made)


def test_the_plans_of_the_sample_lie_in_the_book(made):
    with closing(Database(made[0])) as database:
        assert len(issuing.issued(database, code=PLAN)) == 2


def test_the_rollup_adds_the_villages_up(made):
    rollup = json.loads(next(path for path in made if path.suffix == ".json").read_text("utf-8"))
    villages = [row for row in rollup["rows"] if row["level"] == "village"]
    (commune,) = (row for row in rollup["rows"] if row["level"] == "commune")
    assert len(villages) == 13
    for measure in ("poor_households", "near_poor_persons"):
        assert commune[measure] == sum(row[measure] for row in villages) > 0


def test_the_self_check_writes_the_official_table(tmp_path):
    assert [path.name for path in check_papers(tmp_path)] == [
        "TuKiemTra.gndb",
        "BC1.pdf",
        "BC1.xlsx",
    ]
