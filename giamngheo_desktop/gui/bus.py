"""The one place where a change of the data is announced to every screen; it knows no screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Carries each `ChangeSet` once, on the GUI thread, after its transaction was committed.

    `backup_made(Backup)` comes from the lane of writing; Qt brings it to the GUI thread.
    """

    data_changed = Signal(object)
    backup_made = Signal(object)
