"""An officer whose PC dies over a half typed dialog or panel: run by a test as its own process.

Arguments: the file, `dialog` or `panel`, and the household or village. Dies as soon as the draft
holds what was typed; nothing else asks for it to be written.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QApplication, QLineEdit

from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services import drafts
from tests.gui import hands
from tests.gui.commune import context
from tests.gui.review import AUTUMN
from tests.gui.walk_killed import Patience

NOTE, CHAIR, VOTE = "theo con vào Gia Lai", "Lò Văn Ón", "19"
_LONG = 20_000  # milliseconds


def type_dialog(session: Session, household: UUID, patience: Patience) -> str:
    session.go("households", household)
    view = session.pages["households"].view
    patience.waitUntil(lambda: view.dossier is not None, _LONG)
    dialog = view.events.open_event("move_out")
    hands.turn_to(dialog)
    dialog.form.focus_field("note")
    hands.write(NOTE)
    return NOTE


def type_panel(session: Session, village: UUID, patience: Patience) -> str:
    page = session.pages["review"]
    session.go("review", {"village": village, "step": "meet"})
    patience.waitUntil(lambda: page.panel is not None and bool(page.panel.form.fields), _LONG)
    page.panel.form.focus_field("chair")
    hands.write(CHAIR)
    page.panel.votes.go_to(1, "agreed")
    hands.write(VOTE[0])
    editor = page.panel.votes.findChild(QLineEdit, "cell_editor")
    editor.setFocus()
    hands.write(VOTE[1:])  # the cell stays open
    return VOTE


def main() -> None:
    path, what, uid = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    theme.apply(app)
    patience = Patience()
    program = Program(context(AUTUMN, seed=31))
    program.begin(Path(path))
    patience.waitUntil(lambda: program.session is not None, _LONG)
    assert program.session is not None
    hands.turn_to(program.session.window)
    type_in = {"dialog": type_dialog, "panel": type_panel}[what]
    typed = type_in(program.session, UUID(hex=uid), patience)
    patience.waitUntil(lambda: repr(typed) in str(drafts.find(Path(path)).drafts), _LONG)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
