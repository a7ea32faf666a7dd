"""The record that an option names by its key or name, and the code that it takes from a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli.command import Ask
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import names
from giamngheo_desktop.storage import records

_SAID = texts.CLI_NAMED


def record_named(
    said: str,
    called: Mapping[UUID, str],
    what: str,
    *,
    year: int | None,
    place: Callable[[UUID], str] | None = None,
) -> UUID:
    """The one of `called` that is meant, by its key or its name; `what` is a key of
    `texts.CLI_NAMED`, `place` tells two of one name apart.

    AppErrors `no_record_named` and `several_records_named`.
    """
    for uid in called:
        if said in (str(uid), uid.hex):
            return uid
    exact = [uid for uid, name in called.items() if name == said]
    key = search_key(said)
    found = exact or [uid for uid, name in called.items() if search_key(name) == key]
    if len(found) == 1:
        return found[0]
    params = {"name": said, "what": _SAID[what]}
    if not found:
        when = _SAID["in_file"] if year is None else _SAID["in_year"].format(year=year)
        raise AppError("no_record_named", **params, when=when)
    told = place or called.__getitem__
    known = ", ".join(f"{told(uid)}: {uid}" for uid in sorted(found))
    raise AppError("several_records_named", **params, count=len(found), known=known)


def household_named(ask: Ask, said: str) -> UUID:
    """A household of the file, by its key or its head. Errors of `record_named`."""
    try:
        return UUID(said)
    except ValueError:
        with ask.database.reader() as connection:
            uids = [row["uid"] for row in records.find(connection, Kind.HOUSEHOLD)]
        homes = {one.household: one for one in names.of_households(ask.database, uids, ask.today)}
        heads = {uid: one.head for uid, one in homes.items()}
        return record_named(
            said,
            heads,
            "household",
            year=None,
            place=lambda uid: homes[uid].village or _SAID["no_village"],
        )


def known_code(said: str | None, known: Collection[str], what: str) -> str | None:
    """The code itself, where it is known. AppError `unknown_code`, with those that are."""
    if said is not None and said not in known:
        raise AppError("unknown_code", name=said, what=_SAID[what], known=", ".join(known))
    return said


def known_component(
    definitions: Definitions, said: str | None, programme: str | None = None
) -> str | None:
    """A component of a programme, or of any. AppError `unknown_code`, also for the programme."""
    known_code(programme, [*definitions.programmes], "programme")
    trees = [programme] if programme is not None else [*definitions.programmes]
    codes = (code for one in trees for code in definitions.programme(one).by_code)
    return known_code(said, [*dict.fromkeys(codes)], "component")


def told_apart(called: Mapping[UUID, str]) -> dict[UUID, str]:
    """The names, with the key behind those that several have."""
    count = Counter(called.values())
    return {
        uid: name if count[name] == 1 else _SAID["keyed"].format(name=name, key=uid)
        for uid, name in called.items()
    }
