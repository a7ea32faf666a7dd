"""The main job without a display: sample commune, rollups, official tables as files."""

from __future__ import annotations

import json
from collections.abc import Generator
from datetime import date
from pathlib import Path

from giamngheo_desktop import paths
from giamngheo_desktop.cli.machine import machine_context
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.exports.safe_file import file_name, write_bytes
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.written_issue import issue_numbered
from giamngheo_desktop.sample import DEFAULT_SEED, make_sample, seeded_contexts
from giamngheo_desktop.services import areas, rollups
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.storage.engine import Database

REPORTS = ("BC1", "THON", "THON-TH")
FORMATS = ("xlsx", "pdf")
SAMPLE = "XaMau.gndb"
YEAR = 2026  # the last closed year of the sample


def make_sample_papers(folder: Path) -> Generator[Path, None, None]:
    """Make everything in `folder`, overwriting what an earlier run made; each file as it is made.

    The first one is the database. Raises AppErrors of what it calls.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SAMPLE
    for end in ("", "-wal", "-shm", ".lock", ".lock.txt"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    definitions = shipped_definitions(paths.resources() / "definitions")
    context = machine_context()
    opened = open_database(path, context, computer="")
    try:
        contexts = seeded_contexts(DEFAULT_SEED, context.actor)
        make_sample(opened.database, contexts, definitions, issue=issue_numbered)
        yield path
        standard = standard_for(definitions.standards, YEAR).code
        yield _write_rollup(opened.database, standard, folder)
        commune = areas.top_unit(opened.database, date(YEAR, 12, 31))
        name = areas.tree(opened.database, date(YEAR, 12, 31))[commune].name
        for code in REPORTS:
            doc = make.make(opened.database, definitions, code, year=YEAR)
            for form in FORMATS:
                yield make.write(doc, form, folder / file_name(code, YEAR, name, suffix=form))
    finally:
        close_database(opened, context)


def _write_rollup(database: Database, standard: str, folder: Path) -> Path:
    """Every measure of the year for every unit."""
    found = rollups.rollup(database, year=YEAR, standard=standard)
    rows = [
        {
            "unit": str(area.uid),
            "name": area.name,
            "level": area.level.value,
            **{code: found.count(area.uid, code) for code in MEASURES},
        }
        for area in found.tree
    ]
    path = folder / f"TongHop_{YEAR}.json"
    text = json.dumps({"year": YEAR, "standard": standard, "rows": rows}, ensure_ascii=False)
    write_bytes(path, text.encode())
    return path
