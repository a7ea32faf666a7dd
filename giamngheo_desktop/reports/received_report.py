"""What a package of a commune brought into the register of a province: the report kept of it."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.kept import keep
from giamngheo_desktop.reports.lined import lined
from giamngheo_desktop.services.exchange.collecting import Received
from giamngheo_desktop.storage.engine import Database

CODE = "NHANGOI"


def keep_received(
    database: Database, changes: ChangeSet, received: Received, file: str, day: date
) -> None:
    """Right after it was taken in."""
    keep(database, changes, received_report(received, file, day))


def received_report(received: Received, file: str, day: date) -> ReportDoc:
    said, manifest = texts.RECEIVED_REPORT, received.manifest
    counts = {
        "added": received.added,
        "changed": received.changed,
        "gone": received.gone,
    }
    rows = [(said[name], texts.counted(found)) for name, found in counts.items()]
    rows += [(said["household"], name) for name in received.names]
    return lined(
        CODE,
        said["title"],
        [
            said["file"].format(name=file, unit=manifest.unit_name, number=manifest.sequence),
            texts.package_state(
                received.state, received.stands, received.doubt, for_district=received.for_district
            ),
        ],
        ((said["what"], 20), (said["said"], 60)),
        rows,
        day=day,
        empty="",
    )
