"""Dialogs that ask for a file or folder, and opening what was written; tests answer for them."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from giamngheo_desktop import paths


def ask_save(parent: QWidget | None, title: str, proposed: Path, kind: str) -> Path | None:
    """Where to write; `kind` is a filter such as "Excel (*.xlsx)". None: the user thought again."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kind)
    return Path(name) if name else None


def ask_open(parent: QWidget | None, title: str, folder: Path, kind: str) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kind)
    return Path(name) if name else None


def ask_folder(parent: QWidget | None, title: str, folder: Path) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(name) if name else None


def open_outside(path: Path) -> bool:
    """Open a file or folder with the program that Windows has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def documents() -> Path:
    """The user's folder for papers; beside the data where `GIAMNGHEO_DATA` says where that is."""
    if os.environ.get("GIAMNGHEO_DATA"):
        return paths.data_dir()
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(kind) or Path.home())


def databases() -> str:
    """The filter of database files."""
    return QCoreApplication.translate("files", "Tệp dữ liệu giảm nghèo (*.gndb);;Mọi tệp (*)")
