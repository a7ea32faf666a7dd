"""What was decided about the template of a paper: the unit's own one, confirmed, or given back.

Each act is a row of its own, kept like a definition; the newest one that was not undone holds.
The Word file lies beside the data file, its words lie in it: opened elsewhere, the data print the
same paper.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import definitions as stored
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database

_PREFIX = "paper_template/"


class Act(StrEnum):
    OWN = "own"  # the unit's own template
    CONFIRMED = "confirmed"  # held against the form by the officer
    RESET = "reset"  # back to the paper of the program


_OPS = {
    Act.OWN: Op.USE_PAPER_TEMPLATE,
    Act.CONFIRMED: Op.CONFIRM_PAPER_TEMPLATE,
    Act.RESET: Op.RESET_PAPER_TEMPLATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """`text` is the paper in words (`paper_text`), empty: that of the program, whose fingerprint
    was `shipped`. `file` is the name its Word file has, `sha256` that of the file then.
    """

    act: Act
    text: str = ""
    file: str = ""
    sha256: str = ""
    shipped: str = ""
    form_number: str = ""
    day: date
    by: str = ""


def kept(database: Database) -> dict[str, Kept]:
    """What holds, by the code of the paper."""
    with database.reader() as connection:
        codes = stored.codes(connection, _PREFIX)
        rows = [
            row for code in codes for row in records.find(connection, Kind.DEFINITION, code=code)
        ]
    rows.sort(key=lambda row: row["version"])
    return {row["code"].removeprefix(_PREFIX): _kept(row["text"]) for row in rows}


def save(database: Database, context: Context, code: str, label: str, wanted: Kept) -> Done[int]:
    """Keep an act; returns how many there were with it. The same again is no new one."""
    text = json.dumps(_plain(wanted), ensure_ascii=False, sort_keys=True)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with write_unit(database, context, _OPS[wanted.act]) as work:
        work.subject = label
        rows = records.find(work.connection, Kind.DEFINITION, code=_PREFIX + code)
        newest = max(rows, key=lambda row: row["version"], default=None)
        if newest is not None and newest["sha256"] == sha256:
            return Done(newest["version"], work.changes)
        version = stored.next_version(work.connection, _PREFIX + code)
        work.insert(Kind.DEFINITION, code=_PREFIX + code, version=version, sha256=sha256, text=text)
    return Done(version, work.changes)


def next_version(database: Database, code: str) -> int:
    """The number `save` gives the next act."""
    with database.reader() as connection:
        return stored.next_version(connection, _PREFIX + code)


def _plain(wanted: Kept) -> dict[str, Any]:
    return {
        "act": wanted.act.value,
        "text": wanted.text,
        "file": wanted.file,
        "sha256": wanted.sha256,
        "shipped": wanted.shipped,
        "form_number": wanted.form_number,
        "day": wanted.day.isoformat(),
        "by": wanted.by,
    }


def _kept(text: str) -> Kept:
    values = json.loads(text)
    act, day = Act(values.pop("act")), date.fromisoformat(values.pop("day"))
    return Kept(act=act, day=day, **values)
