"""Which widget draws which kind of field."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.forms.choice_fields import (
    AreaField,
    ChoicesField,
    PickField,
    SegmentField,
    fits_segments,
)
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.options import options_of
from giamngheo_desktop.gui.forms.rows_field import RowsField
from giamngheo_desktop.gui.forms.text_fields import ParsedField, ProseField, TextField


def make_field(field: FieldDef, parent: QWidget | None = None) -> FieldWidget:
    """The widget of a field on a page."""
    match field.kind:
        case FieldKind.TEXT if field.lines:
            return ProseField(field, parent=parent)
        case FieldKind.TEXT:
            return TextField(field, parent=parent)
        case FieldKind.CHOICE if not fits_segments(options_of(field)):
            return PickField(field, parent=parent)
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return SegmentField(field, parent=parent)
        case FieldKind.CHOICES:
            return ChoicesField(field, parent=parent)
        case FieldKind.AREA | FieldKind.RECORD:
            return AreaField(field, parent=parent)
        case FieldKind.ROWS:
            return RowsField(field, make_cell, parent=parent)
    return ParsedField(field, parent=parent)


def make_cell(field: FieldDef, parent: QWidget | None = None) -> FieldWidget:
    """The widget of a field in a row of a grid."""
    match field.kind:
        case FieldKind.TEXT:
            return TextField(field, compact=True, parent=parent)
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return PickField(field, compact=True, parent=parent)
        case FieldKind.AREA | FieldKind.RECORD:
            return AreaField(field, compact=True, parent=parent)
        case FieldKind.CHOICES | FieldKind.ROWS:
            raise ValueError(f"{field.code}: a grid has no cell of kind {field.kind}")
    return ParsedField(field, compact=True, parent=parent)
