"""Settings with validity dates: names of offices, signers, recipients – never constants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.numbers import parse_decimal
from giamngheo_desktop.services.dated import free_until, holds
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

# code → what it is; `texts.SETTINGS` has the labels.
CODES = (
    "superior_body",  # cơ quan chủ quản, printed above the issuing body
    "issuing_body",
    "place_name",  # địa danh before the date
    "signer_title",
    "signer_name",
    "signer_authority",  # TM. ỦY BAN NHÂN DÂN
    "preparer_name",
    "steering_committee",
    "report_recipients",  # nơi nhận, one per line
    "report_addressee",  # who receives the tables: huyện, then tỉnh
)

# What no source says for certain, so that a commune can set it otherwise; dated like the others.
RULES = (
    "movement_look_back_years",  # how far back an earlier exit makes tái nghèo; unset: any year
    "new_escape_months",  # how long a household is hộ mới thoát nghèo
    "new_escape_near_poor",  # "yes": so is who left the poor list for the near-poor one
)

# How a printer must be set right when it prints the line of a year onto a certificate: millimetres,
# "1,5" or "-2".
CERTIFICATE_RIGHT, CERTIFICATE_DOWN = PRINTING = ("certificate_right_mm", "certificate_down_mm")


# What tables are made of; dated like the others.
LOCAL_GROUPS = "local_ethnic_groups"  # codes with a column of their own, in their order


def form_number(report: str) -> str:
    """The code of the Biểu number that a unit prints on a table; unset: none is printed."""
    return f"form_number_{report}"


def local_groups(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values.get(LOCAL_GROUPS, "").split()))


def read(connection: Connection, day: date) -> dict[str, str]:
    """All settings in force on `day`."""
    return {row["code"]: row["value"] for row in _rows(connection, day)}


def get(database: Database, day: date) -> dict[str, str]:
    with database.reader() as connection:
        return read(connection, day)


def signed(database: Database, day: date, signed_on: date | None) -> dict[str, str]:
    """The settings of a table of `day`, with the offices, signers and receivers of the day it is
    signed on (None: not yet).
    """
    values = get(database, day)
    if signed_on is None:
        return values
    at_signing = get(database, signed_on)
    return values | {code: at_signing.get(code, "") for code in CODES}


def number(connection: Connection, code: str, day: date, default: int | None = None) -> int | None:
    """A setting that is a whole number; the default where it is not set."""
    value = read(connection, day).get(code, "").strip()
    return int(value) if value.isdecimal() else default


def millimetres(values: Mapping[str, str], code: str) -> float:
    """A setting of `PRINTING`; nought where it is not set or no number."""
    try:
        return parse_decimal(values.get(code, ""), 1) / 10
    except ValueError:
        return 0.0


def history(database: Database, code: str) -> list[dict[str, Any]]:
    """Every value a setting had, with its days, oldest first."""
    with database.reader() as connection:
        rows = records.find(connection, Kind.SETTING, code=code)
    return sorted(rows, key=lambda row: row["valid_from"])


def save(database: Database, context: Context, values: Mapping[str, str], day: date) -> Done[None]:
    """From `day` on the settings have these values."""
    with write_unit(database, context, Op.SAVE_SETTINGS) as work:
        save_in(work, values, day)
    return Done(None, work.changes)


def save_in(work: WriteUnit, values: Mapping[str, str], day: date) -> None:
    everything = records.find(work.connection, Kind.SETTING)
    for code, value in values.items():
        rows = [row for row in everything if row["code"] == code]
        current = next((row for row in rows if holds(row, day)), None)
        if current is not None:
            if current["value"] != value:
                work.succeed(Kind.SETTING, current, day, value=value)
        elif value:
            last_day = free_until(rows, day)
            work.insert(Kind.SETTING, code=code, value=value, valid_from=day, valid_to=last_day)


def _rows(connection: Connection, day: date) -> list[dict[str, Any]]:
    return [row for row in records.find(connection, Kind.SETTING) if holds(row, day)]
