"""A difference as a person reads it: its values as the forms say them."""

from __future__ import annotations

from dataclasses import replace

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_words import answer_words
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.storage import audit

_FORMS = {Kind.HOUSEHOLD: "household", Kind.PERSON: "member", Kind.MEMBERSHIP: "member"}


def in_words(definitions: Definitions, item: Difference) -> Difference:
    """The same with labels for codes; what no form asks stays as it is kept."""
    form = _FORMS.get(item.kind)
    field = definitions.fields(form).get(item.field) if form and item.field else None
    if field is None or field.dated:
        return item

    def words(text: str | None) -> str | None:
        try:
            return answer_words(field, audit.decode(item.kind, item.field, text)) or None
        except (KeyError, ValueError):  # a column that this program does not have
            return text

    return replace(
        item,
        base=words(item.base),
        ours=words(item.ours),
        theirs=words(item.theirs),
        stands=words(item.stands),
    )
