"""The file of a province to which a commune has sent, without the seconds a package takes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import collecting
from giamngheo_desktop.services.unit import write_unit
from tests.gui.commune import YEAR
from tests.harness.register import empty_database

_FIRST = date(2020, 1, 1)


def make_province(path: Path, act: Context, commune: UUID) -> None:
    """A new file that knows Xã Sơn Tây by its own id, and a commune that has sent nothing."""
    with empty_database(path) as database:
        collecting.new_collection(database, act, level=Level.PROVINCE, province="Tỉnh Hà Tĩnh")
        top = areas.top_unit(database, act.today())
        with write_unit(database, act, Op.RECEIVE_PACKAGE) as work:
            for unit, name in ((commune, "Xã Sơn Tây"), (act.new_id(), "Xã Sơn Kim")):
                work.insert(Kind.AREA, uid=unit, level=Level.COMMUNE.value)
                work.insert(
                    Kind.AREA_VERSION, area=unit, name=name, kind="xa", parent=top, code=None,
                    position=None, area_type="rural", region=None, valid_from=_FIRST, valid_to=None,
                )  # fmt: skip
            work.insert(
                Kind.PACKAGE, area=commune, kind="up", direction="received", sequence=1, year=YEAR,
                sha256="0" * 64, made_at="2026-11-01T08:00:00", received_on=act.today(),
            )  # fmt: skip
