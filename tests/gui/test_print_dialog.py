"""Qt's own print dialog: into a file it offers the folder of papers, not that of the user."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QLineEdit

from giamngheo_desktop.gui import preferences
from giamngheo_desktop.gui.preview.printing import ask_printer


def test_a_file_is_offered_where_papers_go(qtbot, tmp_path, monkeypatch):
    offered = []

    def accept(dialog):
        offered.extend(field.text() for field in dialog.findChildren(QLineEdit, "filename"))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    preferences.update(export_folder=str(tmp_path))
    assert ask_printer(None, "Biên bản họp dân", "BienBanHopDan_2026.pdf", 2) is None
    assert [Path(one) for one in offered] == [tmp_path / "BienBanHopDan_2026.pdf"]
    preferences.update(export_folder=str(tmp_path / "gone"))
    assert ask_printer(None, "Biên bản họp dân", "BienBanHopDan_2026.pdf", 2) is None
    assert Path(offered[1]).parent.is_dir()
