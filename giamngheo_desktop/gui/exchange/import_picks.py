"""What an officer settled of a file: kept as text in a draft, and found again in the file when it
was edited meanwhile.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.sheet_table import Sheet, letter
from giamngheo_desktop.gui.exchange.import_choices import ImportChoices
from giamngheo_desktop.services.importing.mappings import Mappings
from giamngheo_desktop.services.importing.plan import ImportPlan, Persons, RowPlace
from giamngheo_desktop.services.importing.planning import Source

_MARKS = ("taken", "left", "refused", "readings")  # of `ImportChoices.as_text`, each by row


@dataclass(frozen=True, slots=True, kw_only=True)
class Picks:
    """`choices` are those of `ImportChoices.as_text`. `rows` and `heads` are what stands (as a
    hash) in the rows that something was settled of, and in the head of each sheet.
    """

    sha256: str
    mappings: Mappings
    persons: Persons
    choices: str
    rows: Mapping[RowPlace, str]
    heads: Mapping[str, tuple[str, ...]]


def picks_of(
    source: Source, plan: ImportPlan, mappings: Mappings, persons: Persons, choices: ImportChoices
) -> Picks:
    text = choices.as_text()
    places = {*persons, *_places(json.loads(text))}
    sheets = {sheet.name: sheet for sheet in source.sheets}
    return Picks(
        sha256=plan.sha256,
        mappings=mappings,
        persons=persons,
        choices=text,
        rows={at: _content(sheets[at[0]], at[1]) for at in sorted(places) if at[0] in sheets},
        heads={
            one.name: tuple(_content(sheets[one.name], row) for row in one.heading_rows)
            for one in plan.sheets
        },
    )


def followed(picks: Picks, source: Source) -> tuple[Picks, int]:
    """The same of an edited file, and how many rows and sheets are no longer as they were: of
    those nothing is kept, nor that the file is the right one.
    """
    if picks.sha256 == source.sha256:
        return picks, 0
    now = {one.name: {row: _content(one, row) for row in one.rows} for one in source.sheets}
    heads = {
        name: head
        for name, head in picks.heads.items()
        if name in now and set(head) <= set(now[name].values())
    }
    # cells are told by their letters: they are the same where the head is
    moved = dict(_moved(picks.rows, {name: now[name] for name in heads}))
    mappings = {name: one for name, one in picks.mappings.items() if name in heads}
    kept: dict[str, Any] = json.loads(picks.choices)
    choices = {
        key: [[*moved[at], *rest] for at, rest in _by_row(kept.get(key, ())) if at in moved]
        for key in _MARKS
    }
    lost = len(picks.rows) - len(moved) + len(picks.mappings) - len(mappings)
    found = replace(
        picks,
        sha256=source.sha256,
        mappings=mappings,
        persons={moved[at]: uid for at, uid in picks.persons.items() if at in moved},
        choices=json.dumps(choices, ensure_ascii=False),
    )
    return found, lost


def as_typed(picks: Picks) -> dict[str, str]:
    """For a draft."""
    return {
        "sha256": picks.sha256,
        "mappings": json.dumps(picks.mappings, ensure_ascii=False, sort_keys=True),
        "persons": persons_text(picks.persons),
        "choices": picks.choices,
        "rows": json.dumps([[*at, said] for at, said in picks.rows.items()], ensure_ascii=False),
        "heads": json.dumps(picks.heads, ensure_ascii=False),
    }


def picks_typed(typed: Mapping[str, object]) -> Picks:
    """The inverse of `as_typed`."""
    rows = json.loads(str(typed.get("rows", "[]")))
    heads = json.loads(str(typed.get("heads", "{}")))
    return Picks(
        sha256=str(typed["sha256"]),
        mappings=json.loads(str(typed["mappings"])),
        persons=persons_of(str(typed.get("persons", "[]"))),
        choices=str(typed["choices"]),
        rows={(sheet, row): said for sheet, row, said in rows},
        heads={name: tuple(said) for name, said in heads.items()},
    )


def persons_text(persons: Persons) -> str:
    """For a draft."""
    rows = [[*place, str(uid) if uid else ""] for place, uid in sorted(persons.items())]
    return json.dumps(rows, ensure_ascii=False)


def persons_of(text: str) -> Persons:
    """The inverse of `persons_text`."""
    return {(sheet, row): UUID(uid) if uid else None for sheet, row, uid in json.loads(text)}


def _content(sheet: Sheet, row: int) -> str:
    """What stands in a row, but for its number in the list, which a row above moves."""
    said = list(sheet.filled(row).items())
    if said and said[0][1].isdigit():
        said = said[1:]
    text = "\n".join(f"{letter(at)} {text}" for at, text in said)
    return sha256(text.encode()).hexdigest()[:16]


def _moved(
    rows: Mapping[RowPlace, str], now: Mapping[str, Mapping[int, str]]
) -> Iterable[tuple[RowPlace, RowPlace]]:
    """Where each row stands now, if one and only one row says the same."""
    for name, contents in now.items():
        times = Counter(contents.values())
        at = {said: row for row, said in contents.items() if times[said] == 1}
        for place, said in rows.items():
            if place[0] == name and said in at:
                yield place, (name, at[said])


def _places(choices: Mapping[str, Any]) -> Iterable[RowPlace]:
    return (at for key in _MARKS for at, _ in _by_row(choices[key]))


def _by_row(marks: Iterable[list[Any]]) -> Iterable[tuple[RowPlace, list[Any]]]:
    return (((sheet, row), rest) for sheet, row, *rest in marks)
