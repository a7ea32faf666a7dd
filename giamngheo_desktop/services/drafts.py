"""Drafts of open forms: small files beside the database, offered again after a crash.

What stands in a field but is no value yet is kept as typed (`Raw`). A damaged draft is set
aside, never in the way.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import Value
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage import files

_FORMAT = 1
_KEY = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class Raw:
    """Text that the field could not read yet: `31/02/1987`, `12a`."""

    text: str


# What a draft may hold: the values of `domain.form`, and `Raw` in a field or in a cell of its rows.
DraftValue = Value | Raw | tuple[Mapping[str, object], ...]
Record = Mapping[str, DraftValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a form held; `base_hash` is the `fingerprint` of the stored record it began from."""

    key: str
    title: str
    saved_at: datetime
    base_hash: str | None
    record: Record

    def is_stored(self, current: Record | None) -> bool:
        """Whether the save reached the file before the crash: nothing is left to offer."""
        return current is not None and fingerprint(current) == fingerprint(self.record)

    def problem(self, current: Record | None) -> AppError | None:
        """The warning to show where the stored record is no longer the one the draft began from."""
        now = None if current is None else fingerprint(current)
        if now == self.base_hash:
            return None
        if current is None:
            return AppError("draft_record_gone", title=self.title)
        return AppError("draft_record_changed", title=self.title)


@dataclass(frozen=True, slots=True)
class Found:
    """All drafts, the newest first, and a sentence for each file that had to be set aside."""

    drafts: tuple[Draft, ...]
    problems: tuple[AppError, ...]


def folder_of(path: Path) -> Path:
    """The folder of the drafts of a database file."""
    return path.with_name(f"{path.name}.drafts")


def save(
    path: Path, context: Context, *, key: str, record: Record, base_hash: str | None, title: str
) -> None:
    """Keep what the form `key` holds; when this returns it survives a power cut.

    `key` is made of ASCII letters, digits, `-` and `_`. Raises the AppErrors of `storage.files`.
    """
    values = {
        "format": _FORMAT,
        "title": title,
        "saved_at": context.now().replace(tzinfo=None).isoformat(),
        "base_hash": base_hash,
        "record": _packed_record(record),
    }
    files.make_folder(folder_of(path))
    files.write_whole(_file(path, key), json.dumps(values, indent=1).encode("ascii"))


def exists(path: Path, key: str) -> bool:
    """Whether there is a draft of this name; `load` may still find it damaged."""
    return _file(path, key).is_file()


def keys(path: Path, beginning: str = "") -> list[str]:
    """The names of the drafts that begin so; `load` may still find one damaged."""
    folder = folder_of(path)
    with files.explained(folder):
        names = sorted(file.stem for file in folder.glob("*.json")) if folder.is_dir() else []
    return [name for name in names if _KEY.fullmatch(name) and name.startswith(beginning)]


def load(path: Path, key: str) -> Draft | None:
    """One draft, None if there is none.

    Raises AppError `draft_damaged` (name) after setting a damaged file aside.
    """
    file = _file(path, key)
    try:
        with files.explained(file):
            text = file.read_bytes()
    except AppError as failure:
        if failure.code == "file_not_found":
            return None
        raise
    try:
        return _draft(key, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AppError("draft_damaged", name=_set_aside(file).name) from error


def find(path: Path) -> Found:
    """What is offered after a crash; never fails because of one damaged draft."""
    drafts: list[Draft] = []
    problems: list[AppError] = []
    for name in keys(path):
        try:
            draft = load(path, name)
        except AppError as failure:
            problems.append(failure)
        else:
            drafts += [draft] if draft else []
    drafts.sort(key=lambda draft: (draft.saved_at, draft.key), reverse=True)
    return Found(tuple(drafts), tuple(problems))


def files_of(path: Path) -> dict[str, str]:
    """Every sound draft by its key, as the text of its file, to be carried elsewhere."""
    return {
        draft.key: _file(path, draft.key).read_text(encoding="ascii") for draft in find(path).drafts
    }


def check(key: str, text: str) -> None:
    """Raises ValueError, KeyError or TypeError for what is no draft."""
    if not _KEY.fullmatch(key):
        raise ValueError(key)
    _draft(key, json.loads(text))


def keep(path: Path, key: str, text: str) -> bool:
    """Put a checked draft from elsewhere beside a file; False where another is under its key."""
    if exists(path, key):
        return _file(path, key).read_text(encoding="ascii") == text
    files.make_folder(folder_of(path))
    files.write_whole(_file(path, key), text.encode("ascii"))
    return True


def discard(path: Path, key: str) -> None:
    """Forget a draft: its record was saved, or the user does not want it."""
    file = _file(path, key)
    with files.explained(file):
        file.unlink(missing_ok=True)
        with suppress(OSError):  # other drafts are in it
            folder_of(path).rmdir()


def fingerprint(record: Record) -> str:
    """The sha256 of a record's values, whatever the order of its fields."""
    text = json.dumps(_packed_record(record), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _file(path: Path, key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError(key)
    return folder_of(path) / f"{key}.json"


def _set_aside(file: Path) -> Path:
    """A damaged draft keeps its bytes under another name; a technician may still read them."""
    number = 1
    while (aside := file.with_name(f"{file.stem}.damaged-{number}")).exists():
        number += 1
    with suppress(OSError):  # a folder that may not be written: it stays where it is
        file.rename(aside)
    return aside


def _draft(key: str, values: Any) -> Draft:
    if values["format"] != _FORMAT:
        raise ValueError(values["format"])
    base_hash = values["base_hash"]
    return Draft(
        key=key,
        title=_is(str, values["title"]),
        saved_at=datetime.fromisoformat(values["saved_at"]),
        base_hash=None if base_hash is None else _is(str, base_hash),
        record=_record(values["record"]),
    )


def _packed_record(record: Mapping[str, object]) -> dict[str, Any]:
    return {code: _packed(value) for code, value in record.items()}


def _packed(value: object) -> Any:
    """A value as JSON: texts, numbers and truths as they are, everything else under its name."""
    match value:
        case None | str() | bool() | int():
            return value
        case PartialDate():
            return {"partial": value.iso()}
        case date():
            return {"date": value.isoformat()}
        case UUID():
            return {"uuid": value.hex}
        case Raw():
            return {"raw": value.text}
        case tuple() if all(isinstance(item, str) for item in value):
            return {"codes": list(value)}
        case tuple() if all(isinstance(item, Mapping) for item in value):
            return {"rows": [_packed_record(item) for item in value]}
    raise TypeError(type(value))


def _record(values: Any) -> dict[str, Any]:
    return {code: _value(value) for code, value in _is(dict, values).items()}


def _value(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    ((name, inner),) = _is(dict, value).items()
    match name:
        case "partial":
            return PartialDate.from_iso(inner)
        case "date":
            return date.fromisoformat(inner)
        case "uuid":
            return UUID(hex=inner)
        case "raw":
            return Raw(_is(str, inner))
        case "codes":
            return tuple(_is(str, item) for item in _is(list, inner))
        case "rows":
            return tuple(_record(item) for item in _is(list, inner))
    raise ValueError(name)


def _is(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(type(value))
    return value
