"""The one place where a change of the data is announced to every screen; it knows no screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Carries each `ChangeSet` once, on the GUI thread, after its transaction was committed.

    `backup_made(Backup)` comes from the lane of writing; Qt brings it to the GUI thread.
    `day_passed()`: it is another day than when the screens read what they show.
    `leaving()`: the program may be gone at any moment; what is typed and unsaved goes to the disk.
    """

    data_changed = Signal(object)
    backup_made = Signal(object)
    day_passed = Signal()
    leaving = Signal()
