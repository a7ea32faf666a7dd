"""Sample files, made once by the command line, and the tables of the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.independent.commands import WORKERS, Request, run_each, write_json
from tests.independent.loops import YEARS, Register

CODES = ("BC1", "THON", "THON-TH")


@pytest.fixture(scope="session", autouse=True)
def _workers() -> Iterator[None]:
    WORKERS.start()
    yield
    WORKERS.stop()


@dataclass(frozen=True)
class Samples:
    first: Path
    again: Path
    other_seed: Path
    five_hundred: Path


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder = tmp_path_factory.mktemp("samples")
    found = Samples(*(folder / f"{name}.db" for name in ("một", "hai", "ba", "500")))
    options: dict[Path, tuple[object, ...]] = {
        found.first: (),
        found.again: (),
        found.other_seed: ("--seed", 7),
        found.five_hundred: ("--households", 500),
    }
    made = run_each(*(("sample", "--db", path, *more) for path, more in options.items()))
    assert [(ran.code, ran.err) for ran in made] == [(0, "")] * len(options)
    return found


@pytest.fixture(scope="session")
def register(samples: Samples) -> Register:
    return Register(samples.first)


def every_table(database: Path, years: Iterable[int]) -> dict[tuple[str, int], Request]:
    """Every report of the years, and 2021 once more under the standard that follows."""
    wanted = {(code, year): Request(database, code, year) for year in years for code in CODES}
    wanted["BC1 opening", 2022] = Request(database, "BC1", 2021, ("--standard", "2022"))
    return wanted


def all_documents(
    database: Path, folder: Path, years: Iterable[int] = YEARS
) -> dict[tuple[str, int], dict[str, Any]]:
    wanted = every_table(database, years)
    return dict(zip(wanted, write_json(folder, list(wanted.values())), strict=True))


@pytest.fixture(scope="session")
def documents(
    samples: Samples, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, int], dict[str, Any]]:
    return all_documents(samples.first, tmp_path_factory.mktemp("documents"))
