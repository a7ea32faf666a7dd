"""What this PC remembers between two starts: look, recent files, folder for exports; no Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from giamngheo_desktop import paths
from giamngheo_desktop.exports.safe_file import write_bytes

RECENT = 8  # files remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """All of it; `percent` is the text size, `recent` the newest file first."""

    dark: bool = False
    percent: int = 100
    recent: tuple[str, ...] = ()
    export_folder: str = ""
    exchange_folder: str = ""  # where the last file came from
    layouts: Mapping[str, Any] = field(default_factory=dict)  # of tables, by their name


def load() -> Preferences:
    """As kept on this PC; a file that cannot be read counts as none: nothing of worth is in it."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    plain = Preferences()
    values: dict[str, Any] = {}
    for known in fields(Preferences):
        value = kept.get(known.name)
        if isinstance(value, list):
            value = tuple(str(item) for item in value)
        if type(value) is type(getattr(plain, known.name)):
            values[known.name] = value
    return Preferences(**values)


def update(**values: Any) -> Preferences:
    """Keep some new values; AppErrors of `exports.safe_file`."""
    new = replace(load(), **values)
    _file().parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(new), ensure_ascii=False, indent=1, sort_keys=True)
    write_bytes(_file(), text.encode())
    return new


def remember_file(path: Path) -> Preferences:
    """Put a database file at the head of the recent ones."""
    others = (name for name in load().recent if Path(name) != path)
    return update(recent=(str(path), *others)[:RECENT])


def _file() -> Path:
    return paths.data_dir() / "tuy-chon.json"
