"""Writing papers as files: their name, their folder, another name while Excel holds one open."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
    """The file that is there now, the first of `count`; `held` names the older one that could not
    be replaced.
    """

    path: Path
    held: str = ""
    count: int = 1


Renders = Sequence[Callable[[], bytes]]  # what makes each file of a paper; holds no Qt object
_Write = Callable[[Renders, Path], _Wrote]


class Exporter(QObject):
    """Writes in a job; `written(Path)` when the file is there, `written_beside(Path, str)` where
    it has a new name because the file of that name is held open; `several_written(Path, int)`
    where there are more of them than the first.
    """

    written = Signal(object)
    written_beside = Signal(object, str)
    several_written = Signal(object, int)

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._window = parent
        self._rest: tuple[Renders, Path] | None = None

    def write(self, doc: ReportDoc, form: str, unit: str) -> None:
        """Write into the folder for papers, beside older files of that name, never over them."""
        self.write_files([partial(make.render, doc, form)], report_name(doc, unit, form))

    def write_files(self, renders: Renders, name: str) -> None:
        """The same for papers of several files: `X.docx`, `X-2.docx` …; told is the first."""
        self._start(renders, export_folder() / name, _write_beside)

    def write_elsewhere(self, doc: ReportDoc, form: str, proposed: Path) -> None:
        """Ask for a place, remember its folder, write there."""
        self.write_files_elsewhere([partial(make.render, doc, form)], proposed)

    def write_files_elsewhere(self, renders: Renders, proposed: Path) -> None:
        kinds = {
            ".xlsx": self.tr("Excel (*.xlsx)"),
            ".pdf": self.tr("PDF (*.pdf)"),
            ".docx": self.tr("Word (*.docx)"),
            ".csv": self.tr("CSV (*.csv)"),
        }
        title = self.tr("Ghi biểu vào")
        path = files.ask_save(self._window, title, proposed, kinds[proposed.suffix])
        if path is not None:
            preferences.update(export_folder=str(path.parent))
            self._start(renders, path, _write_over)

    def _start(self, renders: Renders, path: Path, write: _Write) -> None:
        self._rest = (renders, path)
        self._runner.read(self, partial(write, renders, path), self._tell, self._failed)

    def _tell(self, wrote: _Wrote) -> None:
        if wrote.count > 1:
            self.several_written.emit(wrote.path, wrote.count)
        elif wrote.held:
            self.written_beside.emit(wrote.path, wrote.held)
        else:
            self.written.emit(wrote.path)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, AppError) or self._rest is None:
            messages.report(error, self._window)
            return
        renders, path = self._rest
        answer, other = ask_where(error, self._window)
        if answer == "elsewhere":
            self.write_files_elsewhere(renders, path)
        elif answer != "no":
            target = path.with_name(other) if answer == "other" else path
            self._start(renders, target, _write_over)


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


def report_name(doc: ReportDoc, unit: str, form: str) -> str:
    """`BC1_2026_SoBo_XaSonTay.pdf`: what a table is written as."""
    status = "So bo" if doc.extra.get("status") == "preliminary" else ""
    return file_name(doc.code, doc.extra["year"], status, unit, suffix=form)


def _write_beside(renders: Renders, path: Path) -> _Wrote:
    make_folder(path.parent)
    wrote = [_one_beside(render(), target) for render, target in _targets(renders, path)]
    return replace(wrote[0], count=len(wrote))


def _one_beside(data: bytes, path: Path) -> _Wrote:
    """The same paper is not written twice; another paper of the same name stays."""
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


def _write_over(renders: Renders, path: Path) -> _Wrote:
    """Over the file that was named; those that follow it nobody was asked about."""
    for render, target in _targets(renders, path):
        if target == path:
            write_bytes(target, render())
        else:
            _one_beside(render(), target)
    return _Wrote(path, count=len(renders))


def _targets(renders: Renders, path: Path) -> Iterator[tuple[Callable[[], bytes], Path]]:
    for at, render in enumerate(renders, start=1):
        yield render, path if at == 1 else path.with_stem(f"{path.stem}-{at}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("exporting", text)
