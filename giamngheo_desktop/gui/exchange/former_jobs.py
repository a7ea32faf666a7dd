"""What the section for former communes does off the GUI thread."""

from __future__ import annotations

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import Stop
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.gui.start.file_work import computer
from giamngheo_desktop.reports import former, make
from giamngheo_desktop.reports.former import LISTS, Asked, file_labels
from giamngheo_desktop.reports.former_report import former_report
from giamngheo_desktop.services.exchange.former import Former, Looked

__all__ = ["LISTS", "SUFFIXES", "Asked", "file_labels", "look", "report_file", "take"]

SUFFIXES = (*(ending.lstrip(".") for ending in LISTS), "gndb", "db")


def look(desk: Desk, asked: Asked, stop: Stop) -> Looked:
    """What the files would bring, tried on a copy."""
    act = (desk.database, desk.definitions, desk.context, asked)
    with without_collecting():
        return former.look(*act, computer=computer(), step=stop.check)


def take(desk: Desk, asked: Asked, stop: Stop) -> Done[Former]:
    """After a proven backup: it writes much at once."""
    desk.back_up("risky")
    act = (desk.database, desk.definitions, desk.context, asked)
    with without_collecting():
        return former.take_over(*act, computer=computer(), step=stop.check)


def report_file(desk: Desk, found: Former) -> bytes:
    """What was taken over, as a workbook to keep."""
    return make.render(former_report(found, desk.context.today()), "xlsx")
