"""A paper as text and back: what a data file keeps of a template, read with the checks of the
program's own papers."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from giamngheo_desktop.definitions.loader import DefinitionError, Source, Table
from giamngheo_desktop.definitions.papers import paper_from
from giamngheo_desktop.domain.lengths import whole_length
from giamngheo_desktop.domain.paper import PaperBreak, PaperDef, PaperGrid, canonical

_DAYS = ("valid_from", "valid_to")
_PRINTED = (
    "head", "kind", "series", "superior", "issuer", "corner", "title", "subtitle", "landscape",
    "size", "body", "signers", "recipients",
)  # fmt: skip


def paper_text(paper: PaperDef) -> str:
    """The paper in its canonical form; equal papers have equal texts."""
    return json.dumps(_plain(canonical(paper)), ensure_ascii=False, sort_keys=True, indent=0)


def paper_of(text: str, name: str) -> PaperDef:
    """The inverse of `paper_text`; `name` is how complaints call it. Raises DefinitionError."""
    try:
        values = json.loads(text)
        values |= {key: date.fromisoformat(values[key]) for key in _DAYS if key in values}
    except (ValueError, TypeError) as error:
        raise DefinitionError("definition_syntax", file=name, detail=str(error)) from error
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return paper_from(Table(Source(name, text, sha256), "", values))


def fingerprint(paper: PaperDef) -> str:
    """Tells whether two papers print the same, whatever stands behind their wording."""
    plain = _plain(canonical(paper))
    printed = {key: plain[key] for key in _PRINTED if key in plain}
    text = json.dumps(printed, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """Values as a definition file would hold them: without what is the default."""
    match value:
        case PaperBreak():
            return {"break": True, **_fields(value)}
        case PaperGrid():
            lines = [{"cells": list(line)} for line in value.lines]
            return {**_fields(value), "lines": lines}
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case tuple():
            return [_plain(one) for one in value]
        case float():
            return whole_length(value)
    return _fields(value) if dataclasses.is_dataclass(value) else value


def _fields(value: Any) -> Mapping[str, Any]:
    found = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
    return {
        field.name: _plain(one) for field, one in found if one is not None and one != field.default
    }
