"""Writing a report as a file: its name, its folder, and another name while Excel holds it open."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.safe_file import file_name, free_name, make_folder, write_bytes
from giamngheo_desktop.gui import files, messages, preferences
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.gui.messages import Answer
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc


@dataclass(frozen=True, slots=True)
class _Wrote:
    """The file that is there now; `held` names the older one that could not be replaced."""

    path: Path
    held: str = ""


class Exporter(QObject):
    """Writes in a job; `written(Path)` when the file is there, `written_beside(Path, str)` where
    it has a new name because the file of that name is held open.
    """

    written = Signal(object)
    written_beside = Signal(object, str)

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._window = parent
        self._rest: tuple[ReportDoc, str, Path] | None = None

    def write(self, doc: ReportDoc, form: str, unit: str) -> None:
        """Write into the folder for papers, beside older files of that name, never over them."""
        folder = export_folder()
        name = file_name(doc.code, doc.extra["year"], _status(doc), unit, suffix=form)
        self._start(doc, form, folder / name, partial(_write_beside, doc, form, folder / name))

    def write_elsewhere(self, doc: ReportDoc, form: str, proposed: Path) -> None:
        """Ask for a place, remember its folder, write there."""
        kinds = {"xlsx": self.tr("Excel (*.xlsx)"), "pdf": self.tr("PDF (*.pdf)")}
        title = self.tr("Ghi biểu vào")
        path = files.ask_save(self._window, title, proposed, kinds[form])
        if path is not None:
            preferences.update(export_folder=str(path.parent))
            self._start(doc, form, path, partial(_write_over, doc, form, path))

    def _start(self, doc: ReportDoc, form: str, path: Path, work: Callable[[], _Wrote]) -> None:
        self._rest = (doc, form, path)
        self._runner.read(self, work, self._tell, self._failed)

    def _tell(self, wrote: _Wrote) -> None:
        if wrote.held:
            self.written_beside.emit(wrote.path, wrote.held)
        else:
            self.written.emit(wrote.path)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, AppError) or self._rest is None:
            messages.report(error, self._window)
            return
        doc, form, path = self._rest
        answer, other = ask_where(error, self._window)
        if answer == "elsewhere":
            self.write_elsewhere(doc, form, path)
        elif answer != "no":
            target = path.with_name(other) if answer == "other" else path
            self._start(doc, form, target, partial(_write_over, doc, form, target))


def ask_where(error: AppError, parent: QWidget) -> tuple[str, str]:
    """What to do with a file that could not be written: elsewhere, other, again or no; and the
    other name the error proposes.
    """
    other = str(error.params.get("proposal", ""))
    answers = [Answer("elsewhere", _tr("Chọn nơi khác…")), Answer("no", _tr("Thôi"))]
    if other:
        label = _tr("Ghi thành {name}").format(name=other)
        answers = [Answer("other", label), Answer("again", _tr("Thử lại")), *answers]
    answer = messages.choose(
        texts.error_text(error), answers, default=answers[0].code, escape="no", parent=parent
    )
    return answer, other


def export_folder() -> Path:
    """Where papers go unless the user says otherwise."""
    kept = preferences.load().export_folder
    return Path(kept) if kept and os.path.isdir(kept) else files.documents() / "GiamNgheo"


def _status(doc: ReportDoc) -> str:
    return "So bo" if doc.extra.get("status") == "preliminary" else ""


def _write_beside(doc: ReportDoc, form: str, path: Path) -> _Wrote:
    """The same paper is not written twice; another paper of the same name stays."""
    make_folder(path.parent)
    data = make.render(doc, form)
    if path.exists():
        if path.is_file() and path.read_bytes() == data:
            return _Wrote(path)
        held = path.name if _is_held(path) else ""
        path = path.with_name(free_name(path))
        write_bytes(path, data)
        return _Wrote(path, held)
    write_bytes(path, data)
    return _Wrote(path)


def _is_held(path: Path) -> bool:
    """Whether Excel has the file open, or it must not be written."""
    if path.with_name(f"~${path.name}").exists():
        return True
    lock = path.with_name(f".~lock.{path.name}#")  # of LibreOffice
    if lock.exists() or not os.access(path, os.W_OK):
        return True
    try:
        with path.open("r+b"):
            return False
    except OSError:
        return True


def _write_over(doc: ReportDoc, form: str, path: Path) -> _Wrote:
    write_bytes(path, make.render(doc, form))
    return _Wrote(path)


def _tr(text: str) -> str:
    return QCoreApplication.translate("exporting", text)
