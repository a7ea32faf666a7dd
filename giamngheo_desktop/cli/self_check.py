"""What a fresh install proves about itself below the window: migrate, write, report, export."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

from giamngheo_desktop import paths
from giamngheo_desktop.cli.machine import machine_context
from giamngheo_desktop.definitions.catalogue import load_definitions
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.opening import close_database, open_database

FILE = "TuKiemTra.gndb"


def check_papers(folder: Path) -> Generator[Path, None, None]:
    """Migrate an empty file, set up a commune, write BC1 as pdf and xlsx; each file as it is made.

    Any failure is raised.
    """
    definitions = load_definitions(paths.resources() / "definitions")
    context = machine_context()
    path = folder / FILE
    opened = open_database(path, context, computer="")
    try:
        year = context.today().year
        commune = NewCommune(
            province="Hà Tĩnh",
            commune="Xã Tự Kiểm Tra",
            first_day=date(year - 1, 12, 31),
            year=year,
            villages=(NewVillage(name="Thôn Ễnh Ương", households=100, persons=400),),
            settings={"issuing_body": "ỦY BAN NHÂN DÂN\nXÃ TỰ KIỂM TRA"},
        )
        areas.new_commune(opened.database, context, commune)
        yield path
        doc = make.make(opened.database, definitions, "BC1", year=year)
        for form in ("pdf", "xlsx"):
            yield make.write(doc, form, folder / f"BC1.{form}")
    finally:
        close_database(opened, context)
