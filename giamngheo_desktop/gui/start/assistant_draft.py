"""Keeps what is typed for a new file on the disk, and takes it up again after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from giamngheo_desktop import paths
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.forms.entry import Unparsed
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.gui.start.assistant import Assistant
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.drafts import Draft, Raw


class AssistantDraft(QObject):
    """Lives as long as the assistant; what it keeps goes once the file is made."""

    def __init__(self, view: Assistant, runner: Runner, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._runner = runner
        self._context = context
        view.draft_changed.connect(self._save)
        view.fresh_requested.connect(self._start_over)
        view.made.connect(self._discard)

    def offer(self) -> None:
        """Take up what was typed before, if it is still there."""
        self._runner.read(self, partial(drafts.load, _place(), self._view.draft_key), self._take_up)

    @Slot()
    def _discard(self) -> None:
        work = partial(drafts.discard, _place(), self._view.draft_key)
        self._runner.write(self, work, _done)

    def _take_up(self, draft: Draft | None) -> None:
        if draft is not None and self._view.is_blank():
            self._view.set_draft({code: _entry(value) for code, value in draft.record.items()})
            self._view.say_taken_up(draft.saved_at)

    @Slot()
    def _save(self) -> None:
        record = {code: _kept(entry) for code, entry in self._view.draft().items()}
        work = partial(
            drafts.save,
            _place(),
            self._context,
            key=self._view.draft_key,
            record=record,
            base_hash=None,
            title=self._view.draft_title(),
        )
        self._runner.write(self, work, _done)

    @Slot()
    def _start_over(self) -> None:
        agreed = messages.ask(
            self._view.fresh_question(),
            yes=self.tr("Bắt đầu lại"),
            more=self.tr("Bản nháp sẽ mất, không lấy lại được."),
            dangerous=True,
            parent=self._view,
        )
        if not agreed:
            return
        self._view.start_over()
        self._discard()


def _place() -> Path:
    """Drafts stand beside a file; this one has none yet."""
    return paths.data_dir() / "XaMoi"


def _kept(entry: Any) -> Any:
    return Raw(entry.text) if isinstance(entry, Unparsed) else entry


def _entry(value: Any) -> Any:
    if isinstance(value, Raw):
        return Unparsed(value.text, "not_number")
    if isinstance(value, tuple):
        rows: tuple[Mapping[str, object], ...] = tuple(r for r in value if isinstance(r, Mapping))
        return rows
    return value


def _done(nothing: None) -> None:
    """Nothing to show: the words stand in the window."""
