"""Every target of five real plans as the program holds it, written by hand from the plans."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.indicators import load_indicators
from giamngheo_desktop.texts import target_sentence

CATALOGUE = load_indicators(paths.resources() / "definitions" / "indicators.toml")
ROWS: dict[str, dict[str, str]] = {
    row["id"]: row
    for row in csv.DictReader(
        Path(__file__).with_name("targets.csv").read_text(encoding="utf-8").splitlines()
    )
}

POOR = ("poor",)
NEAR = ("near_poor",)
BOTH = ("poor", "near_poor")
THREE = (*BOTH, "new_escape")
FOUR = (*THREE, "near_escape")
LOW = "low_income"
UNITS = {"000": "toàn xã", "001": "toàn phường", "002": "toàn phường", "003": "toàn tỉnh"}


@dataclass(frozen=True, kw_only=True)
class Held:
    """A target as it is typed; `value` in hundredths."""

    code: str
    groups: tuple[str, ...] = ()
    comparator: str = ""
    value: int | None = None
    basis: str = "target"
    dimension: str = ""
    content: str = ""
    addition: str = ""

    def sentence(self, unit_word: str) -> str:
        return target_sentence(
            CATALOGUE[self.code],
            self.groups,
            self.comparator,
            self.value,
            basis=self.basis,
            dimension=self.dimension,
            content=self.content,
            addition=self.addition,
            unit_word=unit_word,
        )


def _said(code: str, groups: tuple[str, ...] = (), **more: str) -> list[Held]:
    """One without a number."""
    return [Held(code=code, groups=groups, **more)]


def _out(code: str, groups: tuple[str, ...] = ()) -> list[Held]:
    return _said(code, groups, basis="output")


def _least(code: str, value: int, groups: tuple[str, ...] = (), **more: str) -> list[Held]:
    return [Held(code=code, groups=groups, comparator="at_least", value=value, **more)]


def _all(code: str, groups: tuple[str, ...] = (), **more: str) -> list[Held]:
    return [Held(code=code, groups=groups, comparator="equal", value=100_00, **more)]


def _left(code: str, value: int) -> list[Held]:
    return [Held(code=code, comparator="at_most", value=value)]


HELD: dict[str, list[Held]] = {
    "000-1": _left("HN-TL", 1_15),
    "000-2": _least("HN-GIAM-DIEM", 1_37),
    "000-3": _out("MH-NHANRONG"),
    "000-4": _out("MH-THT-HTX"),
    "000-5": _out("SX-HO", THREE),
    "000-6": _out("YT-SDD", BOTH),
    "000-7": _out("DT-NGHE", (*THREE, LOW)),
    "000-8": _out("XKLD", THREE),
    "000-9": _out("VL-KETNOI", THREE),
    "000-10": _out("TT-DVVT", BOTH),
    "000-11": _out("CB-TAPHUAN"),
    "001-1": _least("HN-GIAM-DIEM", 1_11),
    "001-2": _least("HN-GIAM-HO", 16_00, addition="(theo chỉ tiêu UBND thị xã giao)"),
    "001-3": _least("HCN-GIAM-DIEM", 30),
    "001-4": _least("HCN-GIAM-HO", 5_00, addition="(theo chỉ tiêu UBND thị xã giao)"),
    "001-5": _least("MH-MOI", 1_00),
    "001-6": _said("VL-HO-1", BOTH, dimension="employment"),
    "001-7": _all("CB-TAPHUAN"),
    "001-8": _all("VL-TUVAN", THREE, dimension="employment"),
    "001-9": _least("VL-KETNOI", 5_00, THREE, dimension="employment"),
    "001-10": _all("YT-BHYT", BOTH, dimension="health"),
    "001-11": _least("GD-DUNGTUOI", 95_00, BOTH, dimension="education"),
    "001-12": _least("NS-HVS", 80_00, BOTH, dimension="water"),
    "001-13": _least("VS-NHATIEU", 70_00, BOTH, dimension="water"),
    "001-14": _least("TT-DVVT", 85_00, BOTH, dimension="information"),
    "002-1": _least("HN-GIAM-HO", 4_00),
    "002-2": _least("HN-GIAM-HO", 3_00),
    "002-3": _said("MH-MOI"),
    "002-4": _said("CB-TAPHUAN"),
    "002-5": _all("VL-TUVAN", FOUR, dimension="employment"),
    "002-6": _said("VL-KETNOI", FOUR, dimension="employment"),
    "002-7": _all("YT-BHYT", BOTH, dimension="health"),
    "002-8": _all("GD-DUNGTUOI", BOTH, dimension="education"),
    "002-9": _all("DT-NHUCAU", (*FOUR, LOW), dimension="education"),
    "002-10": _said("NO-HOTRO", NEAR, dimension="housing"),
    "002-11": _all("NS-HVS", BOTH, dimension="water"),
    "002-12": _least("VS-NHATIEU", 90_00, BOTH, dimension="water"),
    "002-13": _all("TT-DVVT", BOTH, dimension="information"),
    "002-14": _least("YT-VITA", 98_00),
    "002-15": [Held(code="YT-VICHAT", groups=THREE, comparator="more", value=60_00)],
    "002-16": [
        Held(code="DT-NGHE", groups=(*NEAR, "new_escape", LOW), comparator="about", value=3_00)
    ],
    "002-17": _all("BTXH-HUONG"),
    "003-1": _least("HN-GIAM-DIEM", 40),
    "003-2": _said("TH-CHISO", BOTH),
    "003-3": _all("TD-VAY", BOTH),
    "003-4": _all("DT-NHUCAU", BOTH, addition="và giới thiệu việc làm, kể cả lao động nông thôn"),
    "003-5": _all("CB-TAPHUAN", addition="(kể cả trưởng thôn, tổ trưởng tổ dân phố)"),
    "003-6": _all("CB-TTTT"),
    # A level of support is no coverage: the near poor are a target without a number, whose words
    # say how much of the contribution is paid.
    "003-7": [
        *_all("YT-BHYT", POOR, basis="policy"),
        *_said(
            "YT-BHYT",
            NEAR,
            basis="policy",
            content="hỗ trợ 95% mức đóng bảo hiểm y tế cho người thuộc hộ cận nghèo",
        ),
    ],
    "003-8": _all("NS-XA", basis="policy"),
    "003-9": _all("NS-HVS", POOR, basis="policy"),
    "003-10": _all("GS-TUKT"),
    "003-11": _least("GS-CAPTREN", 30_00),
    "003-12": [
        *_least("HN-GIAM-HO", 1220_00),
        *_left("HN-TL", 3_05),
        *_least("HN-GIAM-DIEM", 40),
    ],
    "004-1": _left("HN-TL", 2_06),
    "004-2": _left("HCN-TL", 2_99),
    "004-3": _least("HN-GIAM-DIEM", 12),
    "004-4": _left("HN-TL", 1_94),
    "004-5": _left("HCN-TL", 2_83),
    "004-6": _all("TD-VAY", THREE),
    "004-7": _all("YT-BHYT", BOTH),
    "004-8": _all(
        "YT-BHYT-MSTB",
        ("new_escape", "average_living"),
        addition="(hộ đang làm nông nghiệp, lâm nghiệp)",
    ),
    "004-9": _all("PL-TGPL", POOR),
    "004-10": _least("MH-MOI", 1_00),
    # Of the village table the row of the whole commune.
    "004-11": [
        *_least("HN-GIAM-HO", 3_00),
        *_left("HN-TL", 1_94),
        *_least("HCN-GIAM-HO", 4_00),
        *_left("HCN-TL", 2_83),
    ],
}


def sentences(row: str) -> list[str]:
    """What is generated for it."""
    unit = UNITS.get(row[:3], "toàn xã")
    return [one.sentence(unit) for one in HELD[row]]
