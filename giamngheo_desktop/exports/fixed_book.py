"""A workbook's bytes, the same whenever and wherever it is saved."""

from __future__ import annotations

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.functions import tostring

from giamngheo_desktop.exports.fixed_zip import repacked

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zone


def book_bytes(book: Workbook, title: str) -> bytes:
    properties = DocumentProperties(title=title, creator="", created=_MADE)
    book.properties = properties
    target = io.BytesIO()
    book.save(target)
    properties.modified = _MADE  # saving has set the present time
    return repacked(target.getvalue(), {"docProps/core.xml": tostring(properties.to_tree())})
