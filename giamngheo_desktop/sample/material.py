"""What the sample is made of, read from resources/sample: villages, names, settings, words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from giamngheo_desktop.definitions.loader import Table, read_toml
from giamngheo_desktop.sample.chance import Pool

GENERATIONS = ("old", "middle", "young")  # born before 1960, before 1990, later


@dataclass(frozen=True, slots=True)
class Village:
    """A village as printed: classes at the end of 2020, decreases planned for 2021."""

    position: int
    name: str
    households: int
    poor: int
    poor_decrease: int
    near_poor: int
    near_poor_decrease: int


@dataclass(frozen=True, slots=True)
class Names:
    """Pools of words: families by ethnic group, middle and given names by sex and generation."""

    families: Mapping[str, Pool]
    middles: Mapping[tuple[str, str], Pool]
    givens: Mapping[tuple[str, str], Pool]


@dataclass(frozen=True, slots=True)
class Commune:
    """The commune above the villages; `settings` are the values that change on each day."""

    province: str
    district: str
    district_until: date
    name: str
    area_type: str
    region: str
    settings: tuple[tuple[date, Mapping[str, str]], ...]
    words: Mapping[str, str]
    elsewhere: tuple[str, ...]
    surveyors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything read."""

    villages: tuple[Village, ...]
    names: Names
    commune: Commune


def read_material(folder: Path) -> Material:
    """The files of `resources/sample`. Raises DefinitionError for a bad one."""
    return Material(
        _villages(folder / "son_tay_villages.csv"),
        _names(folder / "names.toml"),
        _commune(folder / "commune.toml"),
    )


def _villages(path: Path) -> tuple[Village, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(
        Village(
            position=int(row["position"]),
            name=row["name"],
            households=int(row["households"]),
            poor=int(row["poor"]),
            poor_decrease=int(row["poor_decrease"]),
            near_poor=int(row["near_poor"]),
            near_poor_decrease=int(row["near_poor_decrease"]),
        )
        for row in rows
    )


def _names(path: Path) -> Names:
    table = read_toml(path)
    family, middle, given = table.table("family"), table.table("middle"), table.table("given")
    pools = {
        part: {
            (sex, generation): Pool.from_text(source.table(sex).text(generation))
            for sex in ("male", "female")
            for generation in GENERATIONS
        }
        for part, source in (("middle", middle), ("given", given))
    }
    families = {code: Pool.from_text(text) for code, text in _texts(family).items()}
    return Names(families, pools["middle"], pools["given"])


def _texts(table: Table, *other: str) -> dict[str, str]:
    """All keys of a table, which are texts, but for the `other` ones."""
    names = table.keys()
    return {name: table.text(name) for name in names if name not in other}


def _commune(path: Path) -> Commune:
    table = read_toml(path)
    units, words = table.table("units"), table.table("words")
    return Commune(
        province=units.text("province"),
        district=units.text("district"),
        district_until=units.day("district_until"),
        name=units.text("commune"),
        area_type=units.text("area_type"),
        region=units.text("region"),
        settings=tuple((row.day("from"), _texts(row, "from")) for row in table.tables("settings")),
        words=_texts(words),
        elsewhere=table.table("elsewhere").texts("communes"),
        surveyors=table.table("surveyors").texts("names"),
    )
