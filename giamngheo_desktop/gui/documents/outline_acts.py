"""Where a section goes when it is moved in or out, and where a new one stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from giamngheo_desktop.gui.documents.outline import Line
from giamngheo_desktop.services.documents.reading import Document, Origin, Part


def siblings(document: Document, part: Part) -> list[Part]:
    """The sections beside one, itself among them."""
    beside = document.annexes if part.annex else document.parts
    if part.parent is not None:
        above = document.find(part.parent)
        beside = above.parts if above is not None else ()
    return [one for one in beside if one.origin is Origin.SECTION]


def place_in(document: Document, part: Part) -> tuple[int, int]:
    """Its place among those beside it, and how many these are."""
    beside = siblings(document, part)
    uids = [one.uid for one in beside]
    return (uids.index(part.uid) if part.uid in uids else 0), len(beside)


def nested(document: Document, part: Part, step: int) -> tuple[UUID | None, UUID | None] | None:
    """The parent and the section before it, in the one above it (1) or out of its own (-1); None
    where it cannot go there.
    """
    if step > 0:
        at, _ = place_in(document, part)
        return (siblings(document, part)[at - 1].uid, None) if at else None
    above = document.find(part.parent) if part.parent is not None else None
    return (above.parent, above.uid) if above is not None else None


def place_of_new(document: Document, line: Line | None, *, below: bool) -> dict[str, Any]:
    """What `sections.add` is told of one beside the line with the cursor, or in it: in that of a
    heading that records make.
    """
    part = line.part if line is not None else None
    while part is not None and part.origin is not Origin.SECTION:
        part = document.find(part.parent) if part.parent is not None else None
    if part is None:
        return {}
    if below:
        return {"parent": part.uid}
    return {"parent": part.parent, "after": part.uid, "annex": part.annex}
