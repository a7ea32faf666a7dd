"""An officer whose PC dies in the middle of a form: run by the walk as a process of its own.

Arguments: the file, the moment, the village, the head of the household, how many answers. Prints
how many answers of the paper do not stand on the screen yet, and dies.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from giamngheo_desktop.gui.review.case_drafts import CaseDrafts
from giamngheo_desktop.gui.theme import theme
from tests.gui.walk_desk import WalkDesk
from tests.harness import walk_papers
from tests.harness.walk_town import Calendar
from tests.independent import review_walk as paper


class Patience:
    """Waits for what will come, as `qtbot` does."""

    def waitUntil(self, until: Callable[[], bool], timeout: int) -> None:
        end = time.monotonic() + timeout / 1000
        while not until():
            assert time.monotonic() < end, "it never came"
            QApplication.processEvents()


def main() -> None:
    path, moment, village, head, answers = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    theme.apply(app)
    calendar = Calendar(datetime.fromisoformat(moment))
    desk = WalkDesk(Patience(), calendar, seed=900)
    desk.sit_down(Path(path))
    desk.review("Định kỳ", village, "collect")
    view = desk.open_form(head)
    home = next(home for home in paper.HOUSEHOLDS if home.head == head)
    (form,) = walk_papers.acts(home.key, "form", stage="collect")
    left = desk.begin_form(form, int(answers))
    case = view.case
    assert case is not None
    kept = CaseDrafts(Path(path), calendar.context(901))

    def is_kept() -> bool:
        draft = kept.load(case)
        return draft is not None and draft.typed == view.form.typed()

    desk.wait(is_kept)
    os.write(1, f"{left}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
