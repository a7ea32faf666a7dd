"""A workbook's bytes, the same whenever and wherever it is saved."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.functions import tostring

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.fixed_zip import repacked
from giamngheo_desktop.exports.safe_file import explained
from giamngheo_desktop.reports.document import ReportDoc

EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zone
_OF_LXML = "IO_"  # begins the text of its errors of a file, which are no OSErrors


@contextmanager
def spooled() -> Iterator[None]:
    """Around whatever fills or saves a workbook: openpyxl keeps each sheet in a temporary file.

    Raises the AppErrors of `safe_file.explained`, of the folder for temporary files.
    """
    try:
        yield
    except OSError as error:
        raise explained(error, _temporary()) from error
    except Exception as error:
        if str(error).startswith(_OF_LXML):
            raise AppError("file_disk_full", folder=str(_temporary().parent)) from error
        raise


def _temporary() -> Path:
    return Path(tempfile.tempdir or os.curdir) / "openpyxl"


def book_bytes(book: Workbook, title: str, creator: str = "", made: datetime = EARLIEST) -> bytes:
    """Raises the AppErrors of `spooled`."""
    properties = DocumentProperties(title=title, creator=creator, created=made)
    book.properties = properties
    target = io.BytesIO()
    with spooled():
        book.save(target)
    properties.modified = made  # saving has set the present time
    return repacked(target.getvalue(), {"docProps/core.xml": tostring(properties.to_tree())})


def document_bytes(book: Workbook, doc: ReportDoc) -> bytes:
    """`book_bytes` of a document's workbook."""
    made = datetime.combine(doc.data_date, time()) if doc.data_date else EARLIEST
    title = " ".join(doc.title) or doc.code
    return book_bytes(book, title, " ".join(doc.letterhead.issuer) if doc.letterhead else "", made)
