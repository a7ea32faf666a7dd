"""What a section may say: the texts that earlier years and versions have there, and the layouts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.plan_layout import filled
from giamngheo_desktop.domain.vietnamese import compare_key
from giamngheo_desktop.domain.year_words import turned
from giamngheo_desktop.services.documents.heads import area_of, words_of
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryText:
    """A text with where it is from: a `document` of a year, or the layout called `label`. One of
    another year speaks of the year it is wanted for; `was` is how it stands there.
    """

    text: str
    was: str = ""
    year: int | None = None
    version: int | None = None
    type: str = ""
    period: str = ""
    document: UUID | None = None
    label: str = ""


def texts_of(
    database: Database, definitions: Definitions, section: UUID
) -> tuple[LibraryText, ...]:
    """What sections for the same (by code, else by title) say elsewhere, each once: documents from
    the newest year on, then the layouts, as of the year of the section. RefusedError
    `record_missing`.
    """
    with database.reader() as connection:
        row = records.get(connection, Kind.DOCUMENT_SECTION, section)
        if row is None or row["removed"]:
            raise RefusedError("record_missing")
        document = records.get(connection, Kind.DOCUMENT, row["document"])
        assert document is not None
        year = document["year"]
        found = [
            *_written(connection, row, year),
            *_laid_out(connection, definitions, row, document),
        ]
    seen = {_key(row["text"] or "")}
    kept: list[LibraryText] = []
    for one in found:
        if (key := _key(one.text)) and key not in seen:
            seen.add(key)
            kept.append(one)
    return tuple(kept)


def _written(connection: Connection, row: Row, year: int) -> Iterator[LibraryText]:
    documents = {one["uid"]: one for one in records.find(connection, Kind.DOCUMENT)}
    others = [
        (documents[one["document"]], one)
        for one in records.find(connection, Kind.DOCUMENT_SECTION)
        if one["uid"] != row["uid"]
        and one["document"] in documents
        and one["text"]
        and _is_same(one["code"], one["title"], row)
    ]
    others.sort(key=lambda pair: (pair[0]["year"], pair[0]["version"], pair[0]["uid"]))
    for document, one in reversed(others):
        yield LibraryText(
            text=turned(one["text"], document["year"], year),
            was=one["text"],
            year=document["year"],
            version=document["version"],
            type=document["type"],
            period=document["period"] or "",
            document=document["uid"],
        )


def _laid_out(
    connection: Connection, definitions: Definitions, row: Row, document: Row
) -> Iterator[LibraryText]:
    """Those of its own layout first."""
    year, period = document["year"], document["period"] or ""
    words = words_of(connection, document["area"], year, date(year, 12, 31), period)
    area = area_of(connection, document["area"], date(year, 12, 31))
    layouts = [
        versions[-1]
        for versions in definitions.layouts.values()
        if area is None or versions[-1].suits(area.level, area.kind)
    ]
    for layout in sorted(layouts, key=lambda one: one.code != document["layout"]):
        for one in layout.walk():
            if one.text and _is_same(one.code, filled(one.title, words), row):
                yield LibraryText(text=filled(one.text, words), label=layout.label)


def _is_same(code: str | None, title: str | None, row: Row) -> bool:
    if code and row["code"] and code == row["code"]:
        return True
    return bool(title and row["title"]) and _key(title or "") == _key(row["title"])


def _key(text: str) -> str:
    return compare_key(text).rstrip(" .:")
